/// Which frames an action writes to, relative to the frame that matched. Neither `^` nor `v` includes it.
public enum ActionRange: Sendable, Hashable {
  case frame
  /// `^`: every frame after it, towards the crash.
  case up
  /// `v`: every frame before it, towards `main`.
  case down
}

/// What a rule does with the frames that it matches (enhancements.md, sections 2, 6 and 7).
public enum Action: Sendable, Hashable {
  /// `+app`, `-app`: in-app or not.
  case app(Bool, ActionRange = .frame)
  /// `+group`, `-group`: contributes to grouping or not.
  case group(Bool, ActionRange = .frame)
  case category(String)
  /// At most this many contributing frames, counted from the crash; 0 is off.
  case maxFrames(UInt64)
  /// Below this many contributing frames the stack is left out; 0 is off.
  case minFrames(UInt64)
  case invertStacktrace(Bool)

  /// Whether the action takes part in the first pass, which sets in-app and category.
  public var isClassifier: Bool {
    switch self {
    case .app, .category: true
    case .group, .maxFrames, .minFrames, .invertStacktrace: false
    }
  }
}

extension Action: CustomStringConvertible {
  /// The action as written in a rule, and as hints show it.
  public var description: String {
    switch self {
    case .app(let value, let range): range.description + (value ? "+app" : "-app")
    case .group(let value, let range): range.description + (value ? "+group" : "-group")
    case .category(let value): "category=\(value)"
    case .maxFrames(let count): "max-frames=\(count)"
    case .minFrames(let count): "min-frames=\(count)"
    case .invertStacktrace(let value): "invert-stacktrace=\(value)"
    }
  }
}

extension ActionRange: CustomStringConvertible {
  public var description: String {
    switch self {
    case .frame: ""
    case .up: "^"
    case .down: "v"
    }
  }
}
