import Foundation

/// One run of the program, as a shell sees it.
struct Program {
  var output: String
  var errors: String
  var status: Int32

  var lines: [String] { output.split(separator: "\n").map(String.init) }
  var errorLines: [String] { errors.split(separator: "\n").map(String.init) }

  /// The project's root, where the corpus is.
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path

  /// Beside the test bundle, whatever the configuration.
  static let path: String = {
    let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    let beside = URL(fileURLWithPath: own).deletingLastPathComponent().appendingPathComponent("tracesift")
      .path
    return FileManager.default.isExecutableFile(atPath: beside) ? beside : root + "/.build/debug/tracesift"
  }()

  /// For scripts.
  static var quotedPath: String { "'\(path)'" }

  static func run(
    _ arguments: String..., input: String = "", environment: [String: String] = [:]
  ) throws -> Program {
    try start(path, arguments, input, environment)
  }

  static func run(_ arguments: [String], input: String = "") throws -> Program {
    try start(path, arguments, input, [:])
  }

  /// Runs with standard output on a terminal; returns what the terminal got.
  static func onTerminal(
    _ arguments: [String], input: String, environment: [String: String] = [:]
  ) throws -> String {
    let (master, name) = try newTerminal()
    defer { close(master) }
    let terminal = FileHandle(fileDescriptor: open(name, O_RDWR | O_NOCTTY), closeOnDealloc: false)
    return try withDirectory { directory in
      let process = Process()
      process.executableURL = URL(fileURLWithPath: path)
      process.arguments = arguments
      process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
      process.standardInput = try FileHandle(forReadingFrom: directory.file("input", input))
      process.standardOutput = terminal
      try process.run()
      try terminal.close()
      let text = read(master)
      process.waitUntilExit()
      return text
    }
  }

  /// Runs a shell script, with the program as `$1`, with standard error on a terminal; returns what that got.
  static func errorsOnTerminal(_ script: String) throws -> String {
    let (master, name) = try newTerminal()
    defer { close(master) }
    let terminal = FileHandle(fileDescriptor: open(name, O_RDWR | O_NOCTTY), closeOnDealloc: false)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", script, "sh", path]
    process.currentDirectoryURL = URL(fileURLWithPath: root)
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = terminal
    try process.run()
    try terminal.close()
    defer { process.waitUntilExit() }
    return read(master)
  }

  /// Reading fails once nobody has the terminal open any more.
  private static func read(_ master: Int32) -> String {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    while case let count = Foundation.read(master, &buffer, buffer.count), count > 0 {
      bytes += buffer[..<count]
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Linux's own way, since the module map hides `posix_openpt`: unlock it, ask for its number.
  private static func newTerminal() throws -> (master: Int32, name: String) {
    let master = open("/dev/ptmx", O_RDWR | O_NOCTTY)
    var lock: Int32 = 0
    var number: UInt32 = 0
    guard master >= 0, ioctl(master, 0x4004_5431, &lock) == 0, ioctl(master, 0x8004_5430, &number) == 0 else {
      throw POSIXError(.ENOTTY)
    }
    return (master, "/dev/pts/\(number)")
  }

  /// Runs a script with `/bin/sh`.
  static func shell(_ script: String) throws -> Program { try start("/bin/sh", ["-c", script], "", [:]) }

  private static func start(
    _ path: String, _ arguments: [String], _ input: String, _ environment: [String: String]
  ) throws -> Program {
    try withDirectory { directory in
      let process = Process()
      process.executableURL = URL(fileURLWithPath: path)
      process.arguments = arguments
      process.currentDirectoryURL = URL(fileURLWithPath: root)
      process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
      process.standardInput = try FileHandle(forReadingFrom: directory.file("input", input))
      // Files, not pipes: nobody has to read while it runs.
      let (output, errors) = (try directory.file("output", ""), try directory.file("errors", ""))
      process.standardOutput = try FileHandle(forWritingTo: output)
      process.standardError = try FileHandle(forWritingTo: errors)
      try process.run()
      process.waitUntilExit()
      return Program(
        output: String(decoding: try Data(contentsOf: output), as: UTF8.self),
        errors: String(decoding: try Data(contentsOf: errors), as: UTF8.self),
        status: process.terminationStatus)
    }
  }
}

/// A directory that is gone afterwards.
struct TemporaryDirectory {
  let url: URL

  /// Writes a file; returns where it is.
  func file(_ name: String, _ text: String) throws -> URL {
    let file = url.appendingPathComponent(name)
    try Data(text.utf8).write(to: file)
    return file
  }
}

func withDirectory<Result>(_ body: (TemporaryDirectory) throws -> Result) throws -> Result {
  let url = FileManager.default.temporaryDirectory.appendingPathComponent("tracesift-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: url) }
  return try body(TemporaryDirectory(url: url))
}

/// Members of parsed JSON by name; a missing one is nothing.
struct JSON {
  let value: Any?

  init(_ value: Any?) { self.value = value }

  init(parsing text: String) throws {
    value = try JSONSerialization.jsonObject(with: Data(text.utf8))
  }

  subscript(_ name: String) -> JSON { JSON((value as? [String: Any])?[name]) }
  subscript(_ index: Int) -> JSON { JSON(list.indices.contains(index) ? list[index].value : nil) }
  var list: [JSON] { (value as? [Any] ?? []).map { JSON($0) } }
  var text: String? { value as? String }
  var number: Int? { value as? Int }
  var flag: Bool? { value as? Bool }
  var names: Set<String> { Set((value as? [String: Any] ?? [:]).keys) }
}

enum Sample {
  static let java = """
    2024-01-02 03:04:05,678 ERROR c.a.X - failed
    java.lang.IllegalStateException: boom
    \tat io.airbyte.workers.Main.run(Main.java:12)
    \tat java.util.concurrent.FutureTask.run(FutureTask.java:264)
    Caused by: java.io.IOException: it's "50%" \\n
    \tat io.airbyte.workers.Disk.read(Disk.java:7)
    \t... 2 more

    """
  static let python = """
    Traceback (most recent call last):
      File "/srv/app/x.py", line 3, in f
        g('it is')
      File "/srv/app/x.py", line 9, in g
        raise E()
    ValueError: oops

    """
  static let failure = "Traceback (most recent call last):\n2024-01-02 03:04:05,678 INFO c.a.X - it's cut\n"
}
