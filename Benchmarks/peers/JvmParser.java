import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a platform that reads its connectors' traces on the JVM does with each: regular expressions over the text of a
 * trace, block by block. It is given a log whose traces stand between log lines, and counts traces and frames.
 */
public final class JvmParser {
  private static final Pattern JAVA_FRAME = Pattern.compile(
      "\\n\\tat (?:[\\w.$/]+/)?(?<module>[\\w$.]+)\\.(?<function>[\\w<>$]+)"
          + "\\((?:(?<file>\\w+\\.(?:java|kt)):(?<line>\\d+)\\)|(?<other>[\\w\\s]*)\\))");
  private static final Pattern PYTHON_FRAME =
      Pattern.compile("File \"(.+)\", line (\\d+), in (.+)\\n {4}(.+)\\n");
  private static final Pattern PYTHON_SENTENCE = Pattern.compile("\\n\\n[\\w ,]+:\\n\\n");

  private long traces;
  private long frames;
  private long bytes;

  public static void main(String[] arguments) throws IOException {
    JvmParser parser = new JvmParser();
    StringBuilder region = new StringBuilder();
    try (BufferedReader lines = Files.newBufferedReader(Path.of(arguments[0]), StandardCharsets.ISO_8859_1)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (startsLogLine(line)) {
          parser.take(region.toString());
          region.setLength(0);
        } else {
          region.append(line).append('\n');
        }
      }
    }
    parser.take(region.toString());
    System.out.println(parser.traces + " traces, " + parser.frames + " frames, " + parser.bytes + " bytes of fields");
  }

  private static boolean startsLogLine(String line) {
    return line.length() > 20 && line.startsWith("20") && line.charAt(4) == '-' && line.charAt(13) == ':';
  }

  private void take(String text) {
    if (text.startsWith("Traceback (most recent call last)")) {
      for (String block : PYTHON_SENTENCE.split(text)) count(PYTHON_FRAME.matcher(block), 4);
      traces++;
    } else if (text.contains("\tat ")) {
      for (String block : text.split("\\nCaused by: ")) count(JAVA_FRAME.matcher(block), 4);
      traces++;
    }
  }

  /** Takes every field out, as whoever wants to send them has to. */
  private void count(Matcher matcher, int groups) {
    while (matcher.find()) {
      frames++;
      for (int group = 1; group <= groups; group++) {
        String field = matcher.group(group);
        if (field != null) bytes += field.length();
      }
    }
  }
}
