internal import Enhancements
internal import PCRE2
internal import TraceBytes
internal import TraceModel

/// A printed frame as its event has it, and what of it is hashed. Everything but its line.
///
/// A class, since it is handed around for every frame of every new stack: what it holds is not copied.
final class KnownFrame: Sendable {
  /// Normalized, before any rule.
  let frame: StackFrame
  /// Whether the frame has something to hash.
  let contributes: Bool
  /// The values that are hashed, one behind the other.
  let leaves: [UInt8]

  init(frame: StackFrame, contributes: Bool, leaves: [UInt8]) {
    self.frame = frame
    self.contributes = contributes
    self.leaves = leaves
  }
}

/// Frames that were met before, found by the key of their fields: new stacks are mostly made of known frames.
///
/// Bounded: at `most` frames it starts anew.
struct KnownFrames {
  private static let most = 1 << 15
  private var frames: [KeyHash: KnownFrame] = [:]

  /// The frame with these fields.
  mutating func frame(
    _ parsed: ParsedFrame, _ platform: Platform, _ config: GroupingConfig, in text: Span<UInt8>,
    using scratch: borrowing MatchScratch
  ) -> KnownFrame {
    var key = parsed.fieldsKey(in: text)
    key.combine(platform == .java ? 1 : 2)
    if let known = frames[key] { return known }
    let new = Self.make(parsed, platform, config, text, scratch)
    if frames.count >= Self.most { frames.removeAll(keepingCapacity: true) }
    frames[key] = new
    return new
  }

  private static func make(
    _ parsed: ParsedFrame, _ platform: Platform, _ config: GroupingConfig, _ text: Span<UInt8>,
    _ scratch: borrowing MatchScratch
  ) -> KnownFrame {
    let isPath = platform == .python && parsed.module == nil
    let file = parsed.file.map { text.text($0.range) }
    var frame = EventFrame(
      StackFrame(
        module: parsed.module.map { text.text($0.range) },
        function: parsed.function.map { text.text($0.range) },
        filename: isPath ? nil : file, absPath: isPath ? file : nil),
      contextLine: parsed.context.map { text.text($0.range) })
    EventNormalization.normalize(&frame.frame)
    let normalized = frame.frame
    if platform == .python, config.parameterizesSpawnLine { SpawnLine.parameterize(&frame) }
    let component = FrameComponent.make(frame, eventPlatform: platform.rawValue, using: scratch)
    var leaves: [UInt8] = []
    for leaf in component.leaves { leaves += leaf.utf8 }
    return KnownFrame(frame: normalized, contributes: component.contributes, leaves: leaves)
  }
}
