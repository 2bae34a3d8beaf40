/// A field of the message that a trace came in, kept with its record.
public struct ContextField: Sendable, Hashable {
  public var name: String
  public var value: String

  public init(name: String, value: String) {
    self.name = name
    self.value = value
  }
}
