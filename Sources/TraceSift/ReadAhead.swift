internal import LogInput
internal import Synchronization

/// Reads an input on a thread of its own, a few buffers ahead: decompression then costs the scan no time.
///
/// Memory: `slots` buffers of `slotBytes`.
struct ReadAhead: TextReader, ~Copyable {
  private static let slots = 4
  private static let slotBytes = 512 << 10

  let path: String
  private let queue: BufferQueue
  private let thread: WorkerThread
  private var current: FilledBuffer?
  private var used = 0

  init(_ reader: consuming sending InputReader) {
    path = reader.path
    let queue = BufferQueue(slots: Self.slots, bytes: Self.slotBytes)
    self.queue = queue
    let source = Handover(reader)
    thread = WorkerThread {
      guard var reader = source.take() else { return }
      while var buffer = queue.takeEmpty() {
        buffer.fill(from: &reader)
        let isLast = buffer.isLast
        queue.putFull(buffer)
        if isLast { return }
      }
    }
  }

  deinit {
    queue.close()
    thread.join()
  }

  var encoding: TextEncoding { current?.encoding ?? .utf8 }

  mutating func read(
    into buffer: UnsafeMutableRawBufferPointer, isStopped: () -> Bool
  ) throws(InputError) -> Int {
    var filled = current ?? queue.takeFull()
    while used == filled.count {
      if let error = filled.error { throw error }
      if filled.isLast { return 0 }
      queue.putEmpty(filled)
      filled = queue.takeFull()
      used = 0
    }
    current = filled
    let count = min(buffer.count, filled.count - used)
    unsafe buffer.copyMemory(from: UnsafeRawBufferPointer(filled.buffer.bytes(used..<used + count)))
    used += count
    return count
  }
}

/// One buffer on its way, with what the reader said at its end.
private struct FilledBuffer: Sendable {
  let buffer: ReadBuffer
  /// The first `count` bytes of the buffer are the input's.
  private(set) var count = 0
  private(set) var encoding = TextEncoding.utf8
  private(set) var error: InputError?
  private(set) var isLast = false

  /// Reads until the buffer is full or the input ends.
  mutating func fill(from reader: inout InputReader) {
    count = 0
    do throws(InputError) {
      while count < buffer.capacity, !isLast {
        let read = unsafe try reader.read(into: buffer.room(count..<buffer.capacity)) { false }
        count += read
        isLast = read == 0
      }
    } catch {
      self.error = error
      isLast = true
    }
    encoding = reader.encoding
  }
}

/// Buffers that go back and forth between the two threads.
private final class BufferQueue: Sendable {
  private struct State {
    var empty: [FilledBuffer]
    var full: [FilledBuffer] = []
    var isClosed = false
  }

  private let state: Monitor<State>

  init(slots: Int, bytes: Int) {
    state = Monitor(State(empty: (0..<slots).map { _ in FilledBuffer(buffer: ReadBuffer(capacity: bytes)) }))
  }

  /// A buffer to fill; nil when nobody wants another one.
  func takeEmpty() -> FilledBuffer? {
    state.wait { state -> FilledBuffer?? in
      if state.isClosed { return .some(nil) }
      return state.empty.popLast().map { .some($0) }
    }
  }

  func putEmpty(_ buffer: FilledBuffer) { state.change { $0.empty.append(buffer) } }

  /// The next filled buffer; waits for it.
  func takeFull() -> FilledBuffer { state.wait { $0.full.isEmpty ? nil : $0.full.removeFirst() } }

  func putFull(_ buffer: FilledBuffer) { state.change { $0.full.append(buffer) } }

  func close() { state.change { $0.isClosed = true } }
}

/// Gives the reader to the thread.
private final class Handover: Sendable {
  private let reader: Mutex<InputReader?>

  init(_ reader: consuming sending InputReader) { self.reader = Mutex(reader) }

  func take() -> InputReader? {
    reader.withLock { reader in
      let taken = reader.take()
      return taken
    }
  }
}
