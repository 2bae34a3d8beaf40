import TraceBytes
import TraceModel
import TraceParsers

/// Frames that were read, printed as the runtime prints them under a plain header, are read back as they were.
enum TracePrinting {
  static func check(_ trace: ParsedTrace, _ bytes: [UInt8], _ platform: Platform) throws {
    guard trace.platform == platform else { return }
    for exception in trace.exceptions where !exception.frames.isEmpty {
      let frames = trace.frames[exception.frames].map { Frame($0, bytes) }
      // Java's frames among Python's are printed by Jython alone.
      if platform == .python, frames.contains(where: { $0.module != nil }) { continue }
      // IPython may name a file that a plain traceback cannot, and numbers a source line that would be one of markers there.
      if frames.contains(where: { $0.namesALine || $0.showsMarkers }) { continue }
      // Printed in fewer bytes, a line may be one that is taken for garbage; right below a header it may be its message's.
      if frames.contains(where: { $0.isNearlyGarbage || platform == .java && $0.isHardlyNamed }) { continue }
      let text = platform == .java ? java(frames) : python(frames)
      let back = read(text, anchorLine: platform == .java ? 1 : 0)
      try require(back == frames, "\(String(decoding: text, as: UTF8.self)) reads back as \(back ?? [])")
    }
  }

  private struct Frame: Equatable {
    var module: [UInt8]?
    var function: [UInt8]?
    var file: [UInt8]?
    var context: [UInt8]?
    var line: Int32
    var repeated: Int32
    var isNative: Bool

    /// Whether a part of the file's name reads as the end of one.
    var namesALine: Bool { file.map { String(decoding: $0, as: UTF8.self).contains("\", line ") } ?? false }

    /// Whether the source line consists of what marks a place in the line above.
    var showsMarkers: Bool {
      context?.allSatisfy { [UInt8(ascii: "^"), UInt8(ascii: "~"), 0x20, 0x09].contains($0) } == true
    }

    /// Whether its names hold what none has: a quote or a parenthesis.
    var isHardlyNamed: Bool {
      let names = (module ?? []) + (function ?? []) + (file ?? [])
      return names.contains { [UInt8(ascii: "\""), UInt8(ascii: "(")].contains($0) }
    }

    /// Whether more than a quarter of its names is control bytes.
    var isNearlyGarbage: Bool {
      let names = (module ?? []) + (function ?? []) + (file ?? [])
      return 4 * names.count { $0 < 0x20 || $0 == 0x7F } > names.count
    }

    init(_ frame: ParsedFrame, _ bytes: [UInt8]) {
      func text(_ range: ByteRange?) -> [UInt8]? { range.map { Array(bytes[$0.range]) } }
      module = text(frame.module)
      function = text(frame.function)
      file = text(frame.file)
      context = text(frame.context)
      (line, repeated, isNative) = (frame.line, frame.repeated, frame.isNative)
    }
  }

  private static func java(_ frames: [Frame]) -> [UInt8] {
    var text = Array("java.lang.IllegalStateException: x\n".utf8)
    for frame in frames {
      let function = frame.function ?? []
      text += "\tat ".utf8
      if frame.module == nil, frame.file == nil, function.starts(with: "Coroutine boundary".utf8) {
        text += Array("(".utf8) + function + Array(")\n".utf8)
        continue
      }
      text += (frame.module ?? []) + Array(".".utf8) + function + Array("(".utf8)
      if let file = frame.file {
        // What is no line number says that there is none.
        text += file + Array(":\(frame.line == 0 ? -1 : frame.line)".utf8)
      } else {
        text += (frame.isNative ? "Native Method" : "Unknown Source").utf8
      }
      text += ")\n".utf8
    }
    return text
  }

  private static func python(_ frames: [Frame]) -> [UInt8] {
    var text = Array("Traceback (most recent call last):\n".utf8)
    for frame in frames {
      text += Array("  File \"".utf8) + (frame.file ?? []) + Array("\", line \(frame.line)".utf8)
      if let function = frame.function { text += Array(", in ".utf8) + function }
      text.append(0x0A)
      if let context = frame.context { text += Array("    ".utf8) + context + Array("\n".utf8) }
      if frame.repeated > 0 { text += "  [Previous line repeated \(frame.repeated) more times]\n".utf8 }
    }
    return text + Array("ValueError: x\n".utf8)
  }

  /// The frames of the first exception; nil where no trace is found.
  private static func read(_ text: [UInt8], anchorLine: Int) -> [Frame]? {
    var parser = TraceParser()
    let anchor = anchorLine == 0 ? 0 : (text.firstIndex(of: 0x0A) ?? 0) + 1
    let outcome = parser.parse(text.span, anchor: anchor, floor: 0, end: text.count, isFinal: true)
    guard outcome == .trace, let exception = parser.trace.exceptions.first else { return nil }
    return parser.trace.frames[exception.frames].map { Frame($0, text) }
  }
}
