import ArgumentParser
import Diagnostics
import Foundation
import Results
import Specs

extension SpecFile {
  /// The runs that a filter of the command line chooses.
  ///
  /// - Throws: `ExitCode` 64, after it was printed what is wrong with the filter.
  func only(_ filter: String, option: String = "--only") throws -> SpecFile {
    do {
      guard let chosen = experiment.only(try Filter(parsing: filter, for: experiment)) else {
        complain("\(option): error: no run of \(path) is so: \(filter)")
        throw ExitCode.validationFailure
      }
      return try selecting(chosen, by: filter)
    } catch let problems as Diagnostics {
      complain(problems.rendered(path: option, text: filter))
      throw ExitCode.validationFailure
    }
  }
}

extension SpecRun {
  /// Says which expectations of the spec its results break.
  ///
  /// Where they do, the run leaves no stamp: who goes by stamps, as make does, is to run it again.
  ///
  /// - Parameter isPart: whether only some of its runs were made.
  func meetsExpectations(isPart: Bool = false) throws -> Bool {
    var check = ExpectationCheck(file.plan, isPart: isPart)
    try check.read(place)
    if !options.quiet || !check.holds {
      for line in check.report(path: file.path) { print(line) }
    }
    if !check.holds, options.isIntoDefault {
      try? FileManager.default.removeItem(at: file.stampPlace)
    }
    return check.holds
  }
}
