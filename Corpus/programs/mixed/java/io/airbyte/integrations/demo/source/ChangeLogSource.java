package io.airbyte.integrations.demo.source;

import java.sql.SQLException;

/** Reads a database's change log; its slot is never active. */
public final class ChangeLogSource {
  private final String slot;

  /** The slot's id becomes part of messages. */
  public ChangeLogSource(String id) {
    slot = "airbyte_slot_" + id.substring(0, 8);
  }

  /** Always fails, with a cause of the driver's kind. */
  public void resume(int position) {
    new Debezium(this).start(position, 3);
  }

  private void seek(int position) {
    try {
      query("SELECT * FROM pg_logical_slot_peek_changes('" + slot + "', NULL, NULL)", position);
    } catch (SQLException e) {
      throw new ReplicationSlotException("slot \"" + slot + "\" is inactive at position 0/" + Integer.toHexString(position), e);
    }
  }

  private void query(String sql, int position) throws SQLException {
    throw new SQLException("ERROR: replication slot \"" + slot + "\" does not exist\n  Position: " + position % 97 + "\n  Query: " + sql, "42704", 7);
  }

  /** What callers see. */
  public static final class ReplicationSlotException extends RuntimeException {
    ReplicationSlotException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  private record Debezium(ChangeLogSource source) {
    void start(int position, int retries) {
      if (retries > 0) {
        start(position, retries - 1);
        return;
      }
      Runnable snapshot = () -> source.seek(position);
      snapshot.run();
    }
  }
}
