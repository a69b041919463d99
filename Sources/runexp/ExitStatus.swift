import ArgumentParser
import CairoCanvas
import Diagnostics
import Foundation
import Results
import Tables

/// The exit statuses of sysexits.h that the contract names.
enum ExitStatus {
  /// A comparison found a difference, or an expectation is broken.
  static let different = ExitCode(1)
  static let dataError = ExitCode(65)
  static let noInput = ExitCode(66)
  static let cannotCreate = ExitCode(73)
  static let inputOutput = ExitCode(74)
  static let unavailable = ExitCode(69)
  static let software = ExitCode(70)

  /// The status of a problem with files.
  static func of(_ problem: FileProblem) -> ExitCode {
    switch problem {
    case .cannotCreate, .locked: cannotCreate
    case .cannotWrite, .cannotRead: inputOutput
    }
  }

  /// The status of a problem with results that are compared.
  static func of(_ problem: ComparisonProblem) -> ExitCode {
    switch problem {
    case .missing, .unreadable: noInput
    case .folderBesideFile, .noSuchColumn: .validationFailure
    case .unclosedQuote, .rowTooLong: dataError
    }
  }

  /// The status of a problem with pictures.
  static func of(_ problem: CairoError) -> ExitCode {
    problem == .noFont ? unavailable : software
  }

  /// The status of what is wrong with a spec: a data file that cannot be had decides before all else.
  static func of(_ errors: Diagnostics) -> ExitCode {
    let problems = errors.all.compactMap { $0.problem as? TableProblem }
    for problem in problems {
      switch problem {
      case .missing, .folder: return noInput
      case .unreadable: return inputOutput
      default: continue
      }
    }
    return dataError
  }
}

/// Writes a line to standard error.
func complain(_ text: String) {
  FileHandle.standardError.write(Data((text + "\n").utf8))
}
