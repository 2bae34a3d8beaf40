package com.acme.corpus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Programs that die: the runtime's own handler prints. The truth is written by the thread group, just before it does. */
public final class Uncaught {
  private static final List<String> TRACES = new ArrayList<>();
  private static Path truth;

  private Uncaught() {}

  /** Arguments: the file for the truth and what is to happen. */
  public static void main(String[] args) throws Exception {
    truth = Path.of(args[0]);
    Watching group = new Watching();
    switch (args[1]) {
      case "thread-names" -> names(group);
      case "overflow" -> start(group, "deep", () -> dive(0));
      case "memory" -> start(group, "hungry", Uncaught::fill);
      case "memory-array" -> start(group, "greedy", () -> System.out.println(new long[Integer.MAX_VALUE].length));
      case "fast-throw" -> start(group, "hot", Uncaught::hot);
      case "hidden" -> start(group, "lambda", () -> outer(() -> inner().get()).get());
      case "handler-fails" -> handlerFails();
      case "timer" -> timer();
      case "executor" -> executor();
      case "virtual" -> virtual();
      default -> throw new IllegalArgumentException(args[1]);
    }
  }

  private static final class Watching extends ThreadGroup {
    Watching() {
      super("watching");
    }

    @Override
    public void uncaughtException(Thread t, Throwable e) {
      note(e);
      super.uncaughtException(t, e);
    }
  }

  private static void note(Throwable e) {
    try {
      TRACES.add(Truth.of(e));
      Files.writeString(truth, Truth.file(TRACES));
    } catch (IOException | OutOfMemoryError x) {
      System.err.println("the truth could not be written");
    }
  }

  private static void start(ThreadGroup group, String name, Runnable body) throws InterruptedException {
    Thread thread = new Thread(group, body, name);
    thread.start();
    thread.join();
  }

  private static void names(ThreadGroup group) throws InterruptedException {
    List<String> names = List.of("main", "pool-1-thread-1", "", " ", "order desk \"7\" #3", "http-nio-8080-exec-1",
        "at com.acme.X.y(X.java:1)", "Exception in thread \"inner\"", "größe/価格", "java.lang.Thread: name", "a\tb", "[worker] {id=7}",
        "kafka-coordinator-heartbeat-thread | orders");
    for (String name : names) {
      start(group, name, () -> fail(name));
    }
  }

  private static void fail(String name) {
    throw new IllegalStateException("thread name has " + name.length() + " characters");
  }

  private static int dive(int n) {
    return dive(n + 1) + 1;
  }

  private static void fill() {
    List<byte[]> kept = new ArrayList<>();
    while (true) {
      kept.add(new byte[1 << 20]);
    }
  }

  /** Throws in a hot method until the compiler puts an exception without frames in its place. */
  private static void hot() {
    NullPointerException last = null;
    for (int i = 0; i < 2_000_000; i++) {
      last = length(null);
      if (last.getStackTrace().length == 0) {
        throw last;
      }
    }
    throw last;
  }

  private static NullPointerException length(String s) {
    try {
      s.length();
      return null;
    } catch (NullPointerException e) {
      return e;
    }
  }

  private static <T> Supplier<T> outer(Supplier<T> s) {
    return () -> s.get();
  }

  private static Supplier<Integer> inner() {
    return () -> Integer.parseInt("x");
  }

  private static void handlerFails() throws InterruptedException {
    Thread thread = new Thread(() -> fail("x"), "unlucky");
    thread.setUncaughtExceptionHandler((t, e) -> {
      throw new IllegalStateException("the handler fails, too", e);
    });
    thread.start();
    thread.join();
  }

  private static void timer() throws InterruptedException {
    Timer timer = new Timer("cleanup-timer");
    Thread.setDefaultUncaughtExceptionHandler((t, e) -> {
      note(e);
      System.err.print("Exception in thread \"" + t.getName() + "\" ");
      e.printStackTrace();
    });
    timer.schedule(new TimerTask() {
      @Override
      public void run() {
        fail("timer");
      }
    }, 1);
  }

  private static void executor() throws InterruptedException {
    Watching group = new Watching();
    ScheduledExecutorService pool = Executors.newScheduledThreadPool(1, r -> new Thread(group, r, "scheduler"));
    pool.execute(() -> fail("lost in the future"));
    pool.shutdown();
    pool.awaitTermination(5, TimeUnit.SECONDS);
    Thread plain = new Thread(group, () -> {
      try {
        fail("twelve");
      } catch (IllegalStateException e) {
        throw new RuntimeException("wrapped", e);
      }
    }, "plain");
    plain.start();
    plain.join();
  }

  /** Virtual threads have no name of their own; reached by reflection so that older compilers take this file. */
  private static void virtual() throws Exception {
    Runnable body = () -> fail("virtual");
    Thread thread = (Thread) Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, body);
    thread.join();
  }
}
