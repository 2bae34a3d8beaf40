internal import LogInput
internal import TraceBytes
internal import TraceModel
internal import TraceParsers

/// Exceptions as error trackers report them: the events of Sentry (develop.sentry.dev, event payloads, exception and stacktrace),
/// Elastic APM, Rollbar, Bugsnag, Honeybadger, Raygun and Airbrake. Each is written as its runtime prints it.
struct ReportedExceptions {
  private let tree: ObjectTree
  private let limits: ParseLimits

  init(_ tree: ObjectTree, _ limits: ParseLimits) {
    self.tree = tree
    self.limits = limits
  }

  /// The exceptions of one report belong together: a record each.
  /// - Complexity: O(document).
  func read() -> [StructuredThrowables.Found] {
    var roots: [[Exception]] = []
    var seen: Set<Int> = []
    for object in tree.line.objects.indices where isFrame(object) {
      guard let exception = exception(withFrame: object), seen.insert(exception.object).inserted,
        !isCause(exception.object)
      else { continue }
      if let last = roots.last?.last, isBeside(last.object, exception.object) {
        roots[roots.count - 1].append(exception)
      } else {
        roots.append([exception])
      }
    }
    return roots.compactMap(record)
  }

  /// The exceptions of a report, the one that was raised last first.
  private func record(_ reported: [Exception]) -> StructuredThrowables.Found? {
    let isOldestFirst = tree.name(reported[0].object) == "values"
    let chain = (isOldestFirst ? reported.reversed() : reported).flatMap { [$0] + causes(of: $0.object) }
    guard let platform = platform(of: chain) else { return nil }
    var printed = PrintedThrowable(platform, limits)
    if platform == .java { writeJava(chain, &printed) } else { writePython(chain, &printed) }
    return StructuredThrowables.Found(object: reported[0].object, record: printed.record())
  }

  // MARK: What there is

  /// An exception of a report.
  private struct Exception {
    /// The object with its type, or around the one with it.
    var object: Int
    var type: [UInt8]
    var value: ArraySlice<UInt8>?
    /// Their objects, the outermost call first, but for those that `isNewestFirst`.
    var frames: [Int]
    var isNewestFirst: Bool
  }

  private static let lists = ["frames", "stacktrace", "backtrace", raygun]
  /// Raygun's frames of Python have the function in the place of a class.
  private static let raygun = "stackTrace"
  private static let around = ["stacktrace", "exc_tb"]
  private static let causes = ["cause", "causes", "innerError"]
  private static let types = ["type", "errorClass", "class", "exc_type", "className"]
  private static let values = ["value", "message", "msg", "exc_msg"]
  private static let lineNumbers = ["lineno", "lineNumber", "line", "number"]
  private static let functions = ["function", "method", "func_name", "className"]
  private static let files = ["abs_path", "filename", "file", "module_path", "fileName"]
  private static let sources = ["context_line", "code", "line"]

  private func isFrame(_ object: Int) -> Bool {
    tree.line.isElement(object) && Self.lists.contains(tree.name(object))
      && tree.text(Self.functions, of: object) != nil && tree.text(Self.files, of: object) != nil
      && (tree.name(object) != Self.raygun || platform(ofFrame: object) == .python)
  }

  /// The exception whose stack a frame stands in.
  private func exception(withFrame frame: Int) -> Exception? {
    var object = tree.parent(frame)
    let frames = tree.objects([tree.name(frame)], in: object)
    var named = object
    if tree.name(frame) == "frames" {
      if Self.around.contains(tree.name(object)), object > 0 {
        object = tree.parent(object)
        named = object
      } else if let beside = tree.objects(["exception"], in: object).first {
        named = beside  // Rollbar's
      } else {
        return nil
      }
    }
    // A trace in the message is text, and tells more.
    guard let type = type(of: named), tree.text(Self.values, of: named).map(Self.holdsTrace) != true else {
      return nil
    }
    let value = tree.text(Self.values, of: named).map { Self.withoutType($0, type) }
    return Exception(
      object: object, type: qualified(type, named), value: value, frames: frames,
      isNewestFirst: isNewestFirst(frame))
  }

  private static func holdsTrace(_ value: ArraySlice<UInt8>) -> Bool {
    value.contains(0x0A) && Gate.hasWord(value.span)
  }

  private func type(of object: Int) -> ArraySlice<UInt8>? {
    Self.types.lazy.compactMap { tree.text([$0], of: object) }.first(where: ThrowableName.isClass)
  }

  /// The name with its module, as it is printed.
  private func qualified(_ type: ArraySlice<UInt8>, _ object: Int) -> [UInt8] {
    let unnamed = ["builtins", "exceptions", "__main__", ""]
    guard let module = tree.text(["module"], of: object), !type.contains(UInt8(ascii: ".")),
      !unnamed.contains(where: { module.elementsEqual($0.utf8) })
    else { return Array(type) }
    return module + [UInt8(ascii: ".")] + type
  }

  /// Elastic APM's messages begin with the type.
  private static func withoutType(_ value: ArraySlice<UInt8>, _ type: ArraySlice<UInt8>) -> ArraySlice<UInt8>
  {
    let label = type + Array(": ".utf8)
    return value.starts(with: label) ? value.dropFirst(label.count) : value
  }

  /// Elastic's agent for Python has the outermost call first, like all lists that are named after their frames.
  private func isNewestFirst(_ frame: Int) -> Bool {
    switch tree.name(frame) {
    case "frames", Self.raygun: false
    case "stacktrace": tree.number(["lineno"], of: frame) == nil || platform(ofFrame: frame) == .java
    default: true
    }
  }

  private func isCause(_ object: Int) -> Bool {
    object > 0 && Self.causes.contains(tree.name(object)) && type(of: tree.parent(object)) != nil
  }

  private func causes(of object: Int) -> [Exception] {
    var found: [Exception] = []
    for cause in tree.objects(Self.causes, in: object) {
      let frames = Self.lists.lazy.flatMap { tree.objects([$0], in: cause) }
      guard let frame = frames.first(where: isFrame), let exception = exception(withFrame: frame) else {
        continue
      }
      found.append(exception)
      found += causes(of: cause)
    }
    return found
  }

  private func isBeside(_ left: Int, _ right: Int) -> Bool {
    tree.line.isElement(right) && tree.parent(left) == tree.parent(right)
      && tree.line.bytes(tree.line.objects[left].path) == tree.line.bytes(tree.line.objects[right].path)
  }

  // MARK: Which platform

  private static let endings: [(String, Platform)] = [
    (".py", .python), (".java", .java), (".kt", .java), (".scala", .java), (".groovy", .java),
    (".clj", .java),
  ]

  /// The one whose files the frames name; nil for those of other languages.
  private func platform(of chain: [Exception]) -> Platform? {
    chain.lazy.flatMap(\.frames).compactMap(platform(ofFrame:)).first
  }

  private func platform(ofFrame frame: Int) -> Platform? {
    guard let file = tree.text(Self.files, of: frame) else { return nil }
    return Self.endings.first { file.suffix($0.0.utf8.count).elementsEqual($0.0.utf8) }?.1
  }
}

// MARK: Printing

extension ReportedExceptions {
  private func writePython(_ chain: [Exception], _ printed: inout PrintedThrowable) {
    if let group = ReportedGroup(tree, chain.map(\.object)) {
      writeGroup(0, of: chain, group, relation: nil, parent: -1, &printed)
      return
    }
    var above = -1
    for exception in chain.reversed() {
      above = writePython(exception, above < 0 ? nil : .cause, parent: above, &printed)
    }
  }

  /// Writes an exception, what it was raised from above it and the members of a group below.
  private func writeGroup(
    _ index: Int, of chain: [Exception], _ group: ReportedGroup, relation: Relation?, parent: Int,
    _ printed: inout PrintedThrowable
  ) {
    var (relation, parent) = (relation, parent)
    if let inner = group.origin(of: index) {
      writeGroup(inner.index, of: chain, group, relation: relation, parent: parent, &printed)
      (relation, parent) = (inner.relation, printed.trace.exceptions.count - 1)
    }
    let own = writePython(chain[index], relation, parent: parent, &printed)
    for (number, member) in group.members(of: index).enumerated() {
      printed.put("---------------- \(number + 1) ----------------\n")
      writeGroup(member, of: chain, group, relation: .member, parent: own, &printed)
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
    printed.put("Traceback (most recent call last):\n")
    let index = printed.open(relation: relation, parent: parent)
    for frame in exception.isNewestFirst ? exception.frames.reversed() : exception.frames {
      guard writePython(frame: frame, index, &printed) else { break }
    }
    printed.close(index, type: exception.type[...], value: exception.value)
    return index
  }

  private func writePython(frame object: Int, _ index: Int, _ printed: inout PrintedThrowable) -> Bool {
    guard let file = tree.text(Self.files, of: object), let function = tree.text(Self.functions, of: object)
    else { return true }
    var frame = ParsedFrame()
    printed.put("  File \"")
    frame.file = printed.field(file)
    printed.put("\"")
    if let line = line(of: object) {
      frame.line = Int32(clamping: line)
      printed.put(", line \(line)")
    }
    printed.put(", in ")
    frame.function = printed.field(function)
    printed.put("\n")
    if let source = source(of: object) {
      printed.put("    ")
      frame.context = printed.field(source)
      printed.put("\n")
    }
    return printed.add(frame, to: index)
  }

  /// The line's number, which may be a string.
  private func line(of frame: Int) -> Int? {
    tree.count(Self.lineNumbers, of: frame).flatMap { $0 > 0 ? $0 : nil }
  }

  private func source(of frame: Int) -> ArraySlice<UInt8>? {
    guard let source = tree.text(Self.sources, of: frame)?.drop(while: isBlank), !source.isEmpty,
      !source.contains(0x0A), !source.allSatisfy(isDigit)
    else { return nil }
    return source
  }

  private func writeJava(_ chain: [Exception], _ printed: inout PrintedThrowable) {
    for (number, exception) in chain.enumerated() {
      if number > 0 { printed.put("Caused by: ") }
      let index = printed.open(
        type: exception.type[...], value: exception.value, relation: number > 0 ? .causedBy : nil,
        parent: number - 1)
      for frame in exception.isNewestFirst ? exception.frames : exception.frames.reversed() {
        guard writeJava(frame: frame, index, &printed) else { break }
      }
    }
  }

  private func writeJava(frame object: Int, _ index: Int, _ printed: inout PrintedThrowable) -> Bool {
    guard let function = tree.text(Self.functions, of: object) else { return true }
    var frame = ParsedFrame()
    printed.put("\tat ")
    // Bugsnag's methods have their class before them.
    let dot = function.lastIndex(of: UInt8(ascii: "."))
    if let module = tree.text(["module", "classname"], of: object) ?? dot.map({ function[..<$0] }) {
      frame.module = printed.field(module)
      printed.put(".")
    }
    frame.function = printed.field(dot.map { function[($0 + 1)...] } ?? function)
    printed.put("(")
    let line = line(of: object)
    if let line { frame.line = Int32(clamping: line) }
    if let file = tree.text(["filename", "file"], of: object), !file.isEmpty {
      frame.file = printed.field(file)
      if let line { printed.put(":\(line)") }
    } else {
      printed.put("Unknown Source")
    }
    printed.put(")\n")
    return printed.add(frame, to: index)
  }
}
