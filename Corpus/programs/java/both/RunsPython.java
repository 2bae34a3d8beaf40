import com.acme.corpus.Truth;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A Java program that runs a Python program and throws what that printed. */
public final class RunsPython {
  private RunsPython() {}

  /** Arguments: the file for the truth, what to do, and the command. */
  public static void main(String[] args) throws Exception {
    try {
      act(args[1], run(List.of(args).subList(2, args.length)));
    } catch (Exception e) {
      Files.writeString(Path.of(args[0]), Truth.file(List.of(Truth.of(e))));
      throw e;
    }
  }

  private static void act(String how, String printed) throws Exception {
    switch (how) {
      case "in-message" -> throw new IllegalStateException("python failed: " + printed);
      case "in-message-stripped" -> throw new IllegalStateException("python failed: " + printed.strip());
      case "in-cause" -> throw new RuntimeException("stage failed", new IOException("worker exited with 1:\n" + printed));
      case "only-message" -> throw new PythonException(printed);
      default -> throw new IllegalArgumentException(how);
    }
  }

  /** What it says is the trace of another language and nothing else. */
  static final class PythonException extends Exception {
    PythonException(String message) {
      super(message);
    }
  }

  private static String run(List<String> command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
