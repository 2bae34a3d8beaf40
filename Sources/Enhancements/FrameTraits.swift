internal import TraceBytes

/// Frames by number, each with what the matchers say of it: a frame that is known costs no look-up of its fields.
///
/// They belong to one set of rules, and each to the platform of events that it was added for. They are numbered from 0, in
/// the order in which they were added.
public struct FrameTraits: Sendable {
  private var atoms: [Int32] = []
  private var ends: [Int32] = []
  private var rules: CompiledRules?

  public init() {}

  /// Bytes that all of it takes.
  public var rememberedBytes: Int { atoms.allocatedBytes + ends.allocatedBytes }

  /// Whether frames of these rules may be added.
  public func belong(to rules: EnhancementSet) -> Bool { self.rules == nil || self.rules === rules.compiled }

  /// The atoms of one frame, as a range of what `atom(_:)` takes.
  func range(of frame: Int32) -> Range<Int> {
    (frame == 0 ? 0 : Int(ends[Int(frame) - 1]))..<Int(ends[Int(frame)])
  }

  func atom(_ index: Int) -> Int32 { atoms[index] }

  mutating func append(_ found: [Int32], of rules: CompiledRules) {
    if ends.isEmpty { self.rules = rules }
    atoms += found
    ends.append(Int32(atoms.count))
  }

  /// Forgets all frames.
  public mutating func removeAll() {
    atoms.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
    rules = nil
  }
}
