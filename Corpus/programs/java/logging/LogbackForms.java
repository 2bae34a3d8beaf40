import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import org.slf4j.LoggerFactory;

/** One logback pattern a run, with a clock that always shows the same time. */
public final class LogbackForms {
  private LogbackForms() {}

  /** Arguments: the file for the truth, the pattern, whether to compute packaging data, and the style of the truth. */
  public static void main(String[] args) throws Exception {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    context.setPackagingDataEnabled(Boolean.parseBoolean(args[2]));
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern(args[1]);
    encoder.start();
    ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
    appender.setContext(context);
    appender.setEncoder(encoder);
    appender.start();
    Logger root = context.getLogger("com.acme.orders.OrderService");
    root.addAppender(appender);
    Orders.Style style = Orders.Style.valueOf(args[3]);
    log(root, Level.INFO, "service is up", null);
    log(root, Level.ERROR, "order 17 failed", Orders.noted(Orders.chain(), style));
    log(root, Level.WARN, "retrying", null);
    log(root, Level.ERROR, "query failed", Orders.noted(Orders.lines(), style));
    log(root, Level.ERROR, "no message", Orders.noted(Orders.silent(), style));
    if (style != Orders.Style.ROOT_FIRST) {
      log(root, Level.ERROR, "order 18 failed", Orders.noted(Orders.suppressed(), style));
    }
    log(root, Level.INFO, "done", null);
    Orders.write(args[0]);
  }

  private static void log(Logger logger, Level level, String message, Throwable thrown) {
    LoggingEvent event = new LoggingEvent(LogbackForms.class.getName(), logger, level, message, thrown, null);
    event.setTimeStamp(1772705472345L);
    event.setThreadName("main");
    logger.callAppenders(event);
  }
}
