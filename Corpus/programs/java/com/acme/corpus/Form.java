package com.acme.corpus;

/** One form of a trace: something that throws. */
interface Form {
  void run() throws Throwable;
}
