/// The same work by all cores, beside by one: two must do it in 1/1.9 of the time.
final class Scaling: Workload {
  let name: String
  let peer = "one core"
  let limit: Double
  private let all: any Workload
  private let one: any Workload

  /// - Parameter make: makes the work for so many workers.
  init(_ name: String, cores: Int, _ make: (Int) throws -> any Workload) throws {
    self.name = name
    limit = 1 / (0.95 * Double(cores))
    all = try make(cores)
    one = try make(1)
  }

  var unit: Unit { all.unit }
  var detail: String { all.detail }

  func ours() async throws { try await all.ours() }

  func theirs() async throws { try await one.ours() }
}
