internal import LogInput
internal import TraceBytes

/// Joins the pieces of one CRI stream.
struct CRIUnwrapper: LineUnwrapper {
  let stream: [UInt8]
  let marks: [StreamMark]

  init(stream: [UInt8]) {
    self.stream = stream
    marks = [StreamMark(stream)]
  }

  func unwrap(_ text: Span<UInt8>, _ line: LineSpan, into output: inout [UInt8]) -> UnwrappedLine {
    guard let cri = CRILine.parse(text, line.range), text[Int(cri.stream.start) + 3] == stream[3] else {
      return .foreign
    }
    output.append(text, cri.text..<line.end)
    return cri.isPartial ? .piece : .whole
  }
}
