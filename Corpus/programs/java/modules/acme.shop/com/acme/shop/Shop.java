package com.acme.shop;

import com.acme.pay.Payment;

/** Wraps the failure of another module. */
public final class Shop {
  private Shop() {}

  /** Always fails. */
  public static void main(String[] args) {
    try {
      Payment.pay(12);
    } catch (IllegalStateException e) {
      throw new RuntimeException("shop is closed", e);
    }
  }
}
