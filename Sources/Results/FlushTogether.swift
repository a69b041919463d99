import Foundation

/// Waits until files are on the disk, all at the same time: the system then writes its journal for many of them once,
/// where one after the other would wait for it each.
///
/// - Returns: the place of the first that failed, and why.
func flushTogether(_ files: [URL]) -> (place: Int, reason: String)? {
  var errors = [Int32](repeating: 0, count: files.count)
  let threads = min(files.count, 32)
  errors.withUnsafeMutableBufferPointer { errors in
    // Each thread writes places that no other has, and they are read when all threads are done.
    nonisolated(unsafe) let errors = errors
    let group = DispatchGroup()
    for first in 0..<threads {
      group.enter()
      // Threads, as they do nothing but wait: a pool has as many as there are cores.
      Thread.detachNewThread {
        for place in stride(from: first, to: files.count, by: threads) {
          let file = open(files[place].path, O_WRONLY)
          if file < 0 || fsync(file) != 0 { errors[place] = errno }
          if file >= 0 { close(file) }
        }
        group.leave()
      }
    }
    group.wait()
  }
  return errors.firstIndex { $0 != 0 }.map { ($0, String(cString: strerror(errors[$0]))) }
}
