import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.apache.logging.log4j.core.appender.ConsoleAppender;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.builder.api.ConfigurationBuilder;
import org.apache.logging.log4j.core.config.builder.api.ConfigurationBuilderFactory;
import org.apache.logging.log4j.core.config.builder.impl.BuiltConfiguration;
import org.apache.logging.log4j.core.util.Clock;

/** One log4j2 pattern a run, with a clock that always shows the same time. */
public final class Log4jForms {
  private Log4jForms() {}

  /** Reached by name, from the system property log4j2.Clock. */
  public static final class Stopped implements Clock {
    @Override
    public long currentTimeMillis() {
      return 1772705472345L;
    }
  }

  /** Arguments: the file for the truth, the pattern, the style of the truth, whether suppressed ones are logged. */
  public static void main(String[] args) throws Exception {
    configure(args[1]);
    Logger log = LogManager.getLogger("com.acme.orders.OrderService");
    Orders.Style style = Orders.Style.valueOf(args[2]);
    log.info("service is up");
    log.error("order 17 failed", Orders.noted(Orders.chain(), style));
    log.warn("retrying");
    log.error("query failed", Orders.noted(Orders.lines(), style));
    log.error("no message", Orders.noted(Orders.silent(), style));
    if (Boolean.parseBoolean(args[3])) {
      log.error("order 18 failed", Orders.noted(Orders.suppressed(), style));
    }
    log.info("done");
    Orders.write(args[0]);
  }

  private static void configure(String pattern) {
    ConfigurationBuilder<BuiltConfiguration> b = ConfigurationBuilderFactory.newConfigurationBuilder();
    b.setStatusLevel(Level.OFF);
    b.add(b.newAppender("out", "CONSOLE").addAttribute("target", ConsoleAppender.Target.SYSTEM_OUT)
        .add(b.newLayout("PatternLayout").addAttribute("pattern", pattern)));
    b.add(b.newRootLogger(Level.ALL).add(b.newAppenderRef("out")));
    Configurator.initialize(b.build());
  }
}
