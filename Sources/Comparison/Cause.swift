/// Why two configurations, or two versions, make different things of one trace: the first difference that matters.
public struct Cause: Sendable, Hashable {
  /// What kind of thing changed.
  public enum Kind: String, Sendable {
    /// The trace itself was read differently: other frames, types, platform or reasons.
    case parsing
    /// A frame counts, or is in-app, as it was not before.
    case frame
    /// A whole stack counts, or does not, as before.
    case stack
    /// Another value is hashed: a type, a message, a frame's name.
    case value
    /// Another fingerprint applies.
    case fingerprint
    /// The same parts have another hash: their order changed with the grouping config, or variants came and went.
    case hash
  }

  /// What it was or is, and the rule behind it.
  public struct Side: Sendable, Hashable {
    public var text: String
    public var rule: RuleReference?

    public init(_ text: String, rule: RuleReference? = nil) {
      self.text = text
      self.rule = rule
    }

    /// The text with the rule behind it.
    public var description: String { rule.map { "\(text), by \($0.description)" } ?? text }
  }

  public var kind: Kind
  /// What changed, such as `frame 0.3 io.airbyte.Main in run (Main.java)`.
  public var subject: String
  /// The frame, by exception and index as `explain` counts them; nil where it is none, or the trace does not have it.
  public var frame: FramePlace?
  public var old: Side
  public var new: Side

  init(_ kind: Kind, _ subject: String, _ old: Side, _ new: Side, frame: FramePlace? = nil) {
    self.kind = kind
    self.subject = subject
    self.frame = frame
    self.old = old
    self.new = new
  }
}

/// A frame of a trace: exceptions are counted as in the text, frames oldest first.
public struct FramePlace: Sendable, Hashable {
  public var exception: Int
  public var frame: Int

  public init(exception: Int, frame: Int) {
    self.exception = exception
    self.frame = frame
  }

  /// As `explain` writes it.
  public var description: String { "\(exception).\(frame)" }
}

extension Cause {
  /// The first difference between two outcomes of the same trace; nil where they agree. Which rule decided, where it
  /// stands, and hints, are no differences in themselves.
  ///
  /// "First" is in the order of what matters: how the trace was read, the fingerprint, frames that count where the
  /// group comes from, other frames, stacks, values.
  /// - Complexity: O(the outcomes).
  public static func between(_ old: Outcome, _ new: Outcome) -> Cause? {
    if let cause = reading(old, new) { return cause }
    if let cause = fingerprint(old, new) { return cause }
    if let cause = frames(old, new) ?? stacks(old, new) ?? values(old, new) { return cause }
    guard old.group != new.group || Set(old.variants.map(\.hash)) != Set(new.variants.map(\.hash)) else {
      return old.title == new.title ? nil : Cause(.value, "title", Side(old.title), Side(new.title))
    }
    return Cause(.hash, "hash of the same parts", Side(hashes(old)), Side(hashes(new)))
  }

  private static func hashes(_ outcome: Outcome) -> String {
    outcome.variants.map { "\($0.name) \($0.hash)" }.joined(separator: ", ")
  }

  // MARK: What was read

  private static func reading(_ old: Outcome, _ new: Outcome) -> Cause? {
    if old.failure != new.failure { return Cause(.parsing, "record", Side(kind(old)), Side(kind(new))) }
    if old.platform != new.platform {
      return Cause(.parsing, "platform", Side(old.platform), Side(new.platform))
    }
    if old.reasons != new.reasons { return Cause(.parsing, "status", Side(status(old)), Side(status(new))) }
    for index in 0..<max(old.exceptions.count, new.exceptions.count) {
      guard index < old.exceptions.count, index < new.exceptions.count else {
        return Cause(
          .parsing, "exceptions", Side(String(old.exceptions.count)), Side(String(new.exceptions.count)))
      }
      if let cause = reading(old.exceptions[index], new.exceptions[index]) { return cause }
    }
    return nil
  }

  private static func kind(_ outcome: Outcome) -> String {
    outcome.failure.map { "failure, \($0)" } ?? "trace"
  }

  private static func status(_ outcome: Outcome) -> String {
    outcome.reasons.isEmpty ? "ok" : "degraded: " + outcome.reasons.joined(separator: ", ")
  }

  private static func reading(_ old: Outcome.Exception, _ new: Outcome.Exception) -> Cause? {
    let name = new.index.map { "exception \($0)" } ?? "exception"
    if old.type != new.type {
      return Cause(.parsing, "type of \(name)", Side(old.type ?? "none"), Side(new.type ?? "none"))
    }
    for place in 0..<max(old.frames.count, new.frames.count) {
      let before = place < old.frames.count ? old.frames[place] : nil
      let after = place < new.frames.count ? new.frames[place] : nil
      guard before?.name != after?.name else { continue }
      let subject = "frame \(new.index.map(String.init) ?? "?").\(place) of \(old.frames.count)"
      let counts = old.frames.count == new.frames.count ? "" : ", now of \(new.frames.count)"
      return Cause(
        .parsing, subject + counts, Side(before?.name ?? "none"), Side(after?.name ?? "none"),
        frame: (after ?? before)?.place(in: new))
    }
    return nil
  }

  private static func fingerprint(_ old: Outcome, _ new: Outcome) -> Cause? {
    let (before, after) = (old.ownFingerprint, new.ownFingerprint)
    guard before != after else { return nil }
    func side(_ outcome: Outcome, _ entries: [String]?) -> Side {
      Side(
        entries.map { $0.joined(separator: ", ") } ?? "Sentry's own grouping", rule: outcome.fingerprintRule)
    }
    return Cause(.fingerprint, "fingerprint", side(old, before), side(new, after))
  }

  // MARK: What counts

  /// First a frame whose contribution changed where the groups come from, then any other change.
  private static func frames(_ old: Outcome, _ new: Outcome) -> Cause? {
    let deciding = Set([old, new].compactMap { $0.variants.first?.name })
    let order: [FrameQuestion] = [.contribution(deciding), .contribution(["app", "system"]), .inApp]
    return order.lazy.compactMap { question in
      zip(old.exceptions, new.exceptions).lazy.compactMap { question.first($0, $1) }.first
    }.first
  }

  private static func stacks(_ old: Outcome, _ new: Outcome) -> Cause? {
    for (before, after) in zip(old.exceptions, new.exceptions)
    where before.app != after.app || before.system != after.system {
      let name = after.index.map { "stack of exception \($0)" } ?? "stack"
      return Cause(.stack, name, Side(stack(before)), Side(stack(after)))
    }
    return nil
  }

  private static func stack(_ exception: Outcome.Exception) -> String {
    let answer =
      switch (exception.app, exception.system) {
      case (true, true): "contributes"
      case (true, false): "contributes to app only"
      case (false, true): "contributes to system only"
      case (false, false): "does not contribute"
      }
    return exception.hint.map { "\(answer) (\($0))" } ?? answer
  }

  // MARK: What is hashed

  private static func values(_ old: Outcome, _ new: Outcome) -> Cause? {
    for (before, after) in zip(old.exceptions, new.exceptions) {
      for (one, other) in zip(before.frames, after.frames) where one.parts != other.parts {
        return Cause(
          .value, "frame \(other.label(in: after))", Side(text(one.parts)), Side(text(other.parts)),
          frame: other.place(in: after))
      }
    }
    for variant in new.variants {
      guard let before = old.variants.first(where: { $0.name == variant.name })?.parts else { continue }
      let after = variant.parts
      for index in 0..<max(before.count, after.count) {
        let one = index < before.count ? before[index] : nil
        let other = index < after.count ? after[index] : nil
        guard one != other, Set(before) != Set(after) else { continue }
        let name = "\((other ?? one)?.kind ?? "value") that is hashed in \(variant.name)"
        return Cause(.value, name, Side(one?.value ?? "nothing"), Side(other?.value ?? "nothing"))
      }
    }
    return nil
  }

  private static func text(_ parts: [Outcome.Part]) -> String {
    parts.isEmpty ? "nothing hashed" : parts.map { "\($0.kind) \($0.value)" }.joined(separator: ", ")
  }
}

/// One of the things to compare of a frame.
private enum FrameQuestion {
  /// To some variants.
  case contribution(Set<String>)
  case inApp

  /// The first frame with another answer.
  func first(_ old: Outcome.Exception, _ new: Outcome.Exception) -> Cause? {
    for (before, after) in zip(old.frames, new.frames) {
      guard let sides = sides(before, after) else { continue }
      return Cause(
        .frame, "frame \(after.label(in: new))", sides.old, sides.new, frame: after.place(in: new))
    }
    return nil
  }

  private func sides(_ old: Outcome.Frame, _ new: Outcome.Frame) -> (old: Cause.Side, new: Cause.Side)? {
    switch self {
    case .inApp:
      return old.isInApp == new.isInApp ? nil : (Self.inApp(old), Self.inApp(new))
    case .contribution(let variants):
      for variant in ["app", "system"] where variants.contains(variant) {
        guard old.contributes(to: variant) != new.contributes(to: variant) else { continue }
        // What is not in-app contributes nothing to app: then that is the change.
        if variant == "app", old.isInApp != new.isInApp { return (Self.inApp(old), Self.inApp(new)) }
        return (Self.contribution(old, variant), Self.contribution(new, variant))
      }
      return nil
    }
  }

  private static func inApp(_ frame: Outcome.Frame) -> Cause.Side {
    Cause.Side(frame.isInApp ? "in-app" : "not in-app", rule: frame.inAppRule)
  }

  private static func contribution(_ frame: Outcome.Frame, _ variant: String) -> Cause.Side {
    let answer = frame.contributes(to: variant) ? "contributes" : "does not contribute"
    return Cause.Side(
      "\(answer) to \(variant)", rule: variant == "app" ? frame.appRule : frame.systemRule)
  }
}

extension Outcome {
  /// The fingerprint where it is not Sentry's own grouping.
  var ownFingerprint: [String]? { fingerprint == [group] ? nil : fingerprint }
}

extension Outcome.Frame {
  func contributes(to variant: String) -> Bool { variant == "app" ? app : system }

  func place(in exception: Outcome.Exception) -> FramePlace? {
    guard let outer = exception.index, let index else { return nil }
    return FramePlace(exception: outer, frame: index)
  }

  func label(in exception: Outcome.Exception) -> String {
    place(in: exception).map { "\($0.description) \(name)" } ?? name
  }
}
