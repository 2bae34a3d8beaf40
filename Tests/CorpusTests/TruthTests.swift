import Foundation
import ScanSupport
import Testing
import TraceModel

/// What the runtimes themselves said of the traces that they printed, against what we read from the text.
@Suite struct TruthTests {
  struct Truth: Decodable {
    var traces: [Trace]
    struct Trace: Decodable {
      var platform: String
      var exceptions: [Exception]
    }
    struct Exception: Decodable {
      var type: String
      var value: String?
      /// What is printed where it is not `type: value`.
      var text: String?
      var relation: String?
      var parent: Int?
      var frames: Int?
      var elided: Int?
      var circular: Bool?
      var notes: [String]?
      var stack: [Frame]?
      var syntax: Place?
    }
    struct Place: Decodable {
      var file: String?
      var line: Int?
    }
    struct Frame: Decodable {
      var `class`: String?
      var method: String?
      var file: String?
      var line: Int?
      var native: Bool?
      var function: String?
      var repeated: Int?
    }
  }

  /// Names whose text says less than the runtime knew, or that are not read yet; each with its reason. The
  /// version at the end of a name is left out.
  static let exceptions: [String: String] = [
    "python/unprintable": "the text holds the runtime's words for a message that cannot be printed",
    "python/notes-not-a-list": "the runtime prints notes that are none",
    "python/odd-file-name": "the path holds the words that end a path",
    "python/message-holds-chain-separator":
      "known gap: the sentence ends the message though no block follows",
    "java/frames-made-by-hand": "line 0 is read as no line",
    "java/frames-none": "a header alone, without a context that proves it",
    "java/log4j2-suffix": "the layout's suffix stands at the end of the message",
    "java/message-controls": "escape sequences and NULs are taken out before a line is read",
    "java/message-crlf": "a CR before a line end is taken for the log's",
    "java/message-holds-frames": "frames that the message holds end it (trace-formats.md, section 2.7)",
    "java/message-holds-java-trace":
      "the chain of the trace in the message cannot be told from the trace's own",
    "java/message-null-to-string": "only the runtime knows the type",
    "both/java-runs-python-runs-java":
      "the chain of the trace in the message cannot be told from the trace's own",
  ]

  static let files = Corpus.files([".truth.json"])

  @Test func thereAreMany() { #expect(Self.files.count > 100) }

  @Test(arguments: Set(files.map { String($0.split(separator: "/")[1]) }).sorted())
  func folder(_ name: String) throws {
    var stale = Set(Self.exceptions.keys.filter { $0.hasPrefix(name + "/") })
    for file in Self.files where file.hasPrefix("Corpus/\(name)/") {
      let problems = try problems(file)
      guard !problems.isEmpty else { continue }
      if Self.exceptions[Self.form(file)] != nil {
        stale.remove(Self.form(file))
      } else {
        Issue.record("\(file): \(problems.prefix(3).joined(separator: "; "))")
      }
    }
    #expect(stale.isEmpty, "read well now")
  }

  /// `java/caused-by` for `Corpus/java/caused-by-25.truth.json`.
  private static func form(_ file: String) -> String {
    let name = file.dropFirst("Corpus/".count).dropLast(".truth.json".count)
    let end = name.split(separator: "-").last ?? ""
    return end.allSatisfy { $0.isNumber || $0 == "." } ? String(name.dropLast(end.count + 1)) : String(name)
  }

  private func problems(_ file: String) throws -> [String] {
    let truth = try JSONDecoder().decode(Truth.self, from: Data(try Corpus.bytes(file)))
    let log = file.replacing(".truth.json", with: ".log")
    let found = scan(try Corpus.bytes(log)).filter { $0.exceptions != nil }
    var problems: [String] = []
    if found.count != truth.traces.count {
      problems.append("\(found.count) traces instead of \(truth.traces.count)")
    }
    for (number, (record, trace)) in zip(found, truth.traces).enumerated() {
      problems += differences(record, trace).map { "trace \(number): \($0)" }
    }
    return problems
  }

  private func differences(_ record: ScannedRecord, _ truth: Truth.Trace) -> [String] {
    let exceptions = record.exceptions ?? []
    guard record.platform.rawValue == truth.platform else { return ["platform \(record.platform)"] }
    guard exceptions.count == truth.exceptions.count else {
      return ["\(exceptions.count) exceptions instead of \(truth.exceptions.count)"]
    }
    return zip(exceptions, truth.exceptions).enumerated().flatMap { index, pair in
      differences(pair.0, pair.1, isJava: record.platform == .java).map { "exception \(index): \($0)" }
    }
  }

  private func differences(_ found: ExceptionRecord, _ truth: Truth.Exception, isJava: Bool) -> [String] {
    var problems: [String] = []
    func expect(_ isRight: Bool, _ text: @autoclosure () -> String) {
      if !isRight { problems.append(text()) }
    }
    let printed = printed(found, isJava: isJava)
    let expected = expected(truth, isJava: isJava)
    // A hint is not part of the message, and blank lines at its end are not seen to be.
    let isHinted = !isJava && printed.hasPrefix(expected + ". Did you mean: ")
    expect(
      printed.trimmed == expected.trimmed || isHinted,
      "\(printed.debugDescription) instead of \(expected.debugDescription)")
    expect(
      found.relation?.rawValue == truth.relation && found.parent == truth.parent,
      "relation \(found.relation?.rawValue ?? "-") \(found.parent ?? -1)")
    expect(found.isCircular == (truth.circular ?? false), "circular")
    if let frames = truth.frames {
      expect(found.frames.count == frames, "\(found.frames.count) frames instead of \(frames)")
    }
    if truth.frames != nil, isJava {
      expect((found.elided ?? 0) == (truth.elided ?? 0), "elided \(found.elided ?? 0)")
    }
    guard let stack = truth.stack, stack.count == found.frames.count else { return problems }
    let frames = isJava ? found.frames.reversed() : found.frames
    for (frame, place) in zip(frames, stack) where !isSame(frame, place) {
      problems.append("frame \(frame.summary) instead of \(place)")
    }
    return problems
  }

  /// The exception as its runtime prints it: a missing message and an empty one look alike in Python, and
  /// loggers print a missing one as `null`.
  private func printed(_ found: ExceptionRecord, isJava: Bool) -> String {
    let value = found.value.map { !isJava && $0.isEmpty || isJava && $0 == "null" ? nil : $0 } ?? nil
    return [found.type, value].compactMap { $0 }.joined(separator: ": ")
  }

  private func expected(_ truth: Truth.Exception, isJava: Bool) -> String {
    if let text = truth.text { return text }
    var value = truth.value.map { !isJava && $0.isEmpty || isJava && $0 == "null" ? nil : $0 } ?? nil
    if let place = truth.syntax, let file = place.file, let line = place.line {
      // str() of a syntax error names the place; the traceback prints it as lines of its own.
      let name = file.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last ?? ""
      value = value?.replacing(" (\(name), line \(line))", with: "")
    }
    let notes = truth.notes?.joined(separator: "\n")
    let head = [truth.type, value].compactMap { $0 }.joined(separator: ": ")
    return notes.map { head + "\n" + $0 } ?? head
  }

  private func isSame(_ frame: FrameRecord, _ truth: Truth.Frame) -> Bool {
    guard truth.class != nil || truth.method != nil else {
      return frame.absPath == truth.file && frame.lineno == truth.line && frame.function == truth.function
        && frame.repeated == truth.repeated
    }
    return frame.module == truth.class && frame.function == truth.method && frame.filename == truth.file
      && frame.lineno == truth.line && frame.isNative == (truth.native ?? false)
  }
}

extension String {
  fileprivate var trimmed: Substring {
    var end = endIndex
    while end > startIndex, self[index(before: end)].isWhitespace { end = index(before: end) }
    return self[..<end]
  }
}
