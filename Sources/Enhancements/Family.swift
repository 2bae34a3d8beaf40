/// The families that rules know (enhancements.md, section 9). Java and Python frames are `other`.
enum Family: Int, Sendable, CaseIterable {
  case other, native, javascript

  /// The family of a platform's name; everything that is not named here, null included, is `other`.
  init(platform: String?) {
    switch platform {
    case nil, "java"?, "python"?: self = .other
    case "objc"?, "cocoa"?, "swift"?, "native"?, "c"?: self = .native
    case "javascript"?, "node"?: self = .javascript
    default: self = .other
    }
  }

  /// Whether a `family:` matcher's comma list names this family.
  func isNamed(in list: String) -> Bool {
    list.utf8.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false).contains { word in
      switch (String(word) ?? "", self) {
      case ("all", _), ("other", .other), ("native", .native), ("javascript", .javascript): true
      default: false
      }
    }
  }
}
