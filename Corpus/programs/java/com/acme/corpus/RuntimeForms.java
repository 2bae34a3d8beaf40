package com.acme.corpus;

import java.io.FileInputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the virtual machine and the class library throw by themselves, and stacks of unusual length. */
final class RuntimeForms {
  private RuntimeForms() {}

  static void register() {
    Forms.add("runtime-null-pointer", () -> nothing().length());
    Forms.add("runtime-null-pointer-field", () -> new Node(null).next.next.toString());
    Forms.add("runtime-class-cast", () -> System.out.println((Integer) text()));
    Forms.add("runtime-array-index", () -> System.out.println(grid()[index()].length));
    Forms.add("runtime-array-store", RuntimeForms::store);
    Forms.add("runtime-negative-size", () -> System.out.println(new int[index() - 10].length));
    Forms.add("runtime-arithmetic", () -> System.out.println(1 / (index() - 5)));
    Forms.add("runtime-number-format", () -> Integer.parseInt("12a"));
    Forms.add("runtime-no-such-file", () -> new FileInputStream("/tmp/app/no such file (really).txt"));
    Forms.add("runtime-class-not-found", () -> Class.forName("com.acme.Missing"));
    Forms.add("runtime-uri", () -> new URI("http://a b"));
    Forms.add("runtime-optional", () -> Optional.empty().orElseThrow());
    Forms.add("runtime-immutable", () -> Map.of("a", 1).put("b", 2));
    Forms.add("runtime-assertion", () -> {
      throw new AssertionError("expected <3> but was <4>");
    });
    Forms.add("runtime-concurrent-modification", RuntimeForms::modify);
    Forms.add("runtime-clone", () -> new Node(null).copy());
    Forms.add("runtime-interrupted", RuntimeForms::interrupted);
    Forms.add("overflow", () -> System.out.println(recurse(0)));
    Forms.add("overflow-mutual", () -> System.out.println(ping(0)));
    Forms.add("overflow-in-cause", RuntimeForms::wrapOverflow);
    Forms.add("frames-none", () -> {
      throw new Stackless();
    });
    Forms.add("frames-none-in-cause", () -> {
      throw new IllegalStateException("has frames", new Stackless());
    });
    Forms.add("frames-made-by-hand", RuntimeForms::handMade);
  }

  private static String nothing() {
    return null;
  }

  private static Object text() {
    return "text";
  }

  private static int[][] grid() {
    return new int[2][3];
  }

  private static int index() {
    return 5;
  }

  private static void store() {
    Object[] a = new String[1];
    a[0] = 1;
  }

  private static void modify() {
    List<Integer> list = new ArrayList<>(List.of(1, 2, 3));
    for (Integer i : list) {
      list.remove(i);
    }
  }

  private static void interrupted() throws Exception {
    Thread.currentThread().interrupt();
    Thread.sleep(10);
  }

  private static int recurse(int n) {
    return recurse(n + 1) + 1;
  }

  private static int ping(int n) {
    return pong(n) + 1;
  }

  private static int pong(int n) {
    return ping(n) + 1;
  }

  private static void wrapOverflow() {
    try {
      recurse(0);
    } catch (StackOverflowError e) {
      throw new IllegalStateException("too deep", e);
    }
  }

  /** Positions that only other compilers and tools write: no line, no file, odd files, native code. */
  private static void handMade() throws Exception {
    Exception e = new Exception("frames made by hand");
    e.setStackTrace(new StackTraceElement[] {
      new StackTraceElement("com.acme.Native", "call", "Native.java", -2),
      new StackTraceElement("com.acme.Unknown", "call", null, -1),
      new StackTraceElement("com.acme.NoLine", "call", "NoLine.java", -1),
      new StackTraceElement("com.acme.Shrunk", "a", "SourceFile", 12),
      new StackTraceElement("com.acme.Shrunk", "b", "SourceFile", -1),
      new StackTraceElement("com.acme.Bean$$EnhancerByCGLIB$$e1d36bcc", "get", "<generated>", -1),
      new StackTraceElement("com.acme.Bean$$FastClassByCGLIB$$85bf7cb0", "invoke", "<generated>", -1),
      new StackTraceElement("com.acme.page.index_jsp", "_jspService", "index.jsp", 41),
      new StackTraceElement("com.acme.Line0", "call", "Line0.java", 0),
      new StackTraceElement("com.acme.Huge", "call", "Huge.java", 65535),
      new StackTraceElement("com.acme.kt.Spec", "returns null (when empty), \"quoted\" - ok", "Spec.kt", 2),
      new StackTraceElement("sun.reflect.GeneratedMethodAccessor37", "invoke", null, -1),
      new StackTraceElement("<console>", "run", "<console>", 12),
      new StackTraceElement("plain", "main", "plain.gsp", 3),
      new StackTraceElement("loader name", "mod.name", "1.0-SNAPSHOT", "com.acme.Boom", "<init>", "Boom.java", 9),
      new StackTraceElement("app-loader", null, null, "com.acme.Boom", "<clinit>", "Boom.java", 8),
      new StackTraceElement(null, "mod.name", "2.1", "com.acme.Boom", "lambda$go$0", "Boom.java", 7),
    });
    throw e;
  }

  private static final class Stackless extends RuntimeException {
    Stackless() {
      super("no frames here", null, true, false);
    }
  }

  private static final class Node {
    private final Node next;

    Node(Node next) {
      this.next = next;
    }

    Object copy() throws CloneNotSupportedException {
      return super.clone();
    }
  }
}
