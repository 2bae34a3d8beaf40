import ScanSupport
import Testing

/// What must not be reported (trace-formats.md, section 7).
@Suite struct LookAlikeTests {
  static let texts: [String] = [
    // JavaScript, C#, Mono
    "Error: x\n    at f (/x.js:1:2)\n    at async g (/x.js:3:4)\n    at Foo.bar (native)\n",
    "TypeError: x\n    at Object.<anonymous> (/srv/app/index.js:10:15)\n    at Module._compile (node:internal/modules/cjs/loader:1256:14)\n",
    "System.Exception: x\n   at A.B(Task t) in C:\\x.cs:line 9\n   at A.C(Int32 a, String b)\n   at A.D()\n",
    "  at P.A () [0x00002] in <00000000000000000000000000000000>:0\n",
    // Ruby, Go, PHP, Rust, native code, Perl, Erlang, Lua, Dart
    "\tfrom x.rb:2:in 'f'\nx.rb:1:in 'a': m (T)\n",
    "goroutine 1 [running]:\nmain.main()\n\t/srv/x.go:5 +0x1d\n",
    "#0 /x.php(3): f()\n#1 {main}\n",
    "   0: core::panicking::panic\n             at /rustc/abc/library/core/src/panicking.rs:5:3\n",
    "    #3 0x4f in f x.cc:12\n    #4 0x50 (/lib/x.so+0x1)\n",
    "died at a.pl line 1.\n\tmain::a(1) called at a.pl line 1\n",
    "    (stdlib 5.0) lists.erl:1315: lists:map/2\n",
    "stack traceback:\n\tx.lua:1: in function 'f'\n",
    "#0  main (file:///x.dart:3:5)\n#1  run (dart:core:1:2)\n",
    // prose
    "Caused by operator error\n", "Caused by: disk full\n", "at 10:32 (approx)\n", "look at foo.bar(x)\n",
    "File \"x\" not found\n", "error on line 3, in main\n", "... 3 more tickets\n", "Error: it failed\n",
    "Exception: none\n",
    "we met at home.office(today) and left\n", "See File \"x.py\" for more.\n",
    // configuration and code
    "at: 10\nin: b\nsteps:\n  at: x.y(z)\n",
    "    throw new IllegalStateException(\"a.b.C: x\");\n", "    except ValueError:\n        pass\n",
    "    >>> f()\n    Traceback (most recent call last):\n        ...\n    ValueError: x\n",
    "a.b.C.d;e.f.G.h 12\na.b.C.d;e.f.G.i 13\n", "NoneType: None\n", "Traceback logging is disabled\n",
    "(see Traceback above)\n", "X.java:116 - Loading settings\n",
    "java.lang.Object\nLoaded class a.B from file:/x\n",
    "[ERROR] Caused by: Connection refused\n",
    "Name      Stmts   Miss  Cover\nx.py         10      0   100%\n",
    "[0.005s][info][gc] GC(0) Pause Young (Normal) 24M->4M(256M) 3.1ms\n",
  ]

  @Test(arguments: texts) func isNotReported(_ text: String) {
    let records = scan("2024-01-02 03:04:05 INFO before\n\(text)2024-01-02 03:04:06 INFO behind\n")
    #expect(records.isEmpty, "\(summary(records))")
  }
}
