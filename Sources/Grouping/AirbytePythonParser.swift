/// The Python branch: blocks between `During handling …:` lines, frames found by search, exceptions as printed.
///
/// A frame is `File "path", line 1, in name` at a line's end, a line break, four spaces, a source line, a line break.
enum AirbytePythonParser {
  /// nil for a line number that is too large.
  static func parse(_ text: [UInt8]) -> [AirbyteParser.Exception]? {
    var exceptions: [AirbyteParser.Exception] = []
    for (index, block) in blocks(of: text).enumerated() {
      do throws(AirbyteParser.Failure) {
        guard var exception = try exception(in: text[block]) else { continue }
        exception.block = index
        exceptions.append(exception)
      } catch {
        return nil
      }
    }
    return exceptions
  }

  /// What stands between the places of `\n\n[\w ,]+:\n\n`.
  private static func blocks(of text: [UInt8]) -> [Range<Int>] {
    var blocks: [Range<Int>] = []
    var start = 0
    var position = 0
    while let gap = Bytes.range(of: [0x0A, 0x0A], in: text[position...]) {
      let words = text[gap.upperBound...].prefix { AirbyteParser.isWord($0) || $0 == 0x20 || $0 == 0x2C }
      if !words.isEmpty, text[words.endIndex...].starts(with: ":\n\n".utf8) {
        blocks.append(start..<gap.lowerBound)
        start = words.endIndex + 3
        position = start
      } else {
        position = gap.lowerBound + 1
      }
    }
    return blocks + [start..<text.count]
  }

  private static func exception(
    in block: ArraySlice<UInt8>
  ) throws(AirbyteParser.Failure) -> AirbyteParser.Exception? {
    var frames: [AirbyteParser.Frame] = []
    var rest = block
    var position = block.startIndex
    while position < block.endIndex {
      let line = line(in: block, at: position)
      guard let place = place(in: line), let source = sourceLine(in: block, at: line.endIndex) else {
        position = line.endIndex + 1
        continue
      }
      var frame = AirbyteParser.Frame(
        function: AirbyteParser.text(place.function), absPath: AirbyteParser.text(place.path),
        contextLine: AirbyteParser.text(source))
      frame.lineno = try AirbyteParser.lineNumber(place.line)
      frames.append(frame)
      position = source.endIndex + 1
      rest = block[position...]
    }
    guard !frames.isEmpty else { return nil }
    let colon = rest.firstIndex(of: UInt8(ascii: ":"))
    return AirbyteParser.Exception(
      type: AirbyteParser.text(Bytes.trimmed(rest[..<(colon ?? rest.endIndex)])),
      value: colon.map { AirbyteParser.text(Bytes.trimmed(rest[($0 + 1)...])) }, frames: frames, block: 0)
  }

  /// What Java's dot can match from here on: up to the next LF, CR, U+0085, U+2028 or U+2029. The bytes after the
  /// first of a longer break are taken for a line of their own, which no frame can be.
  private static func line(in block: ArraySlice<UInt8>, at start: Int) -> ArraySlice<UInt8> {
    var end = start
    while end < block.endIndex {
      let byte = block[end]
      if byte == 0x0A || byte == 0x0D { break }
      if byte == 0xC2, end + 1 < block.endIndex, block[end + 1] == 0x85 { break }
      if byte == 0xE2, end + 2 < block.endIndex, block[end + 1] == 0x80, block[end + 2] & 0xFE == 0xA8 {
        break
      }
      end += 1
    }
    return block[start..<end]
  }

  /// The source line after a line that ends at `end`, its first four spaces taken off.
  private static func sourceLine(in block: ArraySlice<UInt8>, at end: Int) -> ArraySlice<UInt8>? {
    guard end < block.endIndex, block[end] == 0x0A, block[(end + 1)...].starts(with: "    ".utf8) else {
      return nil
    }
    let source = line(in: block, at: end + 5)
    return source.isEmpty || source.endIndex == block.endIndex || block[source.endIndex] != 0x0A
      ? nil : source
  }

  private static func place(
    in line: ArraySlice<UInt8>
  ) -> (path: ArraySlice<UInt8>, line: ArraySlice<UInt8>, function: ArraySlice<UInt8>)? {
    guard let file = Bytes.range(of: "File \"", in: line) else { return nil }
    // The path is as long as it can be: the last separator that is followed by a number and a name ends it.
    let separator = Array("\", line ".utf8)
    var position = file.upperBound + 1
    var best: (path: ArraySlice<UInt8>, line: ArraySlice<UInt8>, function: ArraySlice<UInt8>)?
    while position < line.endIndex, let found = Bytes.range(of: separator, in: line[position...]) {
      let digits = line[found.upperBound...].prefix { (0x30...0x39).contains($0) }
      let rest = line[digits.endIndex...]
      if !digits.isEmpty, rest.starts(with: ", in ".utf8), rest.count > 5 {
        best = (line[file.upperBound..<found.lowerBound], digits, rest.dropFirst(5))
      }
      position = found.lowerBound + 1
    }
    return best
  }
}
