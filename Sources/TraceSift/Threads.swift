internal import Glibc

/// State that threads share: one at a time sees it, and any can sleep until another has changed it.
///
/// A POSIX mutex with its condition variable: `Synchronization` has none to wait with.
@safe final class Monitor<State>: @unchecked Sendable {
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private var state: State

  init(_ state: sending State) {
    self.state = state
    unsafe pthread_mutex_init(mutex, nil)
    unsafe pthread_cond_init(condition, nil)
  }

  deinit {
    unsafe pthread_cond_destroy(condition)
    unsafe pthread_mutex_destroy(mutex)
    unsafe mutex.deallocate()
    unsafe condition.deallocate()
  }

  /// Changes the state and wakes everyone who waits for that.
  func change<Value>(_ body: (inout State) -> Value) -> Value { wait { .some(body(&$0)) } }

  /// Sleeps until `attempt` gives a value; it is tried again after every change. It may change the state only then.
  func wait<Value>(_ attempt: (inout State) -> Value?) -> Value {
    unsafe pthread_mutex_lock(mutex)
    defer {
      unsafe pthread_cond_broadcast(condition)
      unsafe pthread_mutex_unlock(mutex)
    }
    while true {
      if let value = attempt(&state) { return value }
      unsafe pthread_cond_wait(condition, mutex)
    }
  }
}

/// A POSIX thread that can be waited for.
@safe final class WorkerThread: @unchecked Sendable {
  private final class Body {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
  }

  private var handle = pthread_t()

  /// Stack of 1 MiB: the parsers recurse no deeper than their nesting limits.
  init(_ run: @escaping @Sendable () -> Void) {
    let body = unsafe Unmanaged.passRetained(Body(run)).toOpaque()
    unsafe pthread_create(
      &handle, nil,
      { pointer in
        guard let pointer = unsafe pointer else { return nil }
        unsafe Unmanaged<Body>.fromOpaque(pointer).takeRetainedValue().run()
        return nil
      }, body)
  }

  func join() { pthread_join(handle, nil) }
}
