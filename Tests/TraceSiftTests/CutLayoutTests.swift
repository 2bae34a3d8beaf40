import ScanSupport
import Testing

/// Traces in layouts of their own that stop before their end: none of them takes what the log says behind it.
@Suite struct CutLayoutTests {
  @Test(arguments: layouts, ["", "\n", "END\n"])
  func takesNothingOfTheLog(_ layout: String, _ rest: String) {
    let line = "2024-01-02 03:04:05 INFO nothing to see here\n"
    let log = String(repeating: line, count: 30)
    let java = "java.lang.IllegalStateException: boom\n\tat com.acme.A.run(A.java:12)\n"
    let python =
      "Traceback (most recent call last):\n  File \"/a/b.py\", line 3, in f\n    x = f()\nValueError: bad\n"
    let behind = scan(layout + rest + log + java + log + python + log)
      .filter { $0.offset >= layout.utf8.count + rest.utf8.count }
    #expect(behind.map { $0.exceptions?.first?.value } == ["boom", "bad"])
    #expect(behind.allSatisfy { $0.reasons.isEmpty })
  }

  static let layouts = [
    """
    =================================== FAILURES ===================================
    ____________________________________ test_a ____________________________________

        def test_a():
    >       f()

    a.py:3:
    _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _

        def f():
    >       1/0
    E       ZeroDivisionError: division by zero

    a.py:1: ZeroDivisionError

    """,
    "a.py:3: in test_a\n    f()\nE   ZeroDivisionError: division by zero\n",
    """
    #
    # A fatal error has been detected by the Java Runtime Environment:
    #
    #  SIGSEGV (0xb) at pc=0x1
    #

    ---------------  S U M M A R Y ------------

    Command Line: a.b.C

    ---------------  T H R E A D  ---------------

    Current thread (0x1):  JavaThread "main"

    """,
    "Execution error (ArithmeticException) at user/f (REPL:1).\nDivide by zero\n",
    "Traceback: <class 'ValueError'>: x\na.py:3:f\n",
    "*--- Failure #1 (pickled) ---\na.py:3: f(...)\n",
    "#error {\n :cause \"x\"\n :via\n [{:type java.lang.X}]\n",
    "╭── Traceback (most recent call last) ──╮\n│ /x/tp.py:11 in main │\n",
    "Fatal Python error: Aborted\n\nCurrent thread 0x00007f (most recent call first):\n  File \"x\", line 5 in f\n",
    "Full thread dump OpenJDK:\n\n\"main\" #1 prio=5 tid=0x1 runnable [0x1]\n\tat a.B.c(B.java:1)\n",
    "|  Exception java.lang.ArithmeticException: / by zero\n|        at f (#1:1)\n",
    "com.acme.T > t FAILED\n    java.lang.AssertionError at T.java:5\n",
    "ArithmeticError: divided by 0\n      <main> at j.rb:3\n      f at java/lang/Integer.java:668\n",
    "\(String(repeating: "-", count: 75))\nKeyError   Traceback (most recent call last)\n<ipython-input-3-ab12> in <module>\n      1 x\n",
    "x \"Traceback (most recent call last):\n  File \"/a.py\", line 3, in f\n    g()\n",
    "multiprocessing.pool.RemoteTraceback: \n\"\"\"\nTraceback (most recent call last):\n  File \"/a.py\", line 3, in f\n    g()\n",
  ]
}
