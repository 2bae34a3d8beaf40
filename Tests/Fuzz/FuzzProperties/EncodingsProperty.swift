import LogInput

/// Texts in UTF-16 and UTF-32: how the bytes come does not show, the text is what the standard library makes of
/// them, and each character of it knows where it stood.
///
/// The first byte's bits 0 and 1 choose the encoding of the text behind it, bit 2 a mark; bit 3: the bytes
/// behind it are taken as they are.
enum EncodingsProperty {
  static func check(_ bytes: [UInt8]) throws {
    let choice = bytes.first ?? 0
    let text = Array(bytes.dropFirst())
    let encoding = encodings[Int(choice & 3)]
    let stored = choice & 8 == 0 ? store(text, encoding, hasMark: choice & 4 != 0) : text
    guard InputKind(stored) == .text else { return }
    let reading = try StoredReading.file(stored, room: 4096)
    if choice & 12 == 4, text.count >= 8, text.prefix(64).allSatisfy({ 0x20..<0x7F ~= $0 }) {
      try require(reading.encoding == encoding, "\(encoding) with a mark is read as \(reading.encoding)")
    }
    for room in [1, 7, 100] {
      try require(try StoredReading.file(stored, room: room) == reading, "reads of \(room) bytes")
    }
    for piece in [1, 4, 256] {
      let other = try StoredReading.pipe(stored, piece: piece)
      try require(other == reading, "pieces of \(piece) bytes: \(other.encoding), \(reading.encoding)")
    }
    let units = Units(stored, reading.encoding)
    try require(reading.text == units.text, "\(reading.encoding): \(reading.text) instead of \(units.text)")
    for most in [3, 1000] { try checkOffsets(stored, units, most) }
  }

  private static let encodings: [TextEncoding] = [
    .utf16LittleEndian, .utf16BigEndian, .utf32LittleEndian, .utf32BigEndian,
  ]

  /// Every byte of a window, while it slides: where it stood, and back.
  private static func checkOffsets(_ stored: [UInt8], _ units: Units, _ most: Int) throws {
    let file = try OpenFile(stored)
    var reader = InputReader(try ByteSource(path: file.path))
    var block = Block(capacity: 16)
    var given = 0
    while !block.isAtEnd {
      try block.fill(from: &reader, most: most)
      // What has been looked at is enough where windows are large.
      for index in stride(from: 0, to: block.count, by: max(1, block.count / 40)) {
        guard let place = units.places[given + index] else { continue }
        let offset = block.offset(of: index)
        try require(offset == place, "byte \(given + index) stands at \(offset), not at \(place)")
        try require(block.index(of: offset) == index, "\(offset) leads to \(block.index(of: offset))")
      }
      var count = block.count / 2
      while count > 0, units.places[given + count] == nil { count -= 1 }
      block.discard(count)
      given += count
    }
    // Half a unit at the end counts as a whole one.
    let end = Int(block.offset(of: block.count))
    try require(abs(end - stored.count) < 4, "the end stands at \(end), not at \(stored.count)")
  }

  private static func store(_ text: [UInt8], _ encoding: TextEncoding, hasMark: Bool) -> [UInt8] {
    let string = String(decoding: text, as: UTF8.self)
    let isLong = encoding == .utf32LittleEndian || encoding == .utf32BigEndian
    let isBig = encoding == .utf16BigEndian || encoding == .utf32BigEndian
    let units = isLong ? string.unicodeScalars.map(\.value) : string.utf16.map(UInt32.init)
    return ((hasMark ? [0xFEFF] : []) + units).flatMap { unit -> [UInt8] in
      let bytes = (0..<(isLong ? 4 : 2)).map { UInt8(truncatingIfNeeded: unit >> (8 * UInt32($0))) }
      return isBig ? bytes.reversed() : bytes
    }
  }
}

/// Whether the bytes are taken for something compressed.
private enum InputKind {
  case text, compressed

  init(_ bytes: [UInt8]) {
    let isGzip = bytes.starts(with: [0x1F, 0x8B, 8])
    let isFrame = bytes.starts(with: [0x28, 0xB5, 0x2F, 0xFD])
    let isSkipped = bytes.count >= 4 && bytes[0] & 0xF0 == 0x50 && bytes[1...3] == [0x2A, 0x4D, 0x18]
    self = isGzip || isFrame || isSkipped ? .compressed : .text
  }
}

/// A text as the standard library decodes it.
private struct Units {
  var text: [UInt8] = []
  /// Where the character stood that starts at an index of `text`; nil inside of one.
  var places: [UInt64?] = []

  init(_ stored: [UInt8], _ encoding: TextEncoding) {
    guard encoding != .utf8 else {
      text = stored
      places = (0...stored.count).map(UInt64.init)
      return
    }
    let size = encoding == .utf32LittleEndian || encoding == .utf32BigEndian ? 4 : 2
    let isBig = encoding == .utf16BigEndian || encoding == .utf32BigEndian
    let units = (0..<stored.count / size).map { index in
      let bytes = stored[index * size..<(index + 1) * size]
      return (isBig ? Array(bytes) : bytes.reversed()).reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
    }
    var at = 0
    while at < units.count {
      let (scalar, count) = size == 4 ? (Unicode.Scalar(units[at]), 1) : Self.scalar(units, at)
      add(scalar, at * size)
      at += count
    }
    // Half a unit at the end; with half a pair before it, it is one broken character.
    if stored.count % size > 0, size == 4 || units.last.map({ $0 & 0xFC00 != 0xD800 }) ?? true {
      add(nil, at * size)
    }
    places.append(UInt64(stored.count))
  }

  private static func scalar(_ units: [UInt32], _ at: Int) -> (Unicode.Scalar?, Int) {
    let pair = units[at...].prefix(2).map { UInt16(truncatingIfNeeded: $0) }
    var decoder = UTF16()
    var iterator = pair.makeIterator()
    guard case .scalarValue(let scalar) = decoder.decode(&iterator) else { return (nil, 1) }
    return (scalar, scalar.value > 0xFFFF ? 2 : 1)
  }

  private mutating func add(_ scalar: Unicode.Scalar?, _ place: Int) {
    let bytes = Array(String(scalar ?? "\u{FFFD}").utf8)
    text += bytes
    places += [UInt64(place)] + [UInt64?](repeating: nil, count: bytes.count - 1)
  }
}
