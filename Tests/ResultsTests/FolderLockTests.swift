import Foundation
import Testing

@testable import Results

/// One process at a time, however many ask.
@Suite final class FolderLockTests {
  private let root = FileManager.default.temporaryDirectory.appendingPathComponent("lock-\(UUID())")

  init() throws {
    try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: root) }

  /// Who lets go of the lock removes its file, which others may just have opened.
  @Test func thereIsOneHolderWhoeverLetsGo() {
    let root = root
    let counts = NSLock()
    nonisolated(unsafe) var (holders, most, taken) = (0, 0, 0)
    DispatchQueue.concurrentPerform(iterations: 8) { _ in
      for _ in 0..<2000 {
        guard let lock = try? FolderLock(root) else { continue }
        counts.withLock {
          holders += 1
          taken += 1
          most = max(most, holders)
        }
        sched_yield()
        counts.withLock { holders -= 1 }
        withExtendedLifetime(lock) {}
      }
    }
    #expect(taken > 100)
    #expect(most == 1)
  }

  @Test func partsAreLockedByThemselves() throws {
    let first = try FolderLock(root, part: "1.chunks")
    let second = try FolderLock(root, part: "2.chunks")
    let whole = try FolderLock(root)
    #expect(throws: FileProblem.self) { try FolderLock(root, part: "2.chunks") }
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: root.path).sorted()
        == [".1.chunks.lock", ".2.chunks.lock", ".lock"])
    withExtendedLifetime((first, second, whole)) {}
  }
}
