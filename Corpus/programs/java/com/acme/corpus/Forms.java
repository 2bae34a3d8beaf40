package com.acme.corpus;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes one file a form: the text of printStackTrace beside the truth about the same throwable. */
public final class Forms {
  private static final Map<String, Form> FORMS = new TreeMap<>();

  private Forms() {}

  static void add(String name, Form form) {
    FORMS.put(name, form);
  }

  /** Arguments: the folder for the files, what to append to each name, and the names wanted (none: all). */
  public static void main(String[] args) throws Exception {
    register();
    List<String> wanted = List.of(args).subList(2, args.length);
    for (Map.Entry<String, Form> form : FORMS.entrySet()) {
      if (wanted.isEmpty() || wanted.contains(form.getKey())) {
        write(Path.of(args[0], form.getKey() + args[1]), form.getValue());
      }
    }
  }

  static void register() {
    ChainForms.register();
    MessageForms.register();
    NameForms.register();
    RuntimeForms.register();
  }

  static Form named(String name) {
    return FORMS.get(name);
  }

  private static void write(Path path, Form form) throws IOException {
    try {
      form.run();
      throw new IllegalStateException("this form throws nothing: " + path);
    } catch (Throwable t) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      t.printStackTrace(new PrintStream(bytes, true, StandardCharsets.UTF_8));
      Files.write(Path.of(path + ".log"), bytes.toByteArray());
      Files.writeString(Path.of(path + ".truth.json"), Truth.file(List.of(Truth.of(t))));
    }
  }
}
