/// Remembers what was computed for a trace's shape, so that a repeated trace costs neither components nor MD5.
///
/// Keys are compared whole, so two shapes never share a result by chance. The cache keeps two generations: when the
/// young one has its share of the bytes it becomes the old one, and what is used again moves back.
public struct DigestCache: ~Copyable {
  /// What is known of a key.
  enum Entry {
    case result(GroupingResult)
    /// The key does not decide it: ask again with the values.
    case needsValues
  }

  struct Key: Hashable {
    var bytes: [UInt8]

    func hash(into hasher: inout Hasher) {
      unsafe bytes.withUnsafeBytes { bytes in unsafe hasher.combine(bytes: bytes) }
    }
  }

  private var young: [Key: Entry] = [:]
  private var old: [Key: Entry] = [:]
  private var youngBytes = 0
  private var oldBytes = 0
  private let byteLimit: Int
  /// What an entry costs besides its key, roughly.
  private static let entryBytes = 1024
  public private(set) var hits = 0
  public private(set) var misses = 0

  /// Bytes that all of it takes, roughly.
  var rememberedBytes: Int { youngBytes + oldBytes }

  /// How many keys are remembered.
  var count: Int { young.count + old.count }

  /// - Parameter byteLimit: the most bytes of keys and results, roughly.
  init(byteLimit: Int) { self.byteLimit = byteLimit }

  /// - Complexity: O(the key's bytes).
  mutating func find(_ key: Key) -> Entry? {
    if let entry = young[key] {
      hits += 1
      return entry
    }
    guard let entry = old.removeValue(forKey: key) else {
      misses += 1
      return nil
    }
    hits += 1
    insert(key, entry)
    return entry
  }

  mutating func insert(_ key: Key, _ entry: Entry) {
    let cost = key.bytes.count + Self.entryBytes
    guard cost <= byteLimit / 2 else { return }
    if youngBytes + cost > byteLimit / 2 {
      old = young
      oldBytes = youngBytes
      young = [:]
      youngBytes = 0
    }
    young[key] = entry
    youngBytes += cost
  }
}
