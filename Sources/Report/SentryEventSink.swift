public import Grouping
internal import TraceBytes
public import TraceModel
public import TraceSift

/// Writes one Sentry event payload a line for each trace and failure (formats-around.md, sections 4.1 and 4.2).
///
/// The event is the one that the profile makes of a trace, so Sentry groups it as this tool does, given the
/// same rules. A fingerprint of its own is sent only where a fingerprint rule or the profile gave one. In-app is
/// left to Sentry's rules, since the text does not tell it. `event_id` depends on the record's place and text
/// alone: sending a file twice adds nothing.
///
/// Sentry wants a time. It is that of the record where the log shows one, read as UTC where it names no zone,
/// else what `undated` says for the source.
public struct SentryEventSink: RecordSink {
  private let engine: GroupingEngine
  private let separatesFailures: Bool
  private let undated: @Sendable (_ source: String) -> String
  private var lines: [UInt8] = []
  /// Failures where they go to a place of their own.
  private var apart: [UInt8] = []

  /// - Parameters:
  ///   - engine: the one that groups the traces.
  ///   - separatesFailures: keep failures apart from traces.
  ///   - undated: the time, in RFC 3339 form, of records of a source that show none.
  public init(
    _ engine: GroupingEngine, separatesFailures: Bool = false,
    undated: @escaping @Sendable (_ source: String) -> String
  ) {
    self.engine = engine
    self.separatesFailures = separatesFailures
    self.undated = undated
  }

  public var isEmpty: Bool { lines.isEmpty && apart.isEmpty }

  public var bytes: Int { lines.count + apart.count }

  public mutating func reset() {
    lines.removeAll(keepingCapacity: true)
    apart.removeAll(keepingCapacity: true)
  }

  public func records(linesBefore: UInt64) -> [UInt8] { lines }

  public func failureRecords(linesBefore: UInt64) -> [UInt8] { apart }

  public mutating func trace(
    _ trace: ParsedTrace, _ grouping: TraceGrouping, at place: TracePlace, in text: Span<UInt8>
  ) {
    let printed = RecordBuilder.printed(trace, in: text)
    var event = engine.event(
      trace: RecordBuilder.exceptions(trace, in: text), platform: trace.platform, text: printed,
      context: engine.context(place.context))
    // Airbyte's own events do not have this tag.
    if engine.profile == .full, let reason = trace.reasons.members.first {
      event.tags.append(EventTag("stacktrace_parse_degraded", reason.rawValue))
    }
    lines += line(event, grouping.result, place, printed)
  }

  public mutating func failure(
    _ failure: ParseFailure, _ grouping: TraceGrouping, at place: TracePlace, in text: Span<UInt8>
  ) {
    let region = text.text(failure.region.range)
    let event = engine.event(failureText: region, context: engine.context(place.context))
    let line = line(event, grouping.result, place, region)
    if separatesFailures { apart += line } else { lines += line }
  }

  private func line(
    _ event: SentryEvent, _ result: GroupingResult, _ place: TracePlace, _ text: String
  ) -> [UInt8] {
    var event = event
    if result.fingerprint != [result.group] { event.fingerprint = result.fingerprint }
    // The record's id tells traces apart that stand in one line.
    let source = place.source + "\u{0}" + String(place.id, radix: 16)
    var envelope = SentryEventJSON.Envelope(
      eventID: SentryEventJSON.eventID(source: source, offset: place.offset, text: text),
      timestamp: place.timestamp.flatMap(EventTime.utc) ?? undated(place.source))
    envelope.contexts = [
      (
        "Log",
        [("source", place.source), ("offset", String(place.offset)), ("length", String(place.length))]
      )
    ]
    return SentryEventJSON.line(event, envelope)
  }
}

/// Times of events: always with a zone.
public enum EventTime {
  /// The time with `Z` where it has no zone; nil if it is none that a calendar could have.
  static func utc(_ text: String) -> String? {
    let bytes = Array(text.utf8)
    guard bytes.count >= 19, (1...12).contains(number(bytes, 5)), (1...31).contains(number(bytes, 8)),
      number(bytes, 11) < 24, number(bytes, 14) < 60, number(bytes, 17) <= 60
    else { return nil }
    let hasZone = bytes[19...].contains {
      [UInt8(ascii: "Z"), UInt8(ascii: "+"), UInt8(ascii: "-")].contains($0)
    }
    return hasZone ? text : text + "Z"
  }

  private static func number(_ bytes: [UInt8], _ at: Int) -> Int {
    bytes[at..<at + 2].reduce(0) { $0 * 10 + Int($1) - 0x30 }
  }

  /// Seconds since the start of 1970 as RFC 3339, by the proleptic Gregorian calendar in UTC.
  /// - Complexity: O(1).
  public static func text(secondsSince1970 seconds: Int) -> String {
    var text: [UInt8] = []
    text.reserveCapacity(20)
    append(secondsSince1970: seconds, between: UInt8(ascii: "T"), to: &text)
    text.append(UInt8(ascii: "Z"))
    return String(decoding: text, as: UTF8.self)
  }

  /// The same without a zone.
  /// - Parameter separator: stands between the day and the time.
  static func append(secondsSince1970 seconds: Int, between separator: UInt8, to text: inout [UInt8]) {
    let days = (seconds >= 0 ? seconds : seconds - 86_399) / 86_400
    let rest = seconds - days * 86_400
    let (year, month, day) = date(daysSince1970: days)
    append(year, 4, to: &text)
    append(UInt8(ascii: "-"), month, to: &text)
    append(UInt8(ascii: "-"), day, to: &text)
    append(separator, rest / 3600, to: &text)
    append(UInt8(ascii: ":"), rest / 60 % 60, to: &text)
    append(UInt8(ascii: ":"), rest % 60, to: &text)
  }

  /// Years are counted from March, so that the leap day is a year's last one.
  private static func date(daysSince1970 days: Int) -> (year: Int, month: Int, day: Int) {
    let fromMarch0 = days + 719_468
    let era = (fromMarch0 >= 0 ? fromMarch0 : fromMarch0 - 146_096) / 146_097
    let dayOfEra = fromMarch0 - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * shifted + 2) / 5 + 1
    let month = shifted < 10 ? shifted + 3 : shifted - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
  }

  /// A sign and two digits.
  static func append(_ sign: UInt8, _ number: Int, to text: inout [UInt8]) {
    text.append(sign)
    append(number, 2, to: &text)
  }

  /// A number with zeros in front.
  static func append(_ number: Int, _ width: Int, to text: inout [UInt8]) {
    if number < 0 { text.append(UInt8(ascii: "-")) }
    append(number.magnitude, width, to: &text)
  }

  private static func append(_ number: UInt, _ width: Int, to text: inout [UInt8]) {
    if width > 1 || number > 9 { append(number / 10, width - 1, to: &text) }
    text.append(UInt8(truncatingIfNeeded: number % 10) + 0x30)
  }
}
