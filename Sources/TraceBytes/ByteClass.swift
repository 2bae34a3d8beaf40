/// Space or tab.
@inlinable public func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

/// An ASCII digit.
@inlinable public func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

/// `a`–`f` or `A`–`F`.
@inlinable public func isHexLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 6 }

/// An ASCII letter.
@inlinable public func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }

/// The lower-case form of an ASCII letter; every other byte itself.
@inlinable public func asciiLowercased(_ byte: UInt8) -> UInt8 { byte &- 0x41 < 26 ? byte | 0x20 : byte }

/// A byte that may start an identifier: letter, `_`, `$`, or part of a non-ASCII character.
@inlinable public func isIdentifierStart(_ byte: UInt8) -> Bool {
  isLetter(byte) || byte == 0x5F || byte == 0x24 || byte >= 0x80
}

/// A byte of an identifier.
@inlinable public func isWord(_ byte: UInt8) -> Bool { isIdentifierStart(byte) || isDigit(byte) }
