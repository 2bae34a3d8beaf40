/// Builds JSON text. A field without a value is left out.
struct JSONBytes {
  private(set) var bytes: [UInt8] = []
  /// Whether the next item is the first of its object or list.
  private var isFirst = true

  private mutating func separate() {
    if !isFirst { bytes.append(UInt8(ascii: ",")) }
    isFirst = false
  }

  private mutating func key(_ name: String) {
    separate()
    quote(name)
    bytes.append(UInt8(ascii: ":"))
  }

  private mutating func braces(_ open: Character, _ close: Character, _ body: (inout JSONBytes) -> Void) {
    bytes += String(open).utf8
    isFirst = true
    body(&self)
    bytes += String(close).utf8
    isFirst = false
  }

  /// An item: an object.
  mutating func object(_ body: (inout JSONBytes) -> Void) {
    separate()
    braces("{", "}", body)
  }

  /// A field: an object.
  mutating func object(_ name: String, _ body: (inout JSONBytes) -> Void) {
    key(name)
    braces("{", "}", body)
  }

  /// A field: a list.
  mutating func list<Item>(_ name: String, _ items: [Item], _ write: (inout JSONBytes, Item) -> Void) {
    key(name)
    braces("[", "]") { json in
      for item in items { write(&json, item) }
    }
  }

  /// An item: a text.
  mutating func text(_ value: String) {
    separate()
    quote(value)
  }

  mutating func field(_ name: String, _ value: String?) {
    guard let value else { return }
    key(name)
    quote(value)
  }

  mutating func field(_ name: String, _ value: Int?) {
    guard let value else { return }
    key(name)
    bytes += String(value).utf8
  }

  mutating func field(_ name: String, _ value: Bool?) {
    guard let value else { return }
    key(name)
    bytes += (value ? "true" : "false").utf8
  }

  private mutating func quote(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    var before: UInt8 = 0
    for byte in text.utf8 {
      defer { before = byte }
      // U+0080–U+009F: a terminal may obey them as it obeys escape sequences.
      if before == 0xC2, byte < 0xA0 {
        bytes.removeLast()
        escape(byte)
        continue
      }
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
      case 0x0A: bytes += "\\n".utf8
      case 0x0D: bytes += "\\r".utf8
      case 0x09: bytes += "\\t".utf8
      case 0..<0x20, 0x7F: escape(byte)
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private mutating func escape(_ byte: UInt8) {
    let digits = Array("0123456789abcdef".utf8)
    bytes += "\\u00".utf8
    bytes += [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
  }
}
