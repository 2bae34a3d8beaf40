public import Enhancements

/// What became of one trace or failure under one configuration, in plain values that can be stored and compared.
///
/// It holds what `explain` shows without the places in the log: what of each frame counts, which rule said so, and the
/// hashes that follow.
public struct Outcome: Sendable, Hashable {
  /// A value that is hashed, and what it is: `module`, `function`, `type` …
  public struct Part: Sendable, Hashable {
    public var kind: String
    public var value: String

    public init(kind: String, value: String) {
      self.kind = kind
      self.value = value
    }
  }

  /// A contributing variant.
  public struct Variant: Sendable, Hashable {
    public var name: String
    public var hash: String
    /// The hashed values that are of no frame, in order.
    public var parts: [Part]

    public init(name: String, hash: String, parts: [Part]) {
      self.name = name
      self.hash = hash
      self.parts = parts
    }
  }

  /// One frame of the event.
  public struct Frame: Sendable, Hashable {
    /// As printed, without the line number: it takes no part in a hash.
    public var name: String
    /// Its index among the frames of the trace's exception, as `explain` counts; nil where the trace has none.
    public var index: Int?
    public var isInApp: Bool
    /// Whether it contributes to the variants.
    public var app: Bool
    public var system: Bool
    /// What it adds to a hash where it contributes.
    public var parts: [Part]
    /// The rules that decided; nil: none.
    public var inAppRule: RuleReference?
    public var appRule: RuleReference?
    public var systemRule: RuleReference?

    /// A frame that counts nowhere.
    public init(name: String, index: Int?) {
      self.name = name
      self.index = index
      isInApp = false
      app = false
      system = false
      parts = []
    }
  }

  /// One exception of the event.
  public struct Exception: Sendable, Hashable {
    /// Its index in the trace, as `explain` counts; nil where the trace has none.
    public var index: Int?
    public var type: String?
    /// Whether its stack as a whole contributes to the variants.
    public var app = false
    public var system = false
    /// Why the stack does not contribute, or what it does.
    public var hint: String?
    /// Oldest call first.
    public var frames: [Frame] = []

    public init(index: Int?, type: String?) {
      self.index = index
      self.type = type
    }
  }

  /// `java`, `python` or `other`.
  public var platform: String
  /// The code of a failure; nil for a trace.
  public var failure: String?
  /// Why the trace is degraded.
  public var reasons: [String] = []
  public var title: String
  /// The hash to group by.
  public var group: String
  public var fingerprint: [String]
  /// The fingerprint rule that matched.
  public var fingerprintRule: RuleReference?
  /// The contributing ones, the one whose hash is `group` first.
  public var variants: [Variant] = []
  /// In the event's order: the root cause first.
  public var exceptions: [Exception] = []

  public init(platform: String, title: String, group: String, fingerprint: [String]) {
    self.platform = platform
    self.title = title
    self.group = group
    self.fingerprint = fingerprint
  }
}

/// A rule by its place, for people.
public struct RuleReference: Sendable, Hashable {
  public var source: String
  /// 1-based.
  public var line: Int
  /// As written; nil where only the place is known.
  public var text: String?

  public init(source: String, line: Int, text: String?) {
    self.source = source
    self.line = line
    self.text = text
  }

  public init(_ rule: DescribedRule) { self.init(source: rule.source, line: rule.line, text: rule.text) }

  /// `file:line`.
  public var place: String { "\(source):\(line)" }

  /// `file:line: text`.
  public var description: String { text.map { "\(place): \($0)" } ?? place }

  /// Whether it is the same rule, wherever it stands now.
  public func isSame(as other: RuleReference) -> Bool {
    source == other.source && (text == nil || other.text == nil ? line == other.line : text == other.text)
  }
}
