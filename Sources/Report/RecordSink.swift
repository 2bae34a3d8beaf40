public import TraceSift

/// Turns records into lines of text, which are taken out when the lines before their chunk are known.
public protocol RecordSink: TraceSink {
  /// The records as bytes, whole lines.
  /// - Parameter linesBefore: lines of the file before the chunk.
  func records(linesBefore: UInt64) -> [UInt8]
  /// The failures, if they are kept apart.
  func failureRecords(linesBefore: UInt64) -> [UInt8]
  /// Appends the records to what is used again and again.
  func appendRecords(linesBefore: UInt64, to output: inout [UInt8])
}

extension RecordSink {
  public func appendRecords(linesBefore: UInt64, to output: inout [UInt8]) {
    output.append(contentsOf: records(linesBefore: linesBefore))
  }
}
