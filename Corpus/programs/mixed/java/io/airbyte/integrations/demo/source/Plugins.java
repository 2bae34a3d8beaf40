package io.airbyte.integrations.demo.source;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Iterator;

/** Calls connectors in roundabout ways: by reflection and through a proxy. */
public final class Plugins {
  private Plugins() {}

  /** After some calls the runtime puts generated code in the place of native code, so that the frames change. */
  public static void check(String connector, int port) throws Exception {
    Method method = Connector.class.getMethod("check", String.class, int.class);
    method.invoke(new Connector(), connector, port);
  }

  /** The name of the proxy's class differs from run to run. */
  @SuppressWarnings("unchecked")
  public static void readThroughProxy(String stream) {
    Iterator<String> rows = (Iterator<String>) Proxy.newProxyInstance(Plugins.class.getClassLoader(), new Class<?>[] {Iterator.class},
        (proxy, method, args) -> {
          throw new IllegalStateException("stream " + stream + " was closed while " + method.getName() + " was running");
        });
    drain(rows);
  }

  private static void drain(Iterator<String> rows) {
    rows.forEachRemaining(r -> { });
  }

  /** A connector as a plugin would bring it. */
  public static final class Connector {
    /** Always fails. */
    public void check(String name, int port) {
      throw new IllegalArgumentException("connector " + name + " does not answer on port " + (5000 + port));
    }
  }

  /** Kept for callers that want the target's exception alone. */
  public static Throwable unwrap(InvocationTargetException e) {
    return e.getTargetException();
  }
}
