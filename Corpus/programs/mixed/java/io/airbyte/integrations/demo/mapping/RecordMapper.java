package io.airbyte.integrations.demo.mapping;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Maps records by lambdas, one of which forgets that a field may be missing. */
public final class RecordMapper {
  private final String stream;

  /** The stream's name becomes part of messages. */
  public RecordMapper(String stream) {
    this.stream = stream;
  }

  /** Always fails inside a stream's lambda. */
  public List<Integer> mapAll(int first) {
    List<Map<String, String>> rows = IntStream.range(first, first + 3).mapToObj(this::row).collect(Collectors.toList());
    return rows.stream().map(r -> r.get("updated_at")).map(String::strip).map(String::length).collect(Collectors.toList());
  }

  private Map<String, String> row(int id) {
    Map<String, String> row = new HashMap<>();
    row.put("id", stream + id);
    return row;
  }

  /** Always fails, with a message of several lines. */
  public void parse(int id) {
    String record = "{\"stream\":\"" + stream + "\",\"data\":{\"id\":" + id + ",\"total\":}}";
    try {
      number(record, record.indexOf("}}"));
    } catch (NumberFormatException e) {
      throw new MappingException("Unexpected character ('}' (code 125)): expected a value\n at [Source: (String)\"" + record + "\"; line: 1, column: "
          + record.indexOf("}}") + "]", e);
    }
  }

  private int number(String record, int at) {
    return Integer.parseInt(record.substring(at, at + 1));
  }

  /** What callers see. */
  public static final class MappingException extends RuntimeException {
    MappingException(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
