extension Array {
  /// Bytes of the elements' storage, that which is reserved included. What the elements refer to is not counted.
  public var allocatedBytes: Int { capacity * MemoryLayout<Element>.stride }
}
