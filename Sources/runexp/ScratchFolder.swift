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
    // A queue of its own has a thread of its own, also while all cores are at work.
    let queue = DispatchQueue(label: "interruption")
    let registered = DispatchSemaphore(value: 0)
    let numbers = [SIGHUP, SIGINT, SIGTERM]
    sources = numbers.map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
      source.setEventHandler {
        ScratchFolder.leave(folder.path, status: 128 + number)
      }
      source.setRegistrationHandler { registered.signal() }
      source.resume()
      return source
    }
    // Sources begin to listen some time later: no folder before they do.
    for _ in numbers { registered.wait() }
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    } catch {
      let problem = FileProblem.cannotCreate(folder.path, reason: error.localizedDescription)
      complain("error: \(problem.sentence)")
      throw ExitStatus.of(problem)
    }
  }

  /// Removes the folder; signals do nothing from here on.
  func remove() {
    for source in sources { source.cancel() }
    try? FileManager.default.removeItem(at: url)
  }

  /// Ends the process and removes the folder.
  ///
  /// Whoever writes into the folder must have ended before it is removed: the process becomes a shell, which has
  /// no other threads.
  private static func leave(_ path: String, status: Int32) {
    let script = "rm -rf -- \"$0\"; exit \"$1\""
    let texts = ["/bin/sh", "-c", script, path, String(status)]
    var arguments: [UnsafeMutablePointer<CChar>?] = texts.map { strdup($0) }
    arguments.append(nil)
    execv("/bin/sh", &arguments)
    _exit(status)
  }
}
