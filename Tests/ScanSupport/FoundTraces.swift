internal import LogScanner
internal import TraceBytes
public import TraceModel
public import TraceParsers

/// Hands every trace of a text on, as the parser left it, with the text that its ranges point into.
public func forEachTrace(
  in bytes: [UInt8], limits: ParseLimits = ParseLimits(), remembering: Bool = true,
  _ body: (ParsedTrace, Span<UInt8>) -> Void
) {
  var scanner = TraceScanner(limits: limits)
  var position = ScanPosition()
  let text = bytes.span
  while true {
    switch scanner.next(text, &position, isFinal: true) {
    case .trace:
      body(scanner.trace, text)
      if !remembering { scanner = TraceScanner(limits: limits) }
    case .unwrapped(let record):
      if case .trace(let trace) = record.content { body(trace, record.text.span) }
    case .failure: break
    case .end, .needsMore: return
    }
  }
}
