internal import TraceBytes

/// Templates of the streams whose lines were met last, so that the lines of one stream that stand between those of
/// another are told without parsing them.
///
/// What fits a template has the key that parsing it would give, so nothing that is found depends on what is remembered.
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

  private var known: [Known] = []
  private var next = 0
  private var unused = 0

  /// The key of the stream that the object at `start` belongs to, and its text's bytes, still escaped.
  mutating func match(
    _ text: Span<UInt8>, _ start: Int, _ end: Int, _ path: [UInt8], _ prefix: UInt64
  ) -> (key: UInt64, value: Range<Int>)? {
    for index in known.indices where known[index].prefix == prefix && known[index].path == path {
      guard let value = known[index].template.match(text, start, end) else { continue }
      unused = 0
      return (known[index].key, value)
    }
    return nil
  }

  /// Learns from an object that no template fits.
  mutating func learn(
    _ text: Span<UInt8>, _ object: JSONLine, _ path: [UInt8], _ prefix: UInt64, _ key: UInt64
  ) {
    guard unused < Self.mostUnused, let template = JSONTemplate(text, object.range, object, path: path) else {
      return
    }
    unused += 1
    let new = Known(template: template, path: path, prefix: prefix, key: key)
    if known.count < Self.most { known.append(new) } else { known[next] = new }
    next = (next + 1) % Self.most
  }
}
