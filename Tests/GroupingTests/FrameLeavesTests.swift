import Enhancements
import PCRE2
import Testing

@testable import Grouping

/// The quick twin against the component, on all frames made of a few names of each kind.
@Suite struct FrameLeavesTests {
  private static let modules = [
    nil, "a.B", "com.example.Service$Inner", "a.B$$Lambda$12/0x1", "sun.reflect.GeneratedMethodAccessor12",
    "a.B$$EnhancerBySpringCGLIB$$1a2b", "módulo",
  ]
  private static let functions = [nil, "", "run", "lambda$run$0", "<lambda>", "größe"]
  private static let files = [
    nil, "", "B.java", "/app/Main.PY", #"C:\app\Main.py"#, "/app/", "<string>", "<anonymous>",
    "[native code]",
    "http://host/a.js", "blob:x", "Übung.py", "A_$$_javassist_12.java",
  ]
  private static let lines = [
    nil, "", "raise ValueError(x)", "a  b", " a", "é = 1", String(repeating: "x", count: 121),
    "\u{1c}", String(repeating: "y", count: 120),
  ]

  @Test(arguments: ["java", "python"]) func writesWhatTheComponentHashes(platform: String) throws {
    let scratch = MatchScratch()
    var plain = 0
    for frame in Self.frames() {
      let component = FrameComponent.make(frame, eventPlatform: platform, using: scratch)
      var (leaves, expected): ([UInt8], [UInt8]) = ([7], [7])
      let contributes = FrameLeaves.append(frame, isJava: platform == "java", to: &leaves)
      if contributes != nil { component.appendLeaves(to: &expected) }
      #expect(leaves == expected, "\(frame)")
      #expect(contributes ?? component.contributes == component.contributes, "\(frame)")
      plain += contributes == nil ? 0 : 1
    }
    #expect(plain > 1000)
  }

  /// Each as an event has it, and as a parser left it.
  private static func frames() -> [EventFrame] {
    var frames: [EventFrame] = []
    for module in modules {
      for function in functions {
        for file in files {
          for line in lines {
            let frame = EventFrame(
              StackFrame(module: module, function: function, filename: file, absPath: file), contextLine: line
            )
            var normalized = frame
            EventNormalization.normalize(&normalized.frame)
            frames += [frame, normalized]
          }
        }
      }
    }
    return frames
  }
}
