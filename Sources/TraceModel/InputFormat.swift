/// How the lines of an input are taken.
public enum InputFormat: String, Sendable, CaseIterable {
  /// Prefixes, JSON and other wrapping are recognised line by line and undone.
  case auto
  /// Every line as it stands.
  case text
  /// JSON objects; a line that is none is taken as it stands.
  case json
  /// The kubelet's log; other lines are passed over.
  case cri
  /// Docker's own files (`log`, `stream`, `time`); other lines are passed over.
  case docker
  /// `journalctl -o json`; other lines are passed over.
  case journald
  /// Airbyte protocol messages, of which TRACE and LOG are read; any other line is taken as with `auto`, as the
  /// platform logs it.
  case airbyte
}
