internal import TraceBytes

/// What an input's first bytes say of how the rest is stored.
public struct InputForm: Sendable, Equatable {
  /// A compressed format that is recognised by its magic bytes.
  public enum Compression: Sendable { case gzip, zstd }

  /// nil: the bytes are the text.
  public var compression: Compression?
  /// How the text, once decompressed, is encoded.
  public var encoding = TextEncoding.utf8

  public init(compression: Compression? = nil, encoding: TextEncoding = .utf8) {
    self.compression = compression
    self.encoding = encoding
  }

  /// Whether any byte can be read without those before it, and stands at its own offset.
  public var isPlain: Bool { compression == nil && encoding == .utf8 }

  /// How many bytes at the start of an input decide.
  static let headBytes = 512

  /// Whether the first bytes tell the form, whatever follows: four that hold neither a zero nor the start of a
  /// mark are compressed by their magic number, or UTF-8.
  static func isTold(by head: Span<UInt8>) -> Bool {
    head.count >= 4 && !TextEncoding.isPossible(head)
  }

  /// Reads the form of decompressed or compressed bytes from their first `headBytes` (or all there are).
  init(head: Span<UInt8>) {
    compression = Compression(magic: head)
    if compression == nil { encoding = TextEncoding(head: head) }
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
