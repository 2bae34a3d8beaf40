internal import LogScanner

/// Where the last regions of streams ended, as offsets of the input: what one chunk has to know of the
/// chunks before it.
struct StreamEnds: Sendable, Equatable {
  struct End: Sendable, Hashable {
    var key: UInt64
    var end: UInt64
    /// Other streams' lines stand among those of the region.
    var isWoven: Bool
  }

  private struct Name: Sendable, Hashable {
    var key: UInt64
    var isWoven: Bool
  }

  private var ends: [Name: UInt64] = [:]
  /// That of plain text, which every trace of a plain log moves.
  private var plain: UInt64?

  /// All of them, in no particular order.
  var all: [End] {
    let streams = ends.map { End(key: $0.key.key, end: $0.value, isWoven: $0.key.isWoven) }
    return streams + (plain.map { [End(key: ActiveStream.plain, end: $0, isWoven: false)] } ?? [])
  }

  /// Keeps the later of two ends of one stream.
  mutating func insert(_ end: End) {
    if end.key == ActiveStream.plain, !end.isWoven {
      plain = max(plain ?? 0, end.end)
    } else {
      let name = Name(key: end.key, isWoven: end.isWoven)
      ends[name] = max(ends[name] ?? 0, end.end)
    }
  }

  /// Those that end behind `offset`.
  func reaching(_ offset: UInt64) -> StreamEnds {
    var result = StreamEnds()
    result.ends = ends.filter { $0.value > offset }
    result.plain = plain.flatMap { $0 > offset ? $0 : nil }
    return result
  }
}
