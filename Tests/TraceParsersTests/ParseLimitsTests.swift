import Testing
import TraceParsers

/// What can be asked for.
@Suite struct ParseLimitsTests {
  @Test func regionsHaveOffsetsOfThirtyTwoBits() {
    var limits = ParseLimits()
    limits.regionBytes = .max
    #expect(limits.regionBytes == 512 << 20)
    limits.regionBytes = 600
    #expect(limits.regionBytes == 600)
  }
}
