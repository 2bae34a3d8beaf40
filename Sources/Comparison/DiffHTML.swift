internal import Report

/// A comparison as one page that needs nothing else: no script, no network, light and dark.
public struct DiffHTML {
  private let report: DiffReport
  private let names: SideNames
  private var output = ""

  public init(_ report: DiffReport, _ names: SideNames) {
    self.report = report
    self.names = names
  }

  /// The whole page.
  /// - Complexity: O(changes).
  public func text() -> String {
    var page = self
    page.output = Self.head
    page.writeTotals()
    for change in report.changes { page.write(change) }
    page.writeIdleRules()
    page.output += "</main>\n</body>\n</html>\n"
    return page.output
  }

  private static let head = """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>tracesift rules diff</title>
    <style>
    :root { color-scheme: light dark; --line: #d0d7de; --dim: #57606a; --soft: #f6f8fa; --old: #b35900; --new: #1a7f37 }
    @media (prefers-color-scheme: dark) {
      :root { --line: #3d444d; --dim: #9198a1; --soft: #151b23; --old: #e0943a; --new: #3fb950 }
    }
    body { font: 15px/1.5 system-ui, sans-serif; margin: 0 }
    main { max-width: 72rem; margin: 0 auto; padding: 1.5rem 1rem 4rem }
    code, .hash { font: 13px/1.5 ui-monospace, monospace; overflow-wrap: anywhere }
    table { border-collapse: collapse } th, td { text-align: left; padding: .2rem 1.2rem .2rem 0; vertical-align: top }
    td.n { text-align: right } .dim { color: var(--dim) } .old { color: var(--old) } .new { color: var(--new) }
    details { border: 1px solid var(--line); border-radius: 6px; margin: .6rem 0 }
    summary { cursor: pointer; padding: .5rem .8rem; background: var(--soft); border-radius: 6px }
    .flow { padding: .6rem .8rem; border-top: 1px solid var(--line) }
    .bar { height: 4px; background: var(--new); border-radius: 2px; margin-top: .3rem }
    .kind { display: inline-block; min-width: 5.5em; font-weight: 600 }
    </style>
    </head>
    <body>
    <main>
    <h1>What the rules change</h1>

    """

  private mutating func add(_ line: String) { output += line + "\n" }

  /// Text of strangers, for a page: nothing of it is markup, control characters are written as escapes.
  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in PrintableText.line(text).unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  private func code(_ text: String) -> String { "<code>\(Self.escaped(text))</code>" }

  private mutating func writeTotals() {
    add("<table>")
    add("<tr><th>old</th><td>\(code(names.old))</td></tr><tr><th>new</th><td>\(code(names.new))</td></tr>")
    let failures = report.failures > 0 ? ", \(report.failures) of them failures" : ""
    add("<tr><th>records</th><td>\(report.records)\(failures)</td></tr>")
    let share = Count.share(report.moved, of: report.records)
    add("<tr><th>moved</th><td>\(report.moved) (\(share))</td></tr>")
    add("<tr><th>groups</th><td>\(report.groupsBefore) before, \(report.groupsAfter) after</td></tr>")
    add("<tr><th>unchanged</th><td>\(report.unchanged)</td></tr>")
    for kind in GroupChange.Kind.allCases where kind != .unchanged {
      add("<tr><th>\(kind.rawValue)</th><td>\(report.count(kind))</td></tr>")
    }
    add("</table>")
    guard report.beyond > 0 else { return }
    add("<p>\(report.beyond) records more in groups beyond the first \(DiffTotals.mostPairs).</p>")
  }

  private mutating func write(_ change: GroupChange) {
    let title = Self.escaped(change.flows.first?.title ?? "")
    add("<details><summary><span class=\"kind\">\(change.kind.rawValue)</span> \(title)")
    let sides = "\(Count.of(change.old.count, "group")) → \(change.new.count)"
    add("<span class=\"dim\">\(sides), \(change.moved) of \(Count.of(change.records, "record")) moved</span>")
    let share = change.records * 100 / max(1, report.records)
    add("<div class=\"bar\" style=\"width:\(max(1, share))%\"></div></summary>")
    for flow in change.flows { write(flow) }
    add("</details>")
  }

  private mutating func write(_ flow: GroupChange.Flow) {
    add("<div class=\"flow\"><b>\(flow.records)</b> × \(Self.escaped(flow.title))<br>")
    let target = flow.isMoved ? "→ <span class=\"hash new\">\(Self.escaped(flow.new))</span>" : "stays"
    add("<span class=\"hash old\">\(Self.escaped(flow.old))</span> \(target)<br>")
    add("<span class=\"dim\">first: \(Self.escaped(flow.source)):\(flow.line)</span>")
    if let cause = flow.cause {
      add("<table><tr><th colspan=\"2\">\(code(cause.subject))</th></tr>")
      add("<tr><td class=\"old\">before</td><td>\(side(cause.old))</td></tr>")
      add("<tr><td class=\"new\">after</td><td>\(side(cause.new))</td></tr></table>")
    }
    add("</div>")
  }

  private func side(_ side: Cause.Side) -> String {
    Self.escaped(side.text) + (side.rule.map { ", by \(code($0.description))" } ?? "")
  }

  private mutating func writeIdleRules() {
    guard !report.idleRules.isEmpty else { return }
    add("<h2>Rules that do nothing here</h2>\n<table>")
    for idle in report.idleRules {
      let words = "\(idle.side.words): \(Self.escaped(idle.words))"
      add("<tr><td>\(code(idle.rule.description))</td><td>\(words)</td></tr>")
    }
    add("</table>")
  }
}
