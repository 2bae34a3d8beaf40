/// How the files are named that a rotated log becomes. Compressed ones are none: nothing can go on in them.
enum RotatedName {
  /// Whether `other` is such a name of the log `name`.
  static func isOne(_ other: String, of name: String) -> Bool {
    let (own, other) = (Array(name.utf8)[...], Array(other.utf8)[...])
    guard other != own else { return false }
    return goesOn(other, behind: own) || isInside(other, own) || isOfPod(other, own)
  }

  /// Whether `other` is the log's own name with digits and separators behind it, which no other program's log has and no copy
  /// that somebody made: only such a file is gone on with without a look at what it holds.
  /// - Parameter isLink: the log is what a link leads to, as a container's is.
  static func isSuccessor(_ other: String, of name: String, isLink: Bool) -> Bool {
    let (own, other) = (Array(name.utf8)[...], Array(other.utf8)[...])
    return isNumbered(other, behind: own) || isLink && other != own && isOfPod(other, own)
  }

  private static let words = [".old", ".bak", ".prev", ".previous", ".orig"]

  /// `app.log.1`, `app.log-20260305`, `app.log.2026-03-05_10h`, `app.log.old`.
  private static func goesOn(_ other: ArraySlice<UInt8>, behind name: ArraySlice<UInt8>) -> Bool {
    isNumbered(other, behind: name)
      || other.starts(with: name) && words.contains { other.dropFirst(name.count).elementsEqual($0.utf8) }
  }

  private static func isNumbered(_ other: ArraySlice<UInt8>, behind name: ArraySlice<UInt8>) -> Bool {
    let suffix = other.dropFirst(name.count)
    return other.starts(with: name) && isTime(suffix) && suffix.contains(where: isDigit)
  }

  /// `app.1.log`, `app-20260305.log`, `app.2026-03-05.0.log`: before the ending, and long enough for a date where it is no
  /// number behind a point, since other programs number their logs, too.
  private static func isInside(_ other: ArraySlice<UInt8>, _ name: ArraySlice<UInt8>) -> Bool {
    guard let point = name.lastIndex(of: UInt8(ascii: ".")), point > name.startIndex else { return false }
    let (stem, ending) = (name[..<point], name[point...])
    guard other.count > name.count, other.starts(with: stem), other.suffix(ending.count) == ending else {
      return false
    }
    let middle = other.dropFirst(stem.count).dropLast(ending.count)
    guard middle.count > 1, let first = middle.first, ".-_".utf8.contains(first), isTime(middle) else {
      return false
    }
    let digits = middle.count(where: isDigit)
    return digits >= 6 || first == UInt8(ascii: ".") && digits == middle.count - 1
  }

  /// Kubernetes counts a container's starts: `0.log`, `0.log.20260305-101112`, `1.log`.
  private static func isOfPod(_ other: ArraySlice<UInt8>, _ name: ArraySlice<UInt8>) -> Bool {
    let ending = Array(".log".utf8)
    guard name.drop(while: isDigit).elementsEqual(ending), name.count > ending.count,
      other.first.map(isDigit) == true
    else { return false }
    let rest = other.drop(while: isDigit)
    return rest.elementsEqual(ending) || goesOn(rest, behind: ending[...])
  }

  private static func isTime(_ bytes: ArraySlice<UInt8>) -> Bool {
    bytes.allSatisfy { isDigit($0) || ".-_T:Z+h".utf8.contains($0) }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}
