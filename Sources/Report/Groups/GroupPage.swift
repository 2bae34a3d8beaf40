/// A summary as one page of HTML that needs nothing else: no network, no script. Everything that comes from
/// the input is escaped, and the page's own policy forbids it to load or run anything.
public struct GroupPage {
  /// How many groups a page shows when nobody says.
  public static let usualTop = 1000

  private let summary: GroupSummary
  private let top: Int?
  private var html = ""

  /// - Parameters:
  ///   - summary: a finished one.
  ///   - top: how many groups to show; nil for all.
  public init(_ summary: GroupSummary, top: Int? = usualTop) {
    self.summary = summary
    self.top = top
  }

  /// Hands the page on in pieces.
  public func write<Failure: Error>(to take: ([UInt8]) throws(Failure) -> Void) throws(Failure) {
    var page = self
    let groups = summary.groups
    let shown = groups.prefix(top ?? groups.count)
    page.head()
    page.overview(hidden: groups.dropFirst(shown.count))
    try page.list(Array(shown), isFailure: false, take)
    if !summary.failures.isEmpty { page.html += "<h2>Failures by reason</h2>\n" }
    try page.list(summary.failures, isFailure: true, take)
    page.html += "</main>\n</body>\n</html>\n"
    try take(Array(page.html.utf8))
  }

  // MARK: The page

  private mutating func head() {
    let title = Escaped.line(GroupTotals.total(summary))
    html += """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; \
      base-uri 'none'; form-action 'none'">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <title>\(title)</title>
      <style>\n\(GroupPageStyle.sheet)</style>
      </head>
      <body>
      <main>

      """
  }

  private mutating func overview(hidden: ArraySlice<GroupRow>) {
    html += "<h1>Stack traces by group</h1>\n"
    for line in GroupTotals.lines(summary, hidden: hidden).reversed() {
      html += "<p class=\"total\">\(Escaped.line(line))</p>\n"
    }
    let configuration = summary.configuration
    let parts = [
      "profile \(configuration.profile)", "config \(configuration.config)", "rules \(configuration.rules)",
      configuration.connector.map { "connector \($0)" },
    ].compactMap { $0 }
    html += "<p class=\"faint\">\(Escaped.line(parts.joined(separator: " · ")))</p>\n"
    html += HistogramDrawing.large(summary.histogram)
  }

  private mutating func list<Failure: Error>(
    _ rows: [GroupRow], isFailure: Bool, _ take: ([UInt8]) throws(Failure) -> Void
  ) throws(Failure) {
    guard !rows.isEmpty else { return }
    html += "<ol class=\"\(isFailure ? "failures" : "groups")\">\n"
    for row in rows {
      html += item(row, isFailure: isFailure, largest: rows[0].count)
      guard html.utf8.count > 1 << 16 else { continue }
      try take(Array(html.utf8))
      html = ""
    }
    html += "</ol>\n"
  }

  // MARK: A group

  private func item(_ row: GroupRow, isFailure: Bool, largest: Int) -> String {
    let share = Share(row.count, of: summary.recordCount).percent
    let width = max(1, Int((Double(row.count) / Double(largest) * 1000).rounded()))
    return """
      <li>
      <div class="row">
      <div class="count"><b>\(Numbers.grouped(row.count))</b><span>\(share)</span></div>
      <div class="what">
      <p class="title">\(title(row, isFailure))</p>
      \(row.example.culprit.map { "<p class=\"culprit\">\(Escaped.line($0))</p>\n" } ?? "")\
      <p class="faint">\(badges(row))\(period(row))</p>
      </div>
      \(HistogramDrawing.small(row.histogram, over: summary.histogram))\
      </div>
      <svg class="bar" viewBox="0 0 1000 4" preserveAspectRatio="none" aria-hidden="true">\
      <rect class="track" width="1000" height="4"/><rect width="\(width)" height="4"/></svg>
      <details><summary>Example and details</summary>
      \(facts(row, isFailure))\
      <pre tabindex="0">\(Escaped.text(row.example.text))</pre>
      </details>
      </li>

      """
  }

  private func title(_ row: GroupRow, _ isFailure: Bool) -> String {
    if isFailure { return "<b>\(Escaped.line(row.group))</b>: \(Escaped.line(row.example.title))" }
    let title = row.example.title
    guard let colon = title.firstIndex(of: ":") else { return "<b>\(Escaped.line(title))</b>" }
    return "<b>\(Escaped.line(String(title[..<colon])))</b>\(Escaped.line(String(title[colon...])))"
  }

  private func badges(_ row: GroupRow) -> String {
    var badges = "<span class=\"badge\">\(Escaped.line(row.platform))</span> "
    if row.degraded > 0 {
      badges += "<span class=\"badge warn\">\(Numbers.grouped(row.degraded)) degraded</span> "
    }
    return badges
  }

  private func period(_ row: GroupRow) -> String {
    guard let first = row.first.time, let last = row.last.time else { return "" }
    let (from, to) = (HistogramDrawing.time(first), HistogramDrawing.time(last))
    return from == to ? from : "\(from) – \(to)"
  }

  private func facts(_ row: GroupRow, _ isFailure: Bool) -> String {
    var facts = [
      isFailure ? ("Reason", row.group) : ("Group", row.group), ("First", Self.place(row.first)),
      ("Last", Self.place(row.last)),
    ]
    facts.append(("Degraded", Self.names(row.reasons)))
    for role in ContextRole.allCases { facts.append((role.title, Self.names(row.names(role)))) }
    let items = facts.filter { !$0.1.isEmpty }.map { "<dt>\($0.0)</dt><dd>\(Escaped.line($0.1))</dd>" }
    let cut =
      row.example.text.utf8.count + 1 < row.example.length
      ? "<p class=\"faint\">The example is shortened; it has \(Numbers.bytes(UInt64(row.example.length))).</p>\n"
      : ""
    return "<dl>\(items.joined())</dl>\n\(cut)"
  }

  private static func place(_ mark: RecordMark) -> String {
    let place = "\(mark.source):\(mark.line), offset \(Numbers.grouped(Int(clamping: mark.offset)))"
    return mark.time.map { "\($0.text), \(place)" } ?? place
  }

  private static func names(_ names: NamedCounts) -> String {
    let others = names.others > 0 ? ["others (\(names.others))"] : []
    return (names.entries.map { "\($0.name) (\($0.count))" } + others).joined(separator: ", ")
  }
}

extension ContextRole {
  /// For people.
  fileprivate var title: String {
    switch self {
    case .connector: "Connectors"
    case .workspace: "Workspaces"
    case .stream: "Streams"
    case .failureType: "Failure types"
    }
  }
}

/// Text of strangers inside a page.
enum Escaped {
  /// One line; control characters are written as escapes.
  static func line(_ text: String) -> String { html(PrintableText.line(text)) }

  /// Lines; control characters but for line ends and tabs are written as escapes.
  static func text(_ text: String) -> String {
    var safe = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if scalar == "\n" || scalar == "\t" || !PrintableText.isUnsafe(scalar) {
        safe.append(scalar)
      } else if scalar != "\r" {
        safe.append(contentsOf: PrintableText.line(String(scalar)).unicodeScalars)
      }
    }
    return html(String(safe))
  }

  /// The five characters that mean something in HTML, in text and in attributes.
  private static func html(_ text: String) -> String {
    guard text.utf8.contains(where: { "&<>\"'".utf8.contains($0) }) else { return text }
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result.append(contentsOf: "&amp;".unicodeScalars)
      case "<": result.append(contentsOf: "&lt;".unicodeScalars)
      case ">": result.append(contentsOf: "&gt;".unicodeScalars)
      case "\"": result.append(contentsOf: "&quot;".unicodeScalars)
      case "'": result.append(contentsOf: "&#39;".unicodeScalars)
      default: result.append(scalar)
      }
    }
    return String(result)
  }
}
