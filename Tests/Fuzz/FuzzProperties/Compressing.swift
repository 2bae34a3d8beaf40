import CZlib
import CZstd

/// Writes what `LogInput` reads: one gzip member or zstd frame.
enum Compressing {
  /// - Parameter level: 0 (stored) to 9.
  static func gzip(_ text: [UInt8], level: Int32) throws -> [UInt8] {
    var stream = z_stream()
    let size = Int32(MemoryLayout<z_stream>.size)
    // 16 on top of the window's bits: a gzip header.
    let code = deflateInit2_(&stream, level, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, size)
    guard code == Z_OK else { throw PropertyFailure("zlib does not start") }
    defer { deflateEnd(&stream) }
    var output = [UInt8](repeating: 0, count: Int(deflateBound(&stream, UInt(text.count))))
    var input = text
    let state = input.withUnsafeMutableBufferPointer { source in
      output.withUnsafeMutableBufferPointer { target in
        stream.next_in = source.baseAddress
        stream.avail_in = UInt32(source.count)
        stream.next_out = target.baseAddress
        stream.avail_out = UInt32(target.count)
        return deflate(&stream, Z_FINISH)
      }
    }
    guard state == Z_STREAM_END else { throw PropertyFailure("zlib does not end") }
    return Array(output[..<Int(stream.total_out)])
  }

  /// - Parameter level: 1 to 19.
  static func zstd(_ text: [UInt8], level: Int32) throws -> [UInt8] {
    guard let context = ZSTD_createCCtx() else { throw PropertyFailure("zstd does not start") }
    defer { ZSTD_freeCCtx(context) }
    ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, level)
    ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1)
    var output = [UInt8](repeating: 0, count: ZSTD_compressBound(text.count))
    let count = ZSTD_compress2(context, &output, output.count, text, text.count)
    guard ZSTD_isError(count) == 0 else { throw PropertyFailure("zstd does not end") }
    return Array(output[..<count])
  }
}
