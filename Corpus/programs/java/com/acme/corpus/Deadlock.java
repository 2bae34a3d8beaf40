package com.acme.corpus;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;

/** Threads in every state, two of them in a deadlock, for thread dumps. Ends by itself after half a minute. */
public final class Deadlock {
  private Deadlock() {}

  public static void main(String[] args) throws Exception {
    Object left = new Object();
    Object right = new Object();
    CountDownLatch both = new CountDownLatch(2);
    daemon("left \"hand\"", () -> grab(left, right, both));
    daemon("right hand", () -> grab(right, left, both));
    ReentrantLock lock = new ReentrantLock();
    lock.lock();
    daemon("parked [1]", lock::lock);
    daemon("waiting", () -> await(new Object()));
    System.out.println("ready");
    Thread.sleep(30_000);
  }

  private static void daemon(String name, Runnable body) {
    Thread thread = new Thread(body, name);
    thread.setDaemon(true);
    thread.start();
  }

  private static void grab(Object first, Object second, CountDownLatch both) {
    synchronized (first) {
      both.countDown();
      try {
        both.await();
      } catch (InterruptedException e) {
        return;
      }
      synchronized (second) {
        System.out.println("not reached");
      }
    }
  }

  private static void await(Object monitor) {
    synchronized (monitor) {
      try {
        monitor.wait();
      } catch (InterruptedException e) {
        return;
      }
    }
  }
}
