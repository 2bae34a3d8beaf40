package io.airbyte.integrations.demo.destination;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Writes parts of objects; uploads fail, and so does giving them up. */
public final class ObjectStoreDestination {
  private final String bucket;

  /** The bucket's name becomes part of messages. */
  public ObjectStoreDestination(String bucket) {
    this.bucket = bucket;
  }

  /** Always fails, with a suppressed exception. */
  public void write(String key, int part) throws IOException {
    try (Upload upload = new Upload(bucket + "/" + key)) {
      upload.send(part);
    }
  }

  /** Always fails, in another thread. */
  public void flushLater(String key) throws InterruptedException, ExecutionException {
    CompletableFuture.runAsync(() -> flush(key), Runnable::run).thenRun(() -> { }).get();
  }

  private void flush(String key) {
    throw new IllegalStateException("buffer for " + bucket + "/" + key + " was flushed twice");
  }

  private record Upload(String name) implements AutoCloseable {
    void send(int part) throws IOException {
      throw new IOException("part " + part + " of " + name + " timed out after " + (part * 1000 + 30000) + " ms");
    }

    @Override
    public void close() throws IOException {
      throw new IOException("upload of " + name + " could not be aborted", new IllegalStateException("client is closed"));
    }
  }
}
