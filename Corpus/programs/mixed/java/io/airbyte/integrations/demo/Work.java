package io.airbyte.integrations.demo;

import io.airbyte.integrations.demo.destination.ObjectStoreDestination;
import io.airbyte.integrations.demo.mapping.RecordMapper;
import io.airbyte.integrations.demo.source.ChangeLogSource;
import io.airbyte.integrations.demo.source.Plugins;
import java.util.Random;
import java.util.concurrent.ExecutionException;

/** One step of a thread: mostly a few lines of progress, sometimes one of the bugs. */
final class Work {
  private static final String[] STREAMS = {"orders", "customers", "invoices", "line_items", "shipments", "refunds"};
  private static final String[] CONNECTORS = {"source-postgres", "source-mysql", "destination-s3", "destination-snowflake", "source-mongodb-v2"};

  private final Journal journal;
  private final Random random;
  private long records;

  Work(Journal journal, Random random) {
    this.journal = journal;
    this.random = random;
  }

  void step() {
    progress();
    if (random.nextInt(1000) < 11) {
      fail(random.nextInt(7));
    }
  }

  private String stream() {
    return STREAMS[random.nextInt(STREAMS.length)];
  }

  private void progress() {
    records += random.nextInt(5000);
    String connector = CONNECTORS[random.nextInt(CONNECTORS.length)];
    switch (random.nextInt(8)) {
      case 0 -> journal.info(Sync.class, connector + " starting sync for workspace " + uuid() + " attempt " + random.nextInt(4));
      case 1 -> journal.info(ChangeLogSource.class, "Records read: " + records + " (" + random.nextInt(900) + " MB) from stream " + stream());
      case 2 -> journal.debug(RecordMapper.class, "mapping stream " + stream() + " at cursor " + random.nextInt(1 << 30) + " with 3 mappers (hashing, rename, filter)");
      case 3 -> journal.info(ObjectStoreDestination.class, "uploaded part " + random.nextInt(40) + " of s3://bucket-" + random.nextInt(9) + "/" + stream() + "/" + uuid() + ".avro");
      case 4 -> journal.warn(ChangeLogSource.class, "heartbeat is " + random.nextInt(90) + " s old, last position {file=mysql-bin." + random.nextInt(1000) + ", pos=" + random.nextInt(1 << 28) + "}");
      case 5 -> journal.info(Sync.class, "state message emitted at " + records + " for stream " + stream() + ": {\"cursor\":\"" + random.nextInt(1 << 30) + "\",\"at\":\"" + uuid() + "\"}");
      case 6 -> journal.debug(ObjectStoreDestination.class, "buffer for " + stream() + " holds " + random.nextInt(1 << 24) + " bytes, flushing at " + (1 << 24));
      default -> journal.info(Plugins.class, "connector " + connector + ":" + random.nextInt(4) + "." + random.nextInt(20) + "." + random.nextInt(9) + " is alive, " + records + " records so far");
    }
  }

  private String uuid() {
    return new java.util.UUID(random.nextLong(), random.nextLong()).toString();
  }

  private void fail(int bug) {
    try {
      switch (bug) {
        case 0 -> new ChangeLogSource(uuid()).resume(random.nextInt(1 << 30));
        case 1 -> new ObjectStoreDestination("bucket-" + random.nextInt(9)).write(uuid(), random.nextInt(40));
        case 2 -> new RecordMapper(stream()).mapAll(random.nextInt(100000));
        case 3 -> new RecordMapper(stream()).parse(random.nextInt(100000));
        case 4 -> Plugins.check("source-" + stream(), random.nextInt(100));
        case 5 -> Plugins.readThroughProxy(stream());
        default -> new ObjectStoreDestination("bucket-" + random.nextInt(9)).flushLater(uuid());
      }
    } catch (ExecutionException e) {
      journal.failure(Sync.class, "destination-flush-future", "Flush of attempt " + random.nextInt(5) + " did not complete", e);
    } catch (Exception e) {
      journal.failure(Sync.class, NAMES[bug], "Sync worker failed for connection " + uuid() + " (attempt " + random.nextInt(5) + ")", e);
    }
  }

  private static final String[] NAMES = {"source-slot-inactive", "destination-upload-aborted", "mapper-null-field", "mapper-bad-json",
      "source-check-by-reflection", "source-read-through-proxy", "destination-flush-future"};
}
