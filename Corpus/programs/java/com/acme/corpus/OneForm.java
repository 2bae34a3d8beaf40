package com.acme.corpus;

/** Dies of one form, so that other programs have a Java program to run. */
public final class OneForm {
  private OneForm() {}

  /** Argument: the name of the form. */
  public static void main(String[] args) throws Throwable {
    Forms.register();
    Forms.named(args[0]).run();
  }
}
