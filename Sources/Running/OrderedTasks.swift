/// Does numbered pieces of work on several workers and takes the results in order.
///
/// The only place where tasks are made. At most two pieces for each worker are in flight or wait for their
/// turn, so that memory does not grow with their number.
///
/// - Parameters:
///   - count: how many pieces there are.
///   - workers: how many at a time.
///   - make: does the piece of a number.
///   - receive: takes what that gave, in the order of the numbers.
/// - Throws: what `make` and `receive` throw, and `CancellationError`.
func inOrder<Result: Sendable>(
  _ count: Int, workers: Int, make: @escaping @Sendable (Int) throws -> Result,
  receive: (Result) throws -> Void
) async throws {
  try await withThrowingTaskGroup(of: (Int, Result).self) { group in
    var waiting: [Int: Result] = [:]
    var submitted = 0
    var delivered = 0
    var running = 0
    while delivered < count {
      while submitted < count, running < workers, submitted - delivered < 2 * workers {
        let number = submitted
        group.addTask { (number, try make(number)) }
        submitted += 1
        running += 1
      }
      guard let (number, result) = try await group.next() else { break }
      try Task.checkCancellation()
      running -= 1
      waiting[number] = result
      while let next = waiting.removeValue(forKey: delivered) {
        try receive(next)
        delivered += 1
      }
    }
  }
}
