public import TraceModel

/// Long stacks without the frames that no event keeps.
public enum CutStacks {
  /// The trace with those frames of each exception that an event keeps; nil where that is all of them.
  /// - Complexity: O(exceptions and the frames that are kept).
  public static func cut(_ trace: ParsedTrace) -> ParsedTrace? {
    guard trace.exceptions.contains(where: { isLong($0.frames.count) }) else { return nil }
    var cut = ParsedTrace(platform: trace.platform)
    for exception in trace.exceptions {
      var copy = exception
      let start = cut.frames.count
      for place in 0..<EventNormalization.keptFrames(of: exception.frames.count) {
        let printed = printedPlace(place, of: exception.frames.count, trace)
        cut.frames.append(trace.frames[exception.frames.lowerBound + printed])
      }
      copy.frames = start..<cut.frames.count
      cut.exceptions.append(copy)
    }
    return cut
  }

  /// In-app of the frames of `cut(trace)`, oldest first by exception, as that of all frames.
  public static func spread(_ flags: [[Bool?]], over trace: ParsedTrace) -> [[Bool?]] {
    zip(flags, trace.exceptions).map { kept, exception in
      guard exception.frames.count > kept.count else { return kept }
      var all = [Bool?](repeating: nil, count: exception.frames.count)
      EventNormalization.spread(kept, over: &all)
      return all
    }
  }

  private static func isLong(_ count: Int) -> Bool { EventNormalization.keptFrames(of: count) < count }

  /// Where the frame that is printed at `place` of the kept ones stands among all `count`.
  private static func printedPlace(_ place: Int, of count: Int, _ trace: ParsedTrace) -> Int {
    guard trace.isNewestFirst else { return EventNormalization.placeBeforeCutting(place, of: count) }
    let kept = EventNormalization.keptFrames(of: count)
    return count - 1 - EventNormalization.placeBeforeCutting(kept - 1 - place, of: count)
  }
}
