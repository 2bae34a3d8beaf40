import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Messages of Jackson, with their lines that begin with "at", and a throwable as Jackson writes it. */
public final class JacksonForms {
  private JacksonForms() {}

  /** Argument: what to do. */
  public static void main(String[] args) throws Exception {
    ObjectMapper mapper = new ObjectMapper();
    switch (args[0]) {
      case "parse" -> mapper.readTree("{\n  \"id\": 7,\n  \"total\": }");
      case "type" -> mapper.readValue("{\"rows\":[{\"id\":\"x\"}]}", Orders.class);
      case "write" -> {
        try {
          mapper.readValue("[]", Map.class);
        } catch (Exception e) {
          System.out.println(mapper.writeValueAsString(new TreeMap<>(Map.of("level", "ERROR", "throwable", new IllegalStateException("no orders", new RuntimeException("its cause"))))));
        }
      }
      default -> throw new IllegalArgumentException(args[0]);
    }
  }

  /** What is read. */
  public static final class Orders {
    public List<Order> rows;
  }

  /** A row of it. */
  public static final class Order {
    public int id;
  }
}
