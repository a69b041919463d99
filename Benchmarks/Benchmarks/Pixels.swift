import Expressions
import Running
import Specs

/// A million runs of Newton's method for a picture of basins: the raster and its refinement, points found and told
/// apart, beside the same iterations in C without any of that.
final class Pixels: Workload {
  static let side = 1000
  let name = "basins"
  let peer = "hand-fused C, the raster's iterations alone"
  let limit = 1.5
  let unit = Unit(name: "ns a pixel", count: Double(side * side))
  let workers: Int
  private let function: FunctionSpec
  private let swarm: Swarm
  private let raster: StartRaster
  private let runs: PeerRuns
  private var fineCount = 0

  init(workers: Int) throws {
    self.workers = workers
    let experiment = try Experiment.parse(
      """
      function f(x, y) = \(sineValley)
        domain x = -2 .. 8, y = -1 .. 9
        start (1, 1)
      method newton
      stop iterations=100
      trace off
      """
    ).experiment
    function = experiment.functions[0]
    swarm = try Swarm(function, experiment.methods[0], rate: .number(1), stop: experiment.stop)
    guard let plane = try Plane(of: function) else {
      preconditionFailure("a function of two variables has a plane")
    }
    raster = StartRaster(plane, x: -2...8, y: -1...9, count: Pixels.side)
    runs = PeerRuns(count: raster.count, iterations: 100, tolerance: 1e-8) { [raster] cell in
      let start = raster.start(cell)
      return (start[0], start[1], 1)
    }
  }

  var detail: String { "\(fineCount) finer cells besides" }

  func ours() async throws {
    var reached = try ReachedPoints(function, listed: [], window: function.domain)
    var basins = try await Basins(swarm, rate: 1, from: raster, &reached, workers: workers)
    try await basins.refine(reached, workers: workers)
    fineCount = basins.fine.count
  }

  func theirs() { runs.makeNewtonRuns(workers: workers) }
}
