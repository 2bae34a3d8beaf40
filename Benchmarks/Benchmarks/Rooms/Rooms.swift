import Benchmark

/// Each benchmark runs one batch an iteration, so that a batch is long beside the clock, and knows what the batch
/// has to come to: a wrong answer ends the run.
let benchmarks: @Sendable () -> Void = {
  Benchmark.defaultConfiguration = .init(
    metrics: [.wallClock], warmupIterations: 3, maxDuration: .seconds(2), maxIterations: 2000)
  gateBenchmarks()
  parsingBenchmarks()
  ruleBenchmarks()
  groupingBenchmarks()
  messageBenchmarks()
  recordBenchmarks()
}

/// Registers a benchmark.
/// - Parameters:
///   - expected: what `body` has to return.
///   - prepare: makes a batch; it is not measured.
///   - body: works on the batch and returns a number that tells whether it did.
func measure<Batch>(
  _ name: String, expect expected: Int, prepare: @escaping () -> Batch, body: @escaping (inout Batch) -> Int
) {
  Benchmark(name) { benchmark in
    var batch = prepare()
    benchmark.startMeasurement()
    let found = body(&batch)
    benchmark.stopMeasurement()
    // Also without assertions, and with the message.
    if found != expected { fatalError("\(name): \(found) instead of \(expected)") }
  }
}
