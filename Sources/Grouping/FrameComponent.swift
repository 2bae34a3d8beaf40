internal import Enhancements
internal import PCRE2
internal import TraceBytes

/// What of a frame is hashed (grouping.md, S5): module, or else the file's base name; function; the source line.
enum FrameComponent {
  /// The platforms whose source lines are hashed.
  private static let contextLinePlatforms: Set<String> = ["javascript", "node", "python", "php", "ruby"]
  /// A longer source line, in code points, is taken for generated code.
  private static let longestContextLine = 120

  static func make(
    _ frame: EventFrame, eventPlatform: String, using scratch: borrowing MatchScratch
  ) -> GroupingComponent {
    let platform = frame.frame.platform ?? eventPlatform
    let isJava = platform == "java"
    var children: [GroupingComponent] = []
    children.reserveCapacity(4)
    let module = frame.frame.module.map { moduleComponent($0, isJava, scratch) }
    if let module { children.append(module) }
    if var filename = frame.frame.filename.map({ filenameComponent($0, frame.frame.absPath, isJava, scratch) }
    ) {
      if module?.contributes == true { filename.ignore("module takes precedence") }
      children.append(filename)
    }
    if let function = frame.frame.function.nonEmpty ?? frame.frame.rawFunction.nonEmpty {
      children.append(functionComponent(function, isJava))
    }
    if let line = frame.contextLine.nonEmpty, contextLinePlatforms.contains(platform),
      let component = contextLineComponent(line)
    {
      children.append(component)
    }
    var component = GroupingComponent(.frame, children: children)
    component.inApp = frame.frame.inApp ?? false
    return component
  }

  private static func moduleComponent(
    _ module: String, _ isJava: Bool, _ scratch: borrowing MatchScratch
  ) -> GroupingComponent {
    guard isJava else { return GroupingComponent(.module, value: module) }
    let cleaned = JavaModule(module, using: scratch)
    var component = GroupingComponent(.module, value: cleaned.text, hint: cleaned.hint)
    component.contributes = cleaned.contributes
    return component
  }

  private static func filenameComponent(
    _ filename: String, _ absPath: String?, _ isJava: Bool, _ scratch: borrowing MatchScratch
  ) -> GroupingComponent {
    let name = PythonText.lowercased(baseName(filename))
    var component = GroupingComponent(.filename, value: name)
    if let absPath, isURL(absPath) {
      component.ignore("ignored because frame points to a URL")
    } else if name == "<anonymous>" {
      component.ignore("anonymous filename discarded")
    } else if name == "[native code]" {
      component.ignore("native code indicated by filename")
    } else if isJava, let cleaned = JavaModule.cleanFilename(name, using: scratch) {
      component.replaceValue(cleaned, hint: "cleaned javassist parts")
    }
    return component
  }

  /// What follows the last slash of either kind.
  static func baseName(_ path: String) -> String {
    let start = baseNameStart(path)
    return start == 0 ? path : path.utf8Span.span.text(start..<path.utf8.count)
  }

  /// Where in a path's UTF-8 its base name starts.
  static func baseNameStart(_ path: String) -> Int {
    let bytes = path.utf8Span.span
    var start = bytes.count
    while start > 0, bytes[start - 1] != UInt8(ascii: "/"), bytes[start - 1] != UInt8(ascii: "\\") {
      start -= 1
    }
    return start
  }

  static func isURL(_ path: String) -> Bool {
    URLPath.scheme(of: path, among: ["http:", "https:", "applewebdata:", "blob:"]) != nil
  }

  private static func functionComponent(_ function: String, _ isJava: Bool) -> GroupingComponent {
    var component = GroupingComponent(.function, value: function)
    if isJava, isLambda(function) { component.ignore("ignored lambda function") }
    return component
  }

  /// Whether a JVM method is the body of a lambda.
  static func isLambda(_ function: String) -> Bool { function.utf8.starts(with: "lambda$".utf8) }

  private static func contextLineComponent(_ line: String) -> GroupingComponent? {
    let text = PythonText.collapsingSpace(line)
    guard !text.isEmpty else { return nil }
    var component = GroupingComponent(.contextLine, value: text)
    if line.utf8.count > longestContextLine, line.unicodeScalars.count > longestContextLine {
      component.ignore("discarded because line too long")
    }
    return component
  }

  /// Whether a source line is hashed as it stands.
  static func isHashedAsIs(_ line: String) -> Bool {
    line.utf8.count <= longestContextLine && PythonText.isCollapsed(line)
  }
}
