import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import org.slf4j.LoggerFactory;

/** Logback with throwables that it prints in its own way: circles, no frames, suppressed ones root first. */
public final class LogbackOdd {
  private LogbackOdd() {}

  /** Argument: the pattern. */
  public static void main(String[] args) {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern(args[0]);
    encoder.start();
    ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
    appender.setContext(context);
    appender.setEncoder(encoder);
    appender.start();
    Logger log = context.getLogger("com.acme.orders.OrderService");
    log.addAppender(appender);
    log.error("circle", Orders.circle());
    log.error("stackless", Orders.stackless());
    log.error("suppressed", Orders.suppressed());
    log.error("done");
  }
}
