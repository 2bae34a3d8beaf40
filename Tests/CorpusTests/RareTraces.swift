/// Traces of shapes that are rare in real logs, written as the runtimes print them.
enum RareTraces {
  static let all: [String] =
    [249, 250, 251, 600, 1024].map(overflow) + [250, 251, 600].map(descent) + [
      group(("ValueError", "a", "f"), ("TypeError", "a", "f")),
      group(("ValueError", "a", "f"), ("ValueError", "b", "f")),
      group(("ValueError", "a", "f"), ("ValueError", "a", "g")),
      group(("ValueError", "a", "f"), ("ValueError", "a", "f")),
      // Values that are the same once their numbers are taken out.
      group(("ValueError", "order 17", "f"), ("ValueError", "order 18", "f")),
      group(("app.errors.Timeout", "a", nil), ("app.errors.Timeout", "b", nil)),
      group(("ExceptionGroup", "inner (1 sub-exception)", "f"), ("OSError", "x", "f")),
    ]

  /// A stack overflow: two methods that call each other, one of them twice from the same line.
  static func overflow(of frames: Int) -> String {
    var text = "java.lang.StackOverflowError\n"
    for index in 0..<frames {
      switch index % 3 {
      case 0: text += "\tat io.example.Node.walk(Node.java:\(10 + index / 300))\n"
      case 1: text += "\tat io.example.Node.visit(Node.java:20)\n"
      default: text += "\tat java.util.ArrayList.forEach(ArrayList.java:1511)\n"
      }
      if index % 7 == 0 { text += "\tat io.example.Node.visit(Node.java:20)\n" }
    }
    return text + "\n"
  }

  /// Calls from module to module.
  private static func descent(of frames: Int) -> String {
    var text = "Traceback (most recent call last):\n"
    for index in 0..<frames {
      let path = index % 3 == 0 ? "/usr/lib/python3.11/site-packages/lib" : "/srv/app/step"
      text += "  File \"\(path)\(index).py\", line \(index + 1), in run\(index)\n    run\(index + 1)(x)\n"
    }
    return text + "ValueError: at the bottom\n\n"
  }

  /// A group of two exceptions, each with a frame in `function` or with none.
  static func group(
    _ members: (type: String, value: String, function: String?)...
  ) -> String {
    var text = """
        + Exception Group Traceback (most recent call last):
        |   File "/srv/app/main.py", line 3, in run
        |     raise ExceptionGroup("several", errors)
        | ExceptionGroup: several (\(members.count) sub-exceptions)

      """
    for (number, member) in members.enumerated() {
      text +=
        number == 0
        ? "  +-+---------------- 1 ----------------\n"
        : "    +---------------- \(number + 1) ----------------\n"
      if let function = member.function {
        text += "    | Traceback (most recent call last):\n"
        text += "    |   File \"/srv/app/work.py\", line 7, in \(function)\n    |     work()\n"
      }
      text += "    | \(member.type): \(member.value)\n"
    }
    return text + "    +------------------------------------\n"
  }
}
