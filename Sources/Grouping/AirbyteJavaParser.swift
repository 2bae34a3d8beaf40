/// The Java branch: blocks between `Caused by:` lines, frames found by search, exceptions in the order of the text.
enum AirbyteJavaParser {
  private static let frameStart = Array("\n\tat ".utf8)
  private static let blockStart = Array("\nCaused by: ".utf8)

  /// nil for a line number that is too large.
  static func parse(_ text: [UInt8]) -> [AirbyteParser.Exception]? {
    var exceptions: [AirbyteParser.Exception] = []
    var start = 0
    var block = 0
    while start <= text.count {
      let end = Bytes.range(of: blockStart, in: text[start...])
      do throws(AirbyteParser.Failure) {
        if var exception = try exception(in: text[start..<(end?.lowerBound ?? text.count)]) {
          exception.block = block
          exceptions.append(exception)
        }
      } catch {
        return nil
      }
      guard let end else { break }
      start = end.upperBound
      block += 1
    }
    return exceptions
  }

  private static func exception(
    in block: ArraySlice<UInt8>
  ) throws(AirbyteParser.Failure) -> AirbyteParser.Exception? {
    var frames: [AirbyteParser.Frame] = []
    var position = block.startIndex
    while let start = Bytes.range(of: frameStart, in: block[position...]) {
      if let found = try frame(in: block, at: start.upperBound) {
        frames.append(found.frame)
        position = found.end
      } else {
        position = start.lowerBound + 1
      }
    }
    guard !frames.isEmpty else { return nil }
    let header = block[..<(Bytes.range(of: frameStart, in: block)?.lowerBound ?? block.endIndex)]
    let colon = Bytes.range(of: ": ", in: header)
    return AirbyteParser.Exception(
      type: AirbyteParser.text(header[..<(colon?.lowerBound ?? header.endIndex)]),
      value: colon.map { AirbyteParser.text(header[$0.upperBound...]) }, frames: frames.reversed(), block: 0)
  }

  /// `[loader/]module.function(` and then `File.java:12)`, `File.kt:12)`, or any words, unclosed ones too.
  private static func frame(
    in block: ArraySlice<UInt8>, at start: Int
  ) throws(AirbyteParser.Failure) -> (frame: AirbyteParser.Frame, end: Int)? {
    guard let open = block[start...].firstIndex(where: { !isName($0) }), block[open] == UInt8(ascii: "("),
      let dot = block[start..<open].lastIndex(of: UInt8(ascii: ".")), dot + 1 < open,
      !block[(dot + 1)..<open].contains(UInt8(ascii: "/"))
    else { return nil }
    let slash = block[start..<dot].lastIndex(of: UInt8(ascii: "/"))
    let module = block[(slash.map { $0 + 1 } ?? start)..<dot]
    // A loader part has something before its slash, and neither part has angle brackets.
    guard !module.isEmpty, slash != start, !block[start..<dot].contains(where: { $0 == 0x3C || $0 == 0x3E })
    else {
      return nil
    }
    var frame = AirbyteParser.Frame(
      module: AirbyteParser.text(module), function: AirbyteParser.text(block[(dot + 1)..<open]))
    if let place = filePlace(in: block, at: open + 1) {
      frame.filename = AirbyteParser.text(place.name)
      frame.lineno = try AirbyteParser.lineNumber(place.line)
      return (frame, place.end)
    }
    let words = block[(open + 1)...].prefix { AirbyteParser.isWord($0) || isSpace($0) }
    frame.isNative = words.elementsEqual("Native Method".utf8)
    return (frame, words.endIndex)
  }

  private static func filePlace(
    in block: ArraySlice<UInt8>, at start: Int
  ) -> (name: ArraySlice<UInt8>, line: ArraySlice<UInt8>, end: Int)? {
    let base = block[start...].prefix(while: AirbyteParser.isWord)
    guard !base.isEmpty else { return nil }
    for ending in [".java:", ".kt:"] where block[base.endIndex...].starts(with: ending.utf8) {
      let nameEnd = base.endIndex + ending.utf8.count - 1
      let line = block[(nameEnd + 1)...].prefix { (0x30...0x39).contains($0) }
      guard !line.isEmpty, line.endIndex < block.endIndex, block[line.endIndex] == UInt8(ascii: ")") else {
        return nil
      }
      return (block[start..<nameEnd], line, line.endIndex + 1)
    }
    return nil
  }

  private static func isName(_ byte: UInt8) -> Bool {
    AirbyteParser.isWord(byte) || [0x2E, 0x24, 0x2F, 0x3C, 0x3E].contains(byte)  // . $ / < >
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
}
