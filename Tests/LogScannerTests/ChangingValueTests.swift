import Testing

@testable import LogScanner

/// What tells streams apart, and what differs from line to line of one.
@Suite struct ChangingValueTests {
  @Test(arguments: [
    ("2026-03-05T10:11:12Z", true), ("Nov  3 23:59:01", true), ("[03/Nov/2026:23:59:00 +0000]", true),
    ("at 9:59:01.5", true), ("Tue 2026-03-05T10:11:12Z", true), ("1700000000", true),
    ("1700000000.123", true),
    ("1700000000123.456", true), ("20260305", true), ("12345678:1", true), ("(23:59:01)", true),
    ("on 23:59:01Z", true),
    ("", false), ("stderr", false), ("1234567", false), ("10.12.13.14", false), ("20260305.1", false),
    ("1700000000.12", false), ("1700000000.12.3", false), ("host:8080", false), ("a:b", false),
    ("worker-1:10", false),
    ("worker-1:10:11", false), ("fd00::10:11:12", false), ("ab:cd:ef:01:23:45", false),
    ("nightly 01:30", false),
    ("[12:30] x", false), ("a 9:59:75", false), ("a 123:45:01", false), ("a 9:59:0", false),
    ("a 9:59:011", false), ("a 9:59:01:02", false), ("a 9:59:01Zx", false), ("xT9:59:01", false),
  ])
  func changes(_ value: String, _ changes: Bool) {
    let bytes = Array(value.utf8)
    #expect(ChangingValue.isOne(bytes.span, 0..<bytes.count) == changes)
  }
}
