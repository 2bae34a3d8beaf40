/// The bytes of a source in order, as they are stored. The first ones can be looked at before they are read.
struct RawInput: TextReader, ~Copyable, Sendable {
  /// Stored bytes are handed on as they are.
  var encoding: TextEncoding { .utf8 }

  private let source: ByteSource
  /// Stored bytes before the next one to read from the source.
  private var position: UInt64
  /// Bytes that were looked at and not yet handed on.
  private var head: [UInt8] = []

  init(_ source: consuming ByteSource, at offset: UInt64) {
    self.source = source
    position = offset
  }

  /// Whether bytes that were looked at wait to be read.
  var hasHead: Bool { !head.isEmpty }
  var path: String { source.path }
  var size: UInt64? { source.size }

  /// The next bytes, without taking them: `most`, or as many as the input has; fewer when a signal stopped it.
  mutating func peek(_ most: Int, isStopped: () -> Bool) throws(InputError) -> [UInt8] {
    let buffer = ReadBuffer(capacity: most)
    while head.count < most {
      let count = unsafe try readStored(into: buffer.room(0..<most - head.count), isStopped)
      head += buffer.copy(0..<count)
      // A pipe gives what it has, and is waited for no longer than it takes to tell the form.
      if count == 0 || source.size == nil && InputForm.isTold(by: head.span) { break }
    }
    return head
  }

  /// Reads once; 0 means the end, or a signal while nothing came.
  mutating func read(
    into buffer: UnsafeMutableRawBufferPointer, isStopped: () -> Bool
  ) throws(InputError) -> Int {
    guard !head.isEmpty else { return unsafe try readStored(into: buffer, isStopped) }
    let count = min(head.count, buffer.count)
    unsafe buffer.copyBytes(from: head[..<count])
    head.removeFirst(count)
    return count
  }

  private mutating func readStored(
    into buffer: UnsafeMutableRawBufferPointer, _ isStopped: () -> Bool
  ) throws(InputError) -> Int {
    let count = unsafe try source.read(into: buffer, at: position, isStopped: isStopped)
    position += UInt64(count)
    return count
  }
}
