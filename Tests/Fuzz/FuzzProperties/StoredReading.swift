import Glibc
import LogInput

/// What reading a stored input came to.
struct StoredReading: Equatable {
  var text: [UInt8] = []
  /// The fault at its end.
  var fault: InputError.Kind?
  /// Stored bytes before the fault.
  var place: UInt64?
  var encoding = TextEncoding.utf8
  /// Bytes of memory, where there were more of them than may be.
  var excess = 0

  /// What is kept of a text: a few stored bytes may stand for gigabytes.
  static let most = 600 << 10
  /// A reading never takes more memory: a window of 32 MiB, buffers, and the text that is kept here.
  static let mostMemory = 48 << 20

  static let mostPiped = 200 * 512

  /// Reads a file.
  /// - Parameter room: bytes that are asked for at once.
  static func file(_ bytes: [UInt8], room: Int) throws -> StoredReading {
    let file = try OpenFile(bytes)
    return try read(InputReader(ByteSource(path: file.path)), room, stored: bytes.count)
  }

  /// Reads a pipe that gives pieces of some bytes. What does not fit into one read is lost, so they must divide
  /// what is asked for first, 512 bytes: a text has `mostPiped` at most.
  static func pipe(_ bytes: [UInt8], piece: Int) throws -> StoredReading {
    let pipe = try OpenPipe(bytes, piece: piece)
    return try read(InputReader(ByteSource(path: pipe.path)), 4096, stored: bytes.count)
  }

  private static func read(_ input: consuming InputReader, _ room: Int, stored: Int) throws -> StoredReading {
    let buffer = ReadBuffer(capacity: room)
    let memory = residentBytes()
    var reading = StoredReading()
    do throws(InputError) {
      var reads = 0
      while reading.text.count < most {
        let count = try input.read(into: buffer.room(0..<room)) { false }
        reading.text += buffer.copy(0..<count)
        reads += 1
        if count == 0 || reads % 64 == 1, residentBytes() > memory + mostMemory {
          reading.excess = residentBytes() - memory
        }
        if count == 0 { break }
      }
      reading.text.removeLast(max(0, reading.text.count - most))
    } catch {
      reading.fault = error.kind
      reading.place = error.offset
    }
    try require(reading.excess == 0, "\(reading.excess) bytes of memory to read \(reading.text.count)")
    reading.encoding = input.encoding
    // What a library has taken in when it finds damage differs; of other faults the place is exact.
    if reading.fault == .damaged {
      try require(reading.place ?? .max <= UInt64(stored), "damage at no place of the input")
      reading.place = nil
    }
    return reading
  }

  /// Bytes of memory that this process has now.
  private static func residentBytes() -> Int {
    guard let file = fopen("/proc/self/statm", "r") else { return 0 }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 128)
    guard fgets(&line, 128, file) != nil else { return 0 }
    let words = String(decoding: line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
      .split(separator: " ")
    return words.count > 1 ? (Int(words[1]) ?? 0) * sysconf(Int32(_SC_PAGESIZE)) : 0
  }
}
