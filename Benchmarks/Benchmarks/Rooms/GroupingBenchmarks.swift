import Enhancements
import Grouping
import TraceModel

/// From a parsed trace of 40 frames to its hashes, built-in rules included.
func groupingBenchmarks() {
  guard let rules = try? EnhancementSet(base: .allPlatforms2026, project: []) else {
    fatalError("the rules do not compile")
  }
  for profile in Profile.allCases {
    let engine = GroupingEngine(profile: profile, enhancements: rules)
    let known = Grouper(engine)
    measure("grouping/100 known traces, \(profile)", expect: 100) {
      [(Inputs.exception(7), Inputs.javaTrace(7))]
    } body: { traces in
      (0..<100).reduce(0) { count, _ in count + known.hashes(traces[0]) }
    }
    let new = Grouper(engine)
    measure("grouping/100 new traces, \(profile)", expect: 100) {
      new.made += 100
      return (new.made - 99...new.made).map { (Inputs.exception($0), Inputs.javaTrace($0)) }
    } body: { traces in
      traces.reduce(0) { $0 + new.hashes($1) }
    }
  }
}

/// A worker's scratch, kept from batch to batch as in a long run.
private final class Grouper {
  var made = 0
  private let engine: GroupingEngine
  private var scratch = GroupingScratch()

  init(_ engine: GroupingEngine) { self.engine = engine }

  func hashes(_ trace: (exception: ExceptionRecord, text: String)) -> Int {
    engine.group(trace: [trace.exception], platform: .java, text: trace.text, scratch: &scratch).hashes.count
  }
}
