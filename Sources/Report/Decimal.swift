/// Numbers for people and programs, without Foundation.
enum Decimal {
  /// Three digits behind the point.
  static func text(_ number: Double) -> String {
    let thousandths = Int((number * 1000).rounded())
    let fraction = String(thousandths % 1000)
    return "\(thousandths / 1000).\(String(repeating: "0", count: 3 - fraction.count))\(fraction)"
  }
}
