import Foundation

/// Runs the built program and keeps what it said.
struct Command {
  var output: [UInt8]
  var errors: String
  var status: Int32

  var text: String { String(decoding: output, as: UTF8.self) }
  var lines: [String] { text.split(separator: "\n", omittingEmptySubsequences: true).map(String.init) }

  /// The program beside the test bundle.
  static let path: String = {
    let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    let beside = URL(fileURLWithPath: own).deletingLastPathComponent().appendingPathComponent("tracesift")
      .path
    if FileManager.default.isExecutableFile(atPath: beside) { return beside }
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    return root.appendingPathComponent(".build/debug/tracesift").path
  }()

  /// Runs the program with standard input from `input`.
  static func run(_ arguments: [String], input: [UInt8] = [], in directory: String? = nil) throws -> Command {
    try Scratch.with { scratch in
      let process = Process()
      process.executableURL = URL(fileURLWithPath: path)
      process.arguments = arguments
      if let directory { process.currentDirectoryURL = URL(fileURLWithPath: directory) }
      // Files, not pipes: nobody has to read while it runs.
      process.standardInput = try scratch.reading(input)
      let (output, errors) = (scratch.path + "/out", scratch.path + "/err")
      process.standardOutput = try scratch.writing(output)
      process.standardError = try scratch.writing(errors)
      try process.run()
      process.waitUntilExit()
      return Command(
        output: Array(try Data(contentsOf: URL(fileURLWithPath: output))),
        errors: String(decoding: try Data(contentsOf: URL(fileURLWithPath: errors)), as: UTF8.self),
        status: process.terminationStatus)
    }
  }

  /// The threads that tests run on block all signals, and a child inherits that.
  static func unblockSignals() {
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGTERM)
    sigaddset(&signals, SIGINT)
    pthread_sigmask(SIG_UNBLOCK, &signals, nil)
  }

  /// Runs a shell script with the program as `$1` and more arguments behind it.
  static func shell(_ script: String, _ arguments: [String] = []) throws -> Command {
    try Scratch.with { scratch in
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/bin/sh")
      process.arguments = ["-c", script, "sh", path] + arguments
      let (output, errors) = (scratch.path + "/out", scratch.path + "/err")
      process.standardInput = FileHandle.nullDevice
      process.standardOutput = try scratch.writing(output)
      process.standardError = try scratch.writing(errors)
      unblockSignals()
      try process.run()
      process.waitUntilExit()
      return Command(
        output: Array(try Data(contentsOf: URL(fileURLWithPath: output))),
        errors: String(decoding: try Data(contentsOf: URL(fileURLWithPath: errors)), as: UTF8.self),
        status: process.terminationStatus)
    }
  }
}

/// A directory of its own, gone afterwards.
struct Scratch {
  let path: String

  static func with<Result>(_ body: (Scratch) throws -> Result) throws -> Result {
    let path = NSTemporaryDirectory() + "tracesift-command-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: path) }
    return try body(Scratch(path: path))
  }

  /// Creates a file below the directory; returns its whole path.
  @discardableResult func file(_ name: String, _ text: String) throws -> String {
    let url = URL(fileURLWithPath: path + "/" + name)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
    return url.path
  }

  fileprivate func reading(_ bytes: [UInt8]) throws -> FileHandle {
    let name = path + "/in"
    try Data(bytes).write(to: URL(fileURLWithPath: name))
    return try FileHandle(forReadingFrom: URL(fileURLWithPath: name))
  }

  fileprivate func writing(_ name: String) throws -> FileHandle {
    _ = FileManager.default.createFile(atPath: name, contents: nil)
    return try FileHandle(forWritingTo: URL(fileURLWithPath: name))
  }
}

enum Sample {
  static let log = "2024-01-02 03:04:05,678 INFO c.a.X - on\n"
  static let java =
    "2024-01-02 03:04:06,001 ERROR c.a.X - failed\njava.lang.IllegalStateException: boom\n\tat a.B.c(D.java:5)\n\tat a.B.d(Native Method)\nCaused by: a.b.InnerException\n\tat a.B.e(D.java:7)\n\t... 1 more\n"
  static let python =
    "Traceback (most recent call last):\n  File \"/srv/x.py\", line 3, in f\n    g()\n  File \"/srv/x.py\", line 9, in g\n    raise E()\n  [Previous line repeated 7 more times]\nValueError: oops\n"
  static let failure = "Traceback (most recent call last):\n2024-01-02 03:04:05,678 INFO c.a.X - cut\n"
}
