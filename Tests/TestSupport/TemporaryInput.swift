import Foundation

/// A file of its own for one test; it is gone with the value.
public final class TemporaryInput {
  public let path = NSTemporaryDirectory() + "tracesift-input-\(UUID().uuidString)"

  public init(_ bytes: [UInt8]) throws { try Data(bytes).write(to: URL(fileURLWithPath: path)) }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}
