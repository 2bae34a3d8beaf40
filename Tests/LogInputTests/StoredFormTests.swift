import Foundation
import TestSupport
import Testing

@testable import LogInput

/// Inputs that are stored compressed or in another encoding, read back as the text they hold.
@Suite struct StoredFormTests {
  /// What reading came to: the text, and the fault at its end.
  private struct Reading: Equatable {
    var text: [UInt8] = []
    var fault: InputError.Kind?
    var place: UInt64?
  }

  private func read(_ bytes: [UInt8], pieces: Int = 4096) throws -> Reading {
    let file = try TemporaryInput(bytes)
    var reader = InputReader(try ByteSource(path: file.path))
    let buffer = ReadBuffer(capacity: pieces)
    var reading = Reading()
    do throws(InputError) {
      while true {
        let count = try reader.read(into: buffer.room(0..<pieces)) { false }
        if count == 0 { return reading }
        reading.text += buffer.copy(0..<count)
      }
    } catch {
      reading.fault = error.kind
      reading.place = error.offset
      return reading
    }
  }

  /// Text that does not compress to nothing.
  private static let text: [UInt8] = {
    var random = SplitMix64(seed: 7)
    var text: [UInt8] = []
    for line in 0..<4000 {
      text += "\(line) \(random.next()) \tat com.acme.Main.run(Main.java:\(line))\n".utf8
    }
    return text
  }()

  private func compressed(_ text: [UInt8], _ program: String) throws -> [UInt8] {
    let source = try TemporaryInput(text)
    return try output(program + " " + source.path)
  }

  /// What a program writes.
  private func output(_ command: String) throws -> [UInt8] {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = command.split(separator: " ").map(String.init)
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let bytes = [UInt8](pipe.fileHandleForReading.readDataToEndOfFile())
    process.waitUntilExit()
    return bytes
  }

  private static let programs = ["gzip -c", "zstd -q -c"]

  /// A format that is not read is said, not passed over in silence.
  @Test(
    arguments: [
      [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], Array("BZh9".utf8) + [0x31, 0x41, 0x59, 0x26, 0x53, 0x59],
      [0x04, 0x22, 0x4D, 0x18], [0x50, 0x4B, 0x03, 0x04],
    ] as [[UInt8]]) func whatIsNotRead(_ magic: [UInt8]) throws
  {
    #expect(try read(magic + Self.text) == Reading(text: [], fault: .format))
    #expect(try read(magic.dropLast() + Self.text).fault == nil)
  }

  @Test(arguments: programs) func wholeAndConcatenated(_ program: String) throws {
    let one = try compressed(Self.text, program)
    let empty = try compressed([], program)
    for pieces in [1, 100, 65536] { #expect(try read(one, pieces: pieces) == Reading(text: Self.text)) }
    #expect(try read(one + one) == Reading(text: Self.text + Self.text))
    #expect(try read(empty + one + empty) == Reading(text: Self.text))
    #expect(try read(empty) == Reading())
  }

  @Test func membersOfBothFormatsAndPadding() throws {
    let gzip = try compressed(Self.text, "gzip -c")
    let zstd = try compressed(Self.text, "zstd -q -c")
    #expect(try read(gzip + zstd) == Reading(text: Self.text + Self.text))
    #expect(try read(gzip + [UInt8](repeating: 0, count: 5000)) == Reading(text: Self.text))
  }

  /// Whatever is cut off: what comes before is a start of the text, and the fault has the place of the cut.
  @Test(arguments: programs) func cutAnywhere(_ program: String) throws {
    let whole = try compressed(Self.text, program)
    var random = SplitMix64(seed: 11)
    let cuts =
      [4, 5, 12, whole.count - 1] + (0..<40).map { _ in Int.random(in: 4..<whole.count, using: &random) }
    for cut in cuts {
      let reading = try read([UInt8](whole[..<cut]))
      #expect(reading.fault == .truncated && reading.place == UInt64(cut), "cut at \(cut)")
      #expect(Self.text.starts(with: reading.text), "cut at \(cut)")
    }
  }

  /// A flipped bit is found, at the latest by the checksum at the end.
  @Test(arguments: ["gzip -c", "zstd -q --check -c"]) func flippedBits(_ program: String) throws {
    let whole = try compressed(Self.text, program)
    var random = SplitMix64(seed: 13)
    for _ in 0..<40 {
      var damaged = whole
      // Behind the header, whose fields hold a time and a name that no checksum protects.
      damaged[Int.random(in: 64..<whole.count, using: &random)] ^=
        1 << UInt8.random(in: 0..<8, using: &random)
      let reading = try read(damaged)
      #expect(reading.fault != nil)
    }
  }

  /// A short text was kept back until its encoding was known, and lost when damage came first.
  @Test(arguments: programs) func aShortTextBeforeACut(_ program: String) throws {
    let text = Array("java.lang.Error: x\n\tat a.B.c(D.java:5)\n".utf8)
    let one = try compressed(text, program)
    let reading = try read(one + one[..<12])
    // Of a block that was not compressed, what is there comes out too.
    #expect(reading.text.starts(with: text) && (text + text).starts(with: reading.text))
    #expect(reading.fault == .truncated && reading.place == UInt64(one.count + 12))
  }

  /// What was decompressed in one call with the damage was lost: the whole frame, where there was room for it.
  @Test(arguments: [1000, 128 << 10, 1 << 20]) func zstdDamageTakesNoBlockAlong(_ pieces: Int) throws {
    var damaged = try compressed(Self.text, "zstd -q --check -c")
    damaged[damaged.count - 1] ^= 1
    let reading = try read(damaged, pieces: pieces)
    #expect(reading.text == Self.text && reading.fault == .damaged)
  }

  @Test(arguments: programs) func somethingElseBehind(_ program: String) throws {
    let one = try compressed(Self.text, program)
    let reading = try read(one + Array("no member\n".utf8))
    #expect(reading == Reading(text: Self.text, fault: .trailing, place: UInt64(one.count)))
  }

  /// A window larger than the ceiling on memory allows is refused, not taken.
  @Test func zstdWindowTooLarge() throws {
    var large = Self.text
    while large.count < 40 << 20 { large += large }
    let frame = try compressed(large, "zstd -q --ultra -22 --long=27 --no-check -c")
    #expect(try read(frame).fault == .window)
  }

  @Test func notCompressed() throws {
    for text in ["", "\u{1F}", "\u{1F}\u{8B}", "plain\n", "(\u{B5}/"] {
      #expect(try read(Array(text.utf8)) == Reading(text: Array(text.utf8)))
    }
  }

  // MARK: Encodings

  private static let characters = "Traceback \u{FEFF}Überraschung 日本 🦊 ✓\nat a.b\n"

  private func stored(_ text: String, unit: Int, isBig: Bool, mark: Bool) -> [UInt8] {
    let units: [UInt32] =
      unit == 2 ? Array(text.utf16).map(UInt32.init) : text.unicodeScalars.map(\.value)
    return ((mark ? [0xFEFF] : []) + units).flatMap { value -> [UInt8] in
      let bytes = (0..<unit).map { UInt8(truncatingIfNeeded: value >> (8 * UInt32($0))) }
      return isBig ? bytes.reversed() : bytes
    }
  }

  @Test(arguments: [2, 4], [false, true]) func marked(_ unit: Int, _ isBig: Bool) throws {
    let text = String(repeating: Self.characters, count: 500)
    let bytes = stored(text, unit: unit, isBig: isBig, mark: true)
    for pieces in [7, 4096] {
      #expect(try read(bytes, pieces: pieces).text == Array(("\u{FEFF}" + text).utf8))
    }
    #expect(try read(try compressed(bytes, "gzip -c")).text == Array(("\u{FEFF}" + text).utf8))
  }

  @Test(arguments: [2, 4], [false, true]) func guessed(_ unit: Int, _ isBig: Bool) throws {
    let text = "2026-03-05 10:12:15 INFO a line of a log, in plain Latin letters\n"
    #expect(try read(stored(text, unit: unit, isBig: isBig, mark: false)).text == Array(text.utf8))
  }

  /// A mainframe's text is refused; texts in 8-bit encodings, which have ASCII's blanks and line ends, are read.
  @Test func ebcdic() throws {
    let text = String(repeating: "2026-03-05 java.lang.Error: x\n\tat a.B.c(B.java:1)\n", count: 3)
    let file = try TemporaryInput(Array(text.utf8))
    for page in ["IBM037", "IBM1047"] {
      let bytes = try output("iconv -f ASCII -t \(page) \(file.path)")
      #expect(try read(bytes) == Reading(fault: .format), "\(page)")
    }
    let cyrillic = Array(0xC0...0xFF).map { UInt8($0) } + [0x40, 0x25, 0x20]
    #expect(try read(cyrillic).fault == nil)
  }

  @Test func halfPairsBecomeReplacements() throws {
    // High without low, low alone, half a unit at the end.
    let bytes: [UInt8] = [0xFF, 0xFE, 0x00, 0xD8, 0x41, 0x00, 0x00, 0xDC, 0x42, 0x00, 0x43]
    #expect(try read(bytes).text == Array("\u{FEFF}\u{FFFD}A\u{FFFD}B\u{FFFD}".utf8))
  }

  /// Bytes of an 8-bit text that look like a mark once hid the traces behind them.
  @Test func bytesThatLookLikeAMark() throws {
    for mark in [[0xFF, 0xFE], [0xFE, 0xFF]] as [[UInt8]] {
      let text = mark + Array("\njava.lang.Error\n\tat a.B.c(B.java:1)\n".utf8)
      #expect(try read(text) == Reading(text: text))
      #expect(try read(mark).text == Array("\u{FEFF}".utf8))
    }
  }

  /// Of a compressed text as much was looked at as one read gave, so its encoding depended on that.
  @Test func theFirstBytesAloneTellTheEncoding() throws {
    let bytes = stored(String(repeating: "a", count: 255), unit: 2, isBig: false, mark: true)
    let stored = bytes + [UInt8](repeating: 0x78, count: 10_000)
    let plain = try read(stored)
    #expect(plain.text.starts(with: Array("\u{FEFF}aaa".utf8)))
    for pieces in [211, 4096, 64 << 10] {
      #expect(try read(try compressed(stored, "gzip -c"), pieces: pieces) == plain, "\(pieces)")
    }
  }

  /// Each byte of the window knows where its character stood in the file, whatever was given back before.
  @Test(arguments: [2, 4], [16, 1 << 20]) func offsets(_ unit: Int, _ longLine: Int) throws {
    let text = String(repeating: Self.characters, count: 900)
    let file = try TemporaryInput(stored(text, unit: unit, isBig: false, mark: true))
    var expected: [UInt64] = []
    var at: UInt64 = 0
    for scalar in ("\u{FEFF}" + text).unicodeScalars {
      expected += [UInt64](repeating: at, count: scalar.utf8.count)
      at += unit == 4 ? 4 : UInt64(2 * String(scalar).utf16.count)
    }
    let utf8 = Array(("\u{FEFF}" + text).utf8)
    var reader = InputReader(try ByteSource(path: file.path))
    var block = Block(capacity: 64, longLine: longLine)
    var random = SplitMix64(seed: UInt64(unit))
    var model = 0  // index in `utf8` of the window's first byte
    while !block.isAtEnd {
      try block.fill(from: &reader, most: 3000)
      guard longLine > 100 else {
        if block.count > 0 { block.discard(block.count / 2) }
        continue
      }
      for index in 0..<block.count where utf8[model + index] & 0xC0 != 0x80 {
        guard block.offset(of: index) == expected[model + index] else {
          Issue.record("offset of byte \(model + index): \(block.offset(of: index))")
          return
        }
      }
      var given = Int.random(in: 0...block.count, using: &random)
      while given > 0, given < block.count, block.bytes[given] & 0xC0 == 0x80 { given -= 1 }
      block.discard(given)
      model += given
    }
    #expect(block.offset(of: block.count) == UInt64(stored(text, unit: unit, isBig: false, mark: true).count))
  }

  /// What was flushed into a compressed pipe is text at once, and not only behind 512 bytes.
  @Test func aFewBytesTellThatTheyArePlain() {
    for magic in [[0x1F, 0x8B, 8, 0], [0x28, 0xB5, 0x2F, 0xFD], Array("Trac".utf8)] as [[UInt8]] {
      let isTold = InputForm.isTold(by: magic.span)
      #expect(isTold)
    }
    let marked: [UInt8] = [0xFF, 0xFE, 0x54, 0]
    let isTold = InputForm.isTold(by: marked.span)
    #expect(!isTold)
    var transcoder = Transcoder()
    Array("Traceback".utf8).withUnsafeBytes { transcoder.add($0) }
    #expect(transcoder.known == .utf8 && !transcoder.isDrained)
  }
}
