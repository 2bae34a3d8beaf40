package io.airbyte.integrations.demo;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import com.acme.corpus.Truth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.slf4j.LoggerFactory;

/** Logback with a simulated clock; keeps the truth about every throwable that it logs, with the name of the bug. */
final class Journal {
  private final List<String> truths = new ArrayList<>();
  private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
  private final Random clock;
  private long now;

  Journal(long start, long seed) {
    now = start;
    clock = new Random(seed);
    context.reset();
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern("%d{yyyy-MM-dd HH:mm:ss.SSS, UTC} %-5level [%thread] %logger{36} - %msg%n");
    encoder.start();
    ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
    appender.setContext(context);
    appender.setEncoder(encoder);
    appender.start();
    context.getLogger("root").addAppender(appender);
  }

  void info(Class<?> from, String message) {
    log(from, Level.INFO, message, null);
  }

  void debug(Class<?> from, String message) {
    log(from, Level.DEBUG, message, null);
  }

  void warn(Class<?> from, String message) {
    log(from, Level.WARN, message, null);
  }

  void failure(Class<?> from, String bug, String message, Throwable thrown) {
    truths.add("{\"bug\":" + Truth.quote(bug) + ",\"trace\":" + Truth.of(thrown) + "}");
    log(from, Level.ERROR, message, thrown);
  }

  private void log(Class<?> from, Level level, String message, Throwable thrown) {
    now += 1 + clock.nextInt(40);
    Logger logger = context.getLogger(from);
    LoggingEvent event = new LoggingEvent(Journal.class.getName(), logger, level, message, thrown, null);
    event.setTimeStamp(now);
    logger.callAppenders(event);
  }

  void write(String path) throws IOException {
    Files.writeString(Path.of(path), "[" + String.join(",", truths) + "]");
  }
}
