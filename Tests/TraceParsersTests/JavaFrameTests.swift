import ScanSupport
import Testing
import TraceModel

/// One line for each genuine form of a JVM frame (trace-formats.md, section 2.3), under a header.
@Suite struct JavaFrameTests {
  static func frame(_ line: String) -> (frame: String?, record: ScannedRecord?) {
    let records = scan("java.lang.IllegalStateException: x\n\(line)\n\tat demo.Last.run(Last.java:1)\n")
    let frames = records.first?.exceptions?.first?.frames ?? []
    return (frames.count == 2 ? frames[1].summary : nil, records.count == 1 ? records[0] : nil)
  }

  static let names: [(String, String)] = [
    ("\tat demo.Cases.level1(Cases.java:27)", "demo.Cases|level1|Cases.java|27"),
    ("    at demo.Cases.level1(Cases.java:27)", "demo.Cases|level1|Cases.java|27"),
    ("  at demo.Cases.level1(Cases.java:27)", "demo.Cases|level1|Cases.java|27"),
    ("at demo.Cases.level1(Cases.java:27)", "demo.Cases|level1|Cases.java|27"),
    ("\tat demo.Cases.<init>(Cases.java:3)", "demo.Cases|<init>|Cases.java|3"),
    ("\tat demo.Cases.<clinit>(Cases.java:3)", "demo.Cases|<clinit>|Cases.java|3"),
    ("\tat demo.Cases$Inner.run(Cases.java:3)", "demo.Cases$Inner|run|Cases.java|3"),
    (
      "\tat com.acme.kt.W2.returns null (when empty), \"quoted\" - ok(K2.kt:2)",
      "com.acme.kt.W2|returns null (when empty), \"quoted\" - ok|K2.kt|2"
    ),
    (
      "\tat A$_spock_style_feature_name__x_is_(positive),_not__zero?_closure1.doCall(g.groovy:1)",
      "A$_spock_style_feature_name__x_is_(positive),_not__zero?_closure1|doCall|g.groovy|1"
    ),
    (
      "\tat A.spock style feature name: x is (positive), not: zero?(g.groovy:1)",
      "A|spock style feature name: x is (positive), not: zero?|g.groovy|1"
    ),
    ("\tat com.acme.flow.T$Base.$anonfun$run$1(T.scala:5)", "com.acme.flow.T$Base|$anonfun$run$1|T.scala|5"),
    (
      "\tat com.acme.flow.Überprüfung.method$u0020with$u0020spaces(T.scala:3)",
      "com.acme.flow.Überprüfung|method$u0020with$u0020spaces|T.scala|3"
    ),
    (
      "\tat my_app.core_utils$__GT_thing$fn__148.invoke(c.clj:3)",
      "my_app.core_utils$__GT_thing$fn__148|invoke|c.clj|3"
    ),
    ("  at .$anonfun$res0$1(<console>:12)", "-|$anonfun$res0$1|<console>|12"),
    ("\tat j.invokeOther6:parseInt(j.rb:2)", "j|invokeOther6:parseInt|j.rb|2"),
    ("\tat j.<main>(j.rb:3)", "j|<main>|j.rb|3"),
  ]

  @Test(arguments: names) func readsName(_ line: String, _ expected: String) {
    #expect(Self.frame(line).frame == expected)
    #expect(Self.frame(line).record?.reasons == [])
  }

  static let prefixes: [(String, String)] = [
    ("\tat my.mod@1.4.2/com.acme.mod.Main.main(Main.java:4)", "com.acme.mod.Main|main|Main.java|4"),
    ("\tat other.mod@9.9-SNAPSHOT/com.other.Boom.go(Boom.java:2)", "com.other.Boom|go|Boom.java|2"),
    ("\tat plugin-loader//com.other.Boom.go(Boom.java:2)", "com.other.Boom|go|Boom.java|2"),
    ("\tat app//com.other.Boom.go(Boom.java:2)", "com.other.Boom|go|Boom.java|2"),
    ("\tat loader/mod@1.0/com.other.Boom.go(Boom.java:2)", "com.other.Boom|go|Boom.java|2"),
    ("\tat java.base/java.lang.Thread.run(Thread.java:840)", "java.lang.Thread|run|Thread.java|840"),
    ("\tat java.base@17.0.1/java.lang.Thread.run(Thread.java:840)", "java.lang.Thread|run|Thread.java|840"),
    (
      "\tat demo.Cases$$Lambda$2/0x00007f2e4c001480.get(Unknown Source)",
      "demo.Cases$$Lambda$2/0x00007f2e4c001480|get|-|-"
    ),
    (
      "\tat demo.Cases$$Lambda/0x0000000800001480.get(Unknown Source)",
      "demo.Cases$$Lambda/0x0000000800001480|get|-|-"
    ),
    ("\tat Main$$Lambda$1/531885035.run(Unknown Source)", "Main$$Lambda$1/531885035|run|-|-"),
    (
      "\tat my.mod@1.0/demo.Cases$$Lambda$2/0x00007f2e4c001480.get(Unknown Source)",
      "demo.Cases$$Lambda$2/0x00007f2e4c001480|get|-|-"
    ),
  ]

  @Test(arguments: prefixes) func readsPrefix(_ line: String, _ expected: String) {
    #expect(Self.frame(line).frame == expected)
  }

  static let locations: [(String, String)] = [
    ("\tat a.B.c(Cases.java:25)", "a.B|c|Cases.java|25"),
    ("\tat a.B.c(home_x_index_gsp:28)", "a.B|c|home_x_index_gsp|28"),
    ("\tat a.B.c(<eval>:3)", "a.B|c|<eval>|3"),
    ("\tat a.B.c(<stdin>:1)", "a.B|c|<stdin>|1"),
    ("\tat a.B.c(NO_SOURCE_FILE:1)", "a.B|c|NO_SOURCE_FILE|1"),
    ("\tat a.B.c(-.java:2)", "a.B|c|-.java|2"),
    ("\tat a.B.c(Line_1.jupyter.kts:9)", "a.B|c|Line_1.jupyter.kts|9"),
    ("\tat a.B.c(java/lang/Integer.java:668)", "a.B|c|Integer.java|668"),
    ("\tat a.B.c(Cases.java)", "a.B|c|Cases.java|-"),
    ("\tat a.B.c(T.scala)", "a.B|c|T.scala|-"),
    ("\tat a.B.c(Native Method)", "a.B|c|-|-|native"),
    ("\tat a.B.c(Native method)", "a.B|c|-|-|native"),
    ("\tat a.B.c(Unknown Source)", "a.B|c|-|-"),
    ("\tat a.B.c(Unknown Source:4)", "a.B|c|-|-"),
    ("\tat a.B.c(<generated>)", "a.B|c|<generated>|-"),
    ("\tat a.B.c(SourceFile:12)", "a.B|c|SourceFile|12"),
    ("\tat a.B.c(SourceFile)", "a.B|c|SourceFile|-"),
    ("\tat a.B.c(r8-map-id-0a1b2c:5)", "a.B|c|r8-map-id-0a1b2c|5"),
    ("\tat a.B.c(PG:3)", "a.B|c|PG|3"),
    ("\tat a.B.c(X.java:-1)", "a.B|c|X.java|-"),
  ]

  @Test(arguments: locations) func readsLocation(_ line: String, _ expected: String) {
    #expect(Self.frame(line).frame == expected)
  }

  @Test(arguments: [
    "~[spring-core-5.3.1.jar!/:5.3.1]", "[classes/:na]", "~[na:na]", "~[?:?]", "[out/:?]", "~[a%23b c.jar:1]",
    "{re:classloading,pl:accesstransformer:B}", "~[a.jar:?] {re:classloading}", "~[a(1).jar:?]", "pid=7",
  ])
  func suffixesAreDropped(_ suffix: String) {
    #expect(Self.frame("\tat a.B.c(D.java:5) \(suffix)").frame == "a.B|c|D.java|5")
  }

  @Test func aProgramCounterIsDropped() {
    #expect(Self.frame("\tat a.B.c(D.java:5)@0x111874B3").frame == "a.B|c|D.java|5")
  }

  @Test func coroutineMarkersAreFrames() {
    let (frame, record) = Self.frame("\tat _COROUTINE._BOUNDARY._(CoroutineDebugging.kt:46)")
    #expect(frame == "_COROUTINE._BOUNDARY|_|CoroutineDebugging.kt|46" && record?.flags == [.boundary])
    let old = Self.frame("\tat (Coroutine boundary)")
    #expect(old.frame != nil && old.record?.flags == [.boundary])
  }

  @Test func aLocationThatIsNoneIsReported() {
    let (frame, record) = Self.frame("\tat org.apache.solr.core.SolrCore.close(SolrCore.java:XXX)")
    #expect(frame?.hasPrefix("org.apache.solr.core.SolrCore|close|") == true)
    #expect(record?.reasons == [.badLocation])
  }
}
