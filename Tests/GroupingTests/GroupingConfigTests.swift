import Grouping
import Testing

@Test func theNewestConfigIsTheDefault() {
  #expect(GroupingConfig.newest.rawValue == "newstyle:2026-01-20")
}
