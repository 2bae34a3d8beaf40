internal import TraceBytes

/// What an input's first bytes say of how the rest is stored.
public struct InputForm: Sendable, Equatable {
  /// A compressed format that is recognised by its magic bytes.
  public enum Compression: Sendable { case gzip, zstd }

  /// A format that is recognised and cannot be read.
  public enum Foreign: String, Sendable {
    case xz, bzip2, lz4, zip
    case ebcdic = "EBCDIC"
  }

  /// nil: the bytes are the text.
  public var compression: Compression?
  public var foreign: Foreign?
  /// How the text, once decompressed, is encoded.
  public var encoding = TextEncoding.utf8

  public init(compression: Compression? = nil, encoding: TextEncoding = .utf8) {
    self.compression = compression
    self.encoding = encoding
  }

  /// Whether any byte can be read without those before it, and stands at its own offset.
  public var isPlain: Bool { compression == nil && foreign == nil && encoding == .utf8 }

  /// How many bytes at the start of an input decide.
  static let headBytes = 512

  /// Whether the first bytes tell the form, whatever follows: four that are compressed by their magic number, or hold
  /// neither a zero nor the start of a mark, which is UTF-8.
  static func isTold(by head: Span<UInt8>) -> Bool {
    head.count >= 4 && Compression(magic: head) != nil || TextEncoding.isUTF8(head)
  }

  /// Reads the form of decompressed or compressed bytes from their first `headBytes` (or all there are).
  init(head: Span<UInt8>) {
    compression = Compression(magic: head)
    foreign = Foreign(magic: head)
    if compression == nil, foreign == nil { encoding = TextEncoding(head: head) }
  }
}

extension InputForm.Compression {
  /// RFC 1952 section 2.3.1; RFC 8878 sections 3.1.1 and 3.1.2 (frames that hold no data included).
  init?(magic: Span<UInt8>) {
    if magic.count >= 3, magic[0] == 0x1F, magic[1] == 0x8B, magic[2] == 8 {
      self = .gzip
    } else if magic.count >= 4, magic[0] == 0x28, magic[1] == 0xB5, magic[2] == 0x2F, magic[3] == 0xFD {
      self = .zstd
    } else if magic.count >= 4, magic[0] & 0xF0 == 0x50, magic[1] == 0x2A, magic[2] == 0x4D, magic[3] == 0x18
    {
      self = .zstd
    } else {
      return nil
    }
  }
}

extension InputForm.Foreign {
  /// The .xz file format, section 2.1.1.1; bzip2 and its first block; the LZ4 frame format; APPNOTE.TXT, section 4.3.7.
  private static let magics: [(format: Self, start: Int, bytes: [UInt8])] = [
    (.xz, 0, [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00]), (.bzip2, 4, [0x31, 0x41, 0x59, 0x26, 0x53, 0x59]),
    (.lz4, 0, [0x04, 0x22, 0x4D, 0x18]), (.zip, 0, [0x50, 0x4B, 0x03, 0x04]),
  ]

  init?(magic head: Span<UInt8>) {
    let found = Self.magics.first { magic in
      head.count >= magic.start + magic.bytes.count
        && magic.bytes.indices.allSatisfy { head[magic.start + $0] == magic.bytes[$0] }
    }
    guard let format = found?.format ?? (Self.isEBCDIC(head) ? .ebcdic : nil) else { return nil }
    self = format
  }

  /// A mainframe's text: its letters, digits and line ends (IBM code pages 037 and 1047), and none of ASCII's blanks and
  /// line ends.
  private static func isEBCDIC(_ head: Span<UInt8>) -> Bool {
    let head = head.extracting(first: InputForm.headBytes)
    guard head.count >= 64 else { return false }
    var (letters, high, blanks, ends) = (0, 0, 0, 0)
    for index in 0..<head.count {
      switch head[index] {
      case 0x0A, 0x20, 0x00: return false
      case 0x15, 0x25: ends += 1
      case 0x40: blanks += 1
      case 0x81...0x89, 0x91...0x99, 0xA2...0xA9, 0xC1...0xC9, 0xD1...0xD9, 0xE2...0xE9, 0xF0...0xF9:
        letters += 1
        high += 1
      case 0x80...: high += 1
      default: break
      }
    }
    return blanks > 0 && ends > 0 && letters * 2 > head.count && letters * 10 >= high * 9
  }
}
