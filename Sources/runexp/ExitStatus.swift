import ArgumentParser
import Diagnostics
import Foundation
import Results

/// The exit statuses of sysexits.h that the contract names.
enum ExitStatus {
  static let dataError = ExitCode(65)
  static let noInput = ExitCode(66)
  static let cannotCreate = ExitCode(73)
  static let inputOutput = ExitCode(74)

  /// The status of a problem with files.
  static func of(_ problem: FileProblem) -> ExitCode {
    switch problem {
    case .cannotCreate, .locked: cannotCreate
    case .cannotWrite: inputOutput
    }
  }
}

/// Writes a line to standard error.
func complain(_ text: String) {
  FileHandle.standardError.write(Data((text + "\n").utf8))
}
