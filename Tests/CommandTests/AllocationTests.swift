import Foundation
import Testing

/// What traces of known shapes take from the heap, once every buffer has its size.
@Suite struct AllocationTests {
  /// Without optimisation, spans and closures are made on the heap as well.
  #if DEBUG
    private static let ceilings = ["scan": 61_000, "groups": 56_000]
    private static let lengths = (short: 1_000, long: 3_000)
  #else
    private static let ceilings = ["scan": 1, "groups": 1]
    private static let lengths = (short: 3_000, long: 20_000)
  #endif

  /// Counted by a library that takes malloc's place; two logs of different lengths, so that what a run needs to begin
  /// with cancels out.
  @Test(arguments: ["scan", "groups"]) func perThousandTraces(_ command: String) throws {
    let (short, long) = Self.lengths
    let counts = try Scratch.with { scratch in
      let library = scratch.path + "/calloccount.so"
      let script = """
        cc -O2 -shared -fPIC -o "$2" "$3" || exit 9
        for log in "$4" "$5"; do
          ALLOCATIONS="$6" LD_PRELOAD="$2" "$1" \(command) --jobs 1 "$log" > /dev/null || exit 8
          cat "$6"
        done
        """
      let logs = try [short, long].map { try scratch.file("log\($0)", Self.log(of: $0)) }
      let run = try Command.shell(script, [library, Self.source] + logs + [scratch.path + "/count"])
      #expect(run.status == 0, "\(run.errors)")
      return run.lines.compactMap { Int($0) }
    }
    try #require(counts.count == 2 && counts[0] > 1_000)
    let perThousand = (counts[1] - counts[0]) * 1_000 / (2 * (long - short))
    #expect(perThousand <= Self.ceilings[command] ?? 0, "\(perThousand) allocations per 1,000 traces")
  }

  private static let source =
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Benchmarks/CAllocCount/calloccount.c").path

  /// `count` traces of Java and as many of Python: their shapes are the same, their messages are not.
  private static func log(of count: Int) -> String {
    (0..<count).map { number in
      """
      2026-01-02 03:04:05 ERROR failed
      java.lang.IllegalStateException: order \(number) failed
      \tat io.example.Shop.order(Shop.java:41)
      \tat io.example.Shop.main(Shop.java:12)
      Caused by: java.io.IOException: disk
      \tat io.example.Disk.write(Disk.java:7)
      \t... 2 more
      2026-01-02 03:04:05 ERROR failed
      Traceback (most recent call last):
        File "/srv/app/main.py", line 3, in run
          work()
      ValueError: order \(number) failed

      """
    }.joined()
  }
}
