import LogScanner

/// Gate, line classes and parsers together: traces on end, without a line between them.
func parsingBenchmarks() {
  measure("parse/1000 Java frames", expect: 1000) {
    (0..<25).map(Inputs.javaTrace).joined(separator: "ready\n").utf8.map { $0 }
  } body: {
    frames(in: $0)
  }
  measure("parse/1000 Python frames", expect: 1000) {
    (0..<25).map(Inputs.pythonTrace).joined(separator: "ready\n").utf8.map { $0 }
  } body: {
    frames(in: $0)
  }
}

private func frames(in text: [UInt8]) -> Int {
  var scanner = TraceScanner()
  var position = ScanPosition()
  var count = 0
  while true {
    switch scanner.next(text.span, &position, isFinal: true) {
    case .trace: count += scanner.trace.frames.count
    case .failure, .unwrapped: return -1
    case .needsMore, .end: return count
    }
  }
}
