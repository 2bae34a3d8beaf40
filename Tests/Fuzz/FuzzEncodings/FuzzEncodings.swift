import FuzzProperties

/// What libFuzzer calls with each input.
@c(LLVMFuzzerTestOneInput)
public func fuzzOneInput(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  FuzzTarget.encodings.run(data, count)
}

// libFuzzer brings a `main` of its own.
#if !FUZZING
  @main enum Replay {
    static func main() { FuzzTarget.encodings.replayArguments() }
  }
#endif
