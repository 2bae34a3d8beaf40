extension LogEntry {
  /// The entry as Relay leaves it: the template filled in, and the template itself dropped where it says no more
  /// than the text; nil where no text is left (grouping.md, S3).
  func normalized() -> LogEntry? {
    var entry = self
    entry.message = message.nonEmpty.map { TextLimits.cut($0, to: TextLimits.message) }
    if formatted.nonEmpty == nil, let message = entry.message {
      entry.formatted = parameters.flatMap { Self.fill(message, with: $0) }.map {
        TextLimits.cut($0, to: TextLimits.message)
      }
    } else {
      entry.formatted = formatted.nonEmpty.map { TextLimits.cut($0, to: TextLimits.message) }
    }
    if entry.formatted == nil || entry.formatted.isSame(as: entry.message) {
      entry.formatted = entry.formatted ?? entry.message
      entry.message = nil
    }
    return entry.formatted == nil ? nil : entry
  }

  /// `%s`, `%(name)s`, `{}`, `{0}` and `{name}`; nil where a parameter is missing or nothing is to be filled in.
  static func fill(_ template: String, with parameters: Parameters) -> String? {
    let scalars = Array(template.unicodeScalars)
    if scalars.contains("%") { return fillPercent(scalars, with: parameters) }
    return scalars.contains("{") ? fillBraces(scalars, with: parameters) : nil
  }

  private static func fillPercent(_ scalars: [Unicode.Scalar], with parameters: Parameters) -> String? {
    var result = String.UnicodeScalarView()
    var position = 0
    var next = 0
    while position < scalars.count {
      let scalar = scalars[position]
      position += 1
      guard scalar == "%" else {
        result.append(scalar)
        continue
      }
      guard position < scalars.count else { return nil }
      if scalars[position] == "%" {
        result.append("%")
        position += 1
        continue
      }
      var key: String?
      if scalars[position] == "(" {
        guard let end = scalars[position...].firstIndex(of: ")") else { return nil }
        key = String(String.UnicodeScalarView(scalars[(position + 1)..<end]))
        position = end + 1
      }
      while position < scalars.count, "-+ #0123456789.".unicodeScalars.contains(scalars[position]) {
        position += 1
      }
      guard position < scalars.count, "sdirxXofFeEgGcau".unicodeScalars.contains(scalars[position]),
        let text = parameter(key, at: &next, of: parameters)
      else { return nil }
      position += 1
      result.append(contentsOf: text.unicodeScalars)
    }
    return String(result)
  }

  private static func fillBraces(_ scalars: [Unicode.Scalar], with parameters: Parameters) -> String? {
    var result = String.UnicodeScalarView()
    var position = 0
    var next = 0
    while position < scalars.count {
      let scalar = scalars[position]
      position += 1
      let isDoubled = position < scalars.count && scalars[position] == scalar
      switch scalar {
      case "{" where isDoubled, "}" where isDoubled:
        result.append(scalar)
        position += 1
      case "{":
        guard let end = scalars[position...].firstIndex(of: "}") else { return nil }
        let key = String(String.UnicodeScalarView(scalars[position..<end]))
        guard let text = parameter(key.isEmpty ? nil : key, at: &next, of: parameters) else { return nil }
        result.append(contentsOf: text.unicodeScalars)
        position = end + 1
      default: result.append(scalar)
      }
    }
    return String(result)
  }

  private static func parameter(_ key: String?, at next: inout Int, of parameters: Parameters) -> String? {
    switch parameters {
    case .named(let values): return key.flatMap { values[$0] }
    case .list(let values):
      let index = key.map { Int($0) ?? -1 } ?? next
      if key == nil { next += 1 }
      return values.indices.contains(index) ? values[index] : nil
    }
  }
}
