internal import Enhancements
internal import TraceBytes

/// Writes what is hashed of a frame without building its component: the quick twin of `FrameComponent`, which stays
/// the oracle and is asked wherever this one says nil.
///
/// Plain are the frames of ASCII whose names nothing is taken out of, which are nearly all.
enum FrameLeaves {
  /// - Returns: whether the frame contributes; nil, and nothing written, where it is not plain.
  /// - Complexity: O(the frame's bytes); no allocation beyond the growth of `leaves`.
  static func append(_ frame: borrowing EventFrame, isJava: Bool, to leaves: inout [UInt8]) -> Bool? {
    guard frame.frame.platform == nil, isPlain(frame, isJava) else { return nil }
    let start = leaves.count
    if let module = frame.frame.module {
      leaves += module.utf8
    } else if let filename = frame.frame.filename, !appendFile(filename, isJava, to: &leaves) {
      leaves.removeSubrange(start...)
      return nil
    }
    if let function = frame.frame.function.nonEmpty ?? frame.frame.rawFunction.nonEmpty {
      leaves += function.utf8
    }
    if !isJava, let line = frame.contextLine.nonEmpty { leaves += line.utf8 }
    return leaves.count > start
  }

  private static func isPlain(_ frame: borrowing EventFrame, _ isJava: Bool) -> Bool {
    if let module = frame.frame.module, module.isEmpty || isJava && JavaModule.mayBeGenerated(module) {
      return false
    }
    if let path = frame.frame.absPath, FrameComponent.isURL(path) { return false }
    if isJava { return !FrameComponent.isLambda(frame.frame.function ?? "") }
    return frame.contextLine.map(FrameComponent.isHashedAsIs) ?? true
  }

  /// Appends a path's last name in lower case; false where it is left out, changed, or more than ASCII.
  private static func appendFile(_ path: String, _ isJava: Bool, to leaves: inout [UInt8]) -> Bool {
    let start = leaves.count
    let bytes = path.utf8Span.span
    for at in FrameComponent.baseNameStart(path)..<bytes.count {
      let byte = bytes[at]
      if byte >= 0x80 || byte == UInt8(ascii: "$") && isJava { return false }
      leaves.append(asciiLowercased(byte))
    }
    // `<anonymous>` and `[native code]`.
    return leaves.count > start && leaves[start] != UInt8(ascii: "<") && leaves[start] != UInt8(ascii: "[")
  }
}
