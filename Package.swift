// swift-tools-version: 6.1

import PackageDescription

// The instruction set a kernel file is compiled for: clang passes 512-bit vectors to functions in
// memory, not in registers, unless the whole file is compiled for them.
#if arch(x86_64)
let avx2: [CSetting] = [.unsafeFlags(["-mavx2", "-mfma"])]
let avx512: [CSetting] = [.unsafeFlags(["-mavx512f", "-mavx512dq", "-mavx512vl", "-mfma"])]
#else
let avx2: [CSetting] = []
let avx512: [CSetting] = []
#endif

// The kernels of every tier are one text, kept with CVectorMath.
let kernelHeaders: [CSetting] = [
  .headerSearchPath("../CVectorMath"), .headerSearchPath("../CVectorMath/include"),
]

let argumentParser = Target.Dependency.product(
  name: "ArgumentParser", package: "swift-argument-parser")

// Imports point one way only: a module may import those listed before it.
let package = Package(
  name: "runexp",
  platforms: [.macOS(.v14)],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
  ],
  targets: [
    .systemLibrary(
      name: "CSleef", pkgConfig: "sleef",
      providers: [.apt(["libsleef-dev"]), .brew(["sleef"])]),
    .target(name: "CVectorMathAVX2", dependencies: ["CSleef"], cSettings: kernelHeaders + avx2),
    .target(name: "CVectorMathAVX512", dependencies: ["CSleef"], cSettings: kernelHeaders + avx512),
    .target(
      name: "CVectorMath", dependencies: ["CSleef", "CVectorMathAVX2", "CVectorMathAVX512"],
      cSettings: [.headerSearchPath(".")], linkerSettings: [.linkedLibrary("sleef")]),
    .target(name: "Diagnostics"),
    .target(name: "Expressions", dependencies: ["CVectorMath", "Diagnostics"]),
    .target(name: "Evaluation", dependencies: ["CVectorMath", "Expressions"]),
    .target(name: "Methods", dependencies: ["Expressions"]),
    .target(name: "Tables", dependencies: ["Diagnostics", "Expressions"]),
    .target(
      name: "Specs", dependencies: ["Diagnostics", "Expressions", "Methods"],
      resources: [.embedInCode("Library/functions.txt")]),
    .target(
      name: "Running",
      dependencies: ["Diagnostics", "Evaluation", "Expressions", "Methods", "Specs"]),
    .target(name: "Results", dependencies: ["CFiles", "Diagnostics", "Running", "Specs"]),
    .systemLibrary(
      name: "CCairo", pkgConfig: "cairo",
      providers: [.apt(["libcairo2-dev"]), .brew(["cairo"])]),
    .systemLibrary(
      name: "CDeflate", pkgConfig: "libdeflate",
      providers: [.apt(["libdeflate-dev"]), .brew(["libdeflate"])]),
    .systemLibrary(
      name: "CFontconfig", pkgConfig: "fontconfig",
      providers: [.apt(["libfontconfig-dev"]), .brew(["fontconfig"])]),
    .systemLibrary(name: "CMemory"),
    .systemLibrary(name: "CFiles"),
    .target(name: "Figures"),
    .target(
      name: "CairoCanvas",
      dependencies: ["CCairo", "CDeflate", "CFontconfig", "Diagnostics", "Figures"]),
    .target(
      name: "Page",
      dependencies: [
        "Diagnostics", "Figures", .product(name: "Mustache", package: "swift-mustache"),
      ],
      resources: [
        .embedInCode("Template/page.mustache"), .embedInCode("Template/table.mustache"),
        .embedInCode("Template/figure.mustache"), .embedInCode("Template/page.css"),
        .embedInCode("Template/viewer.css"), .embedInCode("Template/tables.js"),
        .embedInCode("Template/viewer.js"),
      ]),
    .executableTarget(
      name: "runexp",
      dependencies: [
        argumentParser, "CMemory", "CVectorMath", "CairoCanvas", "Diagnostics", "Expressions",
        "Figures", "Methods", "Page", "Results", "Running", "Specs", "Tables",
      ]),
    .target(
      name: "CPeers", dependencies: ["CSleef"], path: "Benchmarks/CPeers", cSettings: avx512),
    .executableTarget(
      name: "benchmarks",
      dependencies: [
        "CMemory", "CPeers", "CVectorMath", "Diagnostics", "Evaluation", "Expressions", "Methods",
        "Running",
        "Specs",
      ],
      path: "Benchmarks/Benchmarks"),
    .executableTarget(
      name: "fuzz",
      dependencies: [
        "CVectorMath", "Diagnostics", "Evaluation", "Expressions", "Methods", "Running", "Specs",
        "Tables",
      ],
      path: "Fuzz", exclude: ["README.md"]),
    .testTarget(
      name: "MethodsTests", dependencies: ["Diagnostics", "Evaluation", "Expressions", "Methods"]),
    .testTarget(
      name: "RunningTests",
      dependencies: ["Diagnostics", "Expressions", "Methods", "Running", "Specs", "TestSupport"]),
    .testTarget(
      name: "SpecsTests",
      dependencies: [
        "Diagnostics", "Evaluation", "Expressions", "Methods", "Specs", "TestSupport",
      ]),
    .testTarget(
      name: "ResultsTests", dependencies: ["Diagnostics", "Results", "Running", "Specs"]),
    .testTarget(name: "runexpTests", dependencies: ["runexp"]),
    .testTarget(name: "PageTests", dependencies: ["Figures", "Page"]),
    .target(name: "SampleFigures", dependencies: ["Figures"], path: "Tests/SampleFigures"),
    .testTarget(name: "FiguresTests", dependencies: ["Figures", "SampleFigures"]),
    .testTarget(
      name: "CairoCanvasTests",
      dependencies: ["CCairo", "CDeflate", "CairoCanvas", "Figures", "SampleFigures"]),
    .testTarget(
      name: "CVectorMathTests", dependencies: ["CVectorMath"], exclude: ["Reference"]),
    .target(
      name: "TestSupport",
      dependencies: ["CVectorMath", "Diagnostics", "Expressions", "Evaluation"],
      path: "Tests/TestSupport"),
    .testTarget(name: "TablesTests", dependencies: ["Diagnostics", "Expressions", "Tables"]),
    .testTarget(name: "DiagnosticsTests", dependencies: ["Diagnostics", "TestSupport"]),
    .testTarget(
      name: "ExpressionsTests",
      dependencies: ["Diagnostics", "Expressions", "Evaluation", "TestSupport"]),
    .testTarget(
      name: "EvaluationTests",
      dependencies: ["CVectorMath", "Expressions", "Evaluation", "TestSupport"]),
  ],
  swiftLanguageModes: [.v6]
)
