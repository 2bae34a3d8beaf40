package com.acme.corpus;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * Writes down what the runtime itself knows about a throwable: every exception of the printed text, in printed order.
 *
 * <p>Nothing here reads a printed trace. The objects are walked, so the result can judge a parser of the text.
 */
public final class Truth {
  private static final int LONGEST_STACK = 64;

  /** Types, messages and relations only, for printers that leave frames out in their own way. */
  private boolean chainOnly;
  private final StringBuilder out = new StringBuilder();
  private final Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
  private int count;

  private Truth() {}

  /** The JDK's order: an exception, its suppressed ones, then its cause. */
  public static String of(Throwable top) {
    Truth truth = new Truth();
    truth.add(top, null, null, -1);
    return truth.wrap();
  }

  /** As {@link #of}, but without frames and their counts. */
  public static String chainOf(Throwable top) {
    Truth truth = new Truth();
    truth.chainOnly = true;
    truth.add(top, null, null, -1);
    return truth.wrap();
  }

  /** Root cause first, as the `rEx` conversion words of the logging frameworks print. Suppressed ones are not walked. */
  public static String rootFirst(Throwable top, boolean chainOnly) {
    List<Throwable> chain = new ArrayList<>();
    for (Throwable t = top; t != null; t = t.getCause()) {
      chain.add(0, t);
    }
    Truth truth = new Truth();
    truth.chainOnly = chainOnly;
    for (int i = 0; i < chain.size(); i++) {
      Throwable enclosing = i + 1 < chain.size() ? chain.get(i + 1) : null;
      truth.write(chain.get(i), i == 0 ? null : "wrapped_by", i - 1, common(chain.get(i), enclosing), false);
    }
    return truth.wrap();
  }

  /** Several traces of one file, in the order of the file. */
  public static String file(List<String> traces) {
    return "{\"traces\":[\n" + String.join(",\n", traces) + "\n]}\n";
  }

  private String wrap() {
    return "{\"platform\":\"java\",\"exceptions\":[\n" + out + "\n]}";
  }

  private void add(Throwable t, Throwable enclosing, String relation, int parent) {
    if (!seen.add(t)) {
      write(t, relation, parent, -1, true);
      return;
    }
    int id = write(t, relation, parent, common(t, enclosing), false);
    for (Throwable suppressed : t.getSuppressed()) {
      add(suppressed, t, "suppressed", id);
    }
    if (t.getCause() != null) {
      add(t.getCause(), t, "caused_by", id);
    }
  }

  /** The number of frames at the bottom that a throwable shares with the one that encloses it. */
  private static int common(Throwable t, Throwable enclosing) {
    if (enclosing == null) {
      return 0;
    }
    StackTraceElement[] own = t.getStackTrace();
    StackTraceElement[] outer = enclosing.getStackTrace();
    int shared = 0;
    while (shared < own.length && shared < outer.length
        && own[own.length - 1 - shared].equals(outer[outer.length - 1 - shared])) {
      shared++;
    }
    return shared;
  }

  private int write(Throwable t, String relation, int parent, int elided, boolean circular) {
    if (count > 0) {
      out.append(",\n");
    }
    String name = t.getClass().getName();
    out.append("{\"type\":").append(quote(name)).append(",\"value\":").append(quote(t.getLocalizedMessage()));
    String standard = t.getLocalizedMessage() == null ? name : name + ": " + t.getLocalizedMessage();
    if (!standard.equals(t.toString())) {
      out.append(",\"text\":").append(quote(t.toString()));
    }
    if (relation != null) {
      out.append(",\"relation\":\"").append(relation).append("\",\"parent\":").append(parent);
    }
    if (circular) {
      out.append(",\"circular\":true,\"frames\":0,\"elided\":0}");
      return count++;
    }
    if (chainOnly) {
      out.append('}');
      return count++;
    }
    StackTraceElement[] stack = t.getStackTrace();
    int printed = stack.length - elided;
    out.append(",\"frames\":").append(printed).append(",\"elided\":").append(elided);
    if (printed <= LONGEST_STACK) {
      out.append(",\"stack\":[");
      for (int i = 0; i < printed; i++) {
        out.append(i == 0 ? "\n  " : ",\n  ").append(frame(stack[i]));
      }
      out.append(']');
    }
    out.append('}');
    return count++;
  }

  private static String frame(StackTraceElement f) {
    StringBuilder text = new StringBuilder("{\"class\":").append(quote(f.getClassName()));
    text.append(",\"method\":").append(quote(f.getMethodName()));
    if (f.isNativeMethod()) {
      return text.append(",\"native\":true}").toString();
    }
    if (f.getFileName() != null) {
      text.append(",\"file\":").append(quote(f.getFileName()));
      if (f.getLineNumber() >= 0) {
        text.append(",\"line\":").append(f.getLineNumber());
      }
    }
    return text.append('}').toString();
  }

  /** A JSON string, or {@code null}. */
  public static String quote(String s) {
    if (s == null) {
      return "null";
    }
    StringBuilder text = new StringBuilder("\"");
    for (int i = 0; i < s.length(); i++) {
      char c = s.charAt(i);
      if (c == '"' || c == '\\') {
        text.append('\\').append(c);
      } else if (c < ' ') {
        text.append(String.format("\\u%04x", (int) c));
      } else {
        text.append(c);
      }
    }
    return text.append('"').toString();
  }
}
