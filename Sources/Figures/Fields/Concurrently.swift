import Dispatch

/// Makes so many parts of something, each for itself, several at a time where there are workers; they come in their
/// order, so that the result is the same for any number of workers.
public func concurrently<Part>(_ count: Int, workers: Int, _ make: (Int) -> Part) -> [Part] {
  guard workers > 1, count > 1 else { return (0..<count).map(make) }
  var parts = [Part?](repeating: nil, count: count)
  parts.withUnsafeMutableBufferPointer { parts in
    // Each part has a place of its own.
    nonisolated(unsafe) let (parts, make) = (parts, make)
    let threads = min(workers, count)
    DispatchQueue.concurrentPerform(iterations: threads) { thread in
      for number in stride(from: thread, to: count, by: threads) { parts[number] = make(number) }
    }
  }
  return parts.compactMap { $0 }
}
