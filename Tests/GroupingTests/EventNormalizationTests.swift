import Enhancements
import Testing

@testable import Grouping

@Suite struct EventNormalizationTests {
  private static func normalized(_ change: (inout SentryEvent) -> Void) -> SentryEvent {
    var event = SentryEvent(platform: "java")
    change(&event)
    EventNormalization.normalize(&event)
    return event
  }

  @Test(arguments: [
    ("java", "java"), ("JAVA", "other"), ("scala", "other"), (nil, "other"), ("python", "python"),
  ])
  func platforms(_ sent: String?, _ kept: String) {
    #expect(Self.normalized { $0.platform = sent }.platform == kept)
  }

  @Test func longTextsAreCutInCodePoints() {
    let long = String(repeating: "é", count: 8393)
    let event = Self.normalized {
      $0.exceptions = [EventException(type: String(long.prefix(277)), value: long)]
    }
    #expect(event.exceptions[0]?.value == String(repeating: "é", count: 8189) + "...")
    #expect(event.exceptions[0]?.type == String(repeating: "é", count: 253) + "...")
    let whole = Self.normalized {
      $0.exceptions = [EventException(type: "T", value: String(long.dropLast()))]
    }
    #expect(whole.exceptions[0]?.value?.unicodeScalars.count == 8392)
  }

  @Test func theOutermostAndInnermostFramesStay() {
    let frames = (0..<300).map { EventFrame(StackFrame(function: "f\($0)")) }
    let event = Self.normalized {
      $0.exceptions = [
        EventException(type: "T", stacktrace: EventStack(frames: frames)), EventException(type: "U"),
      ]
    }
    let kept = event.exceptions[0]?.stacktrace?.frames.map { $0.frame.function } ?? []
    #expect(kept.count == 250 && kept[49] == "f49" && kept[50] == "f100" && kept[249] == "f299")
    #expect(EventNormalization.placeBeforeCutting(50, of: 300) == 100)
  }

  @Test func anUntypedExceptionTakesItsTypeFromItsValue() {
    let types = ["Oops: a b ", "no type", "a\nB: c", ": x", "é_1:x"].map { value in
      Self.normalized { $0.exceptions = [EventException(value: value)] }.exceptions[0]
    }
    #expect(types.map { $0?.type } == ["Oops", nil, nil, nil, "é_1"])
    #expect(types[0]?.value == "a b")
    #expect(Self.normalized { $0.exceptions = [EventException(type: "", value: "")] }.exceptions == [nil])
  }

  @Test func theEventsStackGoesToItsOnlyException() {
    let stack = EventStack(frames: [EventFrame(StackFrame(function: "f"))])
    let one = Self.normalized {
      $0.exceptions = [EventException(type: "T")]
      $0.stacktrace = stack
    }
    #expect(one.stacktrace == nil && one.exceptions[0]?.stacktrace?.frames.count == 1)
    let two = Self.normalized {
      $0.exceptions = [EventException(type: "T"), EventException(type: "U")]
      $0.stacktrace = stack
    }
    #expect(two.stacktrace != nil && two.exceptions[0]?.stacktrace == nil)
  }

  @Test(arguments: [
    ("http://h/a/b.js?x#y", "/a/b.js"), ("https://h:80/a/../b", "/b"),
    ("file:///tmp/é.py?x", "/tmp/%C3%A9.py"),
    ("file:/tmp/a b", "/tmp/a%20b"), ("http://h", nil), ("http://h/", nil), ("http:///x/y", "/y"),
    ("HTTP://h/a", nil),
    ("app:///a", nil), ("C:/x", nil), ("http://h\\a\\b", "/a/b"), ("http://h/%2e%2e/a/.", "/a/"),
    ("https://", nil),
    ("http://a b/c", nil), ("applewebdata://X/y/z", "/y/z"),
  ])
  func pathsOfURLs(_ text: String, _ path: String?) {
    #expect(URLPath.path(of: text) == path)
  }

  @Test func namesOfFrames() {
    var frames = [
      StackFrame(function: "?", absPath: "http://h/a.js"), StackFrame(module: "", filename: "F.java"),
      StackFrame(filename: "b", absPath: "/a/b"),
    ]
    let event = Self.normalized {
      $0.exceptions = [
        EventException(type: "T", stacktrace: EventStack(frames: frames.map { EventFrame($0) }))
      ]
    }
    frames = event.exceptions[0]?.stacktrace?.frames.map(\.frame) ?? []
    #expect(frames.map(\.filename) == ["/a.js", "F.java", "b"])
    #expect(frames.map(\.absPath) == ["http://h/a.js", "F.java", "/a/b"])
    #expect(frames[0].function == nil && frames[1].module == nil)
  }

  @Test(arguments: [
    (LogEntry(message: "a %s", parameters: .list(["b"])), "a %s", "a b"),
    (LogEntry(message: "a %s"), nil, "a %s"), (LogEntry(message: "a", formatted: "a"), nil, "a"),
    (LogEntry(message: "{} {1} {{}}", parameters: .list(["x", "y"])), "{} {1} {{}}", "x y {}"),
    (LogEntry(message: "%(k)s 100%%", parameters: .named(["k": "v"])), "%(k)s 100%%", "v 100%"),
    (LogEntry(message: "a %s %s", parameters: .list(["b"])), nil, "a %s %s"),
    (LogEntry(message: "m", formatted: "f"), "m", "f"), (LogEntry(formatted: ""), nil, nil),
  ])
  func logEntries(_ entry: LogEntry, _ message: String?, _ formatted: String?) {
    let result = entry.normalized()
    #expect(result?.message == message && result?.formatted == formatted)
  }

  @Test func tags() {
    let event = Self.normalized {
      $0.tags = [
        EventTag("a b", " x "), EventTag("c", "1\n2"), EventTag("d", String(repeating: "y", count: 201)),
      ]
    }
    #expect(event.tags.map(\.name) == ["a-b", "c", "d"])
    #expect(
      event.tags[0].value == "x" && event.tags[1].value == nil && event.tags[2].value?.utf8.count == 200)
  }

  @Test(arguments: [("ΑΣ", "ας"), ("ΑΣΑ", "ασα"), ("Straße.PY", "straße.py"), ("İ", "i̇"), ("abc", "abc")])
  func pythonsLowerCase(_ text: String, _ lower: String) {
    #expect(PythonText.lowercased(text).isSame(as: lower))
  }
}
