import Foundation

/// Keeps other processes from writing a folder, or a part of it, for as long as it lives.
///
/// The lock is the system's, on a hidden file that names its holder; a killed process leaves none. On a file system
/// that knows no locks there is none.
final class FolderLock {
  private let path: String
  private let descriptor: Int32

  /// Takes the lock.
  ///
  /// - Parameter part: the name of the one file that is written; other parts may be written at the same time.
  /// - Throws: `FileProblem` if the folder cannot be written, or another process holds the lock.
  init(_ folder: URL, part: String? = nil) throws {
    let path = folder.appendingPathComponent(part.map { ".\($0).lock" } ?? ".lock").path
    self.path = path
    while true {
      let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
      guard descriptor >= 0 else {
        throw FileProblem.cannotCreate(path, reason: String(cString: strerror(errno)))
      }
      if flock(descriptor, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK {
        let holder = (try? String(contentsOfFile: path, encoding: .utf8)) ?? "of another user"
        close(descriptor)
        let locked = part.map { folder.relativePath + "/" + $0 } ?? folder.relativePath
        throw FileProblem.locked(locked, holder: holder)
      }
      // Who held the lock before may have removed the file that was opened: then it is nobody's.
      if FolderLock.isAt(path, descriptor) {
        self.descriptor = descriptor
        break
      }
      close(descriptor)
    }
    ftruncate(descriptor, 0)
    let holder = String(getpid())
    _ = holder.withCString { write(descriptor, $0, strlen($0)) }
  }

  deinit {
    unlink(path)
    close(descriptor)
  }

  private static func isAt(_ path: String, _ descriptor: Int32) -> Bool {
    var (there, here) = (stat(), stat())
    return stat(path, &there) == 0 && fstat(descriptor, &here) == 0
      && there.st_ino == here.st_ino && there.st_dev == here.st_dev
  }
}
