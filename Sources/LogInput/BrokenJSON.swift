internal import TraceBytes

/// Recovers the strings of a JSON object that no parser accepts: cut off, with raw control bytes, with bytes
/// that are not UTF-8. Names are taken without the names around them.
public struct BrokenJSON: Sendable {
  /// A string with its name; ranges of `text`.
  public private(set) var fields: [JSONField] = []
  public private(set) var text: [UInt8] = []
  /// The last string has no closing quote.
  public private(set) var isCut = false

  /// Reads all strings of `range`.
  /// - Complexity: O(`range.count`).
  public init(_ json: Span<UInt8>, _ range: Range<Int>) {
    var name = ByteRange(0, 0)
    var isElement = false
    // Made once for a name: a list may be opened again and again behind one.
    var elements: ByteRange?
    var at = range.lowerBound
    while let quote = json.firstOffset(of: UInt8(ascii: "\""), in: at..<range.upperBound) {
      let end = Self.closing(json, quote + 1, range.upperBound)
      switch Self.byteBefore(json, range.lowerBound..<quote) {
      case UInt8(ascii: "["):
        isElement = true
        elements = elements ?? listName(name)
      case UInt8(ascii: ","): break
      default: isElement = false
      }
      let path = isElement ? elements ?? name : name
      let start = text.count
      TextEscapes.appendUnescaped(json, quote + 1..<(end ?? range.upperBound), .quoted, to: &text)
      let value = ByteRange(start, text.count)
      guard let end else {
        isCut = true
        dropPartOfEscape()
        fields.append(JSONField(path: path, value: ByteRange(start, text.count), kind: .string))
        return
      }
      at = end + 1
      if Self.isName(json, at, range.upperBound) {
        name = value
        (isElement, elements) = (false, nil)
      } else {
        fields.append(JSONField(path: path, value: value, kind: .string))
      }
    }
  }

  /// The path of the elements of a list: its name and `[]`, as in a sound document.
  private mutating func listName(_ name: ByteRange) -> ByteRange {
    let start = text.count
    text.append(contentsOf: text[name.range])
    text.append(contentsOf: "[]".utf8)
    return ByteRange(start, text.count)
  }

  /// The last byte that is no blank.
  private static func byteBefore(_ json: Span<UInt8>, _ range: Range<Int>) -> UInt8? {
    var at = range.upperBound
    while at > range.lowerBound, isSpace(json[at - 1]) { at -= 1 }
    return at > range.lowerBound ? json[at - 1] : nil
  }

  /// A cut may go through an escape.
  private mutating func dropPartOfEscape() {
    if text.last == 0x5C { text.removeLast() }
  }

  private static func closing(_ json: Span<UInt8>, _ start: Int, _ end: Int) -> Int? {
    var at = start
    while at < end {
      if json[at] == UInt8(ascii: "\"") { return at }
      at += json[at] == 0x5C ? 2 : 1
    }
    return nil
  }

  private static func isName(_ json: Span<UInt8>, _ from: Int, _ end: Int) -> Bool {
    var at = from
    while at < end, isSpace(json[at]) { at += 1 }
    return at < end && json[at] == UInt8(ascii: ":")
  }

  /// What may stand between the words of JSON (RFC 8259, section 2).
  private static func isSpace(_ byte: UInt8) -> Bool { isBlank(byte) || byte == 0x0A || byte == 0x0D }
}
