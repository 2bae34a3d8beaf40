import CScan

/// The gate alone: how many places it stops at in a block of 1 MiB. A plain loop says how many there are.
func gateBenchmarks() {
  for (name, spacing) in [("no", 0), ("few", 2000), ("many", 10)] {
    let block = Inputs.log(bytes: 1 << 20, tracesEvery: spacing).text
    measure("gate/1 MiB with \(name) traces", expect: anchors(in: block, cscan_next_anchor_plain)) {
      block
    } body: {
      anchors(in: $0, cscan_next_anchor)
    }
  }
}

private func anchors(in text: [UInt8], _ next: (UnsafePointer<UInt8>, Int, Int) -> Int) -> Int {
  text.withUnsafeBufferPointer { bytes in
    guard let base = bytes.baseAddress else { return -1 }
    var count = 0
    var at = next(base, bytes.count, 0)
    while at < bytes.count {
      count += 1
      at = next(base, bytes.count, at + 1)
    }
    return count
  }
}
