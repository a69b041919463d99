import ArgumentParser
import Diagnostics
import Foundation
import Results
import Running
import Specs

/// `runexp inspect SPEC --at x=-3,y=-3`: a function at a point.
struct Inspect: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show a function at a point: derivatives as formulas and numbers, rates, Newton step."
  )

  @OptionGroup var arguments: SpecArguments
  @OptionGroup var sheet: SheetArguments

  @Option(help: "The point: x=-3,y=-3, (-3, -3), or the label of a start.")
  var at: String

  @Option(help: "The function, where the spec has several.")
  var function: String?

  func run() throws {
    let file = try arguments.readOne()
    let function = try chosen(from: file)
    do {
      let point = try function.point(parsing: at)
      let found = try Inspection(function, at: point, stop: file.experiment.stop)
      sheet.show(Sheet(found))
    } catch let problems as Diagnostics {
      complain(problems.rendered(path: "--at", text: at))
      throw ExitCode.validationFailure
    }
  }

  private func chosen(from file: SpecFile) throws -> FunctionSpec {
    let functions = file.experiment.functions
    let names = functions.map(\.name)
    guard let function else {
      if functions.count == 1 { return functions[0] }
      throw ValidationError(
        "\(file.path) has several functions; name one with --function: \(list(names, "or")).")
    }
    guard let chosen = functions.first(where: { $0.name == function }) else {
      let hint = suggestion(for: function, among: names)
      throw ValidationError(
        "\(file.path) has no function '\(function)'"
          + (hint.isEmpty ? "; there is \(list(names))." : hint))
    }
    return chosen
  }
}

/// How a sheet is printed.
struct SheetArguments: ParsableArguments {
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, json
  }

  @Option(help: "text for people, json for programs.")
  var format = Format.text

  func show(_ sheet: Sheet) {
    print(format == .json ? sheet.json : sheet.text)
  }
}

extension SpecArguments {
  /// Reads the one spec that there is.
  func readOne() throws -> SpecFile {
    guard specs.count == 1 else { throw ValidationError("Name one spec.") }
    let (files, failure) = try read(try PictureArguments.parse([]))
    if let failure { throw failure }
    return files[0]
  }
}
