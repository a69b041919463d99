import ArgumentParser
import Dispatch
import Foundation
import Results

/// A temporary folder that is removed when the process is interrupted, too.
final class ScratchFolder {
  /// The folder.
  let url: URL
  private let sources: [any DispatchSourceSignal]

  /// Creates the folder.
  ///
  /// - Throws: `ExitCode`, after the error was printed.
  init() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("runexp-verify-\(UUID().uuidString)")
    url = folder
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    } catch {
      let problem = FileProblem.cannotCreate(folder.path, reason: error.localizedDescription)
      complain("error: \(problem.sentence)")
      throw ExitStatus.of(problem)
    }
    // A queue of its own has a thread of its own, also while all cores are at work.
    let queue = DispatchQueue(label: "interruption")
    sources = [SIGHUP, SIGINT, SIGTERM].map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
      source.setEventHandler {
        ScratchFolder.remove(folder)
        _exit(128 + number)
      }
      source.resume()
      return source
    }
  }

  /// Removes the folder; signals of the kind do nothing from here on.
  func remove() {
    for source in sources { source.cancel() }
    ScratchFolder.remove(url)
  }

  /// Files may come while others are removed.
  private static func remove(_ url: URL) {
    for _ in 0..<100 {
      try? FileManager.default.removeItem(at: url)
      if !FileManager.default.fileExists(atPath: url.path) { return }
      usleep(1000)
    }
  }
}
