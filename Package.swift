// swift-tools-version: 6.2
import PackageDescription

/// Set once for every target of ours: Swift 6 mode, warnings are errors, unsafe memory is marked.
/// `Lifetimes` is the one experimental flag: a property that returns a span of its owner needs it.
let common: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .treatAllWarnings(as: .error),
  .strictMemorySafety(),
  .enableExperimentalFeature("Lifetimes"),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

/// Tests keep the same rules, but for the marks on unsafe memory.
let testing: [SwiftSetting] = [.swiftLanguageMode(.v6), .treatAllWarnings(as: .error)]

let package = Package(
  name: "tracesift",
  products: [
    .library(name: "TraceSift", targets: ["TraceSift"]),
    .executable(name: "tracesift", targets: ["tracesift"]),
    // For Benchmarks/ alone: a package sees another one's targets through products only. No part of the API.
    .library(
      name: "_TraceSiftRooms",
      targets: [
        "CScan", "TraceBytes", "PCRE2", "TraceModel", "TraceParsers", "LogScanner", "Enhancements",
        "Grouping",
        "TraceSift", "Report",
      ]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
  ],
  targets: [
    .systemLibrary(name: "CMalloc"),
    .systemLibrary(name: "CStat"),
    .systemLibrary(name: "CPCRE2", pkgConfig: "libpcre2-8", providers: [.apt(["libpcre2-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
    .target(name: "CScan"),
    // No module of the system is imported here, but scripts/setup.sh reads .apt(["libsimdjson-dev"]) all the same.
    .target(name: "CSimdjson", linkerSettings: [.linkedLibrary("simdjson")]),
    .target(name: "TraceBytes", dependencies: ["CScan"]),
    .target(name: "PCRE2", dependencies: ["CPCRE2"]),
    .target(name: "TraceModel", dependencies: ["TraceBytes"]),
    .target(name: "TraceParsers", dependencies: ["TraceModel", "PCRE2", "TraceBytes"]),
    .target(name: "LogInput", dependencies: ["TraceBytes", "CSimdjson", "CStat", "CZlib", "CZstd"]),
    .target(
      name: "LogScanner", dependencies: ["LogInput", "TraceParsers", "TraceModel", "TraceBytes", "CScan"]),
    .target(name: "Enhancements", dependencies: ["TraceModel", "TraceBytes"]),
    .target(
      name: "Grouping",
      dependencies: [
        "Enhancements", "TraceModel", "PCRE2", "TraceBytes",
        .product(name: "Crypto", package: "swift-crypto"),
      ], exclude: ["PROFILES.md"]),
    .target(
      name: "TraceSift",
      dependencies: [
        "LogInput", "LogScanner", "TraceParsers", "Enhancements", "Grouping", "TraceModel", "TraceBytes",
        "CMalloc",
      ]),
    .target(
      name: "Report", dependencies: ["TraceSift", "Grouping", "Enhancements", "TraceModel", "TraceBytes"]),
    .target(
      name: "Comparison",
      dependencies: ["Report", "TraceSift", "Grouping", "Enhancements", "TraceModel", "TraceBytes"]),
    .target(
      name: "Golden",
      dependencies: ["Comparison", "Report", "TraceSift", "Grouping", "TraceModel", "TraceBytes"]),
    .executableTarget(
      name: "tracesift",
      dependencies: [
        "TraceSift", "Report", "Comparison", "Golden", "Grouping", "Enhancements", "TraceModel", "TraceBytes",
        "CMalloc",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),

    .target(name: "TestSupport", dependencies: ["TraceBytes"], path: "Tests/TestSupport"),
    .target(name: "EventReading", dependencies: ["Enhancements", "Grouping"], path: "Tests/EventReading"),
    .executableTarget(
      name: "tracesift-conformance",
      dependencies: ["Enhancements", "EventReading", "Grouping", "TraceModel", "PCRE2"],
      path: "Tests/tracesift-conformance"),
    .testTarget(
      name: "CommandLineTests", dependencies: ["tracesift", "TestSupport"], exclude: ["Groups"]),
    .target(
      name: "ScanSupport",
      dependencies: [
        "TraceSift", "LogScanner", "TraceParsers", "Enhancements", "Grouping", "TraceModel", "TraceBytes",
      ],
      path: "Tests/ScanSupport"),
    .testTarget(name: "CScanTests", dependencies: ["CScan", "TestSupport"]),
    .testTarget(name: "TraceBytesTests", dependencies: ["TraceBytes", "TestSupport"]),
    .testTarget(name: "LogInputTests", dependencies: ["LogInput", "TraceBytes", "TestSupport"]),
    .testTarget(
      name: "LogScannerTests", dependencies: ["LogScanner", "LogInput", "TraceBytes", "TestSupport"]),
    .testTarget(
      name: "TraceParsersTests",
      dependencies: ["TraceParsers", "PCRE2", "TraceModel", "TraceBytes", "ScanSupport", "TestSupport"]),
    .testTarget(
      name: "TraceSiftTests",
      dependencies: [
        "TraceSift", "LogInput", "TraceParsers", "TraceModel", "Enhancements", "Grouping", "TraceBytes",
        "ScanSupport", "TestSupport",
      ]),
    .testTarget(
      name: "ReportTests",
      dependencies: [
        "Report", "TraceSift", "Grouping", "Enhancements", "TraceModel", "TraceBytes", "TestSupport",
      ]),
    .testTarget(name: "CommandTests", dependencies: ["tracesift", "TestSupport"]),
    .testTarget(
      name: "GoldenTests",
      dependencies: [
        "Golden", "Comparison", "Report", "TraceSift", "Grouping", "Enhancements", "TraceModel",
        "TestSupport",
      ]),
    .testTarget(
      name: "CorpusTests",
      dependencies: [
        "TraceSift", "Report", "Enhancements", "Grouping", "TraceModel", "ScanSupport", "TestSupport",
      ]),
    .target(
      name: "TestOracles", dependencies: ["Enhancements", "Grouping", "PCRE2"], path: "Tests/TestOracles"),
    .target(
      name: "FuzzProperties",
      dependencies: [
        "TestOracles", "Report", "TraceSift", "LogInput", "Grouping", "Enhancements", "TraceParsers",
        "TraceModel", "TraceBytes", "PCRE2", "CZlib", "CZstd",
      ],
      path: "Tests/Fuzz/FuzzProperties"),
    .testTarget(name: "PCRE2Tests", dependencies: ["PCRE2", "TestSupport"]),
    .testTarget(
      name: "EnhancementsTests", dependencies: ["Enhancements", "TestSupport", "TestOracles"],
      resources: [.copy("Fixtures")]),
    .testTarget(
      name: "GroupingTests",
      dependencies: [
        "Grouping", "Enhancements", "EventReading", "TraceModel", "PCRE2", "TestSupport", "TestOracles",
      ],
      resources: [.copy("Fixtures")]),
  ],
  cxxLanguageStandard: .cxx17
)

/// A libFuzzer target each; scripts/fuzz.sh builds and runs them. Without the fuzzer they replay files.
for name in [
  "FuzzRules", "FuzzGlobs", "FuzzScanner", "FuzzFingerprintRules", "FuzzMessages", "FuzzCRI",
  "FuzzDockerJSON", "FuzzPrefixes", "FuzzEscapes", "FuzzJSON", "FuzzJava", "FuzzPython", "FuzzCompression",
  "FuzzEncodings", "FuzzCheckpoints",
] {
  package.targets.append(
    .executableTarget(name: name, dependencies: ["FuzzProperties"], path: "Tests/Fuzz/\(name)"))
}
package.targets.append(
  .testTarget(name: "FuzzTests", dependencies: ["FuzzProperties"], path: "Tests/Fuzz/FuzzTests"))

for target in package.targets where target.type != .system {
  let isTest = target.type == .test || target.path?.hasPrefix("Tests/") == true
  target.swiftSettings = isTest ? testing : common
}
