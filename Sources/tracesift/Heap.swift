import CMalloc
import Glibc

/// How the C library's allocator is set. A page costs the kernel more when it is first touched than most of what is done
/// with its bytes.
enum Heap {
  /// Reserved at once, and only once, in bytes. It is the most that one worker uses of the heap, as a rule.
  private static let reserve = 32 << 20

  /// For commands that read files.
  static func prepare(workers: Int) {
    // With several workers records wait for those before them. Their buffers go back to the system when they are freed:
    // left alone, the allocator keeps ever larger ones for itself after it has seen some, in pieces that do not fit the
    // next. One worker fills the same buffer again and again, and this would cost it dearly.
    mallopt(M_MMAP_THRESHOLD, workers > 1 ? 1 << 20 : 8 << 20)
    // What is free at the heap's end is soon wanted again.
    mallopt(M_TRIM_THRESHOLD, Int32(reserve + (8 << 20)))
    if workers == 1, AddressSpace.isUnlimited { reserveHugePages() }
  }

  /// For a filter, whose memory has a lower ceiling: large tables go back to the system when they are freed, instead of
  /// staying in pieces between small ones.
  static func prepareForFilter() { mallopt(M_MMAP_THRESHOLD, 1 << 20) }

  /// Has the heap grow once, in pages of 2 MiB where the system gives such: the first touch of one costs some twenty times as
  /// much as that of a page of 4 KiB, and there are 512 times fewer.
  private static func reserveHugePages() {
    mallopt(M_TOP_PAD, Int32(reserve))
    guard let start = unsafe sbrk(0), let piece = unsafe malloc(1 << 20) else { return }
    // The compiler would leave out a piece that nobody asks about.
    _ = unsafe malloc_usable_size(piece)
    unsafe free(piece)
    mallopt(M_TOP_PAD, 1 << 20)
    guard let end = unsafe sbrk(0), unsafe end > start else { return }
    let page = Int(getpagesize())
    let aligned = unsafe UnsafeMutableRawPointer(bitPattern: (Int(bitPattern: start) + page - 1) & -page)
    unsafe madvise(aligned, end - start, MADV_HUGEPAGE)
  }
}
