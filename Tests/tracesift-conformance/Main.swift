import Foundation

/// Answers the conformance kit: reads one JSON object a line, writes one JSON object a line, in order.
/// Each mode stands in a file of its own.
@main enum Conformance {
  typealias Mode = ([String: Any]) -> [String: Any]
  static var modes: [String: Mode] {
    [
      "rules": RulesMode.answer, "globs": GlobsMode.answer, "events": EventsMode.answer,
      "grouping": GroupingMode.answer, "messages": MessagesMode.answer,
      "timing": TimingMode.answer, "grouping-timing": GroupingTimingMode.answer,
      "profiles": ProfilesMode.answer,
    ]
  }

  static func main() {
    guard CommandLine.arguments.count == 2, let mode = modes[CommandLine.arguments[1]] else {
      FileHandle.standardError.write(
        Data("usage: tracesift-conformance \(modes.keys.sorted().joined(separator: "|")) < cases\n".utf8))
      exit(64)
    }
    while let line = readLine() {
      let object = try? JSONSerialization.jsonObject(with: escapingMarks(line)) as? [String: Any]
      let answer = mode(object ?? [:])
      let data = try? JSONSerialization.data(withJSONObject: answer, options: [.sortedKeys])
      print(String(decoding: data ?? Data("null".utf8), as: UTF8.self))
    }
  }

  /// Foundation drops a byte order mark inside a string, unless it is escaped.
  static func escapingMarks(_ line: String) -> Data {
    var escaped = ""
    for scalar in line.unicodeScalars {
      if scalar == "\u{FEFF}" { escaped += "\\ufeff" } else { escaped.unicodeScalars.append(scalar) }
    }
    return Data(escaped.utf8)
  }
}
