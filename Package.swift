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
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
  ],
  targets: [
    .systemLibrary(name: "CPCRE2", pkgConfig: "libpcre2-8", providers: [.apt(["libpcre2-dev"])]),
    .target(name: "CScan"),
    .target(name: "CSimdjson", linkerSettings: [.linkedLibrary("simdjson")]),
    .target(name: "TraceBytes", dependencies: ["CScan"]),
    .target(name: "PCRE2", dependencies: ["CPCRE2"]),
    .target(name: "TraceModel", dependencies: ["TraceBytes"]),
    .target(name: "TraceParsers", dependencies: ["TraceModel", "PCRE2", "TraceBytes"]),
    .target(name: "LogInput", dependencies: ["TraceBytes", "CSimdjson"]),
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
      ]),
    .target(
      name: "Report", dependencies: ["TraceSift", "Grouping", "Enhancements", "TraceModel", "TraceBytes"]),
    .executableTarget(
      name: "tracesift",
      dependencies: [
        "TraceSift", "Report", "Grouping", "Enhancements", "TraceModel", "TraceBytes",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),

    .target(name: "TestSupport", dependencies: ["TraceBytes"], path: "Tests/TestSupport"),
    .executableTarget(
      name: "tracesift-conformance", dependencies: ["Enhancements", "Grouping", "TraceModel", "PCRE2"],
      path: "Tests/tracesift-conformance"),
    .testTarget(name: "PCRE2Tests", dependencies: ["PCRE2", "TestSupport"]),
    .testTarget(
      name: "EnhancementsTests", dependencies: ["Enhancements", "TestSupport"],
      resources: [.copy("Fixtures")]),
    .testTarget(
      name: "GroupingTests", dependencies: ["Grouping", "Enhancements", "TraceModel", "PCRE2", "TestSupport"]),
  ],
  cxxLanguageStandard: .cxx17
)

for target in package.targets where target.type != .system {
  let isTest = target.type == .test || target.path?.hasPrefix("Tests/") == true
  target.swiftSettings = isTest ? testing : common
}
