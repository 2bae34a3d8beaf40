import CScan

/// The gate alone: how many places it stops at in a block of 1 MiB.
func gateBenchmarks() {
  for (name, spacing, expected) in [("no", 0, 0), ("few", 2000, 492), ("many", 10, 1)] {
    measure("gate/1 MiB with \(name) traces", expect: expected) {
      Inputs.log(bytes: 1 << 20, tracesEvery: spacing).text
    } body: { text in
      text.withUnsafeBufferPointer { bytes in
        guard let base = bytes.baseAddress else { return -1 }
        var count = 0
        var at = cscan_next_anchor(base, bytes.count, 0)
        while at < bytes.count {
          count += 1
          at = cscan_next_anchor(base, bytes.count, at + 1)
        }
        return count
      }
    }
  }
}
