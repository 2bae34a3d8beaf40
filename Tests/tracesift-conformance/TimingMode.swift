import Enhancements
import Foundation

/// `timing`: how long the rules take, in nanoseconds a frame. Run by hand: `echo '{}' | … timing`.
///
/// The built-in rules of 2026 and 50 project rules; stacks of 40 frames, half Java, half Python.
enum TimingMode {
  static func answer(_ input: [String: Any]) -> [String: Any] {
    let rounds = input["rounds"] as? Int ?? 5000
    let project = RuleSource(name: "rules", text: projectRules)
    let start = ContinuousClock.now
    guard let rules = try? EnhancementSet(base: .allPlatforms2026, project: [project]) else { return [:] }
    let compiling = ContinuousClock.now - start
    var answer: [String: Any] = ["rules": rules.rules.count, "compile_us": nanoseconds(compiling) / 1000]
    let known = stack(variation: 0)
    let isShort = input["only"] as? String == "known"
    let fresh = isShort ? [] : (1...rounds).map { stack(variation: $0) }
    if isShort {
      return [
        "known_classify": time(rounds) {
          rules.classify(&$1, memo: &$2)
        } frames: { _ in
          known
        }
      ]
    }
    answer["known_classify"] = time(rounds) {
      rules.classify(&$1, memo: &$2)
    } frames: { _ in
      known
    }
    answer["known_all"] = time(rounds) {
      rules.classify(&$1, memo: &$2)
      _ = rules.contributions(.app, $1, memo: &$2)
      _ = rules.contributions(.system, $1, memo: &$2)
    } frames: { _ in
      known
    }
    answer["fresh_classify"] = time(rounds) {
      rules.classify(&$1, memo: &$2)
    } frames: {
      fresh[$0]
    }
    var memo = RuleMemo()
    var classified = known
    rules.classify(&classified, memo: &memo)
    for variant in [StackVariant.app, .system] {
      answer["known_\(variant.rawValue)"] = time(rounds) {
        _ = rules.contributions(variant, $1, memo: &$2)
      } frames: { _ in
        classified
      }
    }
    return answer
  }

  /// Nanoseconds a frame; the stacks are made outside of the measured time.
  private static func time(
    _ rounds: Int, _ body: (Int, inout [StackFrame], inout RuleMemo) -> Void, frames: (Int) -> [StackFrame]
  ) -> Double {
    var memo = RuleMemo()
    var spent = 0
    for round in 0..<rounds {
      var stack = frames(round)
      stack.reserveCapacity(stack.count + 1)
      let start = threadNanoseconds()
      body(round, &stack, &memo)
      spent += threadNanoseconds() - start
    }
    return Double(spent) / Double(rounds * 40)
  }

  /// Time that this thread has run: others on the machine do not count.
  private static func threadNanoseconds() -> Int {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return time.tv_sec * 1_000_000_000 + time.tv_nsec
  }

  private static func nanoseconds(_ duration: Duration) -> Double { duration / .nanoseconds(1) }

  private static func stack(variation: Int) -> [StackFrame] {
    (0..<40).map { index in
      let name = variation == 0 ? "" : "V\(variation)"
      let packages = [
        "io.airbyte.workers", "java.util.concurrent", "org.apache.kafka.clients", "com.acme.app",
      ]
      if index % 2 == 0 {
        return StackFrame(
          platform: "java", module: "\(packages[index / 2 % 4]).general\(name).Class\(index)",
          function: "method\(name)\(index)", filename: "Class\(name)\(index).java")
      }
      let path = "/usr/local/lib/python3.\(index % 10)/site-packages/pack\(name)/module\(index).py"
      return StackFrame(
        platform: "python", module: "pack\(name).module\(index)", function: "function\(name)\(index)",
        filename: "pack/module\(index).py", absPath: path)
    }
  }

  private static let projectRules: String = (0..<50).map { number in
    switch number % 5 {
    case 0: "stack.module:io.airbyte.part\(number).* +app"
    case 1: "stack.abs_path:**/airbyte_\(number)/** +app"
    case 2: "stack.function:method\(number) -group"
    case 3: "stack.module:*Client\(number) category=client"
    default: "stack.module:com.acme.* stack.function:run\(number)* | [ category:std ] -app"
    }
  }.joined(separator: "\n")
}

extension EnhancementSet {
  fileprivate func classify(_ frames: inout [StackFrame], memo: inout RuleMemo) {
    classify(&frames, eventPlatform: "java", exception: ExceptionData(type: "E"), memo: &memo)
  }

  fileprivate func contributions(
    _ variant: StackVariant, _ frames: [StackFrame], memo: inout RuleMemo
  ) -> StackContribution {
    contributions(
      variant: variant, frames: frames, eventPlatform: "java", exception: ExceptionData(type: "E"),
      initial: [],
      memo: &memo)
  }
}
