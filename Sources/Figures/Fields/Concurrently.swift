import Dispatch

/// Makes so many parts of something, each for itself, several at a time where there are workers; they come in their
/// order, so that the result is the same for any number of workers.
///
/// - Parameter make: makes the part of a number, and changes nothing that another part looks at.
public func concurrently<Part>(_ count: Int, workers: Int, _ make: (Int) -> Part) -> [Part] {
  guard workers > 1, count > 1 else { return (0..<count).map(make) }
  var parts = [Part?](repeating: nil, count: count)
  parts.withUnsafeMutableBufferPointer { parts in
    // Each part is written to a place of its own, read after all are made; parts have nothing else to do with each other.
    nonisolated(unsafe) let (parts, make) = (parts, make)
    let threads = min(workers, count)
    DispatchQueue.concurrentPerform(iterations: threads) { thread in
      for number in stride(from: thread, to: count, by: threads) { parts[number] = make(number) }
    }
  }
  return parts.compactMap { $0 }
}
