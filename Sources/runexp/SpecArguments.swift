import ArgumentParser
import Diagnostics

/// The specs of a command line, and the bounds on them.
struct SpecArguments: ParsableArguments {
  @Argument(help: "The specs.", completion: .file())
  var specs: [String]

  @Option(help: "NAME=NUMBER raises one of the bounds on specs; errors name them.")
  var limit: [String] = []

  func validate() throws {
    _ = try limits()
  }

  /// Reads all specs before anything is done with one, so that all errors come in one go.
  ///
  /// - Parameter pictures: what their pictures are to be.
  /// - Returns: the good ones, and the exit status if not all are good; the errors were printed.
  func read(_ pictures: PictureArguments) throws -> (files: [SpecFile], failure: ExitCode?) {
    let bounds = try limits()
    var files: [SpecFile] = []
    var failure: ExitCode?
    for path in specs {
      do {
        files.append(try SpecFile(reading: path, limits: bounds, pictures))
      } catch let exit as ExitCode {
        failure = exit
      }
    }
    let names = files.map { $0.name.lowercased() }
    if failure == nil, let twice = names.first(where: { name in names.count { $0 == name } > 1 }) {
      throw ValidationError("Two specs are called '\(twice)'; their results would share a folder.")
    }
    return (files, failure)
  }

  private func limits() throws -> Limits {
    var limits = Limits()
    for text in limit {
      let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
      guard parts.count == 2, let name = Limits.Name(rawValue: parts[0]), let value = Int(parts[1]),
        value > 0
      else {
        let names = Limits.Name.allCases.map(\.rawValue).joined(separator: ", ")
        throw ValidationError("--limit is NAME=NUMBER with one of the names \(names).")
      }
      limits[name] = value
    }
    return limits
  }
}
