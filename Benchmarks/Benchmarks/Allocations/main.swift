import CAllocCount
import Enhancements
import Grouping
import Report
import TraceSift

// What the steady state takes from the heap, per 1,000 traces of known shapes.
//
//   Allocations LOG LONGER    LONGER: LOG several times over, so that it brings nothing new
//
// Both are scanned; what the longer one takes more is the steady state's. Prints the numbers of traces and of
// allocations; exits with 1 when there is more than one allocation per 1,000 traces.

/// Looks at what comes and keeps nothing.
struct Discard: ScanDelegate {
  var bytes = 0
  func makeSink() -> NDJSONSink { NDJSONSink() }
  mutating func finished(_ sink: NDJSONSink, linesBefore: UInt64) -> Bool {
    bytes += sink.records(linesBefore: 0).count
    return true
  }
  mutating func failed(_ problem: InputProblem) { fatalError("\(problem.path): \(problem.reason)") }
}

func scan(_ path: String, _ engine: TraceEngine) -> (traces: Int, allocations: UInt64) {
  var delegate = Discard()
  let before = calloccount_calls()
  let statistics = engine.run([path], workers: 1, delegate: &delegate)
  return (statistics.traces.values.reduce(0, +), calloccount_calls() - before)
}

guard CommandLine.arguments.count == 3 else { fatalError("Allocations LOG LONGER") }
let rules = try EnhancementSet(base: .allPlatforms2026, project: [])
let engine = TraceEngine(ScanConfiguration(grouping: GroupingEngine(enhancements: rules)))
_ = scan(CommandLine.arguments[1], engine)
let short = scan(CommandLine.arguments[1], engine)
let long = scan(CommandLine.arguments[2], engine)
let traces = long.traces - short.traces
let allocations = Int(long.allocations) - Int(short.allocations)
print("\(traces) traces more, \(allocations) allocations more")
if traces < 1_000 || allocations * 1_000 > traces { fatalError("too many allocations, or too few traces to tell") }
