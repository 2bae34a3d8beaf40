internal import Glibc

/// Turns the paths of a command line into the files to read, in the order they are read.
///
/// A directory stands for the files below it, sorted by bytes component by component, hidden ones
/// included; symbolic links inside it are not followed, so a loop cannot occur.
public enum InputPaths {
  /// - Returns: files as given or as the given directory + `/` + the relative path, and one error for each
  ///   directory that could not be listed. A path that is missing comes back as a file: opening it says why.
  public static func expand(_ paths: [String]) -> (files: [String], errors: [InputError]) {
    var files: [String] = []
    var errors: [InputError] = []
    for path in paths {
      if kind(of: path, followLinks: true) == .directory {
        list(path, &files, &errors)
      } else {
        files.append(path)
      }
    }
    return (files, errors)
  }

  private enum Kind { case file, directory, other }

  private static func kind(of path: String, followLinks: Bool) -> Kind {
    var info = stat()
    let result = followLinks ? unsafe stat(path, &info) : unsafe lstat(path, &info)
    guard result == 0 else { return .other }
    switch info.st_mode & S_IFMT {
    case S_IFDIR: return .directory
    case S_IFREG: return .file
    default: return .other
    }
  }

  private static func list(_ directory: String, _ files: inout [String], _ errors: inout [InputError]) {
    guard let handle = unsafe opendir(directory) else {
      errors.append(InputError(kind: .directory, path: directory, code: errno))
      return
    }
    defer { unsafe closedir(handle) }
    let prefix = directory.hasSuffix("/") ? directory : directory + "/"
    for name in unsafe names(handle) {
      switch kind(of: prefix + name, followLinks: false) {
      case .directory: list(prefix + name, &files, &errors)
      case .file: files.append(prefix + name)
      case .other: break
      }
    }
  }

  /// The names in a directory, sorted by bytes; none when it cannot be listed.
  static func names(in directory: String) -> [String] {
    guard let handle = unsafe opendir(directory) else { return [] }
    defer { unsafe closedir(handle) }
    return unsafe names(handle)
  }

  private static func names(_ handle: OpaquePointer) -> [String] {
    var found: [String] = []
    while let entry = unsafe readdir(handle) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { tuple in
        unsafe String(cString: UnsafeRawPointer(tuple).assumingMemoryBound(to: CChar.self))
      }
      if name != ".", name != ".." { found.append(name) }
    }
    return found.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}
