import Foundation
import Testing

/// What the program may cost: libraries and memory.
@Suite struct CeilingTests {
  /// Nothing is linked by accident: no crypto, no network, no regular-expression library but PCRE2.
  @Test func linkedLibraries() throws {
    let allowed = [
      "linux-vdso", "libswift", "libFoundation", "lib_Foundation", "libdispatch", "libBlocksRuntime",
      "libpcre2-8", "libz.",
      "libzstd", "libsimdjson", "libstdc++", "libgcc_s", "libm.", "libc.", "libpthread", "libdl", "librt",
      "/lib64/ld-linux",
      "/lib/ld-linux", "libicu",
    ]
    let command = try Command.shell("ldd \"$1\"")
    #expect(command.status == 0 && command.lines.contains { $0.contains("libpcre2-8") })
    for line in command.lines {
      let name = line.trimmingCharacters(in: .whitespaces).split(separator: " ").first.map(String.init) ?? ""
      #expect(allowed.contains { name.hasPrefix($0) }, "\(name)")
    }
  }

  /// Peak memory of a run over `megabytes` of log with traces, in KiB.
  private func peak(_ megabytes: Int, jobs: Int, fromPipe: Bool) throws -> Int {
    try Scratch.with { scratch in
      let lines = String(repeating: Sample.log, count: 600)
      let part = try scratch.file("part", lines + Sample.java + lines + Sample.python + Sample.log)
      let size = try #require(FileManager.default.attributesOfItem(atPath: part)[.size] as? Int)
      let copies = (megabytes << 20) / size
      let script = """
        i=0; while [ $i -lt \(copies) ]; do cat "$2"; i=$((i+1)); done > "$3"
        \(fromPipe ? "cat \"$3\" | \"$1\" scan > /dev/null &" : "\"$1\" scan --jobs \(jobs) \"$3\" > /dev/null &")
        pid=$!; most=0
        while [ -r /proc/$pid/status ]; do
          now=$(sed -n 's/^VmHWM:[^0-9]*\\([0-9]*\\) kB/\\1/p' /proc/$pid/status 2>/dev/null)
          [ -n "$now" ] && most=$now
          kill -0 $pid 2>/dev/null || break
        done
        wait $pid; echo "$? $most"
        """
      let command = try Command.shell(script, [part, scratch.path + "/log"])
      let words = command.text.split(separator: " ").compactMap {
        Int($0.trimmingCharacters(in: .whitespacesAndNewlines))
      }
      #expect(words.first == 0 && words.count == 2, "\(command.text)\(command.errors)")
      return words.last ?? 0
    }
  }

  @Test func memoryDoesNotGrowWithTheInput() throws {
    let small = try peak(16, jobs: 2, fromPipe: false)
    let large = try peak(64, jobs: 2, fromPipe: false)
    #expect(large > 1_000 && large < 160 << 10, "\(large) KiB for 64 MB")
    #expect(large < small + 24 << 10, "\(small) KiB for 16 MB, \(large) KiB for 64 MB")
  }

  @Test func memoryIsBoundedForAPipe() throws {
    let large = try peak(64, jobs: 1, fromPipe: true)
    #expect(large > 1_000 && large < 128 << 10, "\(large) KiB for 64 MB")
  }

  /// A file that must not grow any more ends with a whole record.
  @Test func aFullFileEndsWithAWholeRecord() throws {
    try Scratch.with { scratch in
      let log = try scratch.file("log", String(repeating: Sample.java + Sample.log, count: 2000))
      for command in ["scan", "filter"] {
        let script =
          "ulimit -f 90; \"$1\" \(command) < \"$2\" > \"$3\"; echo $?; tail -c 1 \"$3\" | od -An -c"
        let run = try Command.shell(script, [log, scratch.path + "/out"])
        #expect(run.lines == ["2", "  \\n"], "\(command): \(run.text)")
        #expect(run.errors.contains("File too large"))
      }
    }
  }

  @Test func tooLittleMemoryIsSaid() throws {
    for command in ["scan", "filter"] {
      let run = try Command.shell("ulimit -v 150000; echo | \"$1\" \(command) 2>&1; echo $?")
      #expect(run.lines.last == "2" && run.text.contains("ulimit -v"), "\(run.text)")
    }
  }
}
