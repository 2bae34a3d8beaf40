internal import LogInput
internal import TraceBytes

/// Exceptions whose frames are a list of strings, with their type and message in fields beside it, as AWS Lambda answers
/// with them, or one string with Python's frames alone, as loggers for ECS write: each is written as its runtime prints it,
/// and read as a text.
struct ListedThrowables {
  /// The object of the outermost exception, and its text.
  struct Found {
    var object: Int
    var text: [UInt8]
    /// The fields that the text was made of.
    var fields: Set<FieldPlace>
    /// What a bare stack's exception says, which is no text to be read.
    var message: [UInt8]?
  }

  /// A field of an object by its path.
  struct FieldPlace: Hashable {
    var object: Int
    var path: [UInt8]

    init(_ line: JSONLine, _ object: Int, _ path: ByteRange) {
      self.object = object
      self.path = Array(line.bytes(path))
    }
  }

  private let tree: ObjectTree

  /// - Complexity: O(document); O(fields) for one without such a list.
  static func read(_ line: JSONLine) -> [Found] {
    let frames = line.fields.filter { isFrame(line, $0) || isBareStack(line, $0) }
    guard !frames.isEmpty, !line.objects.isEmpty else { return [] }
    let lists = Set(frames.map(\.object))
    let reader = ListedThrowables(tree: ObjectTree(line))
    var roots: [Int] = []
    var seen: Set<Int> = []
    for object in lists.sorted()
    where reader.type(of: object) != nil || reader.bare(object) != nil
      || reader.listedTrace(of: object) != nil
    {
      let root = reader.root(of: object)
      if seen.insert(root).inserted { roots.append(root) }
    }
    return roots.compactMap { root in
      if let found = reader.bare(root) ?? reader.listedTrace(of: root) { return found }
      var fields: Set<FieldPlace> = []
      return reader.text(of: root, &fields).map { Found(object: root, text: $0, fields: fields) }
    }
  }

  /// Whether a string is named like a stack, or an element of a list that is.
  private static func isStack(_ line: JSONLine, _ path: ByteRange) -> Bool {
    stacks.contains { line.lastName(path).elementsEqual($0.utf8) }
  }

  private static func isElement(_ line: JSONLine, _ path: ByteRange) -> Bool {
    line.bytes(path).last == UInt8(ascii: "]")
  }

  private static func isFrame(_ line: JSONLine, _ field: JSONField) -> Bool {
    field.kind == .string && isElement(line, field.path) && isStack(line, field.path)
      && Frame(line.bytes(field.value)) != nil
  }

  /// Whether a string has Python's frames, but neither their title nor the exception.
  private static func isBareStack(_ line: JSONLine, _ field: JSONField) -> Bool {
    field.kind == .string && !isElement(line, field.path) && isStack(line, field.path)
      && isBareStack(line.bytes(field.value))
  }

  private static func isBareStack(_ value: ArraySlice<UInt8>) -> Bool {
    guard value.starts(with: "  File \"".utf8) else { return false }
    return value.split(separator: 0x0A).allSatisfy { line in
      line.starts(with: "    ".utf8) || line.starts(with: "  File \"".utf8)
        || line.starts(with: "  [Previous line repeated ".utf8)
    }
  }

  private static let stacks = [
    "stackTrace", "stacktrace", "stack_trace", "stack", "trace", "traceback", wholeTrace,
  ]
  private static let types = [
    "errorType", "error_type", "exceptionType", "exceptionClass", "exception_type", "exception_class",
    "exc_type", "cls_name",
  ]
  /// Names that other things have, too, as a logger or an event: there the class has to say that it is thrown.
  private static let names = ["className", "class", "type", "name"]
  private static let messages = [
    "errorMessage", "error_message", "exception_message", "detailMessage", "localizedMessage", "message",
    "msg",
    "value",
  ]

  private static let title = Array("Traceback (most recent call last):\n".utf8)

  private func root(of object: Int) -> Int {
    var root = object
    while root > 0, InnerThrowables.all.contains(tree.name(root)),
      type(of: tree.parent(root)) != nil
    {
      root = tree.parent(root)
    }
    return root
  }

  private func type(of object: Int) -> ArraySlice<UInt8>? {
    Self.types.lazy.compactMap { tree.text([$0], of: object) }.first(where: ThrowableName.isOne)
      ?? Self.names.lazy.compactMap { tree.text([$0], of: object) }.first(where: ThrowableName.saysSo)
  }

  /// The exception of an object whose stack is one string: its type need not say that it is thrown.
  private func bare(_ object: Int) -> Found? {
    guard let field = bareStack(of: object),
      let type = type(of: object)
        ?? tree.text(["type"], of: object).flatMap({ ThrowableName.isClass($0) ? $0 : nil })
    else { return nil }
    let stack = tree.line.bytes(field.value)
    return Found(
      object: object, text: Self.title + stack + (stack.last == 0x0A ? [] : [0x0A]) + type + [0x0A],
      fields: [FieldPlace(tree.line, object, field.path)],
      message: tree.text(Self.messages, of: object).map(Array.init))
  }

  private func bareStack(of object: Int) -> JSONField? {
    tree.fields(of: object).first { Self.isBareStack(tree.line, $0) }
  }

  /// The whole trace as a list of the lines that Tomcat's formatter for JSON makes of it: headers have no label, and frames a
  /// blank for `at`. Nil where a string says the same as text.
  private func listedTrace(of object: Int) -> Found? {
    let lines = tree.elements([Self.wholeTrace], of: object)
    guard let header = lines.first, ThrowableName.isName(header.prefix { $0 != UInt8(ascii: ":") }),
      lines.contains(where: { $0.first == 0x20 && Frame($0) != nil }),
      !tree.fields(of: object).contains(where: isTrace)
    else { return nil }
    var text = header + [0x0A]
    for line in lines.dropFirst() {
      text += line.first == 0x20 ? "\tat ".utf8 + line.dropFirst() : "Caused by: ".utf8 + line
      text.append(0x0A)
    }
    let fields = tree.fields(of: object).filter {
      tree.line.lastName($0.path).elementsEqual(Self.wholeTrace.utf8)
    }
    return Found(
      object: object, text: Array(text),
      fields: Set(fields.map { FieldPlace(tree.line, object, $0.path) }))
  }

  private func isTrace(_ field: JSONField) -> Bool {
    let value = tree.line.bytes(field.value).span
    return field.kind == .string && value.firstOffset(of: "\n\tat ", in: 0..<value.count) != nil
  }

  private static let wholeTrace = "throwable"

  /// The text of an exception and of what caused it; nil where any of its strings is no frame.
  private func text(of object: Int, _ fields: inout Set<FieldPlace>) -> [UInt8]? {
    guard let type = type(of: object) else { return nil }
    let header = header(of: object, type)
    let frames = tree.elements(Self.stacks, of: object).map(Frame.init)
    guard let first = frames.first, let isPython = first?.isPython,
      frames.allSatisfy({ $0?.isPython == isPython })
    else { return nil }
    for field in tree.fields(of: object)
    where Self.isElement(tree.line, field.path) && Self.isStack(tree.line, field.path) {
      fields.insert(FieldPlace(tree.line, object, field.path))
    }
    var lines: [UInt8] = []
    for frame in frames { lines += (frame?.text ?? []) + [0x0A] }
    if isPython { return pythonCause(of: object, &fields) + Self.title + lines + header }
    return header + [0x0A] + lines + suppressed(in: object, &fields) + cause(of: object, &fields)
  }

  /// The type and the message. Dagster's begins with the type's full name and ends with a line end.
  private func header(of object: Int, _ type: ArraySlice<UInt8>) -> [UInt8] {
    guard var message = tree.text(Self.messages, of: object) else { return Array(type) }
    guard tree.has("cls_name", of: object) else { return type + Array(": ".utf8) + message }
    let name = message.prefix { isWord($0) || $0 == UInt8(ascii: ".") }
    guard name.suffix(type.count).elementsEqual(type), message[name.endIndex...].starts(with: ": ".utf8),
      name.count == type.count || name.dropLast(type.count).last == UInt8(ascii: ".")
    else { return type + Array(": ".utf8) + message }
    while message.last == 0x0A { message.removeLast() }
    return Array(message)
  }

  /// What Dagster says of Python's causes and contexts, as Python prints them: above what they led to.
  private func pythonCause(of object: Int, _ fields: inout Set<FieldPlace>) -> [UInt8] {
    for (name, words) in Self.pythonLinks {
      guard let inner = tree.objects([name], in: object).first, let text = text(of: inner, &fields) else {
        continue
      }
      return text + Array("\n\n\(words)\n\n".utf8)
    }
    return []
  }

  private static let pythonLinks = [
    ("cause", "The above exception was the direct cause of the following exception:"),
    ("context", "During handling of the above exception, another exception occurred:"),
  ]

  /// Suppressed exceptions stand one tab further in.
  private func suppressed(in object: Int, _ fields: inout Set<FieldPlace>) -> [UInt8] {
    var written: [UInt8] = []
    for inner in tree.objects(InnerThrowables.suppressions, in: object) {
      guard let text = text(of: inner, &fields) else { continue }
      let lines = (Array("Suppressed: ".utf8) + text).split(separator: 0x0A)
      for line in lines { written += [0x09] + line + [0x0A] }
    }
    return written
  }

  private func cause(of object: Int, _ fields: inout Set<FieldPlace>) -> [UInt8] {
    guard let cause = tree.objects(InnerThrowables.causes, in: object).first,
      let text = text(of: cause, &fields)
    else {
      return []
    }
    return Array("Caused by: ".utf8) + text
  }
}

/// A frame as an element of a list.
private struct Frame {
  let isPython: Bool
  /// As its runtime prints it, without the last line end.
  let text: [UInt8]

  init?(_ element: ArraySlice<UInt8>) {
    let bytes = element.drop(while: isBlank)
    if bytes.starts(with: "File \"".utf8) {
      (isPython, text) = (true, [0x20, 0x20] + (bytes.last == 0x0A ? bytes.dropLast() : bytes))
      return
    }
    let frame = bytes.starts(with: "at ".utf8) ? bytes.dropFirst(3) : bytes
    guard let open = frame.firstIndex(of: UInt8(ascii: "(")), frame.last == UInt8(ascii: ")"),
      frame[..<open].contains(UInt8(ascii: ".")), !frame[..<open].contains(where: isBlank),
      JVMLocation.isOne(frame.span, open + 1 - frame.startIndex..<frame.count - 1)
    else { return nil }
    (isPython, text) = (false, Array("\tat ".utf8) + frame)
  }
}
