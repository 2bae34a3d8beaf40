internal import TraceBytes
internal import TraceModel
internal import TraceParsers

/// Exceptions of a report in the words of their runtime.
extension ReportedExceptions {
  /// Writes a chain, the exception that was raised last first.
  func write(_ chain: [Exception], _ platform: Platform, _ printed: inout PrintedThrowable) {
    let group = ReportedGroup(tree, chain.map(\.object))
    switch (platform, group) {
    case (.java, let group): writeJava(0, of: chain, group, relation: nil, parent: -1, "", &printed)
    case (_, let group?): writeGroup(0, of: chain, group, relation: nil, parent: -1, &printed)
    case (_, nil):
      var above = -1
      for exception in chain.reversed() {
        above = writePython(exception, above < 0 ? nil : .cause, parent: above, &printed)
      }
    }
  }

  // MARK: Python

  /// Writes an exception below what it was raised from, each with the members of its group behind it.
  private func writeGroup(
    _ index: Int, of chain: [Exception], _ group: ReportedGroup, relation: Relation?, parent: Int,
    _ printed: inout PrintedThrowable
  ) {
    var origins = [(index: index, relation: Relation.cause)]
    while let last = origins.last, let origin = group.origin(of: last.index) { origins.append(origin) }
    var (relation, parent) = (relation, parent)
    for place in origins.indices.reversed() {
      let own = writePython(chain[origins[place].index], relation, parent: parent, &printed)
      for (number, member) in group.members(of: origins[place].index).enumerated() {
        printed.put("---------------- \(number + 1) ----------------\n")
        writeGroup(member, of: chain, group, relation: .member, parent: own, &printed)
      }
      (relation, parent) = (origins[place].relation, own)
    }
  }

  private func writePython(
    _ exception: Exception, _ relation: Relation?, parent: Int, _ printed: inout PrintedThrowable
  ) -> Int {
    switch relation {
    case .cause?:
      printed.put("\nThe above exception was the direct cause of the following exception:\n\n")
    case .context?:
      printed.put("\nDuring handling of the above exception, another exception occurred:\n\n")
    default: break
    }
    if !exception.frames.isEmpty { printed.put("Traceback (most recent call last):\n") }
    let index = printed.open(relation: relation, parent: parent)
    for frame in exception.isNewestFirst ? exception.frames.reversed() : exception.frames {
      guard writePython(frame: frame, index, &printed) else { break }
    }
    printed.close(index, type: exception.type?[...], value: exception.value)
    return index
  }

  private func writePython(frame object: Int, _ index: Int, _ printed: inout PrintedThrowable) -> Bool {
    guard let file = file(of: object) ?? tree.text(["module"], of: object) else {
      printed.insert(.badFrame)
      return true
    }
    var frame = ParsedFrame()
    printed.put("  File \"")
    frame.file = printed.field(file)
    printed.put("\"")
    if let line = line(of: object) {
      frame.line = Int32(line)
      printed.put(", line \(line)")
    }
    if let function = function(of: object) {
      printed.put(", in ")
      frame.function = printed.field(function)
    }
    printed.put("\n")
    if let source = source(of: object) {
      printed.put("    ")
      frame.context = printed.field(source)
      printed.put("\n")
    }
    return printed.add(frame, to: index)
  }

  // MARK: Java

  /// Writes an exception with the suppressed ones below it, and what it was caused by: the next one, unless the report says more.
  private func writeJava(
    _ first: Int, of chain: [Exception], _ group: ReportedGroup?, relation: Relation?, parent: Int,
    _ indent: String, _ printed: inout PrintedThrowable
  ) {
    var (index, relation, parent) = (Optional(first), relation, parent)
    while let current = index {
      printed.put(indent)
      if let relation { printed.put(relation == .suppressed ? "Suppressed: " : "Caused by: ") }
      parent = writeJava(chain[current], relation, parent: parent, indent, &printed)
      for suppressed in group?.members(of: current) ?? [] {
        writeJava(
          suppressed, of: chain, group, relation: .suppressed, parent: parent, indent + "\t", &printed)
      }
      relation = .causedBy
      index = group.map { $0.origin(of: current)?.index } ?? (current + 1 < chain.count ? current + 1 : nil)
    }
  }

  private func writeJava(
    _ exception: Exception, _ relation: Relation?, parent: Int, _ indent: String,
    _ printed: inout PrintedThrowable
  ) -> Int {
    let index = printed.open(
      type: exception.type?[...], value: exception.value, relation: relation, parent: parent)
    for frame in exception.isNewestFirst ? exception.frames : exception.frames.reversed() {
      guard writeJava(frame: frame, index, indent, &printed) else { break }
    }
    return index
  }

  private func writeJava(
    frame object: Int, _ index: Int, _ indent: String, _ printed: inout PrintedThrowable
  ) -> Bool {
    let function = function(of: object)
    // Bugsnag's methods have their class before them.
    let dot = function?.lastIndex(of: UInt8(ascii: "."))
    guard let function,
      let module = tree.text(["classname", "class_name", "module"], of: object)
        ?? dot.map({ function[..<$0] })
    else {
      printed.insert(.badFrame)
      return true
    }
    var frame = ParsedFrame()
    printed.put("\(indent)\tat ")
    frame.module = printed.field(module)
    printed.put(".")
    frame.function = printed.field(dot.map { function[($0 + 1)...] } ?? function)
    printed.put("(")
    let line = line(of: object)
    if let line { frame.line = Int32(line) }
    if let file = tree.text(["filename", "file"], of: object), !file.isEmpty {
      frame.file = printed.field(file)
      if let line { printed.put(":\(line)") }
    } else {
      printed.put("Unknown Source")
    }
    printed.put(")\n")
    return printed.add(frame, to: index)
  }

  // MARK: What a frame says

  func function(of frame: Int) -> ArraySlice<UInt8>? {
    tree.text(["function", "method", "func_name", "className"], of: frame)
  }

  func file(of frame: Int) -> ArraySlice<UInt8>? {
    tree.text(["abs_path", "filename", "file", "module_path", "fileName"], of: frame)
  }

  /// The line's number, which may be a string, or stand in an object.
  private func line(of frame: Int) -> Int? {
    let number =
      tree.count(["lineno", "lineNumber", "line", "number"], of: frame)
      ?? tree.objects(["line"], in: frame).first.flatMap { tree.count(["number"], of: $0) }
    return number.flatMap { (1...Int(Int32.max)).contains($0) ? $0 : nil }
  }

  private func source(of frame: Int) -> ArraySlice<UInt8>? {
    let found =
      tree.text(["context_line", "code", "line"], of: frame)
      ?? tree.objects(["line"], in: frame).first.flatMap { tree.text(["context"], of: $0) }
    guard let source = found?.drop(while: isBlank),
      !source.isEmpty, !source.contains(0x0A), !source.allSatisfy(isDigit)
    else { return nil }
    return source
  }
}
