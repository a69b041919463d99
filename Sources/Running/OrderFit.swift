import Expressions

/// The orders of convergence of many runs, from ‖g‖² at their last iterates.
///
/// The order is the slope of log‖g_{k+1}‖ against log‖g_k‖ by least squares, over the last at most five
/// iterations that converge and stay above rounding.
struct OrderFit {
  /// The most steps that are looked at.
  private static let most = 5

  private let ended: LaneLoop.Ended
  /// For each run that has an order, the place of its first logarithm and the number of steps.
  private var stretches: [(run: Int, first: Int, steps: Int)] = []
  private var squares: [Double] = []

  init(_ ended: LaneLoop.Ended) {
    self.ended = ended
    stretches.reserveCapacity(ended.runs.count)
    squares.reserveCapacity(ended.runs.count * (OrderFit.most + 1))
  }

  /// Takes the iterates of neighbouring runs that say something.
  ///
  /// - Parameter floors: what rounding leaves of ‖g‖² in each; not a number where nothing can be said.
  mutating func add(_ first: Int, count: Int, floors: UnsafePointer<Double>) {
    ended.gradientSquares.withUnsafeBufferPointer { all in
      for place in 0..<count {
        let own = UnsafeBufferPointer(
          rebasing: all[((first + place) * History.gradientLength)...])
        var last = min(ended.runs[first + place].iterations, History.gradientLength - 1)
        while last > 0, !(own[last] > floors[place]) { last -= 1 }
        var begin = last
        while begin > 0, last - begin < OrderFit.most, own[begin - 1] > own[begin] { begin -= 1 }
        // Fewer than three steps tell nothing.
        guard last - begin >= 3 else { continue }
        stretches.append((first + place, squares.count, last - begin))
        squares.append(contentsOf: UnsafeBufferPointer(rebasing: own[begin...last]))
      }
    }
  }

  /// The order of each run; NaN where it has none.
  func orders() -> [Double] {
    var orders = [Double](repeating: .nan, count: ended.runs.count)
    let logarithms = evaluateLogarithms(squares)
    for (run, first, steps) in stretches {
      var (sumX, sumY) = (0.0, 0.0)
      for step in first..<first + steps {
        sumX += logarithms[step]
        sumY += logarithms[step + 1]
      }
      let (meanX, meanY) = (sumX / Double(steps), sumY / Double(steps))
      var (covariance, variance) = (0.0, 0.0)
      for step in first..<first + steps {
        let (u, v) = (logarithms[step] - meanX, logarithms[step + 1] - meanY)
        covariance += u * v
        variance += u * u
      }
      if variance > 0 { orders[run] = covariance / variance }
    }
    return orders
  }
}
