// swift-tools-version: 6.2
import PackageDescription

// Apart from the engine's package, so that nobody who uses the engine resolves what measuring it takes.
let package = Package(
  name: "tracesift-benchmarks",
  platforms: [.macOS(.v15)],
  dependencies: [
    .package(name: "tracesift", path: ".."),
    .package(url: "https://github.com/ordo-one/benchmark", from: "1.38.1", traits: []),
  ],
  targets: [
    .executableTarget(
      name: "Rooms",
      dependencies: [
        .product(name: "_TraceSiftRooms", package: "tracesift"),
        .product(name: "Benchmark", package: "benchmark"),
      ],
      path: "Benchmarks/Rooms",
      swiftSettings: [.swiftLanguageMode(.v6), .treatAllWarnings(as: .error)],
      plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")])
  ]
)
