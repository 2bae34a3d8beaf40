internal import Enhancements

/// The command line of a spawned Python worker, whose numbers differ each time (grouping.md, S4.3).
enum SpawnLine {
  private static let start = Array("from multiprocessing.spawn import spawn_main; spawn_main(".utf8)

  /// Replaces every number after `=` in the source line of the one frame that is such a command.
  static func parameterize(_ frame: inout EventFrame) {
    guard frame.frame.module == "__main__", frame.frame.filename == "<string>",
      frame.frame.function == "<module>",
      let line = frame.contextLine, isSpawn(Array(line.utf8))
    else { return }
    frame.contextLine = replacingNumbers(line)
  }

  private static func isSpawn(_ line: [UInt8]) -> Bool {
    guard line.starts(with: start) else { return false }
    var rest = line.dropFirst(start.count)
    let isWindows = take("parent_pid=", from: &rest)
    guard isWindows || take("tracker_fd=", from: &rest), takeDigits(from: &rest) else { return false }
    return take(", pipe_handle=", from: &rest) && takeDigits(from: &rest) && take(")", from: &rest)
  }

  private static func take(_ text: String, from rest: inout ArraySlice<UInt8>) -> Bool {
    guard rest.starts(with: text.utf8) else { return false }
    rest = rest.dropFirst(text.utf8.count)
    return true
  }

  private static func takeDigits(from rest: inout ArraySlice<UInt8>) -> Bool {
    let count = rest.prefix { (0x30...0x39).contains($0) }.count
    rest = rest.dropFirst(count)
    return count > 0
  }

  private static func replacingNumbers(_ line: String) -> String {
    var result = String.UnicodeScalarView()
    var isValue = false
    for scalar in line.unicodeScalars {
      let isDigit = PythonText.isDigit(scalar)
      if isDigit, isValue { continue }
      if isDigit, result.last == "=" {
        result.append(contentsOf: "<int>".unicodeScalars)
        isValue = true
        continue
      }
      isValue = false
      result.append(scalar)
    }
    return String(result)
  }
}
