import Testing

@testable import LogScanner

@Suite struct JVMLocationTests {
  @Test(arguments: [
    ("A.java:5", true), ("package-info.java:12", true), ("Größe.kt:7", true), ("Native Method", true),
    ("Unknown Source", true), ("<generated>", true), ("SourceFile", true),
    ("", false), (":5", false), ("A.java:", false), ("A.java", false), ("/srv/a.js:10:15", false),
    ("String x", false),
    ("a, b:5", false), ("a:5:6", false),
  ]) func locations(_ text: String, _ isLocation: Bool) {
    let bytes = Array(text.utf8)
    #expect(JVMLocation.isOne(bytes.span, 0..<bytes.count) == isLocation)
  }

  @Test(arguments: [
    ("", true), ("  \r\n", true), (" ~[a.jar:?]", true), (" [classes/:na]", true), (" {k=v}", true),
    ("@0x7f", true),
    (" id=5", true), (". Again", false), ("; id=3", false), (" (id=3)", false), (" a b=c", false),
    ("id=5", false),
    (" =5", false),
  ]) func suffixes(_ text: String, _ isSuffix: Bool) {
    let bytes = Array(text.utf8)
    #expect(JVMLocation.isSuffix(bytes.span, 0..<bytes.count) == isSuffix)
  }
}
