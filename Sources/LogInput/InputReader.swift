internal import TraceBytes

/// What a `Block` reads from: the text of an input as UTF-8, whatever it is stored as.
public protocol TextReader: ~Copyable {
  /// Reads once and returns how many bytes came; 0 means the end, or a signal while nothing came.
  /// - Throws: `InputError`, after all bytes before the fault were given out.
  mutating func read(
    into buffer: UnsafeMutableRawBufferPointer, isStopped: () -> Bool
  ) throws(InputError) -> Int
  /// How the text is encoded in the source. Known from the first read on.
  var encoding: TextEncoding { get }
  /// The path as it was given; `-` for standard input.
  var path: String { get }
}

/// Reads one input: decompresses it and turns it into UTF-8 where its first bytes ask for it.
public struct InputReader: TextReader, ~Copyable {
  private var raw: RawInput
  /// nil until the first read has looked at the first bytes.
  private var form: InputForm?
  private var decompression = Decompression()
  private var transcoder: Transcoder?
  /// What ended the stored bytes, until the text before it was given out.
  private var fault: InputError?

  /// - Parameter offset: where to start in a plain file; the form is then taken for plain.
  public init(_ source: consuming ByteSource, at offset: UInt64 = 0) {
    raw = RawInput(source, at: offset)
    if offset > 0 { form = InputForm() }
  }

  public var encoding: TextEncoding { transcoder?.encoding ?? .utf8 }

  public var path: String { raw.path }

  /// Whether the next read needs nothing from the source.
  var hasBufferedText: Bool {
    raw.hasHead || decompression.hasInput || transcoder?.isDrained == false
  }

  /// The form of a source, from its first bytes; they are not taken.
  static func form(of source: consuming ByteSource) throws(InputError) -> InputForm {
    var raw = RawInput(source, at: 0)
    let head = try raw.peek(InputForm.headBytes, isStopped: { false })
    return InputForm(head: head.span)
  }

  public mutating func read(
    into buffer: UnsafeMutableRawBufferPointer, isStopped: () -> Bool
  ) throws(InputError) -> Int {
    if form == nil { try begin(isStopped) }
    if transcoder != nil { return unsafe try transcode(into: buffer, isStopped) }
    return unsafe try stored(into: buffer, isStopped)
  }

  private mutating func begin(_ isStopped: () -> Bool) throws(InputError) {
    let head = try raw.peek(InputForm.headBytes, isStopped: isStopped)
    let known = InputForm(head: head.span)
    form = known
    if let foreign = known.foreign {
      var error = InputError(kind: .format, path: raw.path, code: 0)
      error.format = foreign.rawValue
      throw error
    }
    // A compressed text shows its encoding once it is decompressed.
    if known.compression != nil || known.encoding != .utf8 { transcoder = Transcoder() }
  }

  /// The bytes as they are once decompressed.
  private mutating func stored(
    into buffer: UnsafeMutableRawBufferPointer, _ isStopped: () -> Bool
  ) throws(InputError) -> Int {
    guard form?.compression != nil else { return unsafe try raw.read(into: buffer, isStopped: isStopped) }
    return unsafe try decompression.read(into: buffer, from: &raw, isStopped: isStopped)
  }

  private mutating func transcode(
    into buffer: UnsafeMutableRawBufferPointer, _ isStopped: () -> Bool
  ) throws(InputError) -> Int {
    while true {
      let ready = unsafe transcoder?.take(into: buffer) ?? 0
      if ready > 0 { return ready }
      if let fault { throw fault }
      if let encoding = transcoder?.known, encoding == .utf8, transcoder?.isDrained == true {
        return unsafe try stored(into: buffer, isStopped)
      }
      guard transcoder?.isAtEnd == false else { return 0 }
      var count = 0
      do throws(InputError) { count = unsafe try stored(into: buffer, isStopped) } catch { fault = error }
      unsafe transcoder?.add(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
    }
  }
}

/// Turns bytes of an encoding that the first of them show into UTF-8.
struct Transcoder {
  /// nil until enough bytes came.
  private(set) var known: TextEncoding?
  private(set) var isAtEnd = false
  /// Stored bytes that are not turned yet.
  private var pending: [UInt8] = []
  /// UTF-8 that was not taken yet.
  private var text: [UInt8] = []
  private var taken = 0

  var encoding: TextEncoding { known ?? .utf8 }

  /// Nothing waits to be taken.
  var isDrained: Bool { pending.isEmpty && taken == text.count }

  /// Takes stored bytes; none means the end.
  mutating func add(_ bytes: UnsafeRawBufferPointer) {
    isAtEnd = unsafe bytes.isEmpty
    unsafe pending.append(contentsOf: bytes)
    // What a writer flushed is not kept until there is more.
    if known == nil, isAtEnd || pending.count >= InputForm.headBytes || TextEncoding.isUTF8(pending.span) {
      known = Self.encoding(pending)
    }
    guard let known else { return }
    pending.removeFirst(Self.decode(pending, known, to: &text))
    guard isAtEnd, !pending.isEmpty else { return }
    // Half a character at the end.
    TextEscapes.append(0xFFFD, to: &text)
    pending.removeAll()
  }

  private static func encoding(_ bytes: [UInt8]) -> TextEncoding { TextEncoding(head: bytes.span) }

  private static func decode(_ bytes: [UInt8], _ encoding: TextEncoding, to text: inout [UInt8]) -> Int {
    guard encoding == .utf8 else { return encoding.decode(bytes.span, to: &text) }
    text += bytes
    return bytes.count
  }

  /// Hands on text that is ready.
  mutating func take(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    let count = min(buffer.count, text.count - taken)
    unsafe buffer.copyBytes(from: text[taken..<taken + count])
    taken += count
    if taken == text.count {
      text.removeAll(keepingCapacity: true)
      taken = 0
    }
    return count
  }
}
