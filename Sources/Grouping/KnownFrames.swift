internal import Enhancements
internal import PCRE2
internal import TraceBytes
internal import TraceModel

/// Frames that were met before, found by the key of their fields: new stacks are mostly made of known frames.
///
/// Each has a number, so that a stack is handed around as numbers and nothing of its frames is copied.
struct KnownFrames {
  /// At so many frames, `makeRoom` starts over.
  private static let most = 1 << 15
  private var numbers: [KeyHash: Int32] = [:]
  /// Normalized, before any rule.
  private var frames: [StackFrame] = []
  private var contributing: [Bool] = []
  /// The values that are hashed of all frames, one behind the other, and where those of each frame end.
  private var leaves: [UInt8] = []
  private var leafEnds: [Int32] = []
  private(set) var traits = FrameTraits()
  /// What the frames were made under.
  private var config: GroupingConfig?

  /// Makes room for the frames of another trace. Numbers from before are no longer valid.
  mutating func makeRoom(for maker: borrowing FrameMaker) {
    let isOther = config != maker.config || !traits.belong(to: maker.enhancements)
    if isOther || frames.count >= Self.most || leaves.count >= Self.most << 8 { removeAll() }
    config = maker.config
  }

  /// Bytes that all of it takes, roughly.
  var rememberedBytes: Int {
    frames.allocatedBytes + leaves.allocatedBytes + leafEnds.allocatedBytes + traits.rememberedBytes
      + frames.count * Self.stringBytes + leaves.count + numbers.capacity * Self.numberBytes
  }
  /// What a frame's strings cost beside their characters, and what a number costs in its table.
  private static let stringBytes = 128
  private static let numberBytes = 32

  private mutating func removeAll() {
    numbers.removeAll(keepingCapacity: true)
    frames.removeAll(keepingCapacity: true)
    contributing.removeAll(keepingCapacity: true)
    leaves.removeAll(keepingCapacity: true)
    leafEnds.removeAll(keepingCapacity: true)
    traits.removeAll()
  }

  subscript(number: Int32) -> StackFrame { frames[Int(number)] }

  /// Whether the frame has something to hash.
  func contributes(_ number: Int32) -> Bool { contributing[Int(number)] }

  /// How many bytes are hashed of a frame.
  func leafCount(of number: Int32) -> Int {
    Int(leafEnds[Int(number)]) - (number == 0 ? 0 : Int(leafEnds[Int(number) - 1]))
  }

  /// Adds what is hashed of a frame.
  func appendLeaves(of number: Int32, to bytes: inout [UInt8]) {
    let start = number == 0 ? 0 : Int(leafEnds[Int(number) - 1])
    bytes += leaves[start..<Int(leafEnds[Int(number)])]
  }

  /// Whether two frames are the same call but for their lines.
  func isSame(_ one: Int32, _ other: Int32) -> Bool {
    if one == other { return true }
    let (one, other) = (frames[Int(one)], frames[Int(other)])
    return one.function.isSame(as: other.function) && one.module.isSame(as: other.module)
      && one.filename.isSame(as: other.filename) && one.absPath.isSame(as: other.absPath)
  }

  /// The number of the frame with these fields.
  /// - Complexity: O(1) where the frame is known and the parser left its key.
  mutating func number(
    of parsed: ParsedFrame, _ maker: borrowing FrameMaker, in text: Span<UInt8>, rules: inout RuleMemo,
    using scratch: borrowing MatchScratch
  ) -> Int32 {
    var key = parsed.fieldsKey(in: text)
    key.combine(maker.platform == .java ? 1 : 2)
    if let known = numbers[key] { return known }
    let number = Int32(frames.count)
    let frame = maker.make(parsed, text)
    contributing.append(maker.appendLeaves(of: frame, to: &leaves, scratch))
    leafEnds.append(Int32(leaves.count))
    maker.enhancements.add(frame.frame, eventPlatform: maker.platform.rawValue, to: &traits, memo: &rules)
    frames.append(frame.frame)
    numbers[key] = number
    return number
  }
}

/// Makes of a printed frame what its event has, but for its line.
struct FrameMaker {
  let config: GroupingConfig
  let enhancements: EnhancementSet
  let platform: Platform

  /// The normalized frame, before any rule.
  func make(_ parsed: ParsedFrame, _ text: Span<UInt8>) -> EventFrame {
    let isPath = platform == .python && parsed.module == nil
    let file = parsed.file.map { text.text($0.range) }
    var frame = EventFrame(
      StackFrame(
        module: parsed.module.map { text.text($0.range) },
        function: parsed.function.map { text.text($0.range) },
        filename: isPath ? nil : file, absPath: isPath ? file : nil),
      contextLine: parsed.context.map { text.text($0.range) })
    EventNormalization.normalize(&frame.frame)
    if platform == .python, config.parameterizesSpawnLine { SpawnLine.parameterize(&frame) }
    return frame
  }

  /// Appends what is hashed of a frame that `make` made; says whether it contributes.
  func appendLeaves(
    of frame: EventFrame, to leaves: inout [UInt8], _ scratch: borrowing MatchScratch
  ) -> Bool {
    if let contributes = FrameLeaves.append(frame, isJava: platform == .java, to: &leaves) {
      return contributes
    }
    let component = FrameComponent.make(frame, eventPlatform: platform.rawValue, using: scratch)
    component.appendLeaves(to: &leaves)
    return component.contributes
  }
}
