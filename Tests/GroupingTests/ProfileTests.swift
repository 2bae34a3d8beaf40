import Enhancements
import TestSupport
import Testing
import TraceModel

@testable import Grouping

@Suite struct ProfileTests {
  private static func record(
    _ type: String, _ relation: Relation? = nil, _ parent: Int? = nil, value: String? = nil
  ) -> ExceptionRecord {
    ExceptionRecord(
      type: type, value: value, relation: relation, parent: parent,
      frames: [FrameRecord(module: "m", function: "f")])
  }

  private static func list(_ platform: Platform, _ records: [ExceptionRecord]) -> [String] {
    FullProfile.event(records, platform).event.exceptions.compactMap { $0 }.map { exception in
      let mechanism = exception.mechanism
      let ids = [mechanism?.exceptionID, mechanism?.parentID].map { $0.map(String.init) ?? "-" }.joined(
        separator: "<")
      return "\(exception.type ?? "") \(mechanism?.type ?? "") \(ids)"
    }
  }

  @Test func javaChains() {
    #expect(
      Self.list(
        .java, [Self.record("a.A"), Self.record("b.B", .causedBy, 0), Self.record("C", .causedBy, 1)])
        == ["C chained 2<1", "B chained 1<0", "A chained 0<-"])
    // Root cause first: what is printed last wraps the rest and was reported.
    #expect(
      Self.list(.java, [Self.record("C"), Self.record("B", .wrappedBy, 0), Self.record("A", .wrappedBy, 1)])
        == ["C chained 2<1", "B chained 1<0", "A chained 0<-"])
  }

  @Test func javaSuppressedExceptionsNameTheNumberBefore() {
    let records = [
      Self.record("A"), Self.record("S1", .suppressed, 0), Self.record("S1C", .causedBy, 1),
      Self.record("S2", .suppressed, 0),
      Self.record("B", .causedBy, 0),
    ]
    #expect(
      Self.list(.java, records) == [
        "B chained 4<0", "S2 suppressed 3<2", "S1C chained 2<1", "S1 suppressed 1<0", "A chained 0<-",
      ])
  }

  @Test func circularReferencesAreNoExceptions() {
    var circular = ExceptionRecord(type: "A", relation: .causedBy, parent: 0)
    circular.isCircular = true
    #expect(Self.list(.java, [Self.record("A"), circular]) == ["A chained 0<-"])
  }

  @Test func pythonChainsHaveNoNumbers() {
    let records = [
      Self.record("a.B"), Self.record("KeyError", .context, 0), Self.record("x.Outer.Inner", .cause, 1),
    ]
    #expect(
      Self.list(.python, records) == ["B generic -<-", "KeyError generic -<-", "Outer.Inner generic -<-"])
  }

  @Test func pythonGroups() {
    let records = [
      Self.record("Cause"), Self.record("ExceptionGroup", .cause, 0, value: "m (2 sub-exceptions)"),
      Self.record("M1", .member, 1), Self.record("M1Later", .context, 2), Self.record("M2", .member, 1),
    ]
    #expect(
      Self.list(.python, records) == [
        "M2 chained 4<0", "M1 chained 3<0", "M1Later chained 2<0", "Cause chained 1<0",
        "ExceptionGroup generic 0<-",
      ])
    #expect(FullProfile.event(records, .python).event.exceptions.last??.value == "m")
  }

  /// A group that is only the cause of what was reported brings neither numbers nor members.
  @Test func onlyAReportedGroupBringsItsMembers() {
    let records = [
      Self.record("ExceptionGroup"), Self.record("M", .member, 0), Self.record("Late", .context, 0),
    ]
    #expect(Self.list(.python, records) == ["ExceptionGroup generic -<-", "Late generic -<-"])
  }

  @Test(arguments: [
    ("java.lang.IllegalStateException", "java.lang", "IllegalStateException"),
    ("a.b.Outer$Inner", "a.b", "Outer$Inner"),
    ("Plain", nil, "Plain"), ("a.", nil, "a."),
  ])
  func javaNames(_ name: String, _ module: String?, _ type: String) {
    #expect(ExceptionName(java: name) == ExceptionName(module: module, type: type))
  }

  @Test(arguments: [
    ("a.b.Error", "a.b", "Error"), ("ValueError", nil, "ValueError"), ("a.Outer.Inner", "a", "Outer.Inner"),
    ("Outer.Inner", nil, "Outer.Inner"), ("a.f.<locals>.E", "a", "f.<locals>.E"),
    ("f.<locals>.E", nil, "f.<locals>.E"),
  ])
  func pythonNames(_ name: String, _ module: String?, _ type: String) {
    #expect(ExceptionName(python: name) == ExceptionName(module: module, type: type))
  }

  @Test(arguments: [
    ("m (2 sub-exceptions)", "m"), ("m (1 sub-exception)", "m"), ("a (2 sub-exceptions)\nnote", "a\nnote"),
    ("(2 sub-exceptions)", "(2 sub-exceptions)"), ("m (x sub-exceptions)", "m (x sub-exceptions)"),
    ("m", "m"),
  ])
  func groupValues(_ value: String, _ expected: String) {
    #expect(PythonExceptionTree.withoutMemberCount(value) == expected)
  }

  @Test func deepChainsDoNotOverflow() {
    let java = (0..<10_000).map { Self.record("T\($0)", $0 == 0 ? nil : .causedBy, $0 == 0 ? nil : $0 - 1) }
    #expect(FullProfile.event(java, .java).event.exceptions.count == 10_000)
    let python = (0..<10_000).map { Self.record("T\($0)", $0 == 0 ? nil : .member, $0 == 0 ? nil : $0 - 1) }
    #expect(FullProfile.event(python, .python).event.exceptions.count == 10_000)
  }

  /// Parents that point anywhere: every exception at most once, and an end.
  @Test func anyTreeEnds() {
    let relations: [Relation?] = [nil, .causedBy, .suppressed, .wrappedBy, .cause, .context, .member]
    for seed in UInt64(0)..<2_000 {
      var random = SplitMix64(seed: seed)
      let records = (0..<Int.random(in: 1...6, using: &random)).map { index in
        Self.record(
          "T\(index)", relations.randomElement(using: &random)!,
          [nil, -1, 0, 1, 2, 3, 9].randomElement(using: &random)!)
      }
      for platform in [Platform.java, .python, .other] {
        let origins = FullProfile.event(records, platform).origins.compactMap { $0?.exception }
        #expect(Set(origins).count == origins.count && !origins.isEmpty, "seed \(seed)")
      }
    }
  }

  @Test func airbyteFailure() {
    var context = EventContext(internalMessage: "secret", connector: "airbyte/source-xyz:1.2.0")
    context.tags = [EventTag("a", "b")]
    let event = AirbyteProfile.failure("Oops: secret\nx secret y", context).event
    #expect(event.exceptions == [EventException(value: "Oops: , x  y")])
    #expect(event.platform == "other" && event.release == "airbyte-source-xyz@1.2.0")
    #expect(event.fingerprint == ["{{ default }}", "airbyte-source-xyz"])
    #expect(event.tags == [EventTag("a", "b"), EventTag("stacktrace_parse_error", "1")])
    #expect(event.logEntry?.formatted == "secret")
  }
}
