import LogInput

/// Documents of one line: the ranges of what is read are sound, the strings that are recovered by hand from a
/// sound document are those that the parser finds, and the scan of such lines does not depend on its cuts.
enum JSONProperty {
  static func check(_ bytes: [UInt8]) throws {
    for line in bytes.split(separator: 0x0A, maxSplits: 50) { try checkDocument(Array(line)) }
    try ScannerProperty.check(bytes)
  }

  private static func checkDocument(_ json: [UInt8]) throws {
    var records = JSONRecords()
    guard (try? records.read(json.span, 0..<json.count)) != nil else { return }
    let text = records.copiedText
    for field in records.fields {
      let isSound =
        field.path.end <= field.value.start && Int(field.value.end) <= text.count
        && records.objects.indices.contains(field.object)
      try require(isSound, "a field points outside")
    }
    for (index, object) in records.objects.enumerated() {
      try require(
        object.parent < max(1, index) && Int(object.path.end) <= text.count, "an object has no parent")
    }
    try checkStrings(json, records.fields, text)
  }

  /// Lone surrogates and lists of byte numbers are read otherwise on purpose.
  private static func checkStrings(_ json: [UInt8], _ fields: [JSONField], _ text: [UInt8]) throws {
    let source = String(decoding: json, as: UTF8.self)
    guard json.first == UInt8(ascii: "{"), !source.contains("MESSAGE"), !source.contains("\\u") else {
      return
    }
    let found = fields.filter { $0.kind == .string }.map { Array(text[$0.value.range]) }
    let broken = BrokenJSON(json.span, 0..<json.count)
    let recovered = broken.fields.map { Array(broken.text[$0.value.range]) }
    try require(found == recovered, "recovered \(recovered.count) strings of \(found.count)")
    try require(!broken.isCut, "a sound document is cut")
  }
}
