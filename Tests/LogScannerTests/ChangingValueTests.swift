import Testing

@testable import LogScanner

/// What tells streams apart, and what differs from line to line of one.
@Suite struct ChangingValueTests {
  @Test(arguments: [
    ("2026-03-05T10:11:12Z", true), ("Nov  3 23:59:01", true), ("[03/Nov/2026:23:59:00 +0000]", true),
    ("9:59", true),
    ("1700000000", true), ("1700000000.123", true), ("20260305", true), ("12345678:1", true),
    ("", false), ("stderr", false), ("1234567", false), ("10.12.13.14", false), ("20260305.1", false),
    ("1700000000.12.3", false), ("host:8080", false), ("db:54", false), ("a:b", false), ("v1:30", false),
    ("fe80::1:20", false),
    ("9:75", false), ("123:45", false), ("9:5", false), ("9:599", false), ("1.9:59", false),
  ]) func changes(_ value: String, _ changes: Bool) {
    let bytes = Array(value.utf8)
    #expect(ChangingValue.isOne(bytes.span, 0..<bytes.count) == changes)
  }
}
