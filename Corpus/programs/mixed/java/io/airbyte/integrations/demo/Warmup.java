package io.airbyte.integrations.demo;

import java.lang.reflect.Proxy;
import java.util.function.Supplier;

/** Makes some lambdas and proxies, a different number in each run, so that the numbers in generated names differ. */
final class Warmup {
  private Warmup() {}

  private interface A {}

  private interface B {}

  private interface C {}

  static void run(int n) {
    Supplier<?>[] some = new Supplier<?>[6];
    for (int i = 0; i < n; i++) {
      some[i] = switch (i) {
        case 0 -> () -> 0;
        case 1 -> () -> 1;
        case 2 -> () -> 2;
        case 3 -> () -> 3;
        default -> () -> 4;
      };
    }
    Class<?>[] kinds = {A.class, B.class, C.class};
    for (int i = 0; i < n % 4 && i < kinds.length; i++) {
      Proxy.newProxyInstance(Warmup.class.getClassLoader(), new Class<?>[] {kinds[i]}, (p, m, a) -> null);
    }
  }
}
