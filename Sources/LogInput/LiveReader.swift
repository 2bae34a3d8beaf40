internal import Glibc

/// What a live input has to give.
public enum LiveState: Sendable, Equatable {
  /// Bytes can be read now.
  case ready
  /// Nothing came in the time given.
  case idle
  /// No more bytes will come.
  case ended
}

/// An input that is read while it grows.
public protocol LiveReader: TextReader, ~Copyable {
  /// What tells the input from others of its name; nil where it has no name.
  var file: FileIdentity? { get }
  /// Waits until there is something to read.
  /// - Parameters:
  ///   - milliseconds: how long at most.
  ///   - isStopped: asked when a signal interrupts the wait, and now and then; true ends the wait.
  mutating func wait(milliseconds: Int, isStopped: () -> Bool) -> LiveState
}

/// Standard input as it comes: a pipe, a terminal, a file.
public struct LiveStandardInput: LiveReader, ~Copyable {
  private var reader: InputReader

  /// - Throws: `InputError.open` when there is none.
  public init() throws(InputError) { reader = InputReader(try ByteSource(path: "-")) }

  public var encoding: TextEncoding { reader.encoding }
  public var path: String { reader.path }
  public var file: FileIdentity? { nil }

  public mutating func read(
    into buffer: UnsafeMutableRawBufferPointer, isStopped: () -> Bool
  ) throws(InputError) -> Int {
    unsafe try reader.read(into: buffer, isStopped: isStopped)
  }

  public mutating func wait(milliseconds: Int, isStopped: () -> Bool) -> LiveState {
    if reader.hasBufferedText { return .ready }
    var descriptor = pollfd(fd: 0, events: Int16(POLLIN), revents: 0)
    // An end or an error is something to read too: the read says which.
    return unsafe poll(&descriptor, 1, Int32(clamping: max(0, milliseconds))) > 0 ? .ready : .idle
  }
}
