import Glibc

/// Files that are written at once: a reader sees the old one or the new one.
enum WholeFile {
  static func replace(_ path: String, with bytes: [UInt8]) throws(OutputError) {
    let draft = path + ".new"
    try write(draft, bytes)
    guard unsafe rename(draft, path) == 0 else {
      let code = errno
      unsafe unlink(draft)
      throw .failed(path: path, code: code)
    }
  }

  private static func write(_ path: String, _ bytes: [UInt8]) throws(OutputError) {
    let output = try Output(path: path)
    try output.write(bytes)
  }

  static func delete(_ path: String) throws(OutputError) {
    guard unsafe unlink(path) == 0 else { throw .failed(path: path, code: errno) }
  }
}
