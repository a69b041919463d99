import Foundation

/// Keeps other processes from writing a folder, for as long as it lives.
///
/// The lock is the system's, on a file `.lock` that names its holder; a killed process leaves none.
final class FolderLock {
  private let path: String
  private let descriptor: Int32

  /// Takes the lock.
  ///
  /// - Throws: `FileProblem` if the folder cannot be written, or another process holds it.
  init(_ folder: URL) throws {
    path = folder.appendingPathComponent(".lock").path
    descriptor = open(path, O_RDWR | O_CREAT, 0o644)
    guard descriptor >= 0 else {
      throw FileProblem.cannotCreate(path, reason: String(cString: strerror(errno)))
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      let holder = (try? String(contentsOfFile: path, encoding: .utf8)) ?? "of another user"
      close(descriptor)
      throw FileProblem.locked(folder.relativePath, holder: holder)
    }
    ftruncate(descriptor, 0)
    let holder = String(getpid())
    _ = holder.withCString { write(descriptor, $0, strlen($0)) }
  }

  deinit {
    unlink(path)
    close(descriptor)
  }
}
