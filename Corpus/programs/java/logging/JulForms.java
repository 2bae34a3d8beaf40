import java.time.Instant;
import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.logging.XMLFormatter;

/** java.util.logging in its own layouts, with a clock that always shows the same time. */
public final class JulForms {
  private JulForms() {}

  /** Arguments: the file for the truth, and simple, one-line or xml. */
  public static void main(String[] args) throws Exception {
    if (args[1].equals("one-line")) {
      System.setProperty("java.util.logging.SimpleFormatter.format", "%1$tF %1$tT,%1$tL %4$s [%3$s] %5$s%6$s%n");
    }
    Formatter formatter = args[1].equals("xml") ? new XMLFormatter() : new SimpleFormatter();
    Handler handler = new ConsoleHandler();
    handler.setFormatter(formatter);
    Logger logger = Logger.getLogger("com.acme.orders.OrderService");
    logger.setUseParentHandlers(false);
    logger.addHandler(handler);
    Orders.Style style = args[1].equals("xml") ? Orders.Style.TOP_ONLY : Orders.Style.FULL;
    log(logger, Level.INFO, "service is up", null);
    log(logger, Level.SEVERE, "order 17 failed", Orders.noted(Orders.chain(), style));
    log(logger, Level.INFO, "next order", null);
    log(logger, Level.WARNING, "order 18 failed", Orders.noted(Orders.suppressed(), style));
    log(logger, Level.SEVERE, "query failed:\nsee below", Orders.noted(Orders.lines(), style));
    log(logger, Level.SEVERE, "no message", Orders.noted(Orders.silent(), style));
    log(logger, Level.INFO, "done", null);
    Orders.write(args[0]);
  }

  private static void log(Logger logger, Level level, String message, Throwable thrown) {
    LogRecord record = new LogRecord(level, message);
    record.setInstant(Instant.parse("2026-03-05T10:11:12.345Z"));
    record.setLoggerName(logger.getName());
    record.setSourceClassName("com.acme.orders.OrderService");
    record.setSourceMethodName("place");
    record.setLongThreadID(1);
    record.setSequenceNumber(1);
    record.setThrown(thrown);
    logger.log(record);
  }
}
