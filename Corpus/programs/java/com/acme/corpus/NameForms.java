package com.acme.corpus;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Frames whose class or method name is out of the ordinary. */
final class NameForms {
  private NameForms() {}

  static void register() {
    Forms.add("name-lambda", () -> lambda(3).get());
    Forms.add("name-stream", NameForms::stream);
    Forms.add("name-parallel-sort", NameForms::sort);
    Forms.add("name-anonymous", NameForms::anonymous);
    Forms.add("name-local-class", NameForms::local);
    Forms.add("name-inner-type", () -> {
      throw new Outer.Middle.Inner("deep");
    });
    Forms.add("name-unicode", () -> new Überprüfung().prüfe());
    Forms.add("name-static-init", () -> Broken.touch());
    Forms.add("name-static-init-second", NameForms::secondTouch);
    Forms.add("name-proxy", () -> proxied().run());
    Forms.add("name-reflection", NameForms::reflected);
    Forms.add("name-bridge", () -> ((Callable<?>) new Bridge()).call());
    Forms.add("name-default-method", () -> new Greeter() {}.greet());
    Forms.add("name-enum-switch", () -> Colour.RED.paint());
    Forms.add("name-record", () -> new Point(-1));
    Forms.add("name-default-package", () -> Class.forName("Plain").getMethod("main", String[].class).invoke(null, (Object) new String[0]));
    Forms.add("name-keyword-like", () -> at.at());
  }

  private static Supplier<Integer> lambda(int n) {
    Supplier<Integer> inner = () -> {
      throw new IllegalStateException("in a lambda " + n);
    };
    return () -> inner.get();
  }

  private static void stream() {
    List.of("1", "2", "x").stream().map(Integer::parseInt).filter(i -> i > 0).collect(Collectors.toList());
  }

  private static void sort() {
    Comparator<String> odd = (a, b) -> {
      throw new ClassCastException("cannot compare");
    };
    Arrays.asList("b", "a").sort(odd.thenComparing(Comparator.reverseOrder()));
  }

  private static void anonymous() {
    new Object() {
      void run() {
        new Runnable() {
          @Override
          public void run() {
            throw new UnsupportedOperationException("anonymous in anonymous");
          }
        }.run();
      }
    }.run();
  }

  private static void local() {
    class Local extends RuntimeException {
      Local(String m) {
        super(m);
      }
    }
    class Thrower {
      void go() {
        throw new Local("local classes");
      }
    }
    new Thrower().go();
  }

  private static final class Outer {
    private static final class Middle {
      private static final class Inner extends Exception {
        Inner(String m) {
          super(m);
        }
      }
    }
  }

  private static final class Überprüfung {
    void prüfe() throws Exception {
      throw new $Ärger_1("Prüfung misslungen");
    }
  }

  private static final class $Ärger_1 extends Exception {
    $Ärger_1(String m) {
      super(m);
    }
  }

  private static final class Broken {
    private static final int VALUE = Integer.parseInt("not a number");

    static void touch() {
      System.out.println(VALUE);
    }
  }

  private static void secondTouch() {
    try {
      Twice.touch();
    } catch (ExceptionInInitializerError e) {
      Twice.touch();
    }
  }

  private static final class Twice {
    private static final int VALUE = Integer.parseInt("still not a number");

    static void touch() {
      System.out.println(VALUE);
    }
  }

  private static Runnable proxied() {
    InvocationHandler handler = (proxy, method, args) -> {
      throw new IllegalAccessException("checked through a proxy");
    };
    return (Runnable) Proxy.newProxyInstance(NameForms.class.getClassLoader(), new Class<?>[] {Runnable.class}, handler);
  }

  private static void reflected() throws Exception {
    NameForms.class.getDeclaredMethod("target", String.class).invoke(null, "by reflection");
  }

  private static void target(String how) {
    throw new IllegalStateException("called " + how);
  }

  private static final class Bridge implements Callable<String> {
    @Override
    public String call() {
      throw new IllegalStateException("behind a bridge method");
    }
  }

  private interface Greeter {
    default void greet() {
      check();
    }

    private void check() {
      throw new IllegalStateException("in a private interface method");
    }
  }

  private enum Colour {
    RED {
      @Override
      void paint() {
        throw new IllegalStateException("no paint");
      }
    };

    abstract void paint();
  }

  private record Point(int x) {
    Point {
      if (x < 0) {
        throw new IllegalArgumentException("x is " + x);
      }
    }
  }

  /** A class and a method with the name of the word that starts a frame line. */
  private static final class at {
    static void at() {
      throw new IllegalStateException("at at.at");
    }
  }
}
