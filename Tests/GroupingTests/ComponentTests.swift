import Enhancements
import PCRE2
import TestSupport
import Testing

@testable import Grouping

/// Grouping of small events, against hashes that stand in the specification or are made of its rules.
@Suite struct ComponentTests {
  static func group(
    _ event: SentryEvent, _ config: GroupingConfig = .newest, rules: String = "",
    fingerprintRules: String = ""
  ) throws -> GroupedEvent {
    let enhancements = try EnhancementSet(
      base: config.baseRules, project: [RuleSource(name: "rules", text: rules)])
    let fingerprints = try FingerprintRuleSet([RuleSource(name: "rules", text: fingerprintRules)])
    let engine = GroupingEngine(config: config, enhancements: enhancements, fingerprintRules: fingerprints)
    var scratch = GroupingScratch()
    return engine.group(event: event, scratch: &scratch)
  }

  static func event(_ platform: String, _ exceptions: EventException...) -> SentryEvent {
    var event = SentryEvent(platform: platform)
    event.exceptions = exceptions
    return event
  }

  static func javaFrame(_ module: String, _ function: String, line: Int = 1, inApp: Bool? = nil) -> EventFrame
  {
    EventFrame(StackFrame(module: module, function: function, inApp: inApp), lineno: line)
  }

  @Test func typeAndValueWithoutStack() throws {
    let grouped = try Self.group(
      Self.event("python", EventException(type: "ValueError", value: "hello world")))
    #expect(grouped.hashes == ["b23ee1963904c2ca87b145febf94b66c"])
    #expect(grouped.variants.map(\.name) == ["app"])
  }

  @Test func theConfigsOrderAnExceptionsParts() throws {
    let stack = EventStack(frames: [Self.javaFrame("a.B", "c", inApp: true)])
    let event = Self.event("java", EventException(type: "T", value: "v", stacktrace: stack))
    #expect(try Self.group(event, .newstyle2023).variants[0].leaves == ["a.B", "c", "T"])
    #expect(try Self.group(event, .newstyle2026).variants[0].leaves == ["T", "a.B", "c"])
  }

  /// Every contributing variant's hash is the MD5 of its leaves, whatever the event.
  @Test func nothingContributes() throws {
    let grouped = try Self.group(SentryEvent(platform: "java"))
    #expect(grouped.hashes == ["d41d8cd98f00b204e9800998ecf8427e"])
    #expect(grouped.variants.map(\.name) == ["fallback"])
  }

  @Test func checksums() throws {
    var event = SentryEvent(platform: "java")
    event.checksum = "b23ee1963904c2ca87b145febf94b66c"
    #expect(try Self.group(event).hashes == ["b23ee1963904c2ca87b145febf94b66c"])
    event.checksum = "ValueErrorhello world"
    let hashed = try Self.group(event)
    #expect(
      hashed.hashes == ["b23ee1963904c2ca87b145febf94b66c"] && hashed.variants[0].name == "hashed_checksum")
  }

  @Test func bothVariantsContributeWithDifferentHashes() throws {
    let frames = [Self.javaFrame("lib.A", "x"), Self.javaFrame("io.airbyte.B", "y")]
    let event = Self.event("java", EventException(type: "T", stacktrace: EventStack(frames: frames)))
    let grouped = try Self.group(event, rules: "module:io.airbyte.* +app")
    #expect(
      grouped.variants.map(\.leaves) == [
        ["T", "io.airbyte.B", "y"], ["T", "lib.A", "x", "io.airbyte.B", "y"],
      ])
    #expect(grouped.hashes.count == 2)
  }

  @Test func equalVariantsCountOnce() throws {
    let event = Self.event(
      "java",
      EventException(type: "T", stacktrace: EventStack(frames: [Self.javaFrame("a.B", "c", inApp: true)])))
    let grouped = try Self.group(event)
    #expect(grouped.variants.map(\.contributes) == [true, false])
    #expect(grouped.variants[1].component?.children[0].hint == "ignored because hash matches app variant")
  }

  @Test(arguments: [
    ("com.x.Foo$$Lambda$14", "com.x.Foo$$Lambda$14", false),
    ("sun.reflect.GeneratedMethodAccessor123", "sun.reflect.GeneratedMethodAccessor", true),
    ("jdk.internal.reflect.GeneratedMethodAccessor9", "jdk.internal.reflect.GeneratedMethodAccessor", true),
    ("sun.reflect.GeneratedConstructorAccessor7", "sun.reflect.GeneratedConstructorAccessor<auto>", true),
    (
      "sun.reflect.GeneratedSerializationConstructorAccessor7",
      "sun.reflect.GeneratedSerializationConstructorAccessor<auto>", true
    ),
    (
      "jdk.internal.reflect.GeneratedConstructorAccessor7",
      "jdk.internal.reflect.GeneratedConstructorAccessor7", true
    ),
    ("a.Svc$$EnhancerBySpringCGLIB$$1e3_4", "a.Svc$$EnhancerBySpringCGLIB$$<auto>", true),
    ("a.E_$$_javassist_seam_74", "a.E_$$_javassist<auto>", true),
    ("a.core$fn__12345", "a.core$fn__<auto>", true),
    ("a.P$EnhancerByMockito$abc123", "a.P$EnhancerByMockito$<auto>", true),
    ("a.P$$FastClassByGuice$$1f", "a.P$$FastClassByGuice$$<auto>", true),
    ("a.User$HibernateProxy$xYz12", "a.User$HibernateProxy$<auto>", true),
    ("a.Outer$Inner", "a.Outer$Inner", true),
    ("a.F$$Lambda$1$$_javassist_3", "a.F$$Lambda$1$$_javassist<auto>", true),
  ])
  func javaModules(_ module: String, _ text: String, _ contributes: Bool) {
    let cleaned = JavaModule(module, using: MatchScratch())
    #expect(cleaned.text == text && cleaned.contributes == contributes)
  }

  @Test func pythonFramesHashBaseNameFunctionAndLine() throws {
    let long = String(repeating: "b", count: 121)
    let frames = [
      EventFrame(StackFrame(function: "f", absPath: "/A/B.PY"), contextLine: "  x  =\t1 "),
      EventFrame(StackFrame(function: "<lambda>", absPath: "C:\\x\\Y.py"), contextLine: long),
      EventFrame(StackFrame(module: "m", function: "g", absPath: "/a/z.py"), contextLine: " "),
    ]
    let event = Self.event("python", EventException(type: "E", stacktrace: EventStack(frames: frames)))
    #expect(
      try Self.group(event).variants.first { $0.contributes }?.leaves == [
        "E", "b.py", "f", "x = 1", "y.py", "<lambda>", "m", "g",
      ])
  }

  @Test func aRecursionIsTheSameFrameOnTheSameLine() throws {
    let frames = [1, 1, 2, 2].map { Self.javaFrame("a.B", "c", line: $0) }
    let event = Self.event("java", EventException(type: "T", stacktrace: EventStack(frames: frames)))
    #expect(try Self.group(event).variants.first { $0.contributes }?.leaves == ["T", "a.B", "c", "a.B", "c"])
  }

  @Test func spawnLinesLoseTheirNumbersInTheNewConfigOnly() throws {
    let line = "from multiprocessing.spawn import spawn_main; spawn_main(tracker_fd=5, pipe_handle=77)"
    let frame = EventFrame(
      StackFrame(module: "__main__", function: "<module>", absPath: "<string>"), contextLine: line)
    let event = Self.event("python", EventException(type: "T", stacktrace: EventStack(frames: [frame])))
    let new = try Self.group(event, .newstyle2026).variants.flatMap(\.leaves)
    #expect(new.contains { $0.hasSuffix("spawn_main(tracker_fd=<int>, pipe_handle=<int>)") })
    #expect(try Self.group(event, .newstyle2023).variants.flatMap(\.leaves).contains(line))
  }

  private static func exception(_ type: String, _ id: Int?, parent: Int? = nil, group: Bool = false)
    -> EventException
  {
    EventException(
      type: type, value: "",
      mechanism: EventMechanism(type: "chained", exceptionID: id, parentID: parent, isExceptionGroup: group))
  }

  @Test func exceptionGroups() throws {
    // Two different members: sorted by type downwards, then the group itself.
    let two = Self.event(
      "python", Self.exception("B", 2, parent: 0), Self.exception("A", 1, parent: 0),
      Self.exception("G", 0, group: true))
    #expect(try Self.group(two).variants[0].leaves == ["B", "A", "G"])
    // Equal members count once, and then the group does not count.
    let same = Self.event(
      "python", Self.exception("A", 2, parent: 0), Self.exception("A", 1, parent: 0),
      Self.exception("G", 0, group: true))
    #expect(try Self.group(same).variants[0].leaves == ["A"])
    // Without an id nothing is filtered.
    let plain = Self.event("python", Self.exception("A", nil), Self.exception("G", 0, group: true))
    #expect(try Self.group(plain).variants[0].leaves == ["A", "G"])
    // Groups that contain each other end the filtering, not the program.
    let loop = Self.event(
      "python", Self.exception("A", 0, parent: 1, group: true), Self.exception("B", 1, parent: 0, group: true)
    )
    #expect(try Self.group(loop).variants[0].leaves == ["A", "B"])
  }

  @Test func aJavaChainIsHashedFromTheReportedException() throws {
    let chain = Self.event("java", Self.exception("Cause", 1, parent: 0), Self.exception("Reported", 0))
    #expect(try Self.group(chain).variants[0].leaves == ["Reported", "Cause"])
  }

  @Test func threads() throws {
    var event = SentryEvent(platform: "java")
    let stack = EventStack(frames: [Self.javaFrame("a.B", "c")])
    event.threads = [
      EventThread(id: "1", stacktrace: stack), EventThread(id: "2", isCrashed: true, stacktrace: stack),
    ]
    #expect(try Self.group(event).variants.first { $0.contributes }?.leaves == ["a.B", "c"])
    event.threads[0].isCrashed = true
    let none = try Self.group(event)
    #expect(none.variants.map(\.name) == ["app", "fallback"])
  }

  @Test func aMessageContributesOnlyWithoutAStack() throws {
    var event = SentryEvent(platform: "java")
    event.logEntry = LogEntry(message: "user %s", parameters: .list(["42"]))
    #expect(try Self.group(event).variants[0].leaves == ["user %s"])
    event.logEntry = LogEntry(formatted: "user 42\n")
    #expect(try Self.group(event).variants[0].leaves == ["user <int>..."])
    event.exceptions = [EventException(type: "T")]
    let both = try Self.group(event)
    #expect(both.variants.map(\.hint) == [nil, "ignored because app exception takes precedence"])
  }
}
