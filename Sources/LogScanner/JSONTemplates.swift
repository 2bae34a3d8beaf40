internal import TraceBytes

/// Templates of the streams whose lines were met last, so that the lines of one stream that stand between those of
/// another are told without parsing them.
///
/// A sound object that fits a template has the key that parsing it would give. Whether it is sound is not looked at, so
/// a template tells only which lines are another stream's: a broken one is foreign either way.
struct JSONTemplates {
  private struct Known {
    var template: JSONTemplate
    var path: [UInt8]
    var prefix: UInt64
    var key: UInt64
  }

  private static let most = 6
  /// So many templates may be learnt without one of them being of use: where every line is of another shape they cost
  /// more than they save.
  private static let mostUnused = 64

  /// More lines than a stream may be silent for.
  private static let mostKeys = 16_384

  /// The keys of lines that no template fitted, by what stands in them.
  private var keys: [KeyHash: UInt64] = [:]
  private var known: [Known] = []
  private var next = 0
  private var unused = 0

  /// The key of the stream that the object at `start` belongs to, if it is a sound one.
  mutating func match(
    _ text: Span<UInt8>, _ start: Int, _ end: Int, _ path: [UInt8], _ prefix: UInt64
  ) -> UInt64? {
    for index in known.indices where known[index].prefix == prefix && known[index].path == path {
      guard known[index].template.match(text, start, end) != nil else { continue }
      unused = 0
      return known[index].key
    }
    return nil
  }

  /// The key of the stream that a line is of, if it was read before.
  func key(of line: KeyHash) -> UInt64? { keys[line] }

  /// Remembers the key of a line that was read.
  mutating func remember(_ line: KeyHash, _ key: UInt64) {
    if keys.count >= Self.mostKeys { keys.removeAll(keepingCapacity: true) }
    keys[line] = key
  }

  /// Learns from an object that no template fits.
  mutating func learn(
    _ text: Span<UInt8>, _ object: JSONLine, _ path: [UInt8], _ prefix: UInt64, _ key: UInt64
  ) {
    guard unused < Self.mostUnused, !object.isBroken,
      let template = JSONTemplate(text, object.range, object, path: path)
    else {
      return
    }
    unused += 1
    let new = Known(template: template, path: path, prefix: prefix, key: key)
    if known.count < Self.most { known.append(new) } else { known[next] = new }
    next = (next + 1) % Self.most
  }
}
