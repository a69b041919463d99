import Expressions

/// The orders of convergence of many runs, from ‖g‖² at their last iterates.
///
/// The order is the slope of log‖g_{k+1}‖ against log‖g_k‖ by least squares, over the last at most five
/// iterations that converge and stay above rounding.
struct OrderFit {
  private let squares: [Double]
  private let logarithms: [Double]

  /// - Parameter squares: `History.gradientLength` for each run, the oldest first; nil where there are none.
  init?(_ squares: [Double]) {
    guard !squares.isEmpty else { return nil }
    self.squares = squares
    logarithms = evaluateLogarithms(squares)
  }

  /// The order of a run; nil with fewer than three steps to tell by.
  func order(_ run: Int, iterations: Int, floor: Double) -> Double? {
    let origin = run * History.gradientLength
    let count = min(iterations + 1, History.gradientLength)
    let square = max(floor * floor, 0x1p-1000)
    var last = count - 1
    while last > 0, !(squares[origin + last] > square) { last -= 1 }
    var first = last
    while first > 0, last - first < 5, squares[origin + first - 1] > squares[origin + first] {
      first -= 1
    }
    let steps = last - first
    guard steps >= 3 else { return nil }
    var sumX = 0.0
    var sumY = 0.0
    for step in 0..<steps {
      sumX += logarithms[origin + first + step]
      sumY += logarithms[origin + first + step + 1]
    }
    let meanX = sumX / Double(steps)
    let meanY = sumY / Double(steps)
    var covariance = 0.0
    var variance = 0.0
    for step in 0..<steps {
      let u = logarithms[origin + first + step]
      let v = logarithms[origin + first + step + 1]
      covariance += (u - meanX) * (v - meanY)
      variance += (u - meanX) * (u - meanX)
    }
    return variance > 0 ? covariance / variance : nil
  }
}
