/// Lines of the input in containers: the first byte of each says which stream it belongs to, the rest is its
/// text. So the fuzzer spends its time on streams and not on finding out how a container is written.
///
/// What must hold is what holds of any text: neither reads nor chunks show in the records.
enum WrappedLinesProperty {
  enum Container { case cri, dockerJSON, prefixes }

  static func check(_ bytes: [UInt8], in container: Container) throws {
    var wrapped: [UInt8] = []
    for line in bytes.split(separator: 0x0A, maxSplits: 400, omittingEmptySubsequences: false) {
      append(line.dropFirst(), stream: line.first ?? 0, container, to: &wrapped)
    }
    try ScannerProperty.check(wrapped)
  }

  private static func append(
    _ text: ArraySlice<UInt8>, stream: UInt8, _ container: Container, to output: inout [UInt8]
  ) {
    switch container {
    case .cri: appendCRI(text, stream, to: &output)
    case .dockerJSON: appendDocker(text, stream, to: &output)
    case .prefixes: appendPrefixed(text, stream, to: &output)
    }
  }

  private static let time = "2026-03-05T10:11:12."

  /// Bit 0: the stream; bit 1: a piece; bit 2: no wrapping at all.
  private static func appendCRI(_ text: ArraySlice<UInt8>, _ stream: UInt8, to output: inout [UInt8]) {
    if stream & 4 == 0 {
      output += "\(time)\(100_000_000 + Int(stream))Z \(stream & 1 == 0 ? "stdout" : "stderr") ".utf8
      output += stream & 2 == 0 ? "F ".utf8 : "P ".utf8
    }
    output += text
    output.append(0x0A)
  }

  private static func appendDocker(_ text: ArraySlice<UInt8>, _ stream: UInt8, to output: inout [UInt8]) {
    output += #"{"log":""#.utf8
    for byte in text {
      switch byte {
      case 0x22, 0x5C: output += [0x5C, byte]
      case 0..<0x20: output += "\\u00\(byte < 16 ? "0" : "")\(String(byte, radix: 16))".utf8
      default: output.append(byte)
      }
    }
    if stream & 2 == 0 { output += "\\n".utf8 }
    output +=
      #"","stream":"\#(stream & 1 == 0 ? "stdout" : "stderr")","time":"\#(time)\#(Int(stream))Z"}"#.utf8
    output.append(0x0A)
  }

  private static func appendPrefixed(_ text: ArraySlice<UInt8>, _ stream: UInt8, to output: inout [UInt8]) {
    let prefixes = [
      "svc-1  | ", "svc-2  | ", "[pod/a/b] ", "Mar  5 10:11:12 host app[4242]: ", "\(time)\(Int(stream)) ",
      "",
      "2026-03-05 10:11:12,345 ERROR [main] com.acme.A - ", "\u{1B}[36mweb-1  |\u{1B}[0m ",
    ]
    output += prefixes[Int(stream & 7)].utf8
    output += text
    output.append(0x0A)
  }
}
