import com.acme.corpus.Truth;
import java.io.IOException;
import org.apache.commons.lang3.StringUtils;
import org.apache.commons.lang3.Validate;
import org.apache.commons.lang3.concurrent.ConcurrentUtils;
import org.apache.commons.lang3.exception.ContextedRuntimeException;
import org.apache.commons.lang3.exception.ExceptionUtils;

/** Commons Lang: root cause first with its own word for "wrapped", and an exception whose message is a table. */
public final class Lang3Forms {
  private Lang3Forms() {}

  /** Argument: what to print. */
  public static void main(String[] args) {
    switch (args[0]) {
      case "root-cause" -> System.out.println(String.join(System.lineSeparator(), ExceptionUtils.getRootCauseStackTrace(chain())));
      case "compact" -> ExceptionUtils.printRootCauseStackTrace(new RuntimeException("no cause of its own", chain()));
      case "contexted" -> contexted();
      default -> throw new IllegalArgumentException(args[0]);
    }
  }

  private static RuntimeException chain() {
    try {
      Validate.isTrue(StringUtils.isBlank("order"), "not blank: %s", "order");
      return null;
    } catch (IllegalArgumentException e) {
      return new IllegalStateException("order is wrong", new IOException("cannot read", e));
    }
  }

  private static void contexted() {
    throw new ContextedRuntimeException("order failed", chain()).addContextValue("id", 17).addContextValue("at", "home");
  }
}
