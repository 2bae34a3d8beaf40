import TraceModel

/// Texts and traces that are made up here, the same on every machine.
enum Inputs {
  static let framesOfTrace = 40

  static func javaTrace(_ number: Int) -> String {
    "java.lang.IllegalStateException: exit code \(number)\n"
      + javaFrames(number).reversed().map { frame in
        "\tat \(frame.module ?? "").\(frame.function ?? "")(\(frame.filename ?? ""):\(frame.lineno ?? 0))\n"
      }.joined()
  }

  static func pythonTrace(_ number: Int) -> String {
    let frames = (0..<framesOfTrace).map { index in
      "  File \"/usr/local/lib/python3.11/site-packages/pack/module\(index).py\", line \(index + 10), in function\(index)\n"
        + "    return self.call(argument, index=\(index))\n"
    }
    return "Traceback (most recent call last):\n" + frames.joined() + "ValueError: invalid value \(number)\n"
  }

  /// Oldest first.
  static func javaFrames(_ number: Int) -> [FrameRecord] {
    (0..<framesOfTrace).map { index in
      let package = [
        "io.airbyte.workers", "java.util.concurrent", "org.apache.kafka.clients", "com.acme.app",
      ][index % 4]
      return FrameRecord(
        module: "\(package).general.Worker\(number)x\(index)", function: "run\(index % 7)",
        filename: "Worker\(index).java", lineno: index + 10)
    }
  }

  static func exception(_ number: Int) -> ExceptionRecord {
    ExceptionRecord(
      type: "java.lang.IllegalStateException", value: "exit code \(number)", frames: javaFrames(number))
  }

  /// About `bytes` of log lines; a trace of each language after every `spacing` lines, none for 0.
  static func log(bytes: Int, tracesEvery spacing: Int) -> (text: [UInt8], traces: Int) {
    var text: [UInt8] = []
    var traces = 0
    var lines = 0
    while text.count < bytes {
      text +=
        "2026-03-01 12:00:00,\(100 + lines % 900) INFO  [worker-3] com.example.Service - handled request \(lines) in 12 ms\n"
        .utf8
      lines += 1
      guard spacing > 0, lines % spacing == 0 else { continue }
      text += javaTrace(traces).utf8
      text += "2026-03-01 12:00:00,001 ERROR [worker-1] app - failed\n".utf8
      text += pythonTrace(traces).utf8
      traces += 2
    }
    return (text, traces)
  }
}
