internal import LogInput
internal import TraceBytes

/// Exceptions whose frames are a list of strings, with their type and message in fields beside it, as AWS Lambda answers
/// with them, or one string with Python's frames alone, as loggers for ECS write: each is written as its runtime prints it,
/// and read as a text.
struct ListedThrowables {
  /// The object of the outermost exception, and its text.
  struct Found {
    var object: Int
    /// That object and those of the causes.
    var objects: [Int]
    var text: [UInt8]
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
    for object in lists.sorted() where reader.type(of: object) != nil {
      let root = reader.root(of: object)
      if seen.insert(root).inserted { roots.append(root) }
    }
    return roots.compactMap { root in
      var objects: [Int] = []
      return reader.text(of: root, &objects).map { Found(object: root, objects: objects, text: $0) }
    }
  }

  /// Whether a string is named like a stack, or an element of a list that is.
  static func isStack(_ line: JSONLine, _ path: ByteRange) -> Bool {
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
    var end = value.endIndex
    while end > value.startIndex, value[end - 1] == 0x0A { end -= 1 }
    let last = value[..<end].lastIndex(of: 0x0A).map { $0 + 1 } ?? value.startIndex
    return value[last] == 0x20
  }

  private static let stacks = ["stackTrace", "stacktrace", "stack_trace", "stack", "trace", "traceback"]
  private static let types = [
    "errorType", "error_type", "exceptionType", "exceptionClass", "exception_type", "exception_class",
    "exc_type",
  ]
  /// Names that other things have, too, as a logger or an event: there the class has to say that it is thrown.
  private static let names = ["className", "class", "type", "name"]
  private static let messages = [
    "errorMessage", "error_message", "exception_message", "detailMessage", "localizedMessage", "message",
    "value",
  ]

  private static let title = Array("Traceback (most recent call last):\n".utf8)

  private func root(of object: Int) -> Int {
    var root = object
    while root > 0, (InnerThrowables.causes + InnerThrowables.suppressions).contains(tree.name(root)),
      type(of: tree.parent(root)) != nil
    {
      root = tree.parent(root)
    }
    return root
  }

  private func type(of object: Int) -> ArraySlice<UInt8>? {
    Self.types.lazy.compactMap { tree.text([$0], of: object) }.first(where: ThrowableName.isOne)
      ?? Self.names.lazy.compactMap { tree.text([$0], of: object) }.first {
        ThrowableName.saysSo($0) || bareStack(of: object) != nil && ThrowableName.isPath($0)
      }
  }

  private func bareStack(of object: Int) -> ArraySlice<UInt8>? {
    guard tree.elements(Self.stacks, of: object).isEmpty else { return nil }
    return Self.stacks.lazy.compactMap { tree.text([$0], of: object) }.first(where: Self.isBareStack)
  }

  /// The text of an exception and of what caused it; nil where any of its strings is no frame.
  private func text(of object: Int, _ objects: inout [Int]) -> [UInt8]? {
    objects.append(object)
    guard let type = type(of: object) else { return nil }
    var header = Array(type)
    if let message = tree.text(Self.messages, of: object) { header += Array(": ".utf8) + message }
    if let stack = bareStack(of: object) {
      return Self.title + stack + (stack.last == 0x0A ? [] : [0x0A]) + header
    }
    let frames = tree.elements(Self.stacks, of: object).map(Frame.init)
    guard let first = frames.first, let isPython = first?.isPython,
      frames.allSatisfy({ $0?.isPython == isPython })
    else { return nil }
    var lines: [UInt8] = []
    for frame in frames { lines += (frame?.text ?? []) + [0x0A] }
    if isPython { return Self.title + lines + header }
    return header + [0x0A] + lines + suppressed(in: object, &objects) + cause(of: object, &objects)
  }

  /// Suppressed exceptions stand one tab further in.
  private func suppressed(in object: Int, _ objects: inout [Int]) -> [UInt8] {
    var written: [UInt8] = []
    for inner in tree.objects(InnerThrowables.suppressions, in: object) {
      guard let text = text(of: inner, &objects) else { continue }
      let lines = (Array("Suppressed: ".utf8) + text).split(separator: 0x0A)
      for line in lines { written += [0x09] + line + [0x0A] }
    }
    return written
  }

  private func cause(of object: Int, _ objects: inout [Int]) -> [UInt8] {
    guard let cause = tree.objects(InnerThrowables.causes, in: object).first,
      let text = text(of: cause, &objects)
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
