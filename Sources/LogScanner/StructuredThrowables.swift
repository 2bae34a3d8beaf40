internal import LogInput
internal import TraceBytes
internal import TraceModel
internal import TraceParsers

/// Exceptions that a document holds as data: Jackson's and Gson's `Throwable`, the short form of Airbyte's
/// job logs, log4j2's `thrown`, structlog's `dict_tracebacks` (trace-formats.md, 2.11 and 3.8).
struct StructuredThrowables {
  /// A record and the object of the exception.
  struct Found {
    var object: Int
    var record: UnwrappedRecord
  }

  private let tree: ObjectTree
  private let limits: ParseLimits

  /// - Complexity: O(document).
  static func read(_ line: JSONLine, _ limits: ParseLimits) -> [Found] {
    guard mayHold(line) else { return [] }
    let reader = StructuredThrowables(tree: ObjectTree(line), limits: limits)
    let reported = ReportedExceptions(reader.tree, limits).read()
    let found = reader.java() + reader.python()
    // What two readers know is one exception.
    let known = Set(found.map(\.object))
    return (found + reported.filter { !known.contains($0.object) }).sorted { $0.object < $1.object }
  }

  /// Whether any object is an element of a list that is named like one of frames.
  private static func mayHold(_ line: JSONLine) -> Bool {
    guard !line.objects.isEmpty else { return false }
    return line.objects.contains { object in
      line.bytes(object.path).suffix(2).elementsEqual("[]".utf8)
        && frameLists.contains { line.lastName(object.path).elementsEqual($0.utf8) }
    }
  }

  // MARK: Java

  private static let stacks = [
    "stackTrace", "extendedStackTrace", "stacktrace", "stack_trace", "stackTraceElements",
    "stepArray", "frames",
  ]
  private static let frameLists = stacks + ["backtrace"]
  private static let classes = ["className", "cn", "class", "declaringClass", "class_name"]
  private static let methods = ["methodName", "mn", "method", "method_name"]
  private static let files = ["fileName", "file", "filename", "file_name"]
  private static let lines = ["lineNumber", "ln", "line", "line_number", "lineno"]
  private static let commons = ["commonElementCount", "commonFramesCount", "commonFrames"]
  private static let wrapper = "exception"
  private static let types = [
    "name", "type", "exceptionType", "exceptionClass", "exception_class", "className", "class", "@class",
    "@type", "clazz",
  ]
  private static let messages = ["message", "localizedMessage", "detailMessage", "exception_message", "msg"]

  private func java() -> [Found] {
    var roots: [Int] = []
    var seen: Set<Int> = []
    for object in tree.line.objects.indices where isJavaFrame(object) {
      var root = tree.parent(object)
      while let outer = outer(root) { root = outer }
      if seen.insert(root).inserted { roots.append(root) }
    }
    return roots.map { root in
      var printed = PrintedThrowable(.java, limits)
      write(root, nil, parent: -1, indent: "", label: "", &printed)
      return Found(object: root, record: printed.record())
    }
  }

  /// The exception that `object` is the cause of; JBoss puts an object of its own around each.
  private func outer(_ object: Int) -> Int? {
    guard object > 0 else { return nil }
    let relation = tree.name(object) == Self.wrapper ? tree.parent(object) : object
    let isInner =
      relation > 0 && InnerThrowables.all.contains(tree.name(relation))
    return isInner ? tree.parent(relation) : nil
  }

  /// The exceptions under one of the names.
  private func inner(_ names: [String], of object: Int) -> [Int] {
    tree.objects(names, in: object).map { tree.objects([Self.wrapper], in: $0).first ?? $0 }
  }

  private func isJavaFrame(_ object: Int) -> Bool {
    tree.line.isElement(object) && Self.stacks.contains(tree.name(object)) && isJavaStack(object)
      && tree.text(Self.methods, of: object) != nil && tree.text(Self.classes, of: object) != nil
      && tree.text(Self.files, of: object)?.suffix(3).elementsEqual(".py".utf8) != true
  }

  /// Frames of any language stand in lists of this name; JBoss names the class beside them.
  private func isJavaStack(_ frame: Int) -> Bool {
    tree.name(frame) != "frames" || tree.text(["exceptionType"], of: tree.parent(frame)) != nil
  }

  private func write(
    _ object: Int, _ relation: Relation?, parent: Int, indent: String, label: String,
    _ printed: inout PrintedThrowable
  ) {
    printed.put(indent + label)
    let type = Self.types.lazy.compactMap { tree.text([$0], of: object) }.first(where: ThrowableName.isOne)
    let index = printed.open(
      type: type, value: tree.text(Self.messages, of: object), relation: relation, parent: parent)
    for frame in tree.objects(Self.stacks, in: object) {
      guard write(frame: frame, index, indent, &printed) else { break }
    }
    if let common = tree.number(Self.commons, of: object), common > 0 {
      printed.put("\(indent)\t... \(common) more\n")
      printed.elide(common, index)
    }
    for inner in inner(InnerThrowables.suppressions, of: object) {
      write(
        inner, .suppressed, parent: index, indent: indent + "\t", label: "Suppressed: ", &printed)
    }
    for inner in inner(InnerThrowables.causes, of: object) {
      write(inner, .causedBy, parent: index, indent: indent, label: "Caused by: ", &printed)
    }
  }

  private func write(
    frame object: Int, _ index: Int, _ indent: String, _ printed: inout PrintedThrowable
  ) -> Bool {
    guard let module = tree.text(Self.classes, of: object), let method = tree.text(Self.methods, of: object)
    else { return true }
    var frame = ParsedFrame()
    printed.put(indent + "\tat ")
    frame.module = printed.field(module)
    printed.put(".")
    frame.function = printed.field(method)
    printed.put("(")
    let line = tree.number(Self.lines, of: object) ?? -1
    frame.isNative = line == -2 || tree.isTrue("nativeMethod", of: object)
    if line > 0 { frame.line = Int32(clamping: line) }
    let file = tree.text(Self.files, of: object)
    if frame.isNative {
      printed.put("Native Method")
    } else if let file, !file.isEmpty {
      frame.file = printed.field(file)
      if line > 0 { printed.put(":\(line)") }
    } else {
      printed.put(line > 0 ? "line \(line)" : "Unknown Source")
    }
    printed.put(")\n")
    return printed.add(frame, to: index)
  }

  // MARK: Python

  private func python() -> [Found] {
    var chains: [[Int]] = []
    for object in tree.line.objects.indices where isPythonStack(object) && !isMember(object) {
      if let last = chains.last?.last, tree.line.isElement(object), tree.parent(last) == tree.parent(object),
        tree.line.bytes(tree.line.objects[last].path) == tree.line.bytes(tree.line.objects[object].path)
      {
        chains[chains.count - 1].append(object)
      } else {
        chains.append([object])
      }
    }
    return chains.map { chain in
      var printed = PrintedThrowable(.python, limits)
      write(chain, first: nil, parent: -1, &printed)
      return Found(object: chain[0], record: printed.record())
    }
  }

  private func isPythonStack(_ object: Int) -> Bool {
    tree.has("exc_type", of: object)
      && (tree.has("exc_value", of: object) || !tree.objects(["frames"], in: object).isEmpty)
  }

  /// Whether the object stands in the list of an exception group's members.
  private func isMember(_ object: Int) -> Bool {
    var at = object
    while at > 0 {
      if tree.name(at) == "exceptions", isPythonStack(tree.parent(at)) { return true }
      at = tree.parent(at)
    }
    return false
  }

  /// Writes a chain as Python prints it: the one raised first, first. The document has them the other way.
  private func write(_ chain: [Int], first: Relation?, parent: Int, _ printed: inout PrintedThrowable) {
    var relation = first
    var above = parent
    for (number, object) in chain.reversed().enumerated() {
      if number > 0 {
        // The document says of a cause what it is to the exception before it in the list.
        let isCause = tree.isTrue("is_cause", of: chain[chain.count - number])
        relation = isCause ? .cause : .context
        printed.put(
          isCause
            ? "\nThe above exception was the direct cause of the following exception:\n\n"
            : "\nDuring handling of the above exception, another exception occurred:\n\n")
      }
      above = write(stack: object, relation, parent: above, &printed)
    }
  }

  /// Writes one exception, and the members of a group behind it.
  private func write(
    stack object: Int, _ relation: Relation?, parent: Int, _ printed: inout PrintedThrowable
  ) -> Int {
    printed.put("Traceback (most recent call last):\n")
    let index = printed.open(relation: relation, parent: parent)
    for frame in tree.objects(["frames"], in: object) {
      guard write(pythonFrame: frame, index, &printed) else { break }
    }
    let type = tree.text(["exc_type"], of: object).flatMap { $0.isEmpty ? nil : $0 }
    printed.close(
      index, type: type, value: tree.text(["exc_value", "exc_msg"], of: object),
      notes: tree.elements(["exc_notes"], of: object))
    for (number, member) in members(object).enumerated() {
      printed.put("---------------- \(number + 1) ----------------\n")
      write(member, first: .member, parent: index, &printed)
    }
    return index
  }

  /// The chains of a group's members: each under `stacks`, or one stack after the other, a cause behind what
  /// it caused.
  private func members(_ object: Int) -> [[Int]] {
    var chains: [[Int]] = []
    for member in tree.objects(["exceptions"], in: object) {
      let stacks = tree.objects(["stacks"], in: member)
      if !stacks.isEmpty {
        chains.append(stacks)
      } else if !chains.isEmpty, tree.isTrue("is_cause", of: member) {
        chains[chains.count - 1].append(member)
      } else {
        chains.append([member])
      }
    }
    return chains
  }

  /// How many frames structlog left out, which it says in the name of one without a file.
  private func skippedFrames(_ object: Int) -> Int? {
    let mark = "Skipped frames: "
    guard let name = tree.text(["name"], of: object), name.starts(with: mark.utf8) else { return nil }
    return Int(String(decoding: name.dropFirst(mark.utf8.count), as: UTF8.self)).flatMap {
      (0..<1_000_000).contains($0) ? $0 : nil
    }
  }

  private func write(pythonFrame object: Int, _ index: Int, _ printed: inout PrintedThrowable) -> Bool {
    guard let file = tree.text(["filename", "file", "filepath"], of: object) else { return true }
    if file.isEmpty, let count = skippedFrames(object) {
      printed.put("  [Skipped frames: \(count)]\n")
      printed.elide((printed.elided(index) ?? 0) + count, index)
      return true
    }
    var frame = ParsedFrame()
    printed.put("  File \"")
    frame.file = printed.field(file)
    printed.put("\"")
    if let line = tree.count(["lineno", "line_number"], of: object), line > 0 {
      frame.line = Int32(clamping: line)
      printed.put(", line \(line)")
    }
    if let name = tree.text(["name", "function", "funcname"], of: object), !name.isEmpty {
      printed.put(", in ")
      frame.function = printed.field(name)
    }
    printed.put("\n")
    if let source = tree.text(["line", "source", "source_line"], of: object), !source.isEmpty {
      printed.put("    ")
      frame.context = printed.field(source)
      printed.put("\n")
    }
    return printed.add(frame, to: index)
  }
}
