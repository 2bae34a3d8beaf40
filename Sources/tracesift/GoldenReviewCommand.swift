import ArgumentParser
import Comparison
import Glibc
import Golden
import Report

/// Walks through the changes and lets a person accept or reject each.
struct GoldenReviewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "review", abstract: "Go through the changes of goldens, and accept or reject each.",
    discussion: """
      Examples:
        tracesift golden review examples/
        tracesift golden review --list examples/
        tracesift golden review --accept 3f9a12c4 --accept 77b0e1d2 examples/

      Changes that are alike (the same groups, the same reason) are one question. Answers are lines on standard
      input: a accepts, r rejects, q ends; a change that is rejected or not asked stays as the golden has it. Without
      a terminal, --list names the changes and --accept takes them.

      Exit status: 0 no change is left, 1 some are, 2 a file could not be read or written.
      """)

  @OptionGroup var options: GoldenOptions

  @Flag(name: .long, help: "Write the changes with their names, and change nothing.")
  var list = false

  @Option(name: .long, help: ArgumentHelp("Accept a change of --list; may be repeated.", valueName: "ID"))
  var accept: [String] = []

  @Flag(name: .long, help: "Accept every change.")
  var acceptAll = false

  func validate() throws {
    guard !(list && (acceptAll || !accept.isEmpty)) else {
      throw ValidationError("--list changes nothing; leave --accept and --accept-all out, or --list.")
    }
  }

  func run() throws {
    let run = try options.run()
    var review = GoldenReview(run.findings)
    if let unknown = accept.first(where: { name in !review.questions.contains { $0.id == name } }) {
      Diagnostics.print("no change `\(unknown)` here; tracesift golden review --list names those there are")
      throw ExitStatus.failed
    }
    if list {
      for index in review.questions.indices { try Output.print(Array(review.text(index).utf8)) }
    } else if acceptAll || !accept.isEmpty {
      for question in review.questions where acceptAll || accept.contains(question.id) {
        review.accept(question.id)
      }
    } else {
      try ask(&review)
    }
    let changed = list ? 0 : try review.write()
    let left = review.questions.count - review.accepted.count
    let files = changed == 1 ? "1 golden" : "\(changed) goldens"
    try Output.print(Array("\(review.accepted.count) accepted, \(left) left, \(files) written\n".utf8))
    if run.hasUnreadable { throw ExitStatus.failed }
    if left > 0 { throw ExitStatus.found }
  }

  /// Asks for each change, until there are none or the input ends.
  private func ask(_ review: inout GoldenReview) throws {
    for index in review.questions.indices {
      try Output.print(Array(review.text(index).utf8))
      let isLast = index + 1 == review.questions.count
      let prompt =
        "[\(index + 1)/\(review.questions.count)] accept, reject or quit\(isLast ? "" : " the rest")? a/r/q "
      var answer = Answer.unknown
      while answer == .unknown {
        try Output.print(Array(prompt.utf8))
        answer = Answer(readLine())
      }
      if isatty(0) == 0 { try Output.print([0x0A]) }
      switch answer {
      case .accept: review.accept(review.questions[index].id)
      case .quit: return
      case .reject, .unknown: break
      }
    }
  }

  private enum Answer {
    case accept, reject, quit, unknown

    /// - Parameter line: nil at the end of the input.
    init(_ line: String?) {
      switch line?.lowercased().filter({ $0 != " " && $0 != "\r" }) {
      case nil, "q", "quit": self = .quit
      case "a", "accept", "y": self = .accept
      case "r", "reject", "n": self = .reject
      default: self = .unknown
      }
    }
  }
}

/// The changes of all goldens, those that are alike together, and the answers so far.
struct GoldenReview {
  /// Something to accept or to reject.
  struct Question {
    /// Eight hexadecimal digits, the same in every run.
    var id: String
    /// The changes; none where a whole file is in question.
    var changes: [(input: String, change: GoldenChange)] = []
    /// Where a whole file is in question.
    var whole: GoldenComparison?
  }

  private let findings: [GoldenRun.Finding]
  private(set) var questions: [Question] = []
  private(set) var accepted: Set<String> = []

  init(_ findings: [GoldenRun.Finding]) {
    self.findings = findings
    var places: [String: Int] = [:]
    for finding in findings {
      guard case .changed(let changes) = finding.comparison.verdict else {
        add(whole: finding.comparison)
        continue
      }
      for change in changes {
        let id = GoldenReport.id(of: change.signature)
        let place = places[id] ?? questions.count
        if place == questions.count { questions.append(Question(id: id)) }
        places[id] = place
        questions[place].changes.append((finding.part.input, change))
      }
    }
  }

  private mutating func add(whole comparison: GoldenComparison) {
    switch comparison.verdict {
    case .passed, .changed, .unreadable: return
    case .missing, .orphaned, .broken:
      questions.append(Question(id: GoldenReport.id(of: comparison.golden), whole: comparison))
    }
  }

  mutating func accept(_ id: String) { accepted.insert(id) }

  /// What is asked, with its name.
  func text(_ index: Int) -> String {
    let question = questions[index]
    let head = "\(question.id)  "
    if let whole = question.whole { return head + GoldenReport.question(whole) + "\n" }
    guard let first = question.changes.first else { return head }
    let finding = findings.first { $0.part.input == first.input }
    let places = question.changes.map { "\($0.input):\($0.change.line)" }
    return head + GoldenReport.question(first.change, at: places, in: finding?.comparison)
  }

  /// Writes the goldens that accepted changes are in; returns how many.
  func write() throws -> Int {
    var count = 0
    for finding in findings where try write(finding) { count += 1 }
    return count
  }

  private func write(_ finding: GoldenRun.Finding) throws -> Bool {
    let isAccepted = accepted.contains(GoldenReport.id(of: finding.comparison.golden))
    switch finding.comparison.verdict {
    case .passed, .unreadable: return false
    case .orphaned:
      if isAccepted { try GoldenStore.delete(finding.part.goldenPath) }
      return isAccepted
    case .missing, .broken:
      guard isAccepted, let now = finding.now else { return false }
      return try GoldenStore.write(now, to: finding.part.goldenPath)
    case .changed(let changes):
      let isTouched = changes.contains { accepted.contains(GoldenReport.id(of: $0.signature)) }
      guard isTouched, let golden = finding.part.golden, let now = finding.now else { return false }
      let merged = GoldenAcceptance.merged(golden, now) {
        accepted.contains(GoldenReport.id(of: $0.signature))
      }
      return try GoldenStore.write(merged, to: finding.part.goldenPath)
    }
  }
}
