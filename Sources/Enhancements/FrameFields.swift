internal import TraceBytes

/// A frame's values as matchers see them (enhancements.md, section 9).
extension StackFrame {
  /// The function's name; `<unknown>` when there is none. C# names end before their parameters; native
  /// names, which Sentry shortens, are taken as they are.
  func matchedFunction(eventPlatform: String?) -> String {
    guard let function, !function.isEmpty else { return "<unknown>" }
    guard rawFunction == nil, (platform ?? eventPlatform) == "csharp" else { return function }
    return function.cutting(before: " (")
  }

  /// The path before it is normalised: the absolute one, else the file's name.
  var matchedPath: String? {
    guard let absPath, !absPath.isEmpty else { return filename }
    return absPath
  }

  /// UTF-8 of a path with ASCII letters in lower case and `/` for `\`.
  static func normalizedPath(_ path: String) -> [UInt8] {
    var bytes = Array(path.utf8)
    var span = bytes.mutableSpan
    for index in span.indices {
      span[index] = span[index] == UInt8(ascii: "\\") ? UInt8(ascii: "/") : asciiLowercased(span[index])
    }
    return bytes
  }
}

extension String {
  fileprivate func cutting(before mark: String) -> String {
    let bytes = Array(utf8)
    let wanted = Array(mark.utf8)
    guard bytes.count >= wanted.count else { return self }
    let cut = (0...(bytes.count - wanted.count)).first { bytes[$0..<$0 + wanted.count].elementsEqual(wanted) }
    return cut.map { String(decoding: bytes[..<$0], as: UTF8.self) } ?? self
  }
}

extension CompiledRules {
  /// As `prepare`, unless the memo is about the very same stack.
  func prepareIfNeeded(
    _ frames: [StackFrame], eventPlatform: String?, exception: ExceptionData, _ memo: inout RuleMemo
  ) {
    if memo.isKept(frames, eventPlatform: eventPlatform, exception: exception, self) { return }
    prepare(frames, eventPlatform: eventPlatform, exception: exception, &memo)
    memo.keep(frames, eventPlatform: eventPlatform)
  }

  /// Fills the memo's masks with what holds for `frames` before any rule has run.
  func prepare(
    _ frames: [StackFrame], eventPlatform: String?, exception: ExceptionData, _ memo: inout RuleMemo
  ) {
    memo.begin(self, exception: exception)
    memo.masks.begin(frameCount: frames.count, atomCount: Int(atoms.count))
    memo.categories.removeAll(keepingCapacity: true)
    let frames = frames.span
    let eventFamily = Family(platform: eventPlatform)
    for index in frames.indices {
      findAtoms(frames[index], eventPlatform, eventFamily, &memo)
      for atom in memo.found { memo.masks.insert(atom, frame: index) }
      if frames[index].inApp == true { memo.masks.insert(AtomTable.inApp, frame: index) }
      prepareCategory(frames[index].category, at: index, &memo)
    }
  }

  /// Puts into `memo.found` the atoms that hold for a frame whatever rules do to it: those of all its fields but
  /// in-app and category.
  /// - Complexity: a look-up a field for known values, else O(globs that begin like the value).
  func findAtoms(
    _ frame: borrowing StackFrame, _ eventPlatform: String?, _ eventFamily: Family, _ memo: inout RuleMemo
  ) {
    memo.found.removeAll(keepingCapacity: true)
    if asked.contains(.family) {
      let family = frame.platform == nil ? eventFamily : Family(platform: frame.platform)
      memo.found += atoms.families[family.rawValue]
    }
    if asked.contains(.module), let module = frame.module {
      let found = memo.modules.atoms(of: module) { atoms.module.atoms(matching: Array($0.utf8)) }
      memo.modules.forEach(found) { memo.found.append($0) }
    }
    if asked.contains(.function) {
      let function = frame.matchedFunction(eventPlatform: eventPlatform)
      let found = memo.functions.atoms(of: function) { atoms.function.atoms(matching: Array($0.utf8)) }
      memo.functions.forEach(found) { memo.found.append($0) }
    }
    if asked.contains(.path), let path = frame.matchedPath {
      let found = memo.paths.atoms(of: path) { atoms.path.atoms(matching: StackFrame.normalizedPath($0)) }
      memo.paths.forEach(found) { memo.found.append($0) }
    }
    if asked.contains(.package), let package = frame.package {
      let found = memo.packages.atoms(of: package) {
        atoms.package.atoms(matching: StackFrame.normalizedPath($0))
      }
      memo.packages.forEach(found) { memo.found.append($0) }
    }
  }

  /// What is remembered for a category is its number, then its atoms.
  private func prepareCategory(_ category: String?, at index: Int, _ memo: inout RuleMemo) {
    guard let category else { return memo.categories.append(0) }
    let found = memo.categoryValues.atoms(of: category) { name in
      if let known = categories.known(name) { return [known] + categoryAtoms[Int(known)] }
      return [-1] + atoms.category.atoms(matching: Array(name.utf8))
    }
    memo.categories.append(memo.categoryValues.first(of: found))
    memo.categoryValues.forEach(found.dropFirst()) { memo.masks.insert($0, frame: index) }
  }
}
