import Foundation

/// What a run of the program gave.
struct Finished {
  let status: Int32
  let output: String
  let errors: String
}

/// A temporary folder with specs, removed with the value.
final class Workshop {
  let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("runexp-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// Writes a file.
  @discardableResult
  func write(_ text: String, to name: String) throws -> String {
    try Data(text.utf8).write(to: folder.appendingPathComponent(name))
    return name
  }

  /// Runs the program in the folder.
  func run(_ arguments: String...) throws -> Finished { try run(arguments) }

  /// Runs the program in the folder, with some variables of the environment set.
  func run(_ arguments: [String], environment: [String: String] = [:]) throws -> Finished {
    let process = Process()
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.executableURL = try Workshop.program()
    process.arguments = arguments
    process.currentDirectoryURL = folder
    let output = folder.appendingPathComponent(".stdout")
    let errors = folder.appendingPathComponent(".stderr")
    for file in [output, errors] { try Data().write(to: file) }
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: errors)
    try process.run()
    process.waitUntilExit()
    return Finished(
      status: process.terminationStatus, output: try String(contentsOf: output, encoding: .utf8),
      errors: try String(contentsOf: errors, encoding: .utf8))
  }

  /// The bytes of every file below a folder, by path, hidden ones left out.
  func files(_ name: String) -> [String: Data] {
    let root = folder.appendingPathComponent(name)
    var files: [String: Data] = [:]
    for path in FileManager.default.subpaths(atPath: root.path) ?? [] {
      let isHidden = path.split(separator: "/").contains { $0.hasPrefix(".") }
      let file = root.appendingPathComponent(path)
      if !isHidden, !file.hasDirectoryPath, let data = try? Data(contentsOf: file) {
        files[path] = data
      }
    }
    return files
  }

  /// The program stands beside the tests.
  static func program() throws -> URL {
    var folder = Bundle.main.bundleURL
    for bundle in Bundle.allBundles where bundle.bundlePath.hasSuffix(".xctest") {
      folder = bundle.bundleURL.deletingLastPathComponent()
    }
    let candidates = [
      folder, URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent(),
    ].map { $0.appendingPathComponent("runexp") }
    guard
      let program = candidates.first(where: {
        FileManager.default.isExecutableFile(atPath: $0.path)
      })
    else { throw NoProgram(places: candidates.map(\.path)) }
    return program
  }
}

struct NoProgram: Error {
  let places: [String]
}
