import LogInput

/// Compressed inputs: any bytes behind a magic number are read or refused with a place, and of a text that was
/// compressed and then damaged, all that stands before the damage comes out.
///
/// The first byte's bit 0 chooses zstd, bit 1 a text to compress.
enum CompressionProperty {
  static func check(_ bytes: [UInt8]) throws {
    let isZstd = (bytes.first ?? 0) & 1 == 1
    if (bytes.first ?? 0) & 2 == 0 {
      let magic: [UInt8] = isZstd ? [0x28, 0xB5, 0x2F, 0xFD] : [0x1F, 0x8B, 0x08]
      try checkAny(magic + bytes.dropFirst())
    } else {
      try checkDamage(Compressed(bytes, isZstd: isZstd))
    }
  }

  /// How much is asked for, or comes, at once does not show. Only of a damaged block, pieces may tell more.
  /// - Returns: the reading that told least.
  @discardableResult private static func checkAny(_ stored: [UInt8]) throws -> StoredReading {
    var least = try StoredReading.file(stored, room: 1 << 20)
    func compare(_ other: StoredReading, _ what: String) throws {
      let isSame =
        other.fault == .damaged
        ? least.fault == .damaged
          && (other.text.starts(with: least.text) || least.text.starts(with: other.text))
        : other == least
      try require(isSame, difference(what, other, least))
      if other.text.count < least.text.count { least = other }
    }
    for room in [211, 64 << 10] {
      try compare(StoredReading.file(stored, room: room), "reads of \(room) bytes")
    }
    for piece in [1, 256] where stored.count < StoredReading.mostPiped {
      try compare(StoredReading.pipe(stored, piece: piece), "pieces of \(piece) bytes")
    }
    return least
  }

  private static func checkDamage(_ whole: Compressed) throws {
    let good = try checkAny(whole.stored)
    // What is taken for UTF-16 comes out as another text; without its magic number it is another input.
    guard good.encoding == .utf8, whole.damage >= 4 else { return }
    try require(good == StoredReading(text: whole.text), "what was compressed is not what is read")
    let cut = try checkAny(Array(whole.stored[..<whole.damage]))
    guard cut.encoding == .utf8 else { return }
    try require(
      whole.text.starts(with: cut.text) && cut.text.count >= whole.textBeforeDamage,
      "cut at \(whole.damage): \(cut.text.count) bytes are read, \(whole.textBeforeDamage) were whole")
    try require(
      cut.fault != nil || whole.ends.contains(whole.damage) || cut.text.count == whole.text.count,
      "cut at \(whole.damage) is no fault")
    guard whole.damage < whole.stored.count else { return }
    var stored = whole.stored
    stored[whole.damage] ^= whole.flip
    let flipped = try checkAny(stored)
    guard flipped.encoding == .utf8 else { return }
    try require(
      flipped.text.starts(with: cut.text),
      "changed at \(whole.damage): \(flipped.text.count) bytes are read, \(cut.text.count) stand before")
    // Of a text that became much longer, the end is not read.
    let isRead = flipped.text.count < StoredReading.most
    try require(
      !isRead || flipped.fault != nil || flipped.text == whole.text, "changed at \(whole.damage) is no fault")
  }

  private static func difference(_ what: String, _ other: StoredReading, _ first: StoredReading) -> String {
    "\(what) give \(other.text.count) bytes, \(other.fault.map { "\($0)" } ?? "no fault") at \(other.place ?? 0); "
      + "one read \(first.text.count), \(first.fault.map { "\($0)" } ?? "no fault") at \(first.place ?? 0)"
  }
}

/// A text in members, and where it is to be damaged: seven bytes of choices, then the text.
private struct Compressed {
  var text: [UInt8] = []
  var stored: [UInt8] = []
  /// Where the members end in `stored`.
  var ends: [Int] = []
  /// The text's bytes in members that end before the damage.
  var textBeforeDamage = 0
  /// Index in `stored`; its count for none.
  var damage = 0
  /// What is changed there.
  var flip: UInt8

  init(_ bytes: [UInt8], isZstd: Bool) throws {
    func choice(_ index: Int) -> Int { index < bytes.count ? Int(bytes[index]) : 0 }
    let piece = Array(bytes.dropFirst(7))
    // Long enough for several blocks of zstd, in little input.
    let repeats = piece.isEmpty ? 0 : min(1 + choice(1) * 8, (400 << 10) / piece.count)
    for _ in 0..<max(1, repeats) { text += piece }
    let members = 1 + choice(2) % 4
    var counts: [Int] = []
    for member in 0..<members {
      let part = Array(text[text.count * member / members..<text.count * (member + 1) / members])
      let level = Int32(choice(3) % 10)
      stored += try isZstd ? Compressing.zstd(part, level: level + 1) : Compressing.gzip(part, level: level)
      ends.append(stored.count)
      counts.append(part.count)
    }
    damage = (choice(4) << 8 | choice(5)) % (stored.count + 1)
    flip = max(1, UInt8(choice(6)))
    for (end, count) in zip(ends, counts) where end <= damage { textBeforeDamage += count }
  }
}
