import Testing

@testable import TraceParsers

/// What may be another one in a message that says the same.
@Suite struct WordingTests {
  private static func isAlike(_ left: String, _ right: String) -> Bool {
    Wording.isAlike(Array(left.utf8).span, Array(right.utf8).span)
  }

  @Test(arguments: [
    ("", ""), ("job 17", "job 23"), ("0f1e2d3c-4b5a failed", "9e8d7c6b-5a4f failed"),
    ("x:ab12cd34", "x:cd34ab12"),
    ("(ab12cd34) 5", "(ef56ab78) 6"), ("20240305", "19990101"),
    ("c0ffee00-1 and a0ffee00-2", "c0ffee01-1 and a1ffee00-3"),
  ])
  func alike(_ left: String, _ right: String) { #expect(Self.isAlike(left, right)) }

  @Test(arguments: [
    ("a", "b"), ("1", "a"), ("ab12cd3", "cd34ab1"), ("deadbeef", "feedface"), ("ab12cd34", "12345678"),
    ("1b12cd34", "ab12cd34"), ("xab12cd34", "xcd34ab12"), ("ab12cd34z", "cd34ab12z"),
    ("ab12cd34", "ab12xd34"),
    ("ab12-d34e", "ab12c-34e"), ("ab12cd34 x", "cd34ab12 y"), ("AB12CD34", "CD34AB12"),
    ("-b12cd34", "-d34ab12"),
    ("ab12cd34 words", "cd34ab1 2words"),
  ])
  func different(_ left: String, _ right: String) {
    #expect(!Self.isAlike(left, right))
    #expect(!Self.isAlike(right, left))
  }

  /// Wherever words of eight bytes begin.
  @Test func everyOffset() {
    for length in 0..<40 {
      let text = String(repeating: "x", count: length)
      #expect(Self.isAlike(text + " 7", text + " 8"))
      #expect(!Self.isAlike(text + "y", text + "z"))
      #expect(Self.isAlike(text + " 1b2c3d4e5f", text + " 2a3b4c5d6e"))
    }
  }
}
