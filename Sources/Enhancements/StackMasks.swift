/// For one stack: which frames each atom holds for, as rows of bits (bit i = frame i, oldest first).
///
/// Rows exist only for atoms that hold somewhere; all others share the empty row 0.
struct StackMasks {
  private(set) var frameCount = 0
  /// Words of a row.
  private(set) var words = 0
  private var rows: [UInt64] = []
  private var rowOf: [Int32] = []  // by atom
  /// Atoms with a row of their own.
  private(set) var touched: [Int32] = []
  /// The bits of all frames.
  private(set) var valid: [UInt64] = []
  /// The frames that the last tried rule matched.
  private(set) var matched: [UInt64] = []

  /// Forgets the stack before and starts one of `frameCount` frames.
  mutating func begin(frameCount: Int, atomCount: Int) {
    for atom in touched { rowOf[Int(atom)] = 0 }
    touched.removeAll(keepingCapacity: true)
    if rowOf.count != atomCount { rowOf = [Int32](repeating: 0, count: atomCount) }
    self.frameCount = frameCount
    words = (frameCount + 63) / 64
    rows.removeAll(keepingCapacity: true)
    for _ in 0..<words { rows.append(0) }
    valid.removeAll(keepingCapacity: true)
    for word in 0..<words { valid.append(StackMasks.bits(below: frameCount - word * 64)) }
    matched = valid
  }

  /// Makes sure that `atom` has a row; its index in `rows`.
  @inline(__always) private mutating func ownRow(_ atom: Int32) -> Int {
    let row = rowOf[Int(atom)]
    return row != 0 ? Int(row) * words : addRow(atom)
  }

  @inline(never) private mutating func addRow(_ atom: Int32) -> Int {
    let start = rows.count
    rowOf[Int(atom)] = Int32(start / words)
    touched.append(atom)
    for _ in 0..<words { rows.append(0) }
    return start
  }

  @inline(__always) mutating func insert(_ atom: Int32, frame: Int) {
    let row = ownRow(atom)
    rows[row + frame >> 6] |= 1 << UInt64(frame & 63)
  }

  mutating func remove(_ atom: Int32, frame: Int) {
    let row = ownRow(atom)
    rows[row + frame >> 6] &= ~(1 << UInt64(frame & 63))
  }

  func holds(_ atom: Int32, frame: Int) -> Bool {
    rows[Int(rowOf[Int(atom)]) * words + frame >> 6] & (1 << UInt64(frame & 63)) != 0
  }

  // MARK: - Rules

  /// Finds the frames for which all terms hold, into `matched`; false when there is none.
  @inline(__always) mutating func match(_ terms: Span<Term>) -> Bool {
    words == 1 ? matchOneWord(terms) : matchWords(terms)
  }

  private mutating func matchWords(_ terms: Span<Term>) -> Bool {
    for word in 0..<words { matched[word] = valid[word] }
    for index in terms.indices {
      let term = terms[index]
      var some: UInt64 = 0
      for word in 0..<words {
        matched[word] &= bits(of: term, word: word)
        some |= matched[word]
      }
      if some == 0 { return false }
    }
    return words > 0
  }

  @inline(__always) private mutating func matchOneWord(_ terms: Span<Term>) -> Bool {
    let all = valid[0]
    var result = all
    for index in terms.indices {
      let term = terms[index]
      let row = rows[Int(rowOf[Int(term.atom)])]
      let bits = term.isNegated ? ~row & all : row
      switch term.place {
      case .frame: result &= bits
      case .caller: result &= bits << 1
      case .callee: result &= bits >> 1
      }
      if result == 0 { return false }
    }
    matched[0] = result
    return true
  }

  /// The frames of one word for which a term holds. A caller or callee that does not exist never holds.
  private func bits(of term: Term, word: Int) -> UInt64 {
    switch term.place {
    case .frame: return bits(of: term, at: word)
    case .caller:
      let carry = word > 0 ? bits(of: term, at: word - 1) >> 63 : 0
      return bits(of: term, at: word) << 1 | carry
    case .callee:
      let carry = word + 1 < words ? bits(of: term, at: word + 1) << 63 : 0
      return bits(of: term, at: word) >> 1 | carry
    }
  }

  private func bits(of term: Term, at word: Int) -> UInt64 {
    let bits = rows[Int(rowOf[Int(term.atom)]) * words + word]
    return term.isNegated ? ~bits & valid[word] : bits
  }

  // MARK: - The matched frames

  func isMatched(_ frame: Int) -> Bool { matched[frame >> 6] & (1 << UInt64(frame & 63)) != 0 }

  /// The first and last matched frame; call only after `match` said true.
  var matchedBounds: (first: Int, last: Int) {
    var (first, last) = (0, 0)
    for word in (0..<words).reversed() where matched[word] != 0 {
      first = word << 6 | matched[word].trailingZeroBitCount
    }
    for word in 0..<words where matched[word] != 0 {
      last = word << 6 | (63 - matched[word].leadingZeroBitCount)
    }
    return (first, last)
  }

  /// Number of matched frames before and after `frame`, at most two each.
  func matchedAround(_ frame: Int, bounds: (first: Int, last: Int)) -> (before: Int, after: Int) {
    var (before, after) = (0, 0)
    if bounds.first < frame { before = hasAnotherMatch(from: bounds.first + 1, to: frame) ? 2 : 1 }
    if bounds.last > frame { after = hasAnotherMatch(from: frame + 1, to: bounds.last) ? 2 : 1 }
    return (before, after)
  }

  private func hasAnotherMatch(from start: Int, to end: Int) -> Bool {
    var frame = start
    while frame < end {
      let open = matched[frame >> 6] >> UInt64(frame & 63)
      if open != 0 { return frame + open.trailingZeroBitCount < end }
      frame = (frame | 63) + 1
    }
    return false
  }

  /// Calls `body` with each matched frame, oldest first.
  @inline(__always) func forEachMatched(_ body: (Int) -> Void) {
    for word in 0..<words {
      var open = matched[word]
      while open != 0 {
        body(word << 6 | open.trailingZeroBitCount)
        open &= open &- 1
      }
    }
  }

  /// Writes `value` to the frames `range` of an atom's row.
  mutating func assign(_ value: Bool, to range: Range<Int>, of atom: Int32) {
    guard !range.isEmpty else { return }
    let row = ownRow(atom)
    for word in (range.lowerBound >> 6)...((range.upperBound - 1) >> 6) {
      let start = word << 6
      let below = StackMasks.bits(below: range.upperBound - start)
      let mask = below & ~StackMasks.bits(below: range.lowerBound - start)
      rows[row + word] = value ? rows[row + word] | mask : rows[row + word] & ~mask
    }
  }

  /// Writes `value` to the matched frames of an atom's row.
  mutating func assignToMatched(_ value: Bool, of atom: Int32) {
    let row = ownRow(atom)
    for word in 0..<words {
      let mask = matched[word]
      rows[row + word] = value ? rows[row + word] | mask : rows[row + word] & ~mask
    }
  }

  /// The lowest `count` bits; none below 0, all from 64 on.
  private static func bits(below count: Int) -> UInt64 {
    count <= 0 ? 0 : count >= 64 ? ~0 : (1 << UInt64(count)) - 1
  }
}
