import Foundation
import TestSupport
import Testing

/// Every line is one JSON object with the keys of interface.md in their order.
@Suite struct RecordSchemaTests {
  static let trace = [
    "v", "kind", "id", "source", "stream", "offset", "length", "line", "lines", "timestamp", "platform",
    "status", "reasons",
    "flags", "exceptions", "variants", "fingerprint", "group", "title", "culprit", "tags", "context",
    "repaired",
  ]
  static let failure = [
    "v", "kind", "id", "source", "stream", "offset", "length", "line", "lines", "timestamp", "platform",
    "reason", "detail",
    "excerpt", "variants", "fingerprint", "group", "title", "culprit", "tags", "context", "repaired",
  ]
  static let exception = ["type", "value", "relation", "parent", "frames", "elided", "circular", "embedded"]
  static let frame = [
    "module", "function", "filename", "lineno", "abs_path", "context_line", "native", "in_app", "repeated",
  ]

  /// The keys of every object of a JSON text, in order of appearance, by the path of keys that leads to it.
  static func keys(_ text: String) -> [(path: String, keys: [String])] {
    var found: [(path: String, keys: [String])] = []
    var open: [(path: String, keys: [String], isObject: Bool)] = []
    var lastString = ""
    var lastKey = ""
    let bytes = Array(text.utf8)
    var at = 0
    while at < bytes.count {
      switch bytes[at] {
      case UInt8(ascii: "\""):
        let start = at + 1
        at += 1
        while bytes[at] != UInt8(ascii: "\"") { at += bytes[at] == UInt8(ascii: "\\") ? 2 : 1 }
        lastString = String(decoding: bytes[start..<at], as: UTF8.self)
      case UInt8(ascii: ":"):
        lastKey = lastString
        open[open.count - 1].keys.append(lastKey)
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        let isObject = bytes[at] == UInt8(ascii: "{")
        let isElement = open.last.map { !$0.isObject } ?? false
        open.append((isElement ? open.last!.path : lastKey, [], isObject))
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        let closed = open.removeLast()
        if closed.isObject { found.append((closed.path, closed.keys)) }
      default: break
      }
      at += 1
    }
    return found
  }

  private static func isInOrder(_ keys: [String], _ order: [String]) -> Bool {
    let places = keys.map { order.firstIndex(of: $0) ?? -1 }
    return !places.contains(-1) && zip(places, places.dropFirst()).allSatisfy { $0 < $1 }
  }

  @Test func keysAreInOrder() throws {
    let embedded =
      "org.apache.spark.api.python.PythonException: \(Sample.python)\n\tat a.B.c(D.java:5)\n\tSuppressed: a.C: x\n\t\t... 1 more\nCaused by: [CIRCULAR REFERENCE: a.D: y]\n"
    let text =
      Sample.log + Sample.java + Sample.log + Sample.python + Sample.log + Sample.failure + embedded
      + Sample.log
    let bytes =
      Array(text.utf8) + Array("a.b.BadException: ".utf8) + [0xFF, 0x0A]
      + Array("\tat a.B.c(D.java:5)\n".utf8)
    let command = try Command.run(["scan"], input: bytes)
    #expect(command.lines.count == 5)
    for line in command.lines {
      let record = try #require(
        JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any], "\(line)")
      let kind = try #require(record["kind"] as? String)
      #expect(line.hasPrefix("{\"v\":1,\"kind\":\"\(kind)\",\"id\":\""))
      for (path, keys) in Self.keys(line) {
        let order: [String]? =
          switch path {
          case "": kind == "trace" ? Self.trace : Self.failure
          case "exceptions": Self.exception
          case "frames": Self.frame
          case "embedded": ["platform", "exceptions"]
          default: nil
          }
        if let order { #expect(Self.isInOrder(keys, order), "\(path): \(keys)") }
      }
      try checkValues(record)
    }
    #expect(command.lines.last?.hasSuffix("\"repaired\":true}") == true)
  }

  private func checkValues(_ record: [String: Any]) throws {
    let id = try #require(record["id"] as? String)
    #expect(id.count == 16 && id.allSatisfy { "0123456789abcdef".contains($0) })
    let group = try #require(record["group"] as? String)
    #expect(group.count == 32 && record["fingerprint"] as? [String] == [group])
    #expect((record["variants"] as? [String: String])?.values.contains(group) == true)
    #expect((record["title"] as? String)?.isEmpty == false)
    if record["kind"] as? String == "trace" {
      let reasons = record["reasons"] as? [String]
      #expect((record["status"] as? String == "degraded") == (reasons != nil) && reasons?.isEmpty != true)
    } else {
      #expect((record["tags"] as? [String: String])?["stacktrace_parse_error"] == "1")
      #expect(
        (record["excerpt"] as? String)?.isEmpty == false && (record["detail"] as? String)?.isEmpty == false)
    }
  }

  @Test func excerptsKeepHeadAndTail() throws {
    let dump =
      "\"main\" #1 prio=5 tid=0x1\n   java.lang.Thread.State: RUNNABLE\n"
      + String(repeating: "\tat a.B.c(D.java:5)\n", count: 500)
      + "\tat a.B.last(D.java:5)\n"
    let command = try Command.run(["scan"], input: Array(dump.utf8))
    let record = try #require(
      JSONSerialization.jsonObject(with: Data(command.lines[0].utf8)) as? [String: Any])
    let excerpt = try #require(record["excerpt"] as? String)
    #expect(
      excerpt.utf8.count <= 2048 && excerpt.hasPrefix("\"main\" #1")
        && excerpt.hasSuffix("a.B.last(D.java:5)"))
  }
}
