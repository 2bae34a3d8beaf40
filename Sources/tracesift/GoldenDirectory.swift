import Glibc
import Golden
import Grouping
import TraceSift

/// The inputs and goldens of a directory, with what every golden says.
struct GoldenDirectory {
  /// An input, its golden, or both.
  struct Case {
    var input: String
    var hasInput: Bool
    /// What the golden says; nil where there is none or it cannot be used.
    var golden: GoldenFile?
    var error: GoldenError?

    var goldenPath: String { input + GoldenFile.suffix }
    var hasGolden: Bool { golden != nil || error != nil }
  }

  let path: String
  let suffixes: [String]
  private(set) var cases: [Case] = []

  /// Lists the directory and reads all goldens below it.
  /// - Parameter suffixes: what the names of inputs end in; empty: as the goldens say.
  /// - Throws: `ExitStatus.failed` after saying what could not be read, or that nothing is there.
  init(_ path: String, suffixes given: [String]) throws {
    self.path = path
    let files = try Self.files(path)
    let goldens = files.filter { $0.hasSuffix(GoldenFile.suffix) }
    var read: [String: Result<GoldenFile, GoldenError>] = [:]
    for golden in goldens {
      read[String(golden.dropLast(GoldenFile.suffix.count))] = try Self.read(golden)
    }
    let stored = Set(read.values.compactMap { try? $0.get() }.flatMap(\.suffixes)).sorted()
    let suffixes = !given.isEmpty ? given : !stored.isEmpty ? stored : GoldenFile.inputSuffixes
    self.suffixes = suffixes
    let inputs = files.filter { file in
      !file.hasSuffix(GoldenFile.suffix) && (read[file] != nil || suffixes.contains { file.hasSuffix($0) })
    }
    let all = Set(inputs).union(read.keys)
    for input in all.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
      cases.append(Self.makeCase(input, hasInput: inputs.contains(input), read[input]))
    }
    if cases.isEmpty { throw nothingHere }
  }

  private static func makeCase(
    _ input: String, hasInput: Bool, _ golden: Result<GoldenFile, GoldenError>?
  ) -> Case {
    switch golden {
    case nil: Case(input: input, hasInput: hasInput)
    case .success(let golden): Case(input: input, hasInput: hasInput, golden: golden)
    case .failure(let error): Case(input: input, hasInput: hasInput, error: error)
    }
  }

  /// The files below the directory; of a single file itself and its golden.
  private static func files(_ path: String) throws -> [String] {
    let (files, problems) = TraceEngine.files(below: [path])
    for problem in problems { Diagnostics.print("\(problem.path): \(problem.reason)") }
    guard problems.isEmpty else { throw ExitStatus.failed }
    guard files == [path] else { return files }
    guard unsafe access(path, R_OK) == 0 else {
      Diagnostics.print("\(path): \(SystemError.text(errno)); name a directory with logs")
      throw ExitStatus.failed
    }
    let golden = path + GoldenFile.suffix
    return TextFile.exists(golden) ? [path, golden] : [path]
  }

  private static func read(_ path: String) throws -> Result<GoldenFile, GoldenError> {
    let bytes: [UInt8]
    do throws(TextFileError) {
      bytes = try TextFile.bytes(of: path)
    } catch {
      Diagnostics.print("\(error.path): \(error.reason)")
      throw ExitStatus.failed
    }
    let folder = FilePlace.shownFolder(of: path)
    do throws(GoldenError) {
      return .success(try GoldenReader.golden(bytes, folder: folder))
    } catch {
      return .failure(error)
    }
  }

  private var nothingHere: ExitStatus {
    let endings = suffixes.joined(separator: ", ")
    Diagnostics.print(
      "\(path): no inputs (names that end in \(endings)) and no goldens here; "
        + "name other endings with --input-suffix")
    return .failed
  }
}

/// Where files really are.
enum FilePlace {
  /// The absolute path without links; of what does not exist the path put behind the working directory.
  static func real(_ path: String) -> String {
    if let resolved = unsafe realpath(path, nil) {
      defer { unsafe free(resolved) }
      return unsafe String(cString: resolved)
    }
    return GoldenPath.joined(workingDirectory, path)
  }

  /// A file's folder in a form in which `..` may be taken out: as given where no link stands in it.
  static func shownFolder(of file: String) -> String {
    let folder = GoldenPath.folder(of: file)
    let resolved = real(folder)
    return GoldenPath.joined(workingDirectory, folder) == resolved ? folder : resolved
  }

  private static var workingDirectory: String {
    guard let path = unsafe getcwd(nil, 0) else { return "/" }
    defer { unsafe free(path) }
    return unsafe String(cString: path)
  }
}
