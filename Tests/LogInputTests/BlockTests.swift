import Foundation
import LogInput
import TestSupport
import Testing

/// The sliding window against a model that holds the whole input.
@Suite struct BlockTests {
  /// What the window must show of an input: long lines cut, and where each byte stood.
  struct Model {
    var bytes: [UInt8] = []
    var offsets: [UInt64] = []
    var longLines = 0

    init(_ input: [UInt8], longLine: Int) {
      var length = 0
      for (offset, byte) in input.enumerated() {
        if byte == 0x0A {
          length = 0
        } else {
          length += 1
          if length == longLine + 1 { longLines += 1 }
          if length > longLine { continue }
        }
        bytes.append(byte)
        offsets.append(UInt64(offset))
      }
    }
  }

  private func file(_ bytes: [UInt8]) throws -> String {
    let path = NSTemporaryDirectory() + "tracesift-block-\(UUID().uuidString)"
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    return path
  }

  /// Reads the whole input in steps, giving back a part of the window now and then.
  private func check(_ input: [UInt8], longLine: Int, readSize: Int, discarding: Bool, path: String) throws {
    let model = Model(input, longLine: longLine)
    var source = InputReader(try ByteSource(path: path))
    var block = Block(capacity: 16, longLine: longLine)
    var given = 0
    var random = SplitMix64(seed: UInt64(readSize))
    while !block.isAtEnd {
      try block.fill(from: &source, most: readSize)
      if discarding, block.count > 0 {
        let count = Int.random(in: 0...block.count, using: &random)
        block.discard(count)
        given += count
      }
      let held = block.bytes.bytes(0..<block.count)
      let expected = Array(model.bytes[given..<min(given + held.count, model.bytes.count)])
      if held != expected {
        Issue.record("\(input.shown) long \(longLine) read \(readSize): \(held.shown), not \(expected.shown)")
        return
      }
      for index in held.indices where block.index(of: model.offsets[given + index]) != index {
        Issue.record(
          "\(input.shown) long \(longLine) read \(readSize): index of \(model.offsets[given + index])")
        return
      }
      for index in held.indices where block.offset(of: index) != model.offsets[given + index] {
        Issue.record(
          "\(input.shown) long \(longLine) read \(readSize): offset of \(given + index) is \(block.offset(of: index))"
        )
        return
      }
    }
    let total = given + block.count
    let longLines = block.longLines
    let end = block.offset(of: block.count)
    #expect(
      total == model.bytes.count && longLines == model.longLines && end == UInt64(input.count),
      "\(input.shown) long \(longLine) read \(readSize)")
  }

  @Test func everyReadSizeAndLimit() throws {
    let inputs = [
      "", "\n", "a", "a\n", "abcdefghij", "abcdefghij\n", "ab\ncdefghijkl\nm\n\nnopqrstuvwxyz",
      "abcd\nefgh\n", "abcde\nfghij\n",
      "aaaaaaaaaaaaaaaaaaaaaaaa\nbbbbbbbbbbbbbbbbbbbbbbbbbbb\nc\n",
    ]
    for text in inputs {
      let input = Array(text.utf8)
      let path = try file(input)
      defer { try? FileManager.default.removeItem(atPath: path) }
      for longLine in [1, 2, 4, 5, 100] {
        for readSize in 1...max(1, min(30, input.count + 1)) {
          try check(input, longLine: longLine, readSize: readSize, discarding: false, path: path)
          try check(input, longLine: longLine, readSize: readSize, discarding: true, path: path)
        }
      }
    }
  }

  @Test func randomInputs() throws {
    for seed in 0..<60 as Range<UInt64> {
      var random = SplitMix64(seed: seed)
      let input = (0..<Int.random(in: 0...400, using: &random)).map { _ in
        Int.random(in: 0..<9, using: &random) == 0 ? 0x0A : UInt8.random(in: 0x61...0x7A, using: &random)
      }
      let path = try file(input)
      defer { try? FileManager.default.removeItem(atPath: path) }
      for readSize in [1, 3, 7, 64, 1_000] {
        try check(
          input, longLine: Int(seed % 20) + 1, readSize: readSize, discarding: seed % 2 == 0, path: path)
      }
    }
  }

  /// Where there is no memory to read into, the window stays, and reading can go on.
  @Test func noMemoryIsAnError() throws {
    let path = try file(Array("abc\ndef\n".utf8))
    defer { try? FileManager.default.removeItem(atPath: path) }
    var source = InputReader(try ByteSource(path: path))
    var block = Block(capacity: 2, longLine: 100)
    for _ in 0..<2 {
      #expect(throws: InputError(kind: .read, path: path, code: ENOMEM)) {
        try block.fill(from: &source, most: 1 << 61)
      }
      try block.fill(from: &source, most: 4)
    }
    let held = block.bytes.bytes(0..<block.count)
    #expect(held == Array("abc\ndef\n".utf8))
  }

  /// What a long region needed is given back, and the window keeps its bytes.
  @Test func aWindowComesBackFromALongRegion() throws {
    let input = (0..<3 << 20).map { $0 % 7 == 0 ? 0x0A : UInt8(truncatingIfNeeded: $0) | 1 }
    let path = try file(input)
    defer { try? FileManager.default.removeItem(atPath: path) }
    var source = InputReader(try ByteSource(path: path))
    var block = Block(capacity: 1 << 16, longLine: 1 << 20)
    while !block.isAtEnd { try block.fill(from: &source, most: 1 << 16) }
    block.discard(input.count - 1000)
    let held = block.bytes.bytes(0..<block.count)
    #expect(held == Array(input.suffix(1000)))
    block.reset(origin: 0)
    #expect(block.count == 0)
  }

  /// A line of ten megabytes costs the window its limit and no more.
  @Test func aLongLineStaysBounded() throws {
    let path = try file([UInt8](repeating: 0x78, count: 10 << 20) + Array("\nend\n".utf8))
    defer { try? FileManager.default.removeItem(atPath: path) }
    var source = InputReader(try ByteSource(path: path))
    var block = Block(capacity: 1 << 16, longLine: 1 << 16)
    var most = 0
    while !block.isAtEnd {
      try block.fill(from: &source, most: 1 << 16)
      most = max(most, block.count)
    }
    let longLines = block.longLines
    let tail = block.bytes.text((1 << 16)..<block.count)
    let offset = block.offset(of: (1 << 16) + 1)
    #expect(most == (1 << 16) + 5)
    #expect(longLines == 1)
    #expect(tail == "\nend\n")
    #expect(offset == UInt64(10 << 20) + 1)
  }

  @Test func resetStartsOver() throws {
    let path = try file(Array("0123456789\nabc\n".utf8))
    defer { try? FileManager.default.removeItem(atPath: path) }
    var source = InputReader(try ByteSource(path: path))
    var block = Block(capacity: 4, longLine: 3)
    while !block.isAtEnd { try block.fill(from: &source, most: 4) }
    block.reset(origin: 11)
    let (count, isAtEnd, offset) = (block.count, block.isAtEnd, block.offset(of: 0))
    #expect(count == 0 && !isAtEnd && offset == 11)
    source = InputReader(try ByteSource(path: path), at: 11)
    try block.fill(from: &source, most: 100)
    let text = block.bytes.text(0..<block.count)
    #expect(text == "abc\n")
  }
}
