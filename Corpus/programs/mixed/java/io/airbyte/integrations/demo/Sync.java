package io.airbyte.integrations.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.SynchronousQueue;

/**
 * A stand-in for a data-integration worker: threads read, map and write records, and sometimes fail.
 *
 * <p>The threads are real, but take turns as a seeded conductor tells them, so that a run can be repeated.
 */
public final class Sync {
  private Sync() {}

  /** Arguments: seed, number of turns, first second of the simulated clock, and the file for what was logged as a failure. */
  public static void main(String[] args) throws Exception {
    long seed = Long.parseLong(args[0]);
    Random random = new Random(seed);
    Journal journal = new Journal(Long.parseLong(args[2]) * 1000, seed);
    Warmup.run(random.nextInt(6));
    List<Lane> lanes = new ArrayList<>();
    for (String name : List.of("source-reader-", "mapper-", "destination-writer-", "pool-2-thread-")) {
      for (int i = 1; i <= 2; i++) {
        lanes.add(new Lane(name + (i + random.nextInt(3)), new Work(journal, new Random(random.nextLong()))));
      }
    }
    for (int turn = 0; turn < Integer.parseInt(args[1]); turn++) {
      lanes.get(random.nextInt(lanes.size())).turn();
    }
    for (Lane lane : lanes) {
      lane.end();
    }
    journal.write(args[3]);
  }

  /** One thread that does one piece of work when it is its turn. */
  private static final class Lane {
    private final SynchronousQueue<Boolean> turns = new SynchronousQueue<>();
    private final SynchronousQueue<Boolean> done = new SynchronousQueue<>();

    Lane(String name, Work work) {
      Thread thread = new Thread(() -> loop(work), name);
      thread.setDaemon(true);
      thread.start();
    }

    private void loop(Work work) {
      try {
        while (turns.take()) {
          work.step();
          done.put(true);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    void turn() throws InterruptedException {
      turns.put(true);
      done.take();
    }

    void end() throws InterruptedException {
      turns.put(false);
    }
  }
}
