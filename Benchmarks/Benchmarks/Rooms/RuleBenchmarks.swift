import Enhancements

/// The built-in rules of 2026 and 50 project rules on stacks of 40 frames, half Java, half Python.
func ruleBenchmarks() {
  guard let rules = try? EnhancementSet(base: .allPlatforms2026, project: [projectRules]) else {
    fatalError("the rules do not compile")
  }
  let known = Remembered(rules)
  measure("rules/100 stacks of 40 known frames", expect: 100 * inAppFrames) {
    (0..<100).map { _ in stack(0) }
  } body: {
    known.inAppFrames(of: &$0)
  }
  let new = Remembered(rules)
  measure("rules/100 stacks of 40 new frames", expect: 100 * inAppFrames) {
    new.made += 100
    return (new.made - 99...new.made).map(stack)
  } body: {
    new.inAppFrames(of: &$0)
  }
  measure("rules/compile built-in and 50", expect: rules.rules.count) {
  } body: { _ in
    (try? EnhancementSet(base: .allPlatforms2026, project: [projectRules]))?.rules.count ?? 0
  }
}

/// How many frames of each stack are in-app: those of io.airbyte.part0, every eighth.
private let inAppFrames = 5

/// A worker's memory, kept from batch to batch as in a long run.
private final class Remembered {
  var made = 0
  private let rules: EnhancementSet
  private var memo = RuleMemo()

  init(_ rules: EnhancementSet) { self.rules = rules }

  func inAppFrames(of stacks: inout [[StackFrame]]) -> Int {
    var count = 0
    for index in stacks.indices {
      rules.classify(&stacks[index], eventPlatform: "java", exception: ExceptionData(type: "E"), memo: &memo)
      for frame in stacks[index] where frame.inApp == true { count += 1 }
    }
    return count
  }
}

private func stack(_ variation: Int) -> [StackFrame] {
  (0..<40).map { index in
    let packages = ["io.airbyte.part0", "java.util.concurrent", "org.apache.kafka.clients", "com.acme.app"]
    if index % 2 == 0 {
      return StackFrame(
        platform: "java", module: "\(packages[index / 2 % 4]).general\(variation).Class\(index)",
        function: "method\(variation)_\(index)", filename: "Class\(variation)_\(index).java")
    }
    return StackFrame(
      platform: "python", module: "pack\(variation).module\(index)",
      function: "function\(variation)_\(index)",
      filename: "pack/module\(index).py",
      absPath: "/usr/local/lib/python3.\(index % 10)/site-packages/pack\(variation)/module\(index).py")
  }
}

private let projectRules = RuleSource(
  name: "rules",
  text: (0..<50).map { number in
    switch number % 5 {
    case 0: "stack.module:io.airbyte.part\(number).* +app"
    case 1: "stack.abs_path:**/airbyte_\(number)/** +app"
    case 2: "stack.function:method\(number) -group"
    case 3: "stack.module:*Client\(number) category=client"
    default: "stack.module:com.acme.* stack.function:run\(number)* | [ category:std ] -app"
    }
  }.joined(separator: "\n"))
