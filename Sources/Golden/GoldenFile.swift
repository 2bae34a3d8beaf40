public import Comparison
internal import Grouping
public import TraceModel

/// What a golden file says: the records expected of one input, and the configuration that they are expected under.
public struct GoldenFile: Sendable, Hashable {
  /// The format's version, first in every golden file. Another one is refused.
  public static let version = 1
  /// What a golden file's name adds to its input's.
  public static let suffix = ".golden.ndjson"
  /// What the names of inputs end in where nothing else is said.
  public static let inputSuffixes = [".log", ".txt"]

  /// The input as it was when the golden was written.
  public struct Input: Sendable, Hashable {
    public var bytes: Int
    /// Of the whole file, as `md5sum` prints it.
    public var md5: String

    public init(bytes: Int, md5: String) {
      self.bytes = bytes
      self.md5 = md5
    }

    /// That of an input that was read.
    /// - Complexity: O(bytes).
    public init(_ bytes: [UInt8]) { self.init(bytes: bytes.count, md5: TraceHash.md5(bytes)) }
  }

  public var input: Input
  public var configuration: GoldenConfiguration
  /// What the names of inputs end in, in this golden's directory.
  public var suffixes: [String]
  /// In the order of the input.
  public var records: [GoldenRecord]

  public init(
    input: Input, configuration: GoldenConfiguration, suffixes: [String] = inputSuffixes,
    records: [GoldenRecord]
  ) {
    self.input = input
    self.configuration = configuration
    self.suffixes = suffixes
    self.records = records
  }
}

/// All options that decide what a golden holds.
public struct GoldenConfiguration: Sendable, Hashable {
  /// A file of rules.
  public struct RulesFile: Sendable, Hashable {
    /// As it is opened and shown in messages; in the golden's text it is relative to the golden's folder.
    public var path: String
    /// Of its text, as `md5sum` prints it.
    public var md5: String

    public init(path: String, md5: String) {
      self.path = path
      self.md5 = md5
    }

    /// That of a text that was read.
    /// - Complexity: O(bytes).
    public init(path: String, text: String) {
      self.init(path: path, md5: TraceHash.md5(Array(text.utf8)))
    }
  }

  /// `full` or `airbyte`.
  public var profile: String
  /// The grouping config's id.
  public var config: String
  /// How lines are taken.
  public var inputFormat = InputFormat.auto
  public var hasDefaultRules = true
  public var rules: [RulesFile] = []
  public var fingerprintRules: [RulesFile] = []
  public var connector: String?

  public init(profile: String, config: String) {
    self.profile = profile
    self.config = config
  }

  /// What differs in `new`, a sentence each.
  public func differences(to new: GoldenConfiguration) -> [String] {
    var result: [String] = []
    func compare(_ name: String, _ old: String, _ new: String) {
      if old != new { result.append("\(name): \(old) before, \(new) now") }
    }
    compare("profile", profile, new.profile)
    compare("config", config, new.config)
    compare(
      "built-in rules", hasDefaultRules ? "used" : "left out", new.hasDefaultRules ? "used" : "left out")
    compare("connector", connector ?? "none", new.connector ?? "none")
    compare("input format", inputFormat.rawValue, new.inputFormat.rawValue)
    result += Self.differences("stack-trace rules", rules, new.rules)
    return result + Self.differences("fingerprint rules", fingerprintRules, new.fingerprintRules)
  }

  /// Whether inputs are read, and made into events, in the same way.
  func isReadAlike(_ other: GoldenConfiguration) -> Bool {
    profile == other.profile && inputFormat == other.inputFormat
  }

  private static func differences(_ name: String, _ old: [RulesFile], _ new: [RulesFile]) -> [String] {
    guard old.map(\.path) == new.map(\.path) else {
      func list(_ files: [RulesFile]) -> String {
        files.isEmpty ? "none" : files.map(\.path).joined(separator: ", ")
      }
      return ["\(name): \(list(old)) before, \(list(new)) now"]
    }
    return zip(old, new).filter { $0.md5 != $1.md5 }.map { "\($1.path) was changed" }
  }
}

/// One expected record.
public struct GoldenRecord: Sendable, Hashable {
  /// 1-based line of the input that the record begins in.
  public var line: Int
  /// How many lines it has.
  public var lines: Int
  public var outcome: Outcome
  /// 1-based line of the golden file that it stands in; 0: it was not read from one.
  public var goldenLine = 0

  public init(line: Int, lines: Int, outcome: Outcome) {
    self.line = line
    self.lines = lines
    self.outcome = outcome
  }
}

/// Why a golden file cannot be used.
public struct GoldenError: Error, Sendable, Hashable {
  /// 1-based line of the golden file.
  public var line: Int
  /// What is wrong, and what to do.
  public var message: String

  public init(line: Int, message: String) {
    self.line = line
    self.message = message
  }
}

/// Paths in goldens: relative to the golden's folder, so that they are the same on every machine.
public enum GoldenPath {
  /// The folder of a file: what stands before its last slash; `.` where there is none.
  public static func folder(of file: String) -> String {
    guard let slash = file.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
    return slash == file.startIndex ? "/" : String(file[..<slash])
  }

  /// The way from a folder to a file.
  /// - Parameters: absolute paths without links.
  public static func relative(_ file: String, to folder: String) -> String {
    let (from, to) = (parts(folder), parts(file))
    let common = zip(from, to).prefix { $0 == $1 }.count
    let up = [String](repeating: "..", count: from.count - common)
    return (up + to[common...]).joined(separator: "/")
  }

  /// A relative path seen from where the folder's own path is seen, without needless `..`.
  public static func joined(_ folder: String, _ path: String) -> String {
    guard !path.utf8.starts(with: "/".utf8) else { return path }
    var result: [String] = []
    for part in parts(folder) + parts(path) {
      if part == "..", let last = result.last, last != ".." {
        result.removeLast()
      } else {
        result.append(part)
      }
    }
    let text = result.joined(separator: "/")
    return folder.utf8.starts(with: "/".utf8) ? "/" + text : text.isEmpty ? "." : text
  }

  private static func parts(_ path: String) -> [String] {
    path.split(separator: "/").filter { $0 != "." }.map(String.init)
  }
}
