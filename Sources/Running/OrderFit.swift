import Expressions

/// The orders of convergence of many runs, from ‖g‖² at their last iterates.
///
/// The order is the slope of log‖g_{k+1}‖ against log‖g_k‖ by least squares, over the last at most five
/// iterations that converge and stay above rounding.
struct OrderFit {
  /// The most steps that are looked at.
  private static let most = 5

  /// For each run that has an order, the place of its first logarithm and the number of steps.
  private var stretches: [(run: Int, first: Int, steps: Int)] = []
  private var squares: [Double] = []

  /// Takes the iterates of a run that say something.
  ///
  /// - Parameters:
  ///   - squares: ‖g‖² at the last iterates of all runs, the oldest first.
  ///   - origin: where the run's own begin: at most `History.gradientLength` of them.
  ///   - floor: what rounding leaves of ‖g‖.
  mutating func add(
    _ run: Int, _ squares: [Double], from origin: Int, iterations: Int, floor: Double
  ) {
    let square = max(floor * floor, 0x1p-1000)
    var last = min(iterations, History.gradientLength - 1)
    while last > 0, !(squares[origin + last] > square) { last -= 1 }
    var first = last
    while first > 0, last - first < OrderFit.most,
      squares[origin + first - 1] > squares[origin + first]
    {
      first -= 1
    }
    // Fewer than three steps tell nothing.
    guard last - first >= 3 else { return }
    stretches.append((run, self.squares.count, last - first))
    for place in origin + first...origin + last { self.squares.append(squares[place]) }
  }

  /// The order of each run that has one.
  func orders() -> [(run: Int, order: Double)] {
    let logarithms = evaluateLogarithms(squares)
    return stretches.compactMap { run, first, steps in
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
      return variance > 0 ? (run, covariance / variance) : nil
    }
  }
}
