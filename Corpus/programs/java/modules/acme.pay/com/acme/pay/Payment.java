package com.acme.pay;

import java.util.List;

/** Fails inside a lambda that the class library calls. */
public final class Payment {
  private Payment() {}

  /** Always fails. */
  public static void pay(int amount) {
    List.of(amount).forEach(a -> {
      throw new IllegalStateException("cannot pay " + a);
    });
  }
}
