/// Remembers whether anything at or above the floor of a text was read: only then could more text above have
/// changed what was found.
public final class FloorMark {
  public var isMet = false
  public init() {}
}
