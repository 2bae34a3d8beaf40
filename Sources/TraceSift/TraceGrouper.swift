internal import Grouping
internal import TraceBytes
internal import TraceModel

/// Groups the traces of one worker and remembers the answer for every distinct shape of trace.
///
/// A shape is all that can influence a hash, as bytes of the text: platform, types, relations, and each
/// frame's fields but its line. Values are part of it only where they matter. So a trace that was seen
/// before costs one pass over its fields, and neither a string nor a digest.
struct TraceGrouper: ~Copyable {
  private let engine: GroupingEngine
  private var scratch = GroupingScratch()
  private var shapes: [KeyHash: GroupedShape] = [:]
  /// Shapes whose values matter: they are remembered with what matters of them.
  private var valueShapes: [KeyHash: Values] = [:]
  /// Flags of the frames of all shapes.
  private var flagCount = 0
  private let most: Int
  /// Whether a trace may be one of those whose shape is known.
  let remembersShapes: Bool
  /// What a shape costs beside the flags of its frames: strings, hashes, its place in the table.
  private static let shapeBytes = 1024

  /// What matters of a shape's values.
  private enum Values {
    case whole
    /// The normalized text of some exceptions' values, as `GroupingResult.normalizedValues` has it.
    case normalized(NormalizedValues)
  }

  init(_ configuration: ScanConfiguration) {
    engine = configuration.grouping
    most = configuration.rememberedShapes
    remembersShapes = configuration.grouping.profile == .full
  }

  /// Bytes of what is kept from trace to trace to be faster, roughly.
  var rememberedBytes: Int {
    shapes.count * Self.shapeBytes + 2 * flagCount + valueShapes.count * 64 + scratch.rememberedBytes
  }

  /// Groups a trace.
  /// - Parameter context: what the message around it says; only the profile `airbyte` reads it.
  mutating func group(_ trace: ParsedTrace, in text: Span<UInt8>, _ context: [ContextField]) -> TraceGrouping
  {
    guard remembersShapes else {
      return TraceGrouping(shape: GroupedShape(compute(trace, text, engine.context(context)), trace))
    }
    let key = key(of: trace, text)
    if let known = shapes[key] { return TraceGrouping(shape: known) }
    return TraceGrouping(shape: remember(compute(trace, text, EventContext()), key, trace, text))
  }

  /// Groups a trace whose shape is known, frames left out or not; nil where it is not.
  mutating func groupKnown(_ trace: ParsedTrace, in text: Span<UInt8>) -> TraceGrouping? {
    guard remembersShapes else { return nil }
    return shapes[key(of: trace, text)].map { TraceGrouping(shape: $0) }
  }

  private mutating func key(of trace: ParsedTrace, _ text: Span<UInt8>) -> KeyHash {
    let key = TraceShape.key(trace, in: text, withValues: false)
    return valueShapes[key].map { self.key(key, with: $0, of: trace, text) } ?? key
  }

  /// Groups a region that could not be parsed.
  mutating func group(_ failure: ParseFailure, in text: Span<UInt8>, _ context: [ContextField])
    -> TraceGrouping
  {
    let region = text.text(failure.region.range)
    let result = engine.group(failureText: region, context: engine.context(context), scratch: &scratch)
    return TraceGrouping(shape: GroupedShape(result, nil))
  }

  private mutating func compute(
    _ trace: ParsedTrace, _ text: Span<UInt8>, _ context: EventContext
  ) -> GroupingResult {
    if let plain = engine.group(plain: trace, in: text, scratch: &scratch) { return plain }
    // Of a stack that is longer than what an event keeps, the rest would only be carried along.
    let cut = engine.profile == .full ? CutStacks.cut(trace) : nil
    let printed = engine.profile == .airbyte ? RecordBuilder.printed(trace, in: text) : ""
    var result = engine.group(
      trace: RecordBuilder.exceptions(cut ?? trace, in: text), platform: trace.platform, text: printed,
      context: context, scratch: &scratch)
    if cut != nil { result.inApp = CutStacks.spread(result.inApp, over: trace) }
    return result
  }

  private mutating func remember(
    _ result: GroupingResult, _ key: KeyHash, _ trace: ParsedTrace, _ text: Span<UInt8>
  ) -> GroupedShape {
    if shapes.count >= most {
      shapes.removeAll(keepingCapacity: true)
      valueShapes.removeAll(keepingCapacity: true)
      flagCount = 0
    }
    let shape = GroupedShape(result, trace, key: exactKey(key, result, trace, text))
    shapes[shape.key ?? key] = shape
    flagCount += shape.inApp.count
    return shape
  }

  /// The key of a shape that was not known: with what matters of its values, which is noted.
  private mutating func exactKey(
    _ key: KeyHash, _ result: GroupingResult, _ trace: ParsedTrace, _ text: Span<UInt8>
  ) -> KeyHash {
    if !result.valueMatters, trace.exceptions.allSatisfy({ $0.type != nil }) { return key }
    // A key with values is none of a shape without them.
    let coarse = TraceShape.key(trace, in: text, withValues: false)
    guard coarse == key else { return key }
    let values = result.normalizedValues.map { Values.normalized($0) } ?? .whole
    valueShapes[key] = values
    return self.key(key, with: values, of: trace, text)
  }

  private mutating func key(
    _ key: KeyHash, with values: Values, of trace: ParsedTrace, _ text: Span<UInt8>
  ) -> KeyHash {
    if case .normalized(let values) = values {
      var exact = key
      let isWhole = engine.combine(values, of: trace, in: text, into: &exact, scratch: &scratch)
      if isWhole { return exact }
    }
    return TraceShape.key(trace, in: text, withValues: true)
  }
}
