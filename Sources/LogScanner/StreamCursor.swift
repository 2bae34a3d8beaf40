internal import TraceBytes

/// Walks the lines of a text and hands them to an unwrapper.
struct StreamCursor {
  /// The next line to read.
  private(set) var at: Int
  /// The unwrapper said that the text ends.
  private(set) var isAtEnd = false
  /// What decides whose the next line is stands behind the text's end.
  private(set) var isUndecided = false
  /// As many lines were read as were wanted, and there are more before the limit.
  private(set) var isFull = false
  private var lastOwn: Int

  init(at start: Int) {
    at = start
    lastOwn = start
  }

  /// Whether the input ends within a line that stands right behind one of the stream's.
  private func isCut(_ text: Span<UInt8>, _ line: LineSpan, _ scope: ScanScope) -> Bool {
    scope.isFinal && line.next == scope.end && line.end == line.next && line.start == lastOwn
  }

  /// How many bytes of other streams have passed since the stream's last line.
  var silence: Int { at - lastOwn }

  /// Reads whole lines that start before `limit`, up to the text's end.
  /// - Parameter lines: after so many more of the stream it stops before `limit`.
  mutating func collect<Unwrapper: LineUnwrapper>(
    _ text: Span<UInt8>, until limit: Int, _ scope: ScanScope, _ unwrapper: inout Unwrapper,
    into stream: inout StreamText, lines: Int = .max
  ) {
    var piece: [UInt8] = []
    isUndecided = false
    isFull = false
    let most = lines == .max ? lines : stream.lines.count + lines
    while at < limit, !isAtEnd, silence < StreamReach.silence,
      let line = LineSpan(text, from: at, end: scope.end, isFinal: scope.isFinal)
    {
      isFull = stream.lines.count >= most
      if isFull { return }
      piece.removeAll(keepingCapacity: true)
      let kind = unwrapper.unwrap(text, line, into: &piece)
      if case .undecided = kind {
        isUndecided = true
        return
      }
      at = line.next
      switch kind {
      case .foreign where isCut(text, line, scope) && unwrapper.unwrapCut(text, line, into: &piece):
        stream.add(source: line.start..<line.next, physical: scope.physical(line.start), isPartial: false) {
          $0.append(contentsOf: piece)
        }
        stream.dropLastLineEnd()
        lastOwn = line.next
      case .foreign:
        at = unwrapper.next(behind: line, text, before: min(limit, lastOwn + StreamReach.silence))
      case .end, .undecided: break
      case .filler:
        stream.extend(to: line.next)
        lastOwn = line.next
      case .whole, .piece, .last:
        stream.add(
          source: line.start..<line.next, physical: scope.physical(line.start), isPartial: kind == .piece
        ) { $0.append(contentsOf: piece) }
        if line.next == scope.end, kind == .whole, unwrapper.isCutByEnd, text[line.next - 1] != 0x0A {
          stream.dropLastLineEnd()
        }
        lastOwn = line.next
      }
      isAtEnd = kind == .last || kind == .end
    }
  }
}
