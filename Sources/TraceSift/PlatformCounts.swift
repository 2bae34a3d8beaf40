public import TraceModel

/// A number for each platform; as cheap to add to as three variables, which every trace does.
public struct PlatformCounts: Sendable, Equatable {
  private var java = 0
  private var python = 0
  private var other = 0

  public init() {}

  public subscript(platform: Platform) -> Int {
    get {
      switch platform {
      case .java: java
      case .python: python
      case .other: other
      }
    }
    set {
      switch platform {
      case .java: java = newValue
      case .python: python = newValue
      case .other: other = newValue
      }
    }
  }

  /// The sum of all.
  public var total: Int { java &+ python &+ other }

  /// Adds another part's numbers.
  public mutating func add(_ counts: PlatformCounts) {
    java &+= counts.java
    python &+= counts.python
    other &+= counts.other
  }
}
