import TraceBytes

/// Calls `body` with every byte string over `alphabet` of at most `length` bytes, the empty one included.
public func forEveryString(of alphabet: [UInt8], upTo length: Int, _ body: ([UInt8]) -> Void) {
  for count in 0...length {
    var digits = [Int](repeating: 0, count: count)
    var bytes = [UInt8](repeating: alphabet[0], count: count)
    var isDone = false
    while !isDone {
      body(bytes)
      isDone = true
      for place in digits.indices {
        digits[place] += 1
        if digits[place] < alphabet.count {
          bytes[place] = alphabet[digits[place]]
          isDone = false
          break
        }
        digits[place] = 0
        bytes[place] = alphabet[0]
      }
    }
  }
}

/// Calls `body` with every row of at most `length` pieces, joined.
public func forEveryRow(of pieces: [String], upTo length: Int, _ body: ([UInt8]) -> Void) {
  var rows: [[UInt8]] = [[]]
  body([])
  for _ in 0..<length {
    rows = rows.flatMap { row in pieces.map { row + Array($0.utf8) } }
    rows.forEach(body)
  }
}

/// A random row of `count` pieces, joined.
public func randomRow(
  of pieces: [String], count: Int, using generator: inout SplitMix64
) -> [UInt8] {
  var row: [UInt8] = []
  for _ in 0..<count { row += Array(pieces[Int.random(in: pieces.indices, using: &generator)].utf8) }
  return row
}

extension [UInt8] {
  /// A few bytes replaced, removed, doubled or swapped.
  public func mutated(using generator: inout SplitMix64, alphabet: [UInt8]) -> [UInt8] {
    var copy = self
    for _ in 0..<Int.random(in: 1...3, using: &generator) where !copy.isEmpty {
      let at = Int.random(in: copy.indices, using: &generator)
      let byte = alphabet[Int.random(in: alphabet.indices, using: &generator)]
      switch Int.random(in: 0..<4, using: &generator) {
      case 0: copy[at] = byte
      case 1: copy.remove(at: at)
      case 2: copy.insert(byte, at: at)
      default: copy.swapAt(at, Int.random(in: copy.indices, using: &generator))
      }
    }
    return copy
  }

  /// The bytes for a person.
  public var shown: String { String(decoding: self, as: UTF8.self).debugDescription }
}
