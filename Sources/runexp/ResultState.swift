import Foundation
import Results

/// What has to be done for the results of a spec in the default folder.
enum ResultState: Equatable {
  /// There are none.
  case neverRun
  /// There may be some, but nothing says from what they were made.
  case notOnRecord
  /// Everything, for these reasons.
  case outdated([String])
  /// The page alone, for this reason.
  case outdatedPage(String)
  /// Nothing: another run would make the same files.
  case upToDate

  /// What `check` says.
  var words: String {
    switch self {
    case .neverRun: "would be made: it was never run"
    case .notOnRecord: "would be redone: no whole run is on record here"
    case .outdated(let reasons): "would be redone: \(reasons.joined(separator: ", "))"
    case .outdatedPage(let reason): "its page would be redone: \(reason)"
    case .upToDate: "up to date"
    }
  }
}

extension SpecFile {
  /// Where results go if nobody says.
  var defaultFolder: URL { URL(fileURLWithPath: Run.defaultOutput).appendingPathComponent(name) }

  /// What has to be done, by the stamp of the last whole run and by what the files hold now.
  var state: ResultState {
    guard let old = Stamp(reading: stampPlace) else {
      return ResultFolder.manifest(of: defaultFolder).isEmpty ? .neverRun : .notOnRecord
    }
    guard old.hasFiles else { return .notOnRecord }
    let changes = stamp.changes(since: old)
    let damage = old.damage(in: defaultFolder)
    func reason(_ file: String, _ isMissing: Bool) -> String {
      "\(Run.defaultOutput)/\(name)/\(file) \(isMissing ? "is missing" : "was changed")"
    }
    if let other = damage.first(where: { $0.file != ExperimentPage.name }) {
      return .outdated(changes + [reason(other.file, other.isMissing)])
    }
    if !changes.isEmpty { return .outdated(changes) }
    if let page = damage.first { return .outdatedPage(reason(page.file, page.isMissing)) }
    return stamp.hasOtherText(than: old) ? .outdatedPage("the comments changed") : .upToDate
  }
}
