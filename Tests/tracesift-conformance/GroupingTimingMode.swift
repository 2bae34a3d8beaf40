import Enhancements
import Foundation
import Grouping
import PCRE2
import TraceModel

/// Mode `grouping-timing`: how long grouping takes, run by hand: `echo '{"rounds":2000}' | … grouping-timing`.
enum GroupingTimingMode {
  static func answer(_ object: [String: Any]) -> [String: Any] {
    let rounds = object["rounds"] as? Int ?? 2000
    if object["only"] as? String == "traces" { return traces(rounds: rounds) }
    var answer: [String: Any] = messages(rounds: rounds * 10)
    for (name, value) in hostile() { answer[name] = value }
    for (name, value) in traces(rounds: rounds) { answer[name] = value }
    return answer
  }

  /// The thread's own time, since the machine may be busy with other things.
  private static func seconds(_ body: () -> Void) -> Double {
    func now() -> Double {
      var time = timespec()
      clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
      return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }
    let start = now()
    body()
    return now() - start
  }

  private static func microseconds(_ rounds: Int, _ body: () -> Void) -> Double {
    let best = (0..<5).map { _ in seconds { for _ in 0..<rounds { body() } } }.min() ?? 0
    return (best / Double(rounds) * 1e9).rounded() / 1000
  }

  private static func messages(rounds: Int) -> [String: Any] {
    let scratch = MatchScratch()
    let texts = [
      "plain": "Failed to read the configuration of the source connector now",
      "typical": "Connection to 10.0.0.1:5432 refused after 30s (attempt 5 of 10)",
      "dotted": "io.airbyte.workers.exception.WorkerException: exit code 137 at /a",
      "keyed": "Could not find user id=4711 name='Bob' flag=true in table users_2",
    ]
    var answer: [String: Any] = [:]
    for (name, text) in texts {
      answer["message \(name), \(text.utf8.count) bytes, µs"] = microseconds(rounds) {
        _ = MessageParameterization.parameterize(text, using: scratch)
      }
    }
    return answer
  }

  /// 1 MB each; the answer is milliseconds.
  private static func hostile() -> [String: Any] {
    let scratch = MatchScratch()
    let units = [
      "a", "a.", "a-", "1", "1.", "-1", "٣", "0x", "f", "f-", ":", "::", "1:", "a@", "@",
      "datetime.datetime(",
      "Mon Jan 02 2006 15:04:05 GMT+0000 (", "='", "=\"x", "Jan ", "1 ", "http://", "1.1s", "deadbeef",
      "2006-01-02 15:04 ",
    ]
    var answer: [String: Any] = [:]
    for unit in units {
      let text = String(repeating: unit, count: 1_000_000 / unit.utf8.count)
      var gaveUp = false
      let time = seconds {
        gaveUp = MessageParameterization.normalize(text, using: scratch).hitLimit
      }
      answer["hostile 1 MB of \(unit), ms"] = "\(Int(time * 1000))\(gaveUp ? " gave up" : "")"
    }
    return answer
  }

  private static func traces(rounds: Int) -> [String: Any] {
    guard let rules = try? EnhancementSet(base: .allPlatforms2026, project: []) else { return [:] }
    var answer: [String: Any] = [:]
    let frames = (0..<40).map { index in
      FrameRecord(
        module: "io.airbyte.workers.general.Worker\(index)", function: "run\(index % 7)",
        filename: "Worker\(index).java",
        lineno: index + 10)
    }
    let trace = [
      ExceptionRecord(type: "java.lang.IllegalStateException", value: "exit code 137", frames: frames)
    ]
    let text =
      "java.lang.IllegalStateException: exit code 137"
      + frames.reversed().map { "\n\tat \($0.module!).\($0.function!)(\($0.filename!):\($0.lineno!))" }
      .joined()
    for profile in Profile.allCases {
      let engine = GroupingEngine(profile: profile, enhancements: rules)
      var scratch = GroupingScratch()
      answer["trace of 40 frames, \(profile), remembered, µs"] = microseconds(rounds) {
        _ = engine.group(trace: trace, platform: .java, text: text, scratch: &scratch)
      }
      let event = engine.event(trace: trace, platform: .java, text: text)
      answer["trace of 40 frames, \(profile), first time, µs"] = microseconds(rounds) {
        _ = engine.group(event: event, scratch: &scratch)
      }
    }
    return answer
  }
}
