internal import LogInput
internal import TraceBytes
internal import TraceModel
internal import TraceParsers

/// Exceptions as error trackers report them: the events of Sentry (develop.sentry.dev, event payloads, exception and stacktrace),
/// Elastic APM, Rollbar, Bugsnag, Honeybadger, Raygun and Airbrake. Each is written as its runtime prints it.
struct ReportedExceptions {
  let tree: ObjectTree
  private let limits: ParseLimits

  init(_ tree: ObjectTree, _ limits: ParseLimits) {
    self.tree = tree
    self.limits = limits
  }

  /// The exceptions of one report belong together: a record each.
  /// - Complexity: O(document).
  func read() -> [StructuredThrowables.Found] {
    var roots: [Int] = []
    var seenLists: Set<List> = []
    var seenRoots: Set<List> = []
    for object in tree.line.objects.indices
    where isFrame(object) && seenLists.insert(list(of: object)).inserted {
      guard var root = owner(ofFrame: object) else { continue }
      while isCause(root) { root = tree.parent(root) }
      if seenRoots.insert(list(of: root)).inserted { roots.append(root) }
    }
    return roots.compactMap(record)
  }

  /// The place of an object or of the list that it is an element of.
  private struct List: Hashable {
    var parent: Int
    var path: [UInt8]
  }

  private func list(of object: Int) -> List {
    List(parent: tree.parent(object), path: Array(tree.line.bytes(tree.line.objects[object].path)))
  }

  /// The record of a report whose exceptions stand in a list, or that is one with its causes.
  private func record(_ root: Int) -> StructuredThrowables.Found? {
    let name = tree.name(root)
    let objects = tree.line.isElement(root) ? tree.objects([name], in: tree.parent(root)) : [root]
    let reported = objects.compactMap(exception)
    // A name of no class, or a trace in a message: that is text, and tells more.
    guard reported.count == objects.count, !reported.contains(where: \.holdsTrace) else { return nil }
    let chain = (name == "values" ? reported.reversed() : reported).flatMap { [$0] + causes(of: $0.object) }
    guard let platform = platform(of: chain) else { return nil }
    var printed = PrintedThrowable(platform, limits)
    write(chain, platform, &printed)
    return StructuredThrowables.Found(object: root, record: printed.record())
  }

  // MARK: What there is

  /// An exception of a report.
  struct Exception {
    /// The object with its stack.
    var object: Int
    var type: [UInt8]?
    var value: ArraySlice<UInt8>?
    /// Their objects, the outermost call first, but for those that are `isNewestFirst`.
    var frames: [Int]
    var isNewestFirst: Bool

    /// Whether the message is a trace.
    var holdsTrace: Bool {
      guard let value, value.contains(0x0A) else { return false }
      let words: [StaticString] = ["\n\tat ", "Traceback (most recent call last)", "\n  File \""]
      let text = value.span
      return words.contains { text.firstOffset(of: $0, in: 0..<text.count) != nil }
    }
  }

  /// Raygun's frames of Python have the function in the place of a class.
  private static let raygun = "stackTrace"
  private static let lists = ["stacktrace", "backtrace", raygun, "frames"]
  private static let around = ["stacktrace", "exc_tb"]
  private static let causes = ["cause", "causes", "innerError"]
  private static let types = ["type", "errorClass", "class", "exc_type", "className"]
  private static let values = ["value", "message", "msg", "exc_msg"]
  /// What an exception is named in a report, or the list that it stands in: there any class may have been thrown.
  private static let names =
    causes + ["exception", "error", "values", "exceptions", "errors", "trace", "trace_chain"]

  /// Whether an object is one of a list of frames, with a function's name and that of a file or module.
  private func isFrame(_ object: Int) -> Bool {
    guard tree.line.isElement(object), Self.lists.contains(tree.name(object)),
      file(of: object) ?? tree.text(["module", "classname"], of: object) != nil
    else { return false }
    return tree.name(object) == Self.raygun ? isPython(frame: object) : function(of: object) != nil
  }

  /// The exception whose stack a frame stands in.
  private func owner(ofFrame frame: Int) -> Int? {
    let list = tree.parent(frame)
    guard tree.name(frame) == "frames" else { return list }
    if Self.around.contains(tree.name(list)), list > 0 { return tree.parent(list) }
    // Rollbar's has an object of its own beside the frames.
    return tree.objects(["exception"], in: list).isEmpty ? nil : list
  }

  /// The objects of an exception's frames; none where it came without a stack.
  private func frames(of object: Int) -> [Int] {
    let found = tree.objects(Self.lists, in: object)
    if let first = found.first, tree.line.isElement(first) { return found }
    return tree.objects(Self.around, in: object).first.map { tree.objects(["frames"], in: $0) } ?? []
  }

  private func exception(_ object: Int) -> Exception? {
    let named = tree.objects(["exception"], in: object).first ?? object
    let frames = frames(of: object)
    let type = type(of: named)
    var value = tree.text(Self.values, of: named)
    guard type != nil || value != nil && Self.names.contains(tree.name(object)) else { return nil }
    if let type, let frame = frames.first, repeatsType(frame) {
      value = value.map { Self.withoutType($0, type) }
    }
    return Exception(
      object: object, type: type.map { qualified($0, named) }, value: value, frames: frames,
      isNewestFirst: frames.first.map(isNewestFirst) ?? false)
  }

  private func type(of object: Int) -> ArraySlice<UInt8>? {
    let isReported = Self.names.contains(tree.name(object)) || tree.has("exc_type", of: object)
    return Self.types.lazy.compactMap { tree.text([$0], of: object) }.first {
      isReported
        ? ThrowableName.isName($0) && !Self.platforms.keys.contains(text($0)) : ThrowableName.saysSo($0)
    }
  }

  /// The name with its module, as it is printed.
  private func qualified(_ type: ArraySlice<UInt8>, _ object: Int) -> [UInt8] {
    let unnamed = ["builtins", "exceptions", "__main__", ""]
    guard let module = tree.text(["module"], of: object), !type.contains(UInt8(ascii: ".")),
      !unnamed.contains(where: { module.elementsEqual($0.utf8) })
    else { return Array(type) }
    return module + [UInt8(ascii: ".")] + type
  }

  /// Whether a report is one whose messages begin with the type: Elastic APM's of Python and Raygun's.
  private func repeatsType(_ frame: Int) -> Bool {
    tree.name(frame) == Self.raygun || isElastic(frame) && isPython(frame: frame)
  }

  /// As the agents send it, or as it is stored, where a line is an object.
  private func isElastic(_ frame: Int) -> Bool {
    tree.name(frame) == "stacktrace"
      && (tree.number(["lineno"], of: frame) != nil || !tree.objects(["line"], in: frame).isEmpty)
  }

  private static func withoutType(_ value: ArraySlice<UInt8>, _ type: ArraySlice<UInt8>) -> ArraySlice<UInt8>
  {
    let label = type + Array(": ".utf8)
    return value.starts(with: label) ? value.dropFirst(label.count) : value
  }

  /// Elastic's agent for Python has the outermost call first, like all lists that are named after their frames.
  private func isNewestFirst(_ frame: Int) -> Bool {
    switch tree.name(frame) {
    case "frames", Self.raygun: false
    case "stacktrace": !(isElastic(frame) && isPython(frame: frame))
    default: true
    }
  }

  private func isCause(_ object: Int) -> Bool {
    object > 0 && Self.causes.contains(tree.name(object)) && type(of: tree.parent(object)) != nil
  }

  private func causes(of object: Int) -> [Exception] {
    tree.objects(Self.causes, in: object).flatMap { cause in
      exception(cause).map { [$0] + causes(of: cause) } ?? []
    }
  }

  // MARK: Which platform

  private static let endings: [(String, Platform)] = [
    (".py", .python), (".pyx", .python), (".java", .java), (".kt", .java), (".scala", .java),
    (".groovy", .java),
    (".clj", .java),
  ]

  /// What an event says that it is of.
  private static let platforms: [String: Platform] = ["python": .python, "java": .java]

  /// The one that the event names, or whose files all frames name that name a source at all; nil for other languages.
  private func platform(of chain: [Exception]) -> Platform? {
    var object = chain[0].object
    while true {
      if let named = tree.text(["platform", "language"], of: object) {
        let word = text(named.prefix { isLetter($0) })
        return Self.platforms[word.lowercased()]
      }
      guard object > 0 else { break }
      object = tree.parent(object)
    }
    var found: Platform?
    for frame in chain.lazy.flatMap(\.frames) {
      guard let file = file(of: frame), let dot = file.lastIndex(of: UInt8(ascii: ".")) else { continue }
      let ending = file[dot...]
      guard let platform = Self.endings.first(where: { ending.elementsEqual($0.0.utf8) })?.1,
        found == nil || found == platform
      else { return nil }
      found = platform
    }
    return found
  }

  private func isPython(frame: Int) -> Bool { file(of: frame)?.suffix(3).elementsEqual(".py".utf8) == true }

  private func text(_ bytes: ArraySlice<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }
}
