internal import TraceBytes

/// A summary as a table for people, one line a group, with a line of totals at the end.
///
/// Where the width is limited, the columns that matter less give way to the title; without a limit nothing is
/// left out or cut. Control characters of the input are written as escapes.
public struct GroupTable {
  private let summary: GroupSummary
  private let width: Int?
  private let isColoured: Bool
  private let top: Int?

  /// - Parameters:
  ///   - summary: a finished one.
  ///   - width: cells of a line; nil for no limit.
  ///   - isColoured: with ANSI's codes.
  ///   - top: how many groups to show; nil for all.
  public init(_ summary: GroupSummary, width: Int? = nil, isColoured: Bool = false, top: Int? = nil) {
    self.summary = summary
    self.width = width.map { max(1, $0) }
    self.isColoured = isColoured
    self.top = top
  }

  /// Hands the table on in pieces of whole lines.
  public func write<Failure: Error>(to take: ([UInt8]) throws(Failure) -> Void) throws(Failure) {
    let groups = summary.groups
    let shown = Array(groups.prefix(top ?? groups.count))
    let lines = shown.map { line($0, isFailure: false) } + summary.failures.map { line($0, isFailure: true) }
    let columns = Layout(lines, width: width).columns
    var text: [UInt8] = []
    if !lines.isEmpty { addHeader(columns, to: &text) }
    for line in lines {
      add(line, columns, to: &text)
      guard text.count > 1 << 16 else { continue }
      try take(text)
      text.removeAll(keepingCapacity: true)
    }
    if !lines.isEmpty { text += "\n".utf8 }
    for line in GroupTotals.lines(summary, hidden: groups.dropFirst(shown.count)) {
      text += ((isColoured ? Ink.dim.on(line) : line) + "\n").utf8
    }
    try take(text)
  }

  // MARK: Cells

  /// What can stand in a line, in the order in which it does.
  enum Column: Int, CaseIterable {
    case count, share, degraded, group, platform, first, last, place, title, culprit

    var heading: String {
      switch self {
      case .degraded: "DEGRADED"
      case .place: "FIRST AT"
      default: "\(self)".uppercased()
      }
    }

    var isNumber: Bool { self == .count || self == .share || self == .degraded }
  }

  struct Line {
    /// By `Column.rawValue`.
    var cells: [Cell]
    var isFailure: Bool
  }

  /// A text without anything that acts on a terminal, and how many of a terminal's cells it takes.
  struct Cell {
    let text: String
    let width: Int

    init(_ text: String) {
      self.text = PrintableText.line(text)
      width = TerminalText.cells(self.text)
    }

    private init(_ text: String, width: Int) { (self.text, self.width) = (text, width) }

    func cut(to limit: Int) -> Cell { width > limit ? Cell(TerminalText.cut(text, to: limit)) : self }

    /// The first characters of a text of ASCII.
    func prefix(_ count: Int) -> Cell { Cell(String(text.prefix(count)), width: count) }
  }

  private func line(_ row: GroupRow, isFailure: Bool) -> Line {
    let title = isFailure ? "\(row.group): \(row.example.title)" : row.example.title
    let cells = Column.allCases.map { column in
      switch column {
      case .count: String(row.count)
      case .share: Share(row.count, of: summary.recordCount).percent
      case .degraded: row.degraded > 0 ? String(row.degraded) : ""
      case .group: isFailure ? "failure" : row.group
      case .platform: row.platform
      case .first: row.first.time?.shortText ?? "-"
      case .last: row.last.time?.shortText ?? "-"
      case .place: "\(row.first.source):\(row.first.line)"
      case .title: title
      case .culprit: row.example.culprit ?? ""
      }
    }
    return Line(cells: cells.map(Cell.init), isFailure: isFailure)
  }

  // MARK: Lines

  /// ANSI's codes.
  private enum Ink: String {
    case bold = "1"
    case dim = "2"
    case red = "31"
    case yellow = "33"
    case cyan = "36"

    func on(_ text: String) -> String { text.isEmpty ? text : "\u{1B}[\(rawValue)m\(text)\u{1B}[0m" }
  }

  private func addHeader(_ columns: [Layout.Placed], to text: inout [UInt8]) {
    add(columns.map { placed in cell(Cell(placed.column.heading), placed) }, columns, to: &text) {
      isColoured ? Ink.bold.on($1) : $1
    }
  }

  private func add(_ line: Line, _ columns: [Layout.Placed], to text: inout [UInt8]) {
    add(columns.map { placed in cell(line.cells[placed.column.rawValue], placed) }, columns, to: &text) {
      isColoured ? coloured($1, $0, line) : $1
    }
  }

  private func cell(_ cell: Cell, _ placed: Layout.Placed) -> Cell {
    // The start of a hash is as good as the whole; a mark would take one more digit.
    if placed.column == .group, placed.width < cell.width { return cell.prefix(placed.width) }
    return cell.cut(to: placed.width)
  }

  /// Pads the cells but for the last one, so that no line ends in blanks.
  private func add(
    _ cells: [Cell], _ columns: [Layout.Placed], to text: inout [UInt8], _ paint: (Column, String) -> String
  ) {
    var blanks = 0
    for (cell, placed) in zip(cells, columns) {
      let free = max(0, placed.width - cell.width)
      if placed.column.isNumber { blanks += free }
      if !cell.text.isEmpty {
        for _ in 0..<blanks { text.append(0x20) }
        text += paint(placed.column, cell.text).utf8
        blanks = 0
      }
      blanks += (placed.column.isNumber ? 0 : free) + Layout.gap
    }
    text.append(0x0A)
  }

  private func coloured(_ text: String, _ column: Column, _ line: Line) -> String {
    switch column {
    case .count: return Ink.bold.on(text)
    case .degraded: return Ink.yellow.on(text)
    case .group: return line.isFailure ? Ink.red.on(text) : Ink.cyan.on(text)
    case .title:
      let type = text.prefix { $0 != ":" }
      return (line.isFailure ? Ink.red : Ink.bold).on(String(type)) + text.dropFirst(type.count)
    default: return Ink.dim.on(text)
    }
  }
}

/// Which columns a table has, and how wide they are.
struct Layout {
  struct Placed {
    var column: GroupTable.Column
    var width: Int
  }

  /// Blanks between columns.
  static let gap = 2
  /// Cells that the title has before another column is shown.
  private static let wantedTitle = 44
  /// Digits of a hash that tell groups apart, where there is no room for all.
  private static let shortHash = 8

  /// In the order of a line.
  private(set) var columns: [Placed] = []

  init(_ lines: [GroupTable.Line], width: Int?) {
    var natural = GroupTable.Column.allCases.map { TerminalText.cells($0.heading) }
    for line in lines {
      for index in line.cells.indices { natural[index] = max(natural[index], line.cells[index].width) }
    }
    let hasDegraded = lines.contains { $0.cells[GroupTable.Column.degraded.rawValue].width > 0 }
    let all = GroupTable.Column.allCases.filter { $0 != .degraded || hasDegraded }
    guard let width else {
      columns = all.map { Placed(column: $0, width: natural[$0.rawValue]) }
      return
    }
    fit(all, natural, width)
  }

  /// From what matters most on; what does not fit is left out.
  private mutating func fit(_ all: [GroupTable.Column], _ natural: [Int], _ width: Int) {
    let titleWidth = natural[GroupTable.Column.title.rawValue]
    var widths: [GroupTable.Column: Int] = [.count: natural[GroupTable.Column.count.rawValue]]
    var used = widths[.count, default: 0] + Self.gap
    func offer(_ column: GroupTable.Column, _ cells: Int, _ title: Int) {
      let more = cells - (widths[column].map { $0 + Self.gap } ?? 0) + Self.gap
      guard all.contains(column), used + more + min(titleWidth, title) <= width else { return }
      widths[column] = cells
      used += more
    }
    offer(.share, natural[GroupTable.Column.share.rawValue], 12)
    offer(.group, Self.shortHash, 20)
    for column in [GroupTable.Column.last, .first, .degraded, .platform] {
      offer(column, natural[column.rawValue], Self.wantedTitle)
    }
    offer(.culprit, min(natural[GroupTable.Column.culprit.rawValue], 48), Self.wantedTitle)
    offer(.place, min(natural[GroupTable.Column.place.rawValue], 48), Self.wantedTitle + 16)
    offer(.group, natural[GroupTable.Column.group.rawValue], Self.wantedTitle + 16)
    widths[.title] = max(1, min(titleWidth, width - used))
    columns = all.compactMap { column in widths[column].map { Placed(column: column, width: $0) } }
  }
}

/// What a summary comes to, in words.
enum GroupTotals {
  /// - Parameter hidden: groups that are not shown.
  static func lines(_ summary: GroupSummary, hidden: ArraySlice<GroupRow>) -> [String] {
    var lines: [String] = []
    if !hidden.isEmpty {
      let traces = hidden.reduce(0) { $0 + $1.count }
      lines.append(
        "not shown: \(Numbers.count(hidden.count, "more group")) with \(Numbers.count(traces, "trace"))")
    }
    if let more = summary.groupsLeftOut {
      lines.append(
        "left out: about \(Numbers.count(more, "group")) with \(Numbers.count(summary.leftOut, "trace")), beyond "
          + "the \(Numbers.grouped(summary.configuration.maxGroups)) that --max-groups keeps")
    }
    lines.append(total(summary))
    return lines
  }

  static func total(_ summary: GroupSummary) -> String {
    let input =
      "\(Numbers.count(Int(clamping: summary.lines), "line")), \(Numbers.bytes(summary.bytes))"
    guard summary.recordCount > 0 else { return "no traces in \(input)" }
    var parts = [
      "\(Numbers.count(summary.traceCount, "trace")) in \(Numbers.count(summary.groupCount, "group"))"
    ]
    if summary.degradedCount > 0 { parts.append("\(Numbers.grouped(summary.degradedCount)) degraded") }
    parts.append(Numbers.count(summary.failureCount, "failure"))
    return parts.joined(separator: ", ") + "; " + input
  }
}
