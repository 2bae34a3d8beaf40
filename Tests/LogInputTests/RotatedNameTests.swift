import Testing

@testable import LogInput

/// Which names a rotated log may have.
@Suite struct RotatedNameTests {
  @Test(arguments: [
    "app.log.1", "app.log.12", "app.log-20260305", "app.log.2026-03-05", "app.log.2026-03-05_10h",
    "app.log.old",
    "app.log.bak", "app.1.log", "app.12.log", "app-20260305.log", "app.2026-03-05.log",
    "app.2026-03-05.0.log",
    "app-03-05-2026-1.log", "app_20260305T101112.log",
  ]) func areOnes(_ name: String) { #expect(RotatedName.isOne(name, of: "app.log")) }

  @Test(arguments: [
    "app.log", "app.log.gz", "app.log.1.gz", "app.log.checkpoint", "app.log.", "app.log.new", "app-1.log",
    "app-2.log",
    "app.error.log", "app2.log", "other.log.1", "app.logger.1", "app.1.log.gz", "apps.1.log",
    "app..log", "",
  ]) func areNone(_ name: String) { #expect(!RotatedName.isOne(name, of: "app.log")) }

  @Test func aPodsLogsAreNumbered() {
    for name in ["0.log", "2.log", "0.log.20260305-101112", "1.log.20260305-101112"] {
      #expect(RotatedName.isOne(name, of: "1.log") == (name != "1.log"))
    }
    #expect(!RotatedName.isOne("0.log.20260305-101112.gz", of: "1.log"))
    #expect(!RotatedName.isOne("a.log", of: "1.log") && !RotatedName.isOne("0.log", of: "app.log"))
  }

  /// Another program's log or a copy that somebody made was once gone on with, and the log itself no more.
  @Test func onlyTheLogsOwnNameIsGoneOnWith() {
    for name in ["app.log.1", "app.log-20260305", "app.log.2026-03-05"] {
      #expect(RotatedName.isSuccessor(name, of: "app.log", isLink: false))
    }
    for name in ["app-1234567.log", "app.2.log", "app.log.bak", "app.log.old", "app-20260305.log", "app.log"]
    {
      #expect(!RotatedName.isSuccessor(name, of: "app.log", isLink: false))
    }
    #expect(!RotatedName.isSuccessor("2.log", of: "1.log", isLink: false))
    #expect(RotatedName.isSuccessor("0.log", of: "1.log", isLink: true))
  }
}
