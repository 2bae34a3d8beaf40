internal import LogInput
internal import TraceBytes

/// The objects of a document with what stands in each, for reading data that is no text.
struct ObjectTree {
  let line: JSONLine
  private var own: [[Int]]
  private var inner: [[Int]]

  /// - Complexity: O(fields + objects).
  init(_ line: JSONLine) {
    self.line = line
    own = Array(repeating: [], count: line.objects.count)
    inner = own
    for (index, field) in line.fields.enumerated() where own.indices.contains(field.object) {
      own[field.object].append(index)
    }
    for index in line.objects.indices.dropFirst() { inner[line.objects[index].parent].append(index) }
  }

  func parent(_ object: Int) -> Int { line.objects[object].parent }

  /// The name that an object has in the one around it.
  func name(_ object: Int) -> String {
    String(decoding: line.lastName(line.objects[object].path), as: UTF8.self)
  }

  /// The fields of an object, those of its lists among them.
  func fields(of object: Int) -> [JSONField] { own[object].map { line.fields[$0] } }

  /// The first of the names that is a string of the object.
  func text(_ names: [String], of object: Int) -> ArraySlice<UInt8>? {
    field(names, of: object) { $0.kind == .string }.map { line.bytes($0.value) }
  }

  /// The strings of a list of one of the names.
  func elements(_ names: [String], of object: Int) -> [ArraySlice<UInt8>] {
    own[object].map { line.fields[$0] }.filter { field in
      field.kind == .string && line.bytes(field.path).last == UInt8(ascii: "]")
        && names.contains { line.lastName(field.path).elementsEqual($0.utf8) }
    }.map { line.bytes($0.value) }
  }

  func number(_ names: [String], of object: Int) -> Int? {
    field(names, of: object) { $0.kind == .number }.flatMap {
      Int(String(decoding: line.bytes($0.value), as: UTF8.self))
    }
  }

  /// A number, which may be a string.
  func count(_ names: [String], of object: Int) -> Int? {
    number(names, of: object) ?? text(names, of: object).flatMap { Int(String(decoding: $0, as: UTF8.self)) }
  }

  func isTrue(_ name: String, of object: Int) -> Bool {
    field([name], of: object) { $0.kind == .word }.map { line.bytes($0.value).elementsEqual("true".utf8) }
      ?? false
  }

  func has(_ name: String, of object: Int) -> Bool { field([name], of: object) { _ in true } != nil }

  private func field(_ names: [String], of object: Int, _ isFit: (JSONField) -> Bool) -> JSONField? {
    for name in names {
      for index in own[object] {
        let field = line.fields[index]
        if isFit(field), line.lastName(field.path).elementsEqual(name.utf8) { return field }
      }
    }
    return nil
  }

  /// The objects of one of the names: one, or the elements of an array.
  func objects(_ names: [String], in object: Int) -> [Int] {
    for name in names {
      let found = inner[object].filter { line.lastName(line.objects[$0].path).elementsEqual(name.utf8) }
      if !found.isEmpty { return found }
    }
    return []
  }
}
