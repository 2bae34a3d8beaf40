import Foundation
import Testing

/// `tracesift filter` as a process in a pipe.
@Suite(.serialized) struct FilterCommandTests {
  /// A running filter that is written to and read from.
  private final class Running {
    let process = Process()
    private let input = Pipe()
    private let outputPath: String

    init(_ arguments: [String], in scratch: Scratch) throws {
      outputPath = scratch.path + "/filter-output"
      process.executableURL = URL(fileURLWithPath: Command.path)
      process.arguments = ["filter"] + arguments
      process.standardInput = input
      _ = FileManager.default.createFile(atPath: outputPath, contents: nil)
      let handle = try #require(FileHandle(forWritingAtPath: outputPath))
      try handle.seekToEnd()
      process.standardOutput = handle
      _ = FileManager.default.createFile(atPath: outputPath + ".errors", contents: nil)
      process.standardError = FileHandle(forWritingAtPath: outputPath + ".errors")
      Command.unblockSignals()
      try process.run()
    }

    func write(_ text: String) throws { try input.fileHandleForWriting.write(contentsOf: Data(text.utf8)) }
    func closeInput() throws { try input.fileHandleForWriting.close() }

    var output: [String] { Self.lines(of: outputPath) }
    var errors: [String] { Self.lines(of: outputPath + ".errors") }

    private static func lines(of path: String) -> [String] {
      let data = FileManager.default.contents(atPath: path) ?? Data()
      return String(decoding: data, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    /// Whether so many lines came within some seconds.
    func has(_ count: Int, within seconds: Double) -> Bool {
      let end = Date(timeIntervalSinceNow: seconds)
      while Date() < end {
        if output.count >= count { return true }
        usleep(5000)
      }
      return output.count >= count
    }

    func finish(_ signal: Int32? = nil) -> Int32 {
      if let signal { kill(process.processIdentifier, signal) } else { try? closeInput() }
      let end = Date(timeIntervalSinceNow: 20)
      while process.isRunning, Date() < end { usleep(5000) }
      if process.isRunning { kill(process.processIdentifier, SIGKILL) }
      process.waitUntilExit()
      return process.terminationStatus
    }
  }

  /// A trace with a number, between lines of a log.
  private static func numbered(_ number: Int) -> String {
    Sample.log + trace.replacingOccurrences(of: "boom", with: "boom \(number)") + Sample.log + Sample.log
  }

  /// A followed log whose first trace was given out before the filter was ended.
  private static func begun(in scratch: Scratch) throws -> (log: String, arguments: [String], given: [String])
  {
    let log = try scratch.file("app.log", numbered(1))
    let arguments = ["--follow", log, "--checkpoint", scratch.path + "/checkpoint"]
    let filter = try Running(arguments, in: scratch)
    #expect(filter.has(1, within: 20) && filter.finish(SIGTERM) == 143)
    return (log, arguments, filter.output)
  }

  /// The number of the trace in a record.
  private static func number(_ record: String) -> Int? {
    record.firstRange(of: "boom ").flatMap { Int(record[$0.upperBound...].prefix { $0.isNumber }) }
  }

  private static let trace =
    "java.lang.IllegalStateException: boom\n\tat a.B.c(D.java:5)\n\tat a.B.d(D.java:9)\n"

  /// The two lines behind a trace show that nothing of it follows.
  @Test func aRecordLeavesWhenItsTraceIsComplete() throws {
    try Scratch.with { scratch in
      let filter = try Running(["--flush-after", "3600"], in: scratch)
      try filter.write(Self.trace)
      try filter.write(Sample.log + Sample.log)
      #expect(filter.has(1, within: 20))
      try filter.write(Self.trace)
      try filter.write(Sample.log + Sample.log)
      #expect(filter.has(2, within: 20))
      #expect(filter.finish() == 0)
      #expect(filter.output.count == 2)
    }
  }

  @Test func aRecordLeavesWhenItsStreamIsSilent() throws {
    try Scratch.with { scratch in
      let filter = try Running(["--flush-after", "0.2"], in: scratch)
      try filter.write(Self.trace)
      #expect(filter.has(1, within: 20))
      #expect(filter.finish() == 0)
      #expect(filter.output.count == 1 && filter.output[0].contains("\"status\":\"ok\""))
    }
  }

  /// Of traces side by side each waits for lines of the next ones, which might be woven into it: they left one a silence.
  @Test func allTracesLeaveWhenNothingComes() throws {
    try Scratch.with { scratch in
      let filter = try Running(["--flush-after", "1"], in: scratch)
      try filter.write((0..<40).map { "java.lang.Error: \($0)\n\tat a.B.c(B.java:\($0 + 1))\n" }.joined())
      #expect(filter.has(40, within: 10))
      #expect(filter.finish() == 0)
      #expect(filter.output.count == 40)
    }
  }

  /// The silence is that of the trace's own stream: another one that goes on talking does not keep it back.
  @Test func anotherStreamDoesNotKeepARecordBack() throws {
    try Scratch.with { scratch in
      let filter = try Running(["--flush-after", "0.3"], in: scratch)
      let own = Self.trace.split(separator: "\n").map { "web-1  | \($0)\n" }.joined()
      try filter.write(own)
      for number in 0..<400 where filter.output.isEmpty {
        try filter.write("job-1  | tick \(number)\n")
        usleep(20_000)
      }
      #expect(filter.output.count == 1)
      _ = filter.finish()
    }
  }

  @Test func theLogIsPassedThrough() throws {
    let log = Sample.log + Sample.java + Sample.log + Sample.python + Sample.log + "no line end"
    let result = try Command.run(["filter", "--keep-lines"], input: Array(log.utf8))
    #expect(result.status == 0)
    let records = result.lines.filter { $0.hasPrefix("{\"v\":1,") }
    let lines = result.lines.filter { !$0.hasPrefix("{\"v\":1,") }
    #expect(lines == log.split(separator: "\n").map(String.init))
    #expect(records.count == 2)
    let first = try #require(result.lines.firstIndex { $0.hasPrefix("{\"v\":1,") })
    #expect(result.lines[first - 1] == "\t... 1 more")
  }

  @Test func aFileIsFollowedThroughRotations() throws {
    try Scratch.with { scratch in
      let log = scratch.path + "/app.log"
      func append(_ text: String) throws {
        if !FileManager.default.fileExists(atPath: log) { try scratch.file("app.log", "") }
        let handle = try #require(FileHandle(forWritingAtPath: log))
        try handle.seekToEnd()
        try handle.write(contentsOf: Data(text.utf8))
        try handle.close()
      }
      func trace(_ number: Int) -> String {
        "line of \(number)\n" + Self.trace.replacingOccurrences(of: "boom", with: "boom \(number)")
          + Sample.log + Sample.log
      }
      let filter = try Running(["--follow", log], in: scratch)
      try append(trace(1))
      #expect(filter.has(1, within: 20))
      try FileManager.default.moveItem(atPath: log, toPath: log + ".1")
      try append(trace(2))
      #expect(filter.has(2, within: 20))
      // Emptied in place, then longer than before.
      let handle = try #require(FileHandle(forWritingAtPath: log))
      try handle.truncate(atOffset: 0)
      try handle.close()
      try append("another first line\n" + trace(3) + trace(4))
      #expect(filter.has(4, within: 20))
      #expect(filter.finish(SIGTERM) == 143)
      for number in 1...4 { #expect(filter.output[number - 1].contains("boom \(number)\"")) }
    }
  }

  @Test func aRestartGoesOnAtTheCheckpoint() throws {
    try Scratch.with { scratch in
      let half = Self.trace.prefix(60)
      let log = try scratch.file("app.log", Sample.java + Sample.log + Sample.log + half)
      let arguments = [
        "--follow", log, "--checkpoint", scratch.path + "/checkpoint", "--flush-after", "3600",
      ]
      let first = try Running(arguments, in: scratch)
      #expect(first.has(1, within: 20))
      // The open trace is left to the next run.
      #expect(first.finish(SIGTERM) == 143)
      #expect(first.output.count == 1)
      try FileManager.default.moveItem(atPath: log, toPath: log + ".1")
      let rotated = try #require(FileHandle(forWritingAtPath: log + ".1"))
      try rotated.seekToEnd()
      try rotated.write(contentsOf: Data((Self.trace.dropFirst(60) + Sample.log + Sample.log).utf8))
      try rotated.close()
      try scratch.file("app.log", "a new file\n" + Sample.python + Sample.log + Sample.log)
      let second = try Running(arguments, in: scratch)
      #expect(second.has(2, within: 20))
      #expect(second.finish(SIGTERM) == 143)
      #expect(second.output.count == 2)
      #expect(second.output[0].contains("boom") && second.output[0].contains("\"status\":\"ok\""))
      #expect(second.output[1].contains("ValueError"))
    }
  }

  /// Many files were rotated away while the filter was down: all of them are read, none is waited for, and records of
  /// files that begin alike have ids of their own. Each file cost two seconds before, so that a filter that was
  /// restarted often never caught up.
  @Test func filesThatWereRotatedAwayMeanwhileAreRead() throws {
    try Scratch.with { scratch in
      let log = try scratch.file("app.log", Sample.log + Self.trace + Sample.log + Sample.log)
      let arguments = ["--follow", log, "--checkpoint", scratch.path + "/checkpoint"]
      let first = try Running(arguments, in: scratch)
      #expect(first.has(1, within: 20))
      #expect(first.finish(SIGTERM) == 143)
      let before = first.output
      let old = Date(timeIntervalSinceNow: -3600)
      for number in 2...7 {
        for age in (0..<number - 1).reversed() {
          let name = age == 0 ? log : "\(log).\(age)"
          try FileManager.default.moveItem(atPath: name, toPath: "\(log).\(age + 1)")
        }
        let text = Self.trace.replacingOccurrences(of: "boom", with: "boom \(number)")
        try scratch.file("app.log", Sample.log + text + Sample.log + Sample.log)
        for age in 1..<number {
          let time = old.addingTimeInterval(Double(number - age))
          try FileManager.default.setAttributes([.modificationDate: time], ofItemAtPath: "\(log).\(age)")
        }
      }
      let second = try Running(arguments, in: scratch)
      #expect(second.has(6, within: 20))
      #expect(second.finish(SIGTERM) == 143)
      for (record, number) in zip(second.output, 2...7) { #expect(record.contains("boom \(number)\"")) }
      #expect(Set((before + second.output).map { $0.prefix(50) }).count == 7)
    }
  }

  /// The file of the checkpoint is gone: that is said, and all that is left is read, the oldest first. It was once left
  /// out up to the newest.
  @Test func whatIsLeftBehindAGoneFileIsRead() throws {
    try Scratch.with { scratch in
      let (log, arguments, _) = try Self.begun(in: scratch)
      let script = """
        sleep 0.1; rm "$2"
        cp "$3" "$2.2"; sleep 0.1; cp "$4" "$2.1"; sleep 0.1; cp "$5" "$2"
        touch -d '2020-01-01' "$2.9"; cat "$3" >> "$2.9"; touch -d '2020-01-01' "$2.9"
        """
      let more = try (2...4).map { try scratch.file("more\($0)", Self.numbered($0)) }
      _ = try Command.shell(script, [log] + more)
      let second = try Running(arguments, in: scratch)
      #expect(second.has(3, within: 20) && second.finish(SIGTERM) == 2)
      #expect(second.output.map(Self.number) == [2, 3, 4])
      #expect(second.errors.joined().contains("the checkpoint stands in is gone"))
    }
  }

  /// Copied and emptied twice while no filter ran: what had not been read stands in the copies.
  @Test func theRestOfAFileThatWasEmptiedIsReadFromItsCopy() throws {
    try Scratch.with { scratch in
      let (log, arguments, given) = try Self.begun(in: scratch)
      let more = try (2...4).map { try scratch.file("more\($0)", Self.numbered($0)) }
      let script = """
        cat "$3" >> "$2"; sleep 0.1; cp "$2" "$2.2"; : > "$2"
        cat "$4" >> "$2"; sleep 0.1; cp "$2" "$2.1"; : > "$2"
        cat "$5" "$5" >> "$2"
        """
      _ = try Command.shell(script, [log] + more)
      let second = try Running(arguments, in: scratch)
      #expect(second.has(4, within: 20) && second.finish(SIGTERM) == 143)
      #expect(second.output.map(Self.number) == [2, 3, 4, 4])
      #expect(second.errors.isEmpty)
      #expect(Set((given + second.output).map { $0.prefix(50) }).count == 5)
    }
  }

  /// A file that was emptied while no filter ran, begins as it did and is longer than it was: all of it is read. It was
  /// once gone on with in the middle.
  @Test func aFileThatBeginsAsItDidIsNotTheSame() throws {
    try Scratch.with { scratch in
      let (log, arguments, _) = try Self.begun(in: scratch)
      let more = try (20...22).map { try scratch.file("more\($0)", Self.numbered($0)) }
      _ = try Command.shell(#": > "$2"; cat "$3" "$4" "$5" >> "$2""#, [log] + more)
      let second = try Running(arguments, in: scratch)
      #expect(second.has(3, within: 20) && second.finish(SIGTERM) == 2)
      #expect(second.output.map(Self.number) == [20, 21, 22])
      #expect(second.errors.joined().contains("the checkpoint stands in was emptied"))
    }
  }

  /// A file that was emptied while no filter ran, and renamed: what is in it now is read, and the next one.
  @Test func aFileThatWasEmptiedMeanwhileIsReadAnew() throws {
    try Scratch.with { scratch in
      let (log, arguments, _) = try Self.begun(in: scratch)
      let script = #"printf '\n' > "$2"; cat "$3" >> "$2"; sleep 0.1; mv "$2" "$2.1"; cp "$4" "$2""#
      let more = try (2...3).map { try scratch.file("more\($0)", Self.numbered($0)) }
      _ = try Command.shell(script, [log] + more)
      let second = try Running(arguments, in: scratch)
      #expect(second.has(2, within: 20) && second.finish(SIGTERM) == 2)
      #expect(second.output.map(Self.number) == [2, 3])
      #expect(second.errors.joined().contains("the checkpoint stands in was emptied"))
    }
  }

  /// Copied and emptied while the filter looks away: what it had not read stands in the copy.
  @Test func theRestOfAFileThatIsEmptiedIsReadFromItsCopy() throws {
    try Scratch.with { scratch in
      let log = try scratch.file("app.log", Self.numbered(1))
      let filter = try Running(["--follow", log], in: scratch)
      #expect(filter.has(1, within: 20))
      let more = try (2...3).map { try scratch.file("more\($0)", Self.numbered($0)) }
      let script = #"cat "$3" >> "$2"; cp "$2" "$2.1"; : > "$2"; sleep 0.3; cat "$4" >> "$2""#
      _ = try Command.shell(script, [log] + more)
      #expect(filter.has(3, within: 20) && filter.finish(SIGTERM) == 143)
      #expect(filter.output.map(Self.number) == [1, 2, 3])
    }
  }

  /// While the filter still waits for the writer of a file that was renamed, the next one is deleted, and the one after that
  /// moved away: both were seen.
  @Test func filesThatAreGoneBeforeTheirTurnAreRead() throws {
    try Scratch.with { scratch in
      let log = try scratch.file("app.log", Self.numbered(1))
      let filter = try Running(["--follow", log], in: scratch)
      #expect(filter.has(1, within: 20))
      let more = try (2...5).map { try scratch.file("more\($0)", Self.numbered($0)) }
      let script =
        #"cat "$3" >> "$2"; mv "$2" "$2.1"; cp "$4" "$2"; sleep 0.7; rm "$2"; cp "$5" "$2"; sleep 0.7; "#
        + #"mkdir "$2.d"; mv "$2" "$2.d"; cp "$6" "$2""#
      _ = try Command.shell(script, [log] + more)
      #expect(filter.has(5, within: 30) && filter.finish(SIGTERM) == 143)
      #expect(filter.output.map(Self.number) == [1, 2, 3, 4, 5])
    }
  }

  /// Two renames, the second while the filter still waits for the writer of the first, to a name that is not gone on with by
  /// itself: the file between was seen, and once passed over.
  @Test func aFileIsReadUnderAnyNameThatItWasSeenToGet() throws {
    try Scratch.with { scratch in
      let log = try scratch.file("app.log", Self.numbered(1))
      let filter = try Running(["--follow", log], in: scratch)
      #expect(filter.has(1, within: 20))
      let more = try (2...3).map { try scratch.file("more\($0)", Self.numbered($0)) }
      let script =
        #"cd "${2%/*}"; mv app.log app-2026-03-05-1.log; cat "$3" > app.log; sleep 1; "#
        + #"mv app.log app-2026-03-05-2.log; cat "$4" > app.log"#
      _ = try Command.shell(script, [log] + more)
      #expect(filter.has(3, within: 30) && filter.finish(SIGTERM) == 143)
      #expect(filter.output.map(Self.number) == [1, 2, 3])
    }
  }

  /// A writer that stops in the middle of a frame for longer than `--flush-after`, alone or among the lines of another stream,
  /// and goes on with more than the rest of the line.
  @Test(arguments: [["stderr"], ["stderr", "stdout"]]) func aPauseWithinALineCutsNothing(_ streams: [String])
    throws
  {
    try Scratch.with { scratch in
      let lines = ["java.lang.IllegalStateException: boom 1"] + (1...6).map { "\tat a.B.c(D.java:\($0))" }
      let log = lines.flatMap { line in streams.map { "2026-01-01T00:00:00.1Z \($0) F \(line)\n" } }.joined()
      let filter = try Running(["--flush-after", "0.5"], in: scratch)
      let cut = try #require(log.firstRange(of: "java:3")?.lowerBound)
      let next = try #require(log.firstRange(of: "java:5")?.lowerBound)
      for piece in [log[..<cut], log[cut..<next], log[next...]] {
        try filter.write(String(piece))
        usleep(piece.endIndex == cut ? 1_200_000 : 50_000)
      }
      #expect(filter.finish() == 0)
      #expect(filter.output.count == streams.count)
      #expect(filter.output.allSatisfy { $0.contains(#""lineno":1"#) && $0.contains(#""lineno":6"#) })
    }
  }

  @Test func onlyAPlainFileIsFollowed() throws {
    try Scratch.with { scratch in
      let script = """
        mkfifo "$2/pipe"
        timeout 10 "$1" filter --follow "$2/pipe" 2>&1; echo $?
        timeout 10 "$1" filter --follow "$2" 2>&1; echo $?
        """
      let lines = try Command.shell(script, [scratch.path]).lines
      #expect(lines.filter { $0 == "2" }.count == 2)
      #expect(
        lines.first?.hasSuffix("only a plain file can be followed; a pipe is read from standard input")
          == true)
    }
  }

  @Test(arguments: [[0x1F, 0x8B, 8, 0], [0x28, 0xB5, 0x2F, 0xFD], [0xFF, 0xFE, 0x41, 0]])
  func whatHasToBeDecodedIsNotFollowed(_ start: [UInt8]) throws {
    try Scratch.with { scratch in
      let log = try scratch.file("app.log", "")
      try Data(start).write(to: URL(fileURLWithPath: log))
      let filter = try Running(["--follow", log], in: scratch)
      #expect(filter.finish() == 2)
      #expect(filter.errors.first?.contains("cannot be followed: use tracesift scan") == true)
    }
  }

  /// A stream that is never silent for long is no silent one, however long its trace takes.
  @Test func aSlowTraceIsOne() throws {
    try Scratch.with { scratch in
      let filter = try Running(["--flush-after", "0.5"], in: scratch)
      func send(_ line: String) throws {
        try filter.write(#"{"log":"\#(line)\n","stream":"stderr","time":"2026-01-01T00:00:00Z"}"# + "\n")
        usleep(50_000)
      }
      try send("java.lang.IllegalStateException: boom 1")
      for line in 1...30 { try send(#"\tat a.B.c(D.java:\#(line))"#) }
      #expect(filter.has(1, within: 20) && filter.finish() == 0)
      #expect(filter.output.count == 1 && filter.output[0].contains(#""lineno":30"#))
    }
  }

  /// A run that was killed in the middle of a record does not damage the first one of the next run, and failures of
  /// the run before stay.
  @Test func aRestartBeginsANewLine() throws {
    try Scratch.with { scratch in
      let log = try scratch.file("app.log", Sample.failure + Sample.java + Sample.log + Sample.log)
      let script = """
        run() { timeout 3 "$1" filter --follow "$2" --checkpoint "$2.checkpoint" --failures "$2.failures" >> "$2.out"; }
        run "$@"; printf '{"v":1,' >> "$2.out"
        cat "$3" >> "$2"; run "$@"; cat "$2.failures" "$2.out"
        """
      let more = try scratch.file("more", Sample.failure + Sample.python + Sample.log + Sample.log)
      let lines = try Command.shell(script, [log, more]).lines
      #expect(lines.filter { $0.contains("no_frames") }.count == 2)
      #expect(lines.dropFirst(3).first == "{\"v\":1,")
      #expect(lines.last?.hasPrefix("{\"v\":1,\"kind\":\"trace\"") == true && lines.count == 5)
    }
  }

  /// While nobody takes the output, lines wait to be read: the trace that is open then is not silent.
  @Test func aReaderThatWaitsIsNoSilence() throws {
    let script = """
      awk 'BEGIN { for (n = 0; n < 9000; n++)
        printf "java.lang.E: number %d\\n\\tat a.B.c(D.java:5)\\n\\tat a.B.d(D.java:9)\\nlog\\n", n }' > "$2"
      "$1" filter --flush-after 0.1 < "$2" | (sleep 1; cat) > "$3"
      "$1" filter < "$2" | cmp - "$3" && echo same
      """
    try Scratch.with { scratch in
      let run = try Command.shell(script, [scratch.path + "/log", scratch.path + "/slow"])
      #expect(run.lines == ["same"], "\(run.errors)")
    }
  }

  /// A line that is longer than the window cut the trace above it (`limit_exceeded`), and was given out in two.
  @Test func aLongLineBehindATraceIsInNobodysWay() throws {
    for bytes in [1_500_000, 5_000_000] {
      let log =
        Self.numbered(1) + "INFO " + String(repeating: "y ", count: bytes / 2) + "\n" + Self.numbered(2)
      let behind = Self.trace + "INFO " + String(repeating: "y ", count: bytes / 2) + "\n" + log
      let run = try Command.run(["filter", "--keep-lines"], input: Array(behind.utf8))
      let records = run.lines.filter { $0.hasPrefix("{\"v\":1,") }
      #expect(records.count == 3 && records.allSatisfy { $0.contains("\"status\":\"ok\"") })
      #expect(run.lines.filter { !$0.hasPrefix("{\"v\":1,") }.joined(separator: "\n") + "\n" == behind)
    }
  }

  /// Lines a little longer than what is kept of one, right below a trace: their ends were once put behind the lines below, and
  /// records into lines.
  @Test(arguments: [0, 10, 100, 1000]) func longLinesPassInOrder(_ more: Int) throws {
    let log =
      Self.trace + String(repeating: "x", count: 2 << 20 + more) + Sample.python + Sample.log + Sample.log
    let result = try Command.run(["filter", "--keep-lines"], input: Array(log.utf8))
    let lines = result.text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.filter { !$0.hasPrefix("{\"v\":1,") }.joined(separator: "\n") == log)
    #expect(result.text.ranges(of: "\n{\"v\":1,").count == result.text.ranges(of: "{\"v\":1,").count)
  }

  /// A long trace is written before its record is, and its last line may have no end.
  @Test func aRecordStandsOnALineOfItsOwn() throws {
    let frames = (0..<2000).map { "\tat a.b.SomeClassWithAName.method(SomeClassWithAName.java:\($0))" }
    let log = "java.lang.StackOverflowError\n" + frames.joined(separator: "\n")
    let result = try Command.run(["filter", "--keep-lines"], input: Array(log.utf8))
    #expect(result.lines.dropLast().joined(separator: "\n") == log && result.lines.last?.first == "{")
  }

  /// What stands behind the part of a line that is read was only counted. However it comes in, it is one report.
  @Test func tracesBehindTheReadPartOfALineAreReported() throws {
    let trace = Self.trace.replacingOccurrences(of: "\n", with: "\\n").replacingOccurrences(
      of: "\t", with: "\\t")
    let pad = String(repeating: "z", count: 3_000_000)
    let lines = [
      "{\"pad\":\"\(pad)\",\"message\":\"\(trace)\"}", "{\"pad\":\"\(pad) looked at a.b(c)\"}", pad,
    ]
    let log = Array((lines.joined(separator: "\n") + "\n" + Self.numbered(1)).utf8)
    let runs = try ["997", "65536", "1048576"].map {
      try Command.run(["filter", "--block-bytes", $0], input: log).lines
    }
    #expect(runs[0] == runs[1] && runs[1] == runs[2] && runs[0].count == 2)
    #expect(runs[0][0].contains("\"offset\":0,\"length\":\(lines[0].utf8.count + 1),\"line\":1,\"lines\":1,"))
    #expect(runs[0][0].contains("\"reason\":\"limit_exceeded\""))
  }

  /// The last line has no end: it is looked through to where the input ends.
  @Test func theEndOfALineWithoutEndIsLookedThrough() throws {
    let trace = Self.trace.replacingOccurrences(of: "\n", with: "\\n").replacingOccurrences(
      of: "\t", with: "\\t")
    let log = Self.numbered(1) + String(repeating: "z", count: 2_500_000) + trace
    let run = try Command.run(["filter"], input: Array(log.utf8))
    #expect(run.lines.count == 2 && run.lines[1].contains("\"reason\":\"limit_exceeded\""))
  }

  /// What stands above a long line leaves while that goes on, and is not lost where the filter is ended in it.
  @Test(arguments: [[], ["--keep-lines"]]) func aTraceAboveAnEndlessLineLeaves(_ options: [String]) throws {
    try Scratch.with { scratch in
      let log = try scratch.file("app.log", Self.numbered(1) + String(repeating: "y ", count: 2_500_000))
      let arguments = ["--follow", log, "--checkpoint", scratch.path + "/checkpoint"] + options
      let isRecord: (String) -> Bool = { $0.hasPrefix("{\"v\":1,") && $0.contains("boom") }
      let filter = try Running(arguments, in: scratch)
      let end = Date(timeIntervalSinceNow: 20)
      while Date() < end, !filter.output.contains(where: isRecord) { usleep(20_000) }
      #expect(filter.finish(SIGTERM) == 143 && filter.output.count(where: isRecord) == 1)
      let handle = try #require(FileHandle(forWritingAtPath: log))
      try handle.seekToEnd()
      try handle.write(contentsOf: Data(("\n" + Self.numbered(2)).utf8))
      let second = try Running(arguments, in: scratch)
      let later = Date(timeIntervalSinceNow: 20)
      let isSecond: (String) -> Bool = { isRecord($0) && $0.contains("boom 2") }
      while Date() < later, !second.output.contains(where: isSecond) { usleep(20_000) }
      #expect(second.finish(SIGTERM) == 143 && second.output.contains(where: isSecond))
    }
  }

  /// A limit that was reached in what a trace is followed by is no reason to call a whole one cut, nor a cut one whole.
  @Test func aTraceThatALimitCutSaysSo() throws {
    let frame = "\tat a.b.C.d(C.java:1)\n"
    let frames = String(repeating: frame, count: (1 << 20) / frame.utf8.count - 3)
    let log =
      "java.lang.IllegalStateException: boom\n\(frames)Caused by: a.B: first\nmore\nmore\nmore\nmore\nmore\n\tat a.b.C.e(C.java:1)\n"
    let run = try Command.run(["filter"], input: Array(log.utf8))
    #expect(run.lines.first?.contains("\"reasons\":[\"limit_exceeded\"]") == true)
  }

  /// logrotate's order: the file is renamed, and its writer told a little later. One that was quiet before was once left at
  /// once, and what its writer still said was lost.
  @Test func aQuietFileIsReadAfterItsRotation() throws {
    try Scratch.with { scratch in
      let log = try scratch.file("app.log", Sample.log)
      let filter = try Running(["--follow", log], in: scratch)
      let script = """
        exec 5>>"$2"; sleep 2.2; mv "$2" "$2.1"; : > "$2"; sleep 0.5; cat "$3" >&5; exec 5>>"$2"; cat "$4" >&5
        """
      let more = try (1...2).map { try scratch.file("more\($0)", Self.numbered($0)) }
      _ = try Command.shell(script, [log] + more)
      #expect(filter.has(2, within: 20) && filter.finish(SIGTERM) == 143)
      #expect(filter.output.map(Self.number) == [1, 2])
    }
  }

  /// A log of another program beside the followed one, with a number in its name, and a copy that somebody made: neither is
  /// what the log goes on in. The one was once read in its place, and the other again.
  @Test(arguments: ["app.2.log", "app-1234567.log", "app.log.bak"]) func aNeighbourIsNoRotation(
    _ name: String
  )
    throws
  {
    try Scratch.with { scratch in
      let log = try scratch.file("app.log", Self.numbered(1))
      let filter = try Running(["--follow", log], in: scratch)
      #expect(filter.has(1, within: 20))
      let more = try scratch.file("more", Self.numbered(2))
      let script =
        "mv \"$2\" \"$2.1\"; cp \"$2.1\" \"$4\"; cp \"$3\" \"$2\"; sleep 0.5; cat \"$2.1\" >> \"$4\""
      _ = try Command.shell(script, [log, more, scratch.path + "/" + name])
      #expect(filter.has(2, within: 20))
      sleep(1)
      #expect(filter.finish(SIGTERM) == 143 && filter.output.map(Self.number) == [1, 2])
    }
  }

  /// What kubelet does while no filter runs: the file behind the link is renamed, and the link leads to another one.
  @Test func filesBehindALinkAreFound() throws {
    try Scratch.with { scratch in
      let log = try scratch.file("pod/0.log", Self.numbered(1))
      let link = scratch.path + "/container.log"
      try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: log)
      let arguments = ["--follow", link, "--checkpoint", scratch.path + "/checkpoint"]
      let first = try Running(arguments, in: scratch)
      #expect(first.has(1, within: 20) && first.finish(SIGTERM) == 143)
      let more = try (2...4).map { try scratch.file("more\($0)", Self.numbered($0)) }
      let script = """
        cd "$2"; cat "$3" >> 0.log; mv 0.log 0.log.20260305-101112; cat "$4" > 0.log; cat "$5" > 1.log
        ln -sfn "$2/1.log" ../container.log
        """
      _ = try Command.shell(script, [scratch.path + "/pod"] + more)
      let second = try Running(arguments, in: scratch)
      #expect(second.has(3, within: 30) && second.finish(SIGTERM) == 143)
      #expect(second.output.map(Self.number) == [2, 3, 4])
    }
  }

  /// A file with the same text is the same: it was restored, or its disk was mounted anew.
  @Test func aFileIsKnownByWhatItHolds() throws {
    try Scratch.with { scratch in
      let (log, arguments, given) = try Self.begun(in: scratch)
      let more = try scratch.file("more", Self.numbered(2))
      _ = try Command.shell(
        "cp -p \"$2\" \"$2.copy\"; mv -f \"$2.copy\" \"$2\"; cat \"$3\" >> \"$2\"", [log, more])
      let second = try Running(arguments, in: scratch)
      #expect(second.has(1, within: 20) && second.finish(SIGTERM) == 143)
      #expect(given.count == 1 && second.output.map(Self.number) == [2])
    }
  }

  /// Two records that start at one byte once left a filter in another order than a scan, and a restart in one more. Each has the
  /// id of its place.
  @Test func idsDoNotDependOnTheOrder() throws {
    let log = [
      "1  File \"/x.py\", line 3, in f",
      "0\tat a.Bth\":\"app.log\",\"device\":1,\"inoration\":0,\"origin\":0,\"lines\":0,\"next\":0,\"floor\":0,\"head\":\"78\",\"streams\":[\"5 184467.B.c(B.java:5)",
      "1  File \"/x.py\", line 3, in f",
      "0\tat a.Bth\":\"app.log\",\"device\":1,\"inode\":2,\"generation\":0,\"origin\":0,\"lines\":0,\"next\":0,\"floor\":0,\"head\":\"78\",\"streams\":[\"5 \t... 1 more",
      "1  File \"/x.py\", line 3, in f",
      "",
    ].joined(separator: "\n")
    let ids = try ["scan", "filter"].map { command in
      try Command.run([command], input: Array(log.utf8)).lines.map { line in
        [
          try #require(line.firstMatch(of: /"id":"[0-9a-f]{16}"/)).output,
          line.contains("interleaved") ? "woven" : "trace",
        ]
      }
    }
    #expect(ids[0].count == 2 && Set(ids[0]) == Set(ids[1]))
  }

  /// A writer that ends no lines, or is gone: its last line was once left out, and the trace had no type.
  @Test(arguments: ["", "a-1  | ", "2026-03-05T10:12:15.626000000Z stderr F "])
  func aLastLineWithoutEndCounts(_ prefix: String) throws {
    try Scratch.with { scratch in
      let lines = [
        "Traceback (most recent call last):", "  File \"a.py\", line 1, in f", "    g()", "KeyError: 'k'",
      ]
      let filter = try Running(["--flush-after", "0.1"], in: scratch)
      try filter.write(lines.map { prefix + $0 }.joined(separator: "\n"))
      #expect(filter.has(1, within: 20) && filter.finish() == 0)
      #expect(filter.output.first?.contains("\"title\":\"KeyError: 'k'\"") == true)
    }
  }

  /// A file that is opened must not take the place of a standard output that was closed.
  @Test func aClosedOutputIsNobodys() throws {
    try Scratch.with { scratch in
      let log = try scratch.file("app.log", Self.numbered(1))
      let failures = scratch.path + "/failures"
      let result = try Command.shell("\"$1\" filter --failures \"$3\" < \"$2\" >&-", [log, failures])
      #expect(result.status == 2 && result.errors.contains("standard output: cannot write"))
      #expect(FileManager.default.contents(atPath: failures) == Data())
    }
  }

  /// One signal is enough, though nobody takes what is written.
  @Test func aSignalEndsARunThatNobodyReads() throws {
    try Scratch.with { scratch in
      let log = try scratch.file("app.log", String(repeating: Self.numbered(1), count: 2000))
      let script = """
        mkfifo "$3"; sleep 30 < "$3" & "$1" filter < "$2" > "$3" & sleep 1; kill -TERM $!; wait $!; echo $?; kill %1
        """
      let result = try Command.shell(script, [log, scratch.path + "/pipe"])
      #expect(result.lines == ["143"])
    }
  }

  /// The writing end of a pipe may be one that does not wait: who shares it has made it so.
  @Test func anOutputThatDoesNotWaitIsWaitedFor() throws {
    try Scratch.with { scratch in
      let log = try scratch.file("app.log", (1...2000).map(Self.numbered).joined())
      let process = Process()
      process.executableURL = URL(fileURLWithPath: Command.path)
      process.arguments = ["filter"]
      process.standardInput = FileHandle(forReadingAtPath: log)
      let pipe = Pipe()
      let descriptor = pipe.fileHandleForWriting.fileDescriptor
      #expect(fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK) == 0)
      process.standardOutput = pipe
      try process.run()
      try pipe.fileHandleForWriting.close()
      sleep(1)
      let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      process.waitUntilExit()
      #expect(process.terminationStatus == 0)
      #expect(output.split(separator: "\n").map { Self.number(String($0)) } == (1...2000).map { $0 })
    }
  }

  /// The file of the failures is rotated like any log, by rename or in place, and a run goes on in what one before wrote.
  @Test func failuresGoToTheFileOfTheirName() throws {
    try Scratch.with { scratch in
      let failures = try scratch.file("failures", "of an earlier run\n")
      let broken = "Traceback (most recent call last):\nno frame\n" + Sample.log + Sample.log
      let filter = try Running(["--failures", failures, "--flush-after", "0.1"], in: scratch)
      func lines(_ path: String) -> Int {
        String(decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self).split(
          separator: "\n"
        )
        .count
      }
      func isThere(_ count: Int, _ path: String) -> Bool {
        let end = Date(timeIntervalSinceNow: 20)
        while lines(path) < count, Date() < end { usleep(5000) }
        return lines(path) == count
      }
      try filter.write(broken)
      #expect(isThere(2, failures))
      try FileManager.default.moveItem(atPath: failures, toPath: failures + ".1")
      try filter.write(broken)
      #expect(isThere(1, failures))
      _ = try Command.shell(": > \"$2\"", [failures])
      try filter.write(broken)
      #expect(isThere(1, failures) && filter.finish() == 0)
      #expect(FileManager.default.contents(atPath: failures)?.first == UInt8(ascii: "{"))
    }
  }

  /// The folder of the failures is gone: that is said, and traces are written all the same.
  @Test func failuresWithoutAPlaceEndNothing() throws {
    try Scratch.with { scratch in
      let failures = try scratch.file("folder/failures", "")
      let broken = "Traceback (most recent call last):\nno frame\n" + Sample.log + Sample.log
      let filter = try Running(["--failures", failures, "--flush-after", "0.1"], in: scratch)
      try filter.write(Self.numbered(1))
      #expect(filter.has(1, within: 20))
      try FileManager.default.removeItem(atPath: scratch.path + "/folder")
      try filter.write(broken + Self.numbered(2) + broken + Self.numbered(3))
      #expect(filter.has(3, within: 20) && filter.finish() == 0)
      #expect(filter.errors.count == 1 && filter.errors[0].contains("folder/failures: cannot write"))
    }
  }

  /// One file that cannot be written does not hide another, and what works again is no failure of the run.
  @Test func eachFileThatCannotBeWrittenIsNamed() throws {
    try Scratch.with { scratch in
      let log = try scratch.file("app.log", Self.numbered(1))
      let arguments = [
        "--follow", log, "--metrics", scratch.path + "/none/metrics", "--checkpoint",
        scratch.path + "/later/checkpoint",
      ]
      let filter = try Running(arguments, in: scratch)
      #expect(filter.has(1, within: 20))
      let end = Date(timeIntervalSinceNow: 20)
      while filter.errors.count < 2, Date() < end { usleep(5000) }
      #expect(filter.errors.contains { $0.contains("none/metrics: cannot write") })
      #expect(filter.errors.contains { $0.contains("later/checkpoint: cannot write") })
      _ = try Command.shell(
        "mkdir \"$2/none\" \"$2/later\"; cat \"$3\" >> \"$3.new\"; cat \"$3.new\" >> \"$3\"",
        [scratch.path, log])
      #expect(filter.has(2, within: 20))
      sleep(2)
      #expect(filter.finish(SIGTERM) == 143 && filter.errors.count == 2)
    }
  }

  @Test func aMissingFileIsWaitedForAloud() throws {
    try Scratch.with { scratch in
      let log = scratch.path + "/later.log"
      let filter = try Running(["--follow", log], in: scratch)
      usleep(300_000)
      _ = try scratch.file("later.log", Self.numbered(1))
      #expect(filter.has(1, within: 20) && filter.finish(SIGTERM) == 143)
      #expect(filter.errors == ["tracesift: \(log): there is no such file yet; it is waited for"])
    }
  }

  @Test func badUseIsSaid() throws {
    try Scratch.with { scratch in
      #expect(try Command.run(["filter", "--follow", "a", "--follow", "b"]).status == 64)
      for option in ["--failures", "--metrics"] {
        #expect(try Command.run(["filter", option, "-"]).status == 64)
      }
      #expect(try Command.run(["scan", "--jobs", "-1", "x"]).errors.contains("from 0 to 1024"))
      #expect(try Command.run(["filter", "--checkpoint", "c"]).status == 64)
      #expect(try Command.run(["filter", "--flush-after", "0"]).status == 64)
      let checkpoint = try scratch.file(
        "checkpoint", "{\"v\":1,\"kind\":\"checkpoint\",\"path\":\"other.log\"}\n")
      let damaged = try Command.run(["filter", "--follow", "x.log", "--checkpoint", checkpoint])
      #expect(damaged.status == 2 && damaged.errors.contains("remove it"))
    }
  }

  @Test func metricsCountWhatWasFound() throws {
    try Scratch.with { scratch in
      let path = scratch.path + "/tracesift.prom"
      let log = Array((Sample.log + Sample.java + Sample.python + Sample.failure).utf8)
      #expect(try Command.run(["filter", "--metrics", path], input: log).status == 0)
      let filtered = try String(contentsOfFile: path, encoding: .utf8)
      #expect(try Command.run(["scan", "--metrics", path], input: log).status == 0)
      let scanned = try String(contentsOfFile: path, encoding: .utf8)
      for text in [filtered, scanned] {
        let lines = text.split(separator: "\n")
        #expect(lines.contains("tracesift_bytes_total \(log.count)"))
        #expect(lines.contains("tracesift_traces_total{platform=\"java\",status=\"ok\"} 1"))
        #expect(lines.contains("tracesift_traces_total{platform=\"python\",status=\"ok\"} 1"))
        #expect(lines.contains("tracesift_failures_total{reason=\"no_frames\"} 1"))
        #expect(lines.contains("tracesift_failures_total{reason=\"interleaved\"} 0"))
        #expect(lines.contains("tracesift_open_regions 0"))
        #expect(lines.contains("tracesift_dropped_total{failure_type=\"config_error\"} 0"))
        #expect(lines.allSatisfy { $0.hasPrefix("#") || $0.split(separator: " ").count == 2 })
      }
    }
  }

  /// A device was replaced by a file once.
  @Test func metricsNeverReplaceADevice() throws {
    try Scratch.with { scratch in
      let fifo = scratch.path + "/fifo"
      let result = try Command.shell(
        "mkfifo \"$2\"; cat \"$2\" >&2 & echo | \"$1\" scan --metrics \"$2\" -; wait; test -p \"$2\"", [fifo])
      #expect(result.status == 0 && result.errors.contains("tracesift_bytes_total 1"))
    }
  }
}
