internal import TraceBytes
internal import TraceModel

/// Causes that stand below a first stack again, as a whole (`KnownCauses`).
extension TraceParser {
  /// Takes over the causes that were met before behind the first stack, right after that stack was read.
  /// - Returns: the index of the first line behind them; nil where they are unknown or not all of them would be kept.
  mutating func knownCauses(_ text: Span<UInt8>, at index: Int, _ chain: inout JavaChain) -> Int? {
    guard let stack = causes.begins else { return nil }
    // What was said of the trace before could not be told from what causes say.
    guard trace.exceptions.count == 1, trace.reasons.isEmpty, trace.flags.isEmpty, signs.count == 0 else {
      causes.close()
      return nil
    }
    guard let run = table.knownCauses(text, at: index, behind: stack) else { return nil }
    causes.close()
    let size = table.size(ofCauses: run)
    guard trace.exceptions.count + size.exceptions < limits.exceptions,
      trace.frames.count + size.frames < limits.frames
    else { return nil }
    take(run, at: index, &chain)
    return table.count
  }

  private mutating func take(_ run: KnownCauses.Number, at index: Int, _ chain: inout JavaChain) {
    let outcome = table.takeCauses(run, at: index, into: &trace)
    signs.add(outcome.signs)
    trace.reasons.formUnion(outcome.reasons)
    trace.flags.formUnion(outcome.flags)
    chain.replace(with: outcome.chain)
  }

  /// Keeps causes for the next time, if nothing but them was found behind the first stack.
  mutating func noteCauses(_ text: Span<UInt8>, _ chain: JavaChain) {
    guard causes.isOpen, let first = causes.first, !causes.found.isEmpty,
      trace.exceptions.count == causes.found.count + 1, trace.frames.count < limits.frames,
      !hasInnerCarrier
    else { return }
    table.note(
      text, causes.found, to: causes.end, behind: first, trace.exceptions[1...],
      KnownCauses.Outcome(signs: signs, reasons: trace.reasons, flags: trace.flags, chain: chain))
  }
}

/// What was found behind a first stack, for as long as all of it is labels with known stacks.
struct CauseTrail {
  /// The first stack.
  private(set) var first: KnownStacks.Number?
  private(set) var found: [FoundCause] = []
  /// Index of the first line behind the last stack.
  private(set) var end = 0
  /// Index of the label whose stack has not come.
  private var label: Int?
  /// Whether nothing else was found.
  private(set) var isOpen = true

  /// The first stack, if nothing stands behind it yet.
  var begins: KnownStacks.Number? { isOpen && found.isEmpty && label == nil ? first : nil }

  /// Starts over and keeps the storage.
  mutating func reset() {
    first = nil
    found.removeAll(keepingCapacity: true)
    label = nil
    isOpen = true
  }

  mutating func close() { isOpen = false }

  /// A label was read.
  mutating func add(label index: Int) {
    isOpen = isOpen && first != nil && label == nil
    label = index
  }

  /// A stack was read.
  /// - Parameter known: its number, if it was met before.
  mutating func add(stack known: KnownStacks.Number?, from start: Int, to behind: Int) {
    guard isOpen, let known, (label == nil) == (first == nil) else { return close() }
    end = behind
    if let label {
      found.append(FoundCause(label: label, firstFrame: start, stack: known))
    } else {
      first = known
    }
    label = nil
  }
}

/// Where a cause with a known stack was found.
struct FoundCause {
  /// Index of its label's line, and of its first frame's.
  var label: Int
  var firstFrame: Int
  var stack: KnownStacks.Number
}
