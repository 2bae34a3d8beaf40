/// Puts accepted changes into a golden and leaves the rest as it was.
public enum GoldenAcceptance {
  /// - Parameters:
  ///   - golden: as it is.
  ///   - now: what an update would write.
  ///   - isAccepted: which changes are right.
  /// - Returns: the golden to write. The header is the new one only where every change was accepted: until then the
  ///   next check has to tell what changed since.
  /// - Complexity: as comparing the two.
  public static func merged(
    _ golden: GoldenFile, _ now: GoldenFile, isAccepted: (GoldenChange) -> Bool
  ) -> GoldenFile {
    var records: [GoldenRecord] = []
    var isWhole = true
    let pairs = GoldenAlignment(golden.records, now.records, byLine: golden.input == now.input).pairs
    for pair in pairs {
      guard let change = GoldenComparison.change(pair) else {
        records.append(contentsOf: [pair.new].compactMap { $0 })
        continue
      }
      let isAccepted = isAccepted(change)
      isWhole = isWhole && isAccepted
      records.append(contentsOf: [isAccepted ? pair.new : pair.old].compactMap { $0 })
    }
    var result = isWhole ? now : golden
    result.records = records
    return result
  }
}
