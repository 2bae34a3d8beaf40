/// One frame as an event carries it, before and after the stack-trace rules.
///
/// The fields are those that rules can read or write (enhancements.md, sections 9 and 12).
public struct StackFrame: Sendable, Hashable {
  /// The frame's own platform; nil means the event's.
  public var platform: String?
  public var module: String?
  public var function: String?
  public var rawFunction: String?
  public var filename: String?
  public var absPath: String?
  public var package: String?
  /// In-app: true, false, or nil for unknown.
  public var inApp: Bool?
  /// `data.category`.
  public var category: String?
  /// `data.orig_in_app`: -1 (was unknown), 0, 1, or nil.
  public var originalInApp: Int?
  /// `data.client_in_app`.
  public var clientInApp: Bool?

  public init(
    platform: String? = nil, module: String? = nil, function: String? = nil, rawFunction: String? = nil,
    filename: String? = nil, absPath: String? = nil, package: String? = nil, inApp: Bool? = nil,
    category: String? = nil, originalInApp: Int? = nil, clientInApp: Bool? = nil
  ) {
    self.platform = platform
    self.module = module
    self.function = function
    self.rawFunction = rawFunction
    self.filename = filename
    self.absPath = absPath
    self.package = package
    self.inApp = inApp
    self.category = category
    self.originalInApp = originalInApp
    self.clientInApp = clientInApp
  }
}

/// What exception matchers look at: the exception that a stack belongs to. A missing field is compared
/// as the text `<unknown>`; threads and top-level stacks have none of the three.
public struct ExceptionData: Sendable, Hashable {
  public var type: String?
  public var value: String?
  public var mechanism: String?

  public init(type: String? = nil, value: String? = nil, mechanism: String? = nil) {
    self.type = type
    self.value = value
    self.mechanism = mechanism
  }
}

/// The grouping side of a frame or a stack: whether it contributes, and why not (or why after all).
public struct Contribution: Sendable, Hashable {
  public var contributes: Bool?
  public var hint: String?

  public init(contributes: Bool? = nil, hint: String? = nil) {
    self.contributes = contributes
    self.hint = hint
  }
}

/// The rules' answer for one variant of one stack.
public struct StackContribution: Sendable, Hashable {
  /// One a frame, in the frames' order.
  public var frames: [Contribution]
  public var stack: Contribution

  public init(frames: [Contribution], stack: Contribution) {
    self.frames = frames
    self.stack = stack
  }
}

/// The two variants that a stack is grouped under.
public enum StackVariant: String, Sendable { case app, system }
