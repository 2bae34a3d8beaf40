public import Grouping
internal import TraceBytes
public import TraceModel
public import TraceSift

/// All that is known of one record: its lines, what was read from them, and why it is grouped as it is.
public struct Explanation: Sendable {
  /// What the record is.
  public enum Kind: Sendable {
    /// The trace as it was read; not empty `reasons`: degraded.
    case trace(exceptions: [ExceptionRecord], reasons: [Reason], flags: [TraceFlag])
    case failure(Reason, detail: String)
  }
  public var kind: Kind
  public var place: TracePlace
  /// 1-based number of the record's first line.
  public var firstLine: UInt64
  public var platform: Platform
  /// The record's lines.
  public var lines: [ExplainedLine]
  public var grouping: GroupingExplanation
  public var profile: Profile
  public var config: GroupingConfig

  /// The number of the line that a frame was read from.
  /// - Parameters:
  ///   - exception: its index in the trace.
  ///   - frame: its index in the exception, oldest first.
  /// - Complexity: O(lines).
  public func line(ofFrame frame: Int, exception: Int) -> UInt64? {
    number(of: .frame(exception: exception, frame: frame))
  }

  /// The number of the line that an exception's type or value begins in.
  /// - Complexity: O(lines).
  public func line(ofException exception: Int) -> UInt64? { number(of: .header(exception: exception)) }

  private func number(of role: ExplainedLine.Role) -> UInt64? {
    lines.firstIndex { $0.role == role }.map { firstLine + UInt64($0) }
  }
}

/// One line of a record, and what was made of it.
public struct ExplainedLine: Sendable, Equatable {
  /// Exceptions are counted as in the text, frames oldest first.
  public enum Role: Sendable, Equatable {
    /// An exception's type, or the first line of its value.
    case header(exception: Int)
    /// A further line of an exception's value.
    case message(exception: Int)
    case frame(exception: Int, frame: Int)
    /// A frame's source line.
    case source(exception: Int, frame: Int)
    /// It holds a trace together or was passed over; nothing of it is kept.
    case other
  }
  /// Without its line end; bytes that are not UTF-8 are U+FFFD.
  public var text: String
  public var role: Role
}

/// Finds out which line became what, from the ranges that the parser cut out of it.
struct LineRoles {
  private let starts: [Int]
  private let end: Int
  private var roles: [ExplainedLine.Role]

  init(_ region: ByteRange, in text: Span<UInt8>) {
    var starts = [Int(region.start)]
    end = Int(region.end)
    while let newline = text.firstOffset(of: 0x0A, in: (starts.last ?? end)..<end), newline + 1 < end {
      starts.append(newline + 1)
    }
    self.starts = starts
    roles = Array(repeating: .other, count: starts.count)
  }

  /// - Complexity: O(frames × log lines + lines of values).
  mutating func note(_ trace: ParsedTrace) {
    for (index, exception) in trace.exceptions.enumerated() {
      noteHeader(exception, index)
      for place in exception.frames {
        let oldestFirst =
          trace.isNewestFirst ? exception.frames.upperBound - 1 - place : place - exception.frames.lowerBound
        noteFrame(trace.frames[place], exception: index, frame: oldestFirst)
      }
    }
  }

  private mutating func noteHeader(_ exception: ParsedException, _ index: Int) {
    if let value = exception.value, let first = line(of: value) {
      let last = max(first, line(at: max(Int(value.start), Int(value.end) - 1)) ?? first)
      for line in first...last { roles[line] = .message(exception: index) }
      if exception.type == nil { roles[first] = .header(exception: index) }
    }
    if let line = exception.type.flatMap(line) { roles[line] = .header(exception: index) }
  }

  private mutating func noteFrame(_ frame: ParsedFrame, exception: Int, frame index: Int) {
    if let line = frame.context.flatMap(line) { roles[line] = .source(exception: exception, frame: index) }
    guard let range = frame.function ?? frame.module ?? frame.file, let line = line(of: range) else { return }
    roles[line] = .frame(exception: exception, frame: index)
  }

  private func line(of range: ByteRange) -> Int? { line(at: Int(range.start)) }

  /// The index of the line that holds a byte; nil for one outside the region.
  private func line(at offset: Int) -> Int? {
    guard offset >= starts[0], offset <= end else { return nil }
    var low = 0
    var high = starts.count
    while low < high {
      let middle = (low + high) / 2
      if starts[middle] <= offset { low = middle + 1 } else { high = middle }
    }
    return low - 1
  }

  func lines(in text: Span<UInt8>) -> [ExplainedLine] {
    starts.indices.map { index in
      let start = starts[index]
      var last = index + 1 < starts.count ? starts[index + 1] : end
      while last > start, text[last - 1] == 0x0A || text[last - 1] == 0x0D { last -= 1 }
      return ExplainedLine(text: text.text(start..<last), role: roles[index])
    }
  }
}
