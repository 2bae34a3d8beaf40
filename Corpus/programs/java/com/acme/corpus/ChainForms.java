package com.acme.corpus;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Causes, suppressed exceptions, circles, and chains whose frames are all shared. */
final class ChainForms {
  private ChainForms() {}

  static void register() {
    Forms.add("single", () -> pay(7));
    Forms.add("caused-by", ChainForms::placeOrder);
    Forms.add("caused-by-deep", () -> nest(12));
    Forms.add("caused-by-constructor", () -> {
      throw new RuntimeException(new IOException("disk"));
    });
    Forms.add("caused-by-all-elided", ChainForms::allShared);
    Forms.add("suppressed", ChainForms::closeFails);
    Forms.add("suppressed-nested", ChainForms::suppressedTree);
    Forms.add("suppressed-with-causes", ChainForms::twoResources);
    Forms.add("circular-cause", ChainForms::circle);
    Forms.add("circular-suppressed", ChainForms::circleThroughSuppressed);
    Forms.add("same-exception-twice", ChainForms::sharedSuppressed);
    Forms.add("completable-future", ChainForms::future);
    Forms.add("executor-future", ChainForms::executor);
  }

  private static void pay(int id) {
    throw new IllegalStateException("payment " + id + " was declined");
  }

  private static void placeOrder() {
    try {
      reserveStock();
    } catch (RuntimeException e) {
      throw new RuntimeException("order could not be placed", e);
    }
  }

  private static void reserveStock() {
    try {
      readStock();
    } catch (IOException e) {
      throw new IllegalStateException("stock is unknown", e);
    }
  }

  private static void readStock() throws IOException {
    throw new IOException("stock file is locked");
  }

  private static void nest(int depth) throws Exception {
    if (depth == 0) {
      throw new IOException("bottom");
    }
    try {
      nest(depth - 1);
    } catch (Exception e) {
      throw new Exception("level " + depth, e);
    }
  }

  /** Cause and exception are made in one line, so that no frame of the cause is left to print. */
  private static void allShared() throws Exception {
    throw new Exception("outer", new Exception("middle", new IOException("inner")));
  }

  private static final class Resource implements AutoCloseable {
    private final String name;

    Resource(String name) {
      this.name = name;
    }

    @Override
    public void close() throws IOException {
      try {
        flush();
      } catch (RuntimeException e) {
        throw new IOException("cannot close " + name, e);
      }
    }

    private void flush() {
      throw new UnsupportedOperationException("no flush in " + name);
    }
  }

  private static void closeFails() throws IOException {
    try (Resource ignored = new Resource("cursor")) {
      throw new IllegalArgumentException("bad column");
    }
  }

  private static void twoResources() throws IOException {
    try (Resource a = new Resource("connection"); Resource b = new Resource("statement")) {
      placeOrder();
    }
  }

  private static void suppressedTree() throws Exception {
    Exception top = new Exception("top", new Exception("cause of top", new Exception("root")));
    Exception first = new Exception("first");
    first.addSuppressed(new Exception("first of first", new IOException("cause of first of first")));
    Exception second = new Exception("second", new RuntimeException("cause of second"));
    top.addSuppressed(first);
    top.addSuppressed(second);
    top.getCause().addSuppressed(new Exception("in the cause"));
    throw top;
  }

  private static void circle() throws Exception {
    Exception a = new Exception("a");
    Exception b = new Exception("b");
    Exception c = new Exception("c");
    a.initCause(b);
    b.initCause(c);
    c.initCause(a);
    throw a;
  }

  private static void circleThroughSuppressed() throws Exception {
    Exception a = new Exception("a");
    Exception b = new Exception("b", a);
    a.addSuppressed(b);
    throw a;
  }

  private static void sharedSuppressed() throws Exception {
    Exception shared = new Exception("shared");
    Exception top = new Exception("top", shared);
    top.addSuppressed(shared);
    throw top;
  }

  private static void future() {
    CompletableFuture.supplyAsync(() -> {
      pay(8);
      return 1;
    }, Runnable::run).thenApply(x -> x + 1).join();
  }

  private static void executor() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(1);
    try {
      pool.submit(ChainForms::placeOrder).get();
    } finally {
      pool.shutdown();
    }
  }
}
