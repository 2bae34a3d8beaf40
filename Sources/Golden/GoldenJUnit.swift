internal import Report

/// What a check of goldens found, as JUnit's XML: a test case an input (formats-around.md, section 7).
public enum GoldenJUnit {
  /// The whole document.
  /// - Complexity: O(changes).
  public static func text(_ comparisons: [GoldenComparison]) -> String {
    let errors = comparisons.count { $0.isError }
    let failures = comparisons.count { !$0.hasPassed && !$0.isError }
    let numbers = "tests=\"\(comparisons.count)\" failures=\"\(failures)\" errors=\"\(errors)\""
    var lines = [
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>", "<testsuites \(numbers)>",
      "  <testsuite name=\"tracesift golden\" \(numbers) skipped=\"0\">",
    ]
    for comparison in comparisons { lines += testCase(comparison) }
    lines += ["  </testsuite>", "</testsuites>"]
    return lines.map { $0 + "\n" }.joined()
  }

  private static func testCase(_ comparison: GoldenComparison) -> [String] {
    let folder = GoldenPath.folder(of: comparison.input)
    let name = comparison.input.split(separator: "/").last.map(String.init) ?? comparison.input
    let head =
      "    <testcase classname=\"\(escaped(folder))\" name=\"\(escaped(name))\" "
      + "file=\"\(escaped(comparison.input))\""
    guard !comparison.hasPassed else { return [head + "/>"] }
    let kind = comparison.isError ? "error" : "failure"
    let details = escaped(GoldenReport.text(of: comparison), keepsLines: true)
    return [
      head + " line=\"\(comparison.firstLine)\">",
      "      <\(kind) type=\"\(comparison.code)\" message=\"\(escaped(comparison.headline))\">\(details)</\(kind)>",
      "    </testcase>",
    ]
  }

  /// Text for an element or an attribute, without what XML 1.0 cannot hold.
  static func escaped(_ text: String, keepsLines: Bool = false) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "\n" where keepsLines: result += "\n"
      case "\n", "\t": result += " "
      case _ where PrintableText.isUnsafe(scalar) || scalar.value & 0xFFFE == 0xFFFE: result += "\u{FFFD}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}

extension GoldenComparison {
  /// Whether nothing could be compared.
  var isError: Bool {
    switch verdict {
    case .broken, .unreadable: true
    default: false
    }
  }

  /// The verdict as a code.
  var code: String {
    switch verdict {
    case .passed: "passed"
    case .changed: "changed"
    case .missing: "missing"
    case .orphaned: "orphaned"
    case .broken: "broken"
    case .unreadable: "unreadable"
    }
  }

  /// 1-based line of the input to look at.
  var firstLine: Int {
    guard case .changed(let changes) = verdict else { return 1 }
    return changes.first?.line ?? 1
  }
}
