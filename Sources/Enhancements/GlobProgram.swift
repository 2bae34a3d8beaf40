/// The machine of a glob: a list of steps whose edges all lead forward.
///
/// A state is "about to do step i". All states that are possible at one byte are bits of one set; since
/// edges lead forward only, one ascending sweep over the set closes it and consumes the byte.
struct GlobProgram: Sendable {
  enum Step: Sendable, Hashable {
    /// Consumes one byte of the set.
    case one(set: Int)
    /// Consumes any number of bytes of the set.
    case many(set: Int)
    /// Goes to each of `forks[first..<first + count]` without consuming.
    case fork(first: Int, count: Int)
    case jump(to: Int)
    case accept
  }
  private var steps: [Step] = []
  private var sets: [ByteSet] = []
  private var forks: [Int] = []
  private var setIndex: [ByteSet: Int] = [:]
  private let isPathLike: Bool

  init(_ tokens: [GlobToken], isPathLike: Bool) {
    self.isPathLike = isPathLike
    if tokens == [.leadingDirectories] {
      append(many: GlobProgram.notLineFeed)
    } else {
      for token in tokens { append(token) }
    }
    steps.append(.accept)
  }

  // MARK: - Building

  private static let notLineFeed = ByteSet.allExcept(UInt8(ascii: "\n"))
  private static let slash = ByteSet([UInt8(ascii: "/")])
  /// What `?` and `*` accept.
  private var wild: ByteSet { isPathLike ? .allExcept(UInt8(ascii: "/")) : GlobProgram.notLineFeed }

  private mutating func append(_ token: GlobToken) {
    switch token {
    case .literal(let scalar):
      for byte in UTF8.encode(scalar) ?? .init() { append(byte: byte) }
    case .anyByte: append(one: wild)
    case .star: append(many: wild)
    case .byteClass(let set): append(one: set)
    case .leadingDirectories: appendOptional { $0.appendDirectories() }
    case .trailingDirectories:
      append(one: GlobProgram.slash)
      append(many: GlobProgram.notLineFeed)
    case .middleDirectories:
      append(one: GlobProgram.slash)
      appendOptional { $0.appendDirectories() }
    case .alternatives(let lists): append(alternatives: lists)
    }
  }

  private mutating func append(byte: UInt8) {
    let set = ByteSet([byte])
    append(one: isPathLike ? set.foldingASCII : set)
  }

  /// Any bytes but LF, then `/`.
  private mutating func appendDirectories() {
    append(many: GlobProgram.notLineFeed)
    append(one: GlobProgram.slash)
  }

  private mutating func append(one set: ByteSet) { steps.append(.one(set: index(of: set))) }

  /// A run of equal stars is one star.
  private mutating func append(many set: ByteSet) {
    let step = Step.many(set: index(of: set))
    if steps.last != step { steps.append(step) }
  }

  private mutating func index(of set: ByteSet) -> Int {
    // Nearly all patterns have few sets: then looking at each is quicker than hashing.
    if sets.count < 32, let known = sets.firstIndex(of: set) { return known }
    if let known = setIndex[set] { return known }
    sets.append(set)
    if sets.count >= 32 { setIndex[set] = sets.count - 1 }
    return sets.count - 1
  }

  private mutating func appendOptional(_ body: (inout GlobProgram) -> Void) {
    let fork = steps.count
    steps.append(.fork(first: forks.count, count: 2))
    forks += [fork + 1, 0]
    let skip = forks.count - 1
    body(&self)
    forks[skip] = steps.count
    // Keeps the step after this group from merging with a star at the group's end.
    steps.append(.jump(to: steps.count + 1))
  }

  private mutating func append(alternatives lists: [[GlobToken]]) {
    guard !lists.isEmpty else { return }
    let first = forks.count
    steps.append(.fork(first: first, count: lists.count))
    forks += [Int](repeating: 0, count: lists.count)
    var ends: [Int] = []
    for (offset, list) in lists.enumerated() {
      forks[first + offset] = steps.count
      for token in list { append(token) }
      ends.append(steps.count)
      steps.append(.jump(to: 0))
    }
    for end in ends { steps[end] = .jump(to: steps.count) }
  }

  // MARK: - Matching

  /// - Complexity: O(bytes × steps); one word of states when the pattern has fewer than 64 steps.
  func matches(_ value: Span<UInt8>) -> Bool {
    steps.count <= 64 ? matchesSmall(value) : matchesLarge(value)
  }

  private func matchesSmall(_ value: Span<UInt8>) -> Bool {
    var states: UInt64 = 1
    for index in value.indices {
      let byte = value[index]
      var following: UInt64 = 0
      while states != 0 {
        let state = states.trailingZeroBitCount
        states &= states &- 1
        switch steps[state] {
        case .one(let set): if sets[set].contains(byte) { following |= 1 << UInt64(state + 1) }
        case .many(let set):
          if sets[set].contains(byte) { following |= 1 << UInt64(state) }
          states |= 1 << UInt64(state + 1)
        case .fork(let first, let count):
          for fork in first..<first + count { states |= 1 << UInt64(forks[fork]) }
        case .jump(let target): states |= 1 << UInt64(target)
        case .accept: break
        }
      }
      if following == 0 { return false }
      states = following
    }
    return acceptsSmall(states)
  }

  private func acceptsSmall(_ closing: UInt64) -> Bool {
    var states = closing
    while states != 0 {
      let state = states.trailingZeroBitCount
      states &= states &- 1
      switch steps[state] {
      case .one: break
      case .many: states |= 1 << UInt64(state + 1)
      case .fork(let first, let count):
        for fork in first..<first + count { states |= 1 << UInt64(forks[fork]) }
      case .jump(let target): states |= 1 << UInt64(target)
      case .accept: return true
      }
    }
    return false
  }

  private func matchesLarge(_ value: Span<UInt8>) -> Bool {
    var states = StateSet(count: steps.count)
    var following = StateSet(count: steps.count)
    states.insert(0)
    for index in value.indices {
      sweep(&states, byte: value[index], into: &following)
      if following.isEmpty { return false }
      swap(&states, &following)
    }
    sweep(&states, byte: nil, into: &following)
    return following.contains(steps.count - 1)
  }

  /// Closes `states` over the edges that consume nothing and moves those that take `byte` on; empties it.
  /// Without a byte only the accepting state is kept.
  private func sweep(_ states: inout StateSet, byte: UInt8?, into following: inout StateSet) {
    while let state = states.popFirst() {
      switch steps[state] {
      case .one(let set):
        if let byte, sets[set].contains(byte) { following.insert(state + 1) }
      case .many(let set):
        if let byte, sets[set].contains(byte) { following.insert(state) }
        states.insert(state + 1)
      case .fork(let first, let count):
        for fork in first..<first + count { states.insert(forks[fork]) }
      case .jump(let target): states.insert(target)
      case .accept: if byte == nil { following.insert(state) }
      }
    }
  }
}

/// A bit set of states of any number.
private struct StateSet {
  private var words: [UInt64]
  private var low: Int  // no bit stands in a word before this one
  private var high = -1  // nor in one after this

  init(count: Int) {
    words = [UInt64](repeating: 0, count: (count + 63) / 64)
    low = words.count
  }

  var isEmpty: Bool { high < low }

  func contains(_ state: Int) -> Bool { words[state >> 6] & (1 << UInt64(state & 63)) != 0 }

  mutating func insert(_ state: Int) {
    let word = state >> 6
    words[word] |= 1 << UInt64(state & 63)
    low = min(low, word)
    high = max(high, word)
  }

  /// Takes the lowest state out; nil leaves the set as new.
  mutating func popFirst() -> Int? {
    while low <= high {
      let open = words[low]
      if open != 0 {
        words[low] = open & (open &- 1)
        return low << 6 | open.trailingZeroBitCount
      }
      low += 1
    }
    low = words.count
    high = -1
    return nil
  }
}
