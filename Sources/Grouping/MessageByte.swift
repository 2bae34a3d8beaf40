internal import PCRE2

/// What a byte of a message can be part of; the patterns' own characters are ASCII.
struct MessageByte: OptionSet, Sendable {
  let rawValue: UInt16

  /// `A-Za-z0-9_`; other letters and digits are judged by `isWord`.
  static let word = MessageByte(rawValue: 1)
  static let digit = MessageByte(rawValue: 2)
  static let letter = MessageByte(rawValue: 4)
  /// `0-9a-fA-F`
  static let hex = MessageByte(rawValue: 8)
  /// What may stand before the `@` of an e-mail address.
  static let local = MessageByte(rawValue: 16)
  /// What a hostname's label is made of.
  static let label = MessageByte(rawValue: 32)
  /// The first letter of a day or a month.
  static let dateName = MessageByte(rawValue: 64)
  /// A sign or a quote that can begin a part.
  static let sign = MessageByte(rawValue: 128)
  /// A letter that can begin a part inside a word: a date's name, or `datetime`.
  static let insideWord = MessageByte(rawValue: 512)
  /// A letter that can begin a part at a word's start, e-mail addresses and hostnames aside.
  static let wordStart = MessageByte(rawValue: 1024)
  /// A byte of a character beyond ASCII.
  static let other = MessageByte(rawValue: 256)

  static let kinds: [MessageByte] = (0...255).map { kind(UInt8($0)) }

  private static func kind(_ byte: UInt8) -> MessageByte {
    guard byte < 0x80 else { return .other }
    var kind: MessageByte = []
    switch byte {
    case 0x30...0x39: kind = [.word, .digit, .hex, .local, .label]
    case 0x41...0x5A, 0x61...0x7A: kind = [.word, .letter, .local, .label]
    default: break
    }
    if Array("abcdefABCDEF".utf8).contains(byte) { kind.insert(.hex) }
    if byte == UInt8(ascii: "_") { kind.insert(.word) }
    if Array(".!#$%&'*+/=?^_`{|}~-".utf8).contains(byte) { kind.insert(.local) }
    if byte == UInt8(ascii: "-") { kind.insert(.label) }
    if Array("SMTWFJAOND".utf8).contains(byte) { kind.insert(.dateName) }
    if Array("-:'\"".utf8).contains(byte) { kind.insert(.sign) }
    if kind.contains(.dateName) || byte == UInt8(ascii: "d") { kind.insert(.insideWord) }
    let startsWord = kind.contains(.hex) || Array("twhTF".utf8).contains(byte)
    if kind.contains(.letter), startsWord { kind.insert(.wordStart) }
    return kind
  }

  /// Python's `\w`: letters, everything numeric, and the underscore.
  static func isWord(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
      .letterNumber, .otherNumber:
      return isKnown(scalar)
    default: return scalar == "_"
    }
  }

  /// Python's `\d`: decimal digits of any script.
  static func isDigit(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.generalCategory == .decimalNumber && isKnown(scalar)
  }

  /// Swift's tables may be newer than those of the patterns, and what is read by hand has to agree with what is not.
  private static func isKnown(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isASCII || scalar.properties.age.map { $0 <= Pattern.unicodeVersion } ?? false
  }

  /// Days and months by their first three letters, packed.
  static let dateNames = Set(
    [
      "Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug",
      "Sep",
      "Oct", "Nov", "Dec",
    ].map { (name: String) in name.utf8.reduce(UInt32(0)) { $0 << 8 | UInt32($1) } })
}
