/// A part of a whole, rounded for people.
struct Share {
  private let tenThousandths: Int

  init(_ part: Int, of whole: Int) {
    tenThousandths = whole == 0 ? 0 : Int((Double(part) / Double(whole) * 10_000).rounded())
  }

  /// `0.1234`
  var fraction: String { "\(tenThousandths / 10_000).\(Numbers.padded(tenThousandths % 10_000, 4))" }
  /// `12.3%`
  var percent: String {
    let tenths = (tenThousandths + 5) / 10
    return "\(tenths / 10).\(tenths % 10)%"
  }
}

/// Numbers as people read them.
enum Numbers {
  /// With zeros in front.
  static func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }

  /// `1,234,567`
  static func grouped(_ number: Int) -> String {
    let digits = String(number)
    var result = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0, digits.first != "-" || index > 1 { result += "," }
      result.append(digit)
    }
    return result
  }

  /// `7 traces`, `1 trace`, `1,234 traces`
  static func count(_ number: Int, _ noun: String) -> String {
    "\(grouped(number)) \(noun)\(number == 1 ? "" : "s")"
  }

  /// `3.7 MB`: three digits or so, in powers of 1000.
  static func bytes(_ count: UInt64) -> String {
    guard count >= 1000 else { return "\(count) B" }
    var value = Double(count) / 1000
    var units = ["kB", "MB", "GB", "TB", "PB", "EB"][...]
    while value >= 999.5, units.count > 1 {
      value /= 1000
      units.removeFirst()
    }
    let unit = units[units.startIndex]
    let tenths = Int((value * 10).rounded())
    return tenths < 100 ? "\(tenths / 10).\(tenths % 10) \(unit)" : "\((tenths + 5) / 10) \(unit)"
  }

  /// `0:07`, `12:34`, `1:02:03`
  static func duration(_ seconds: Double) -> String {
    let whole = Int(min(max(0, seconds), 1e12).rounded(.up))
    let minutes = whole / 60 % 60
    guard whole >= 3600 else { return "\(minutes):\(padded(whole % 60, 2))" }
    return "\(whole / 3600):\(padded(minutes, 2)):\(padded(whole % 60, 2))"
  }
}
