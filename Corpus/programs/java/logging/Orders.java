import com.acme.corpus.Truth;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The failures that the logging programs log, and the truth about those they logged. */
final class Orders {
  private static final List<String> TRUE = new ArrayList<>();

  private Orders() {}

  static Throwable chain() {
    try {
      place(17);
      throw new AssertionError();
    } catch (RuntimeException e) {
      return e;
    }
  }

  static Throwable suppressed() {
    Throwable e = chain();
    e.addSuppressed(new IOException("rollback failed", new IllegalStateException("connection is closed")));
    return e;
  }

  static Throwable circle() {
    Exception a = new Exception("a");
    Exception b = new Exception("b", a);
    a.initCause(b);
    return a;
  }

  static Throwable lines() {
    return new IllegalArgumentException("unknown column\n  SELECT id,\n         at\n  FROM orders\n\nHINT: none");
  }

  static Throwable silent() {
    return new IllegalStateException();
  }

  static Throwable stackless() {
    return new StackOverflowError("reported without frames") {
      @Override
      public Throwable fillInStackTrace() {
        return this;
      }
    };
  }

  private static void place(int id) {
    try {
      read(id);
    } catch (UncheckedIOException e) {
      throw new IllegalStateException("order " + id + " cannot be placed", e);
    }
  }

  private static void read(int id) {
    try {
      open(id);
    } catch (IOException e) {
      throw new UncheckedIOException("stock is unknown", e);
    }
  }

  private static void open(int id) throws IOException {
    throw new IOException("no shelf for " + id);
  }

  /** How a pattern prints: with all frames, with frames of its own choice, or root cause first. */
  enum Style { FULL, CHAIN, ROOT_FIRST, ROOT_FIRST_CHAIN, TOP_ONLY }

  static Throwable noted(Throwable t, Style style) {
    switch (style) {
      case FULL -> TRUE.add(Truth.of(t));
      case CHAIN -> TRUE.add(Truth.chainOf(t));
      case ROOT_FIRST -> TRUE.add(Truth.rootFirst(t, false));
      case ROOT_FIRST_CHAIN -> TRUE.add(Truth.rootFirst(t, true));
      case TOP_ONLY -> { }
    }
    return t;
  }

  static void write(String path) throws IOException {
    if (TRUE.isEmpty()) {
      return;
    }
    Files.writeString(Path.of(path), Truth.file(TRUE));
  }
}
