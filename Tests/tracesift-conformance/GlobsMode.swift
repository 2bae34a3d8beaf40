import Enhancements
import Foundation

/// `globs`: one pattern, several values.
enum GlobsMode {
  static func answer(_ input: [String: Any]) -> [String: Any] {
    let pattern = input["pattern"] as? String ?? ""
    let values = input["values"] as? [String] ?? []
    guard let glob = try? Glob(pattern, isPathLike: input["path_like"] as? Bool ?? false) else {
      return ["valid": false, "match": []]
    }
    return ["valid": true, "match": values.map(glob.matches)]
  }
}
