internal import CSimdjson
public import TraceBytes

/// A scalar of a JSON document.
public struct JSONField: Sendable, Equatable {
  public enum Kind: Sendable { case string, number, word }
  /// Names from the root down, joined by dots; `[]` stands for any element of an array.
  public var path: ByteRange
  /// The string without quotes and escapes; a number or word as it is written.
  public var value: ByteRange
  public var kind: Kind
  /// Index of the object that it stands in; 0: the document itself.
  public var object = 0
}

/// An object of a JSON document.
public struct JSONObject: Sendable, Equatable {
  /// As that of a field; empty for the document itself.
  public var path: ByteRange
  /// Index of the object around it; the document's own is 0.
  public var parent: Int
}

/// Why a line could not be read as JSON.
public struct JSONProblem: Error, Sendable, Equatable {
  /// The library's own number.
  public var code: Int32

  /// The document is sound but for bytes that are not UTF-8, or a number that fits no machine word: what
  /// is recovered of it by hand can be trusted.
  public var isHarmless: Bool { code == 10 || code == 9 }

  /// A string has an escape that JSON does not know.
  public var isBadEscape: Bool { code == 5 }
}

/// Reads JSON documents of one line. It owns the buffers of the parser; one a worker.
@safe public struct JSONRecords: ~Copyable {
  private let parser: OpaquePointer?
  /// The scalars of the last document, in the order of the text.
  public private(set) var fields: [JSONField] = []
  /// The objects of the last document, in the order of the text.
  public private(set) var objects: [JSONObject] = []

  public init() { unsafe parser = csimdjson_create() }

  deinit { unsafe csimdjson_destroy(parser) }

  /// A copy of the bytes that the fields' ranges point into.
  /// - Complexity: O(document).
  public var copiedText: [UInt8] {
    guard let parser = unsafe parser else { return [] }
    var count = 0
    guard let base = unsafe csimdjson_text(parser, &count) else { return [] }
    return unsafe Array(UnsafeBufferPointer(start: base, count: count))
  }

  /// Reads the document in `range`, which must be all of it.
  /// - Throws: the library's code. Deeper than 64 levels is refused.
  /// - Complexity: O(`range.count`).
  public mutating func read(_ json: Span<UInt8>, _ range: Range<Int>) throws(JSONProblem) {
    fields.removeAll(keepingCapacity: true)
    objects.removeAll(keepingCapacity: true)
    guard let parser = unsafe parser, !range.isEmpty else { throw JSONProblem(code: 1) }
    let code = unsafe json.extracting(range).withUnsafeBufferPointer {
      unsafe csimdjson_flatten(parser, $0.baseAddress, $0.count)
    }
    guard code == 0 else { throw JSONProblem(code: code) }
    var count = 0
    guard let found = unsafe csimdjson_fields(parser, &count) else { return }
    for index in 0..<count { fields.append(JSONField(unsafe found[index])) }
    guard let around = unsafe csimdjson_objects(parser, &count) else { return }
    for index in 0..<count { objects.append(JSONObject(unsafe around[index])) }
  }
}

extension JSONField {
  fileprivate init(_ field: csimdjson_field) {
    path = ByteRange(Int(field.path_start), Int(field.path_end))
    value = ByteRange(Int(field.value_start), Int(field.value_end))
    object = Int(field.object)
    switch Int(field.kind) {
    case 0: kind = .string
    case 1: kind = .number
    default: kind = .word
    }
  }
}

extension JSONObject {
  fileprivate init(_ object: csimdjson_object) {
    path = ByteRange(Int(object.path_start), Int(object.path_end))
    parent = Int(object.parent)
  }
}
