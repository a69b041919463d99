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
      return try selecting(chosen)
    } catch let problems as Diagnostics {
      complain(problems.rendered(path: option, text: filter))
      throw ExitCode.validationFailure
    }
  }
}

extension Run {
  /// Says which expectations of a spec its results break.
  ///
  /// Where they do, the run leaves no stamp: who goes by stamps, as make does, is to run it again.
  func meetsExpectations(_ file: SpecFile) throws -> Bool {
    var check = ExpectationCheck(file.plan, isPart: only != nil)
    try check.read(URL(fileURLWithPath: output).appendingPathComponent(file.name))
    if !quiet || !check.holds {
      for line in check.report(path: file.path) { print(line) }
    }
    if !check.holds, isIntoDefault { try? FileManager.default.removeItem(at: file.stampPlace) }
    return check.holds
  }
}
