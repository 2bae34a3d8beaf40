package com.acme.corpus;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;

/** Messages that span lines, look like something else, or are not there. */
final class MessageForms {
  private MessageForms() {}

  static void register() {
    say("message-none", null);
    say("message-empty", "");
    say("message-blank", "   ");
    say("message-colon", ": starts with a colon");
    say("message-colons", "a: b: c: at d.e.F(G.java:1)");
    say("message-unicode", "größer als erlaubt: 価格 ✓ 🐢");
    say("message-lines", "line one\nline two\n\n  indented line four\nlast line");
    say("message-crlf", "one\r\ntwo\r\n\tthree");
    say("message-ends-in-newline", "the last line is empty\n");
    say("message-tabs", "name\tvalue\nid\t42\n\tat rest");
    say("message-sql", "ERROR: relation \"orders\" does not exist\n  Position: 15 [SQL: SELECT id,\n       total\nFROM orders\nWHERE at = ?]");
    say("message-json", "{\n  \"error\": {\n    \"code\": 400,\n    \"errors\": [\n      \"at least one\"\n    ]\n  }\n}");
    say("message-xml", "<error>\n  <at>com.acme.X.y(X.java:1)</at>\n</error>");
    say("message-yaml", "invalid:\n  at: 12\n  cause: unknown\n  ...");
    say("message-elision", "list was cut\n\t... 3 more\n... and so on");
    say("message-false-cause", "odd text\nCaused by: this is not a cause\nSuppressed: neither is this");
    say("message-holds-java-trace", trace());
    say("message-holds-python-trace",
        "worker said:\nTraceback (most recent call last):\n  File \"/tmp/app/job.py\", line 3, in <module>\n    1/0\nZeroDivisionError: division by zero\n");
    say("message-holds-frames", "seen at\n\tat com.acme.Elsewhere.look(Elsewhere.java:12)\n\tat com.acme.Elsewhere.run(Elsewhere.java:7)\nend");
    say("message-controls", "bell \u0007 escape \u001b[31mred\u001b[0m nul \u0000 end");
    say("message-separators", "next line \u0085 line separator \u2028 paragraph \u2029 end");
    say("message-long", "x".repeat(5000));
    say("message-many-lines", "row\n".repeat(150) + "end");
    Forms.add("message-multi-line-in-cause", () -> {
      throw new IllegalStateException("outer\nsecond outer line", new IOException("inner\n  second inner line\n\nlast inner line"));
    });
    Forms.add("message-own-to-string", () -> {
      throw new Silent();
    });
    Forms.add("message-localized", () -> {
      throw new Localized();
    });
    Forms.add("message-null-to-string", () -> {
      throw new NullText();
    });
  }

  private static void say(String name, String message) {
    Forms.add(name, () -> fail(message));
  }

  private static void fail(String message) {
    throw new IllegalArgumentException(message);
  }

  private static String trace() {
    StringWriter text = new StringWriter();
    new IOException("remote side", new IllegalStateException("remote root")).printStackTrace(new PrintWriter(text));
    return "the server answered:\n" + text;
  }

  private static final class Silent extends RuntimeException {
    @Override
    public String toString() {
      return "*** order desk failure E-42 ***";
    }
  }

  private static final class NullText extends RuntimeException {
    @Override
    public String toString() {
      return null;
    }
  }

  private static final class Localized extends RuntimeException {
    Localized() {
      super("plain message");
    }

    @Override
    public String getLocalizedMessage() {
      return "mensaje traducido";
    }
  }
}
