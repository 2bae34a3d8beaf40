/// When the bytes of a window came.
struct ArrivalTimes {
  private var marks: [(end: UInt64, time: ContinuousClock.Instant)] = []
  /// Reads closer together than this count as one.
  private static let grain = Duration.milliseconds(10)

  /// Bytes up to `end` of the input are there now.
  mutating func note(end: UInt64, at time: ContinuousClock.Instant) {
    if let last = marks.last, time - last.time < Self.grain {
      marks[marks.count - 1].end = end
    } else {
      marks.append((end, time))
    }
  }

  /// Takes time out of the reckoning in which nobody looked for more bytes.
  mutating func pass(_ time: Duration) {
    for index in marks.indices { marks[index].time += time }
  }

  /// When the byte before `offset` came; nil for one that is long gone.
  func time(of offset: UInt64) -> ContinuousClock.Instant? {
    marks.first { $0.end >= offset }?.time ?? marks.last?.time
  }

  /// Forgets the times of bytes before `offset`.
  mutating func discard(before offset: UInt64) {
    guard let keep = marks.firstIndex(where: { $0.end > offset }) else {
      marks.removeFirst(max(0, marks.count - 1))
      return
    }
    if keep > 0 { marks.removeFirst(keep) }
  }
}

/// Decides when a region that is still open is read again. Each reading costs as much as the region is long, so
/// it has to grow by half, or to have waited for a multiple of what the last reading took.
struct RescanClock {
  /// When the last scan ended.
  private(set) var finished = ContinuousClock.Instant.now
  private var cost = Duration.zero
  private var bytes: UInt64 = 0
  private var open = 0

  /// Takes note of a scan.
  mutating func scanned(from started: ContinuousClock.Instant, bytes: UInt64, open: Int) {
    finished = .now
    cost = finished - started
    self.bytes = bytes
    self.open = open
  }

  /// How long to go on collecting before the next scan.
  func delay(bytes: UInt64, now: ContinuousClock.Instant) -> Duration {
    guard bytes &- self.bytes < UInt64(open / 2) else { return .zero }
    return max(.zero, now.duration(to: finished.advanced(by: cost * 4)))
  }
}
