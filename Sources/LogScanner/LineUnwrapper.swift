/// Takes the text out of the lines of one stream.
protocol LineUnwrapper {
  /// Appends the text of `line` if it belongs to the stream.
  mutating func unwrap(_ text: Span<UInt8>, _ line: LineSpan, into output: inout [UInt8]) -> UnwrappedLine
  /// Each stands in every line of the stream; none where that is not known.
  var marks: [StreamMark] { get }
  /// Whether a line of the stream is cut where the text's last line has no line end.
  var isCutByEnd: Bool { get }
  /// Takes what is there of the input's last line, right behind one of the stream's own, where the end of the input cut it.
  /// - Returns: whether it is the stream's.
  func unwrapCut(_ text: Span<UInt8>, _ line: LineSpan, into output: inout [UInt8]) -> Bool
  /// Where the stream's first line starts, if that is known: nothing above it is looked at.
  var firstLine: Int? { get }
}

extension LineUnwrapper {
  var marks: [StreamMark] { [] }
  var isCutByEnd: Bool { true }

  func unwrapCut(_ text: Span<UInt8>, _ line: LineSpan, into output: inout [UInt8]) -> Bool { false }
  var firstLine: Int? { nil }
}

enum UnwrappedLine {
  /// Another stream's line.
  case foreign
  case whole
  /// A piece of a line that goes on in the stream's next one.
  case piece
  /// The last line: the text ends here whatever follows.
  case last
  /// The text ended with the line before.
  case end
  /// Belongs to the line before and adds nothing to the text.
  case filler
  /// What decides it stands behind the end of the text; the unwrapper is as it was.
  case undecided
}
