import Evaluation

/// What the loop remembers of the last ticks: ‖g‖² for the order of convergence, and near a limit
/// the iterates and f for the tail.
///
/// All lanes step together, so one ring serves them all.
struct History {
  /// The number of ticks whose gradients are kept.
  static let gradientLength = 16
  /// The number of ticks whose iterates are kept: 64 steps and the point they start from.
  static let tailLength = 65

  private let width: Int
  private let dimension: Int
  private var gradients: [Double]
  private var points: [Double] = []

  init(width: Int, dimension: Int) {
    self.width = width
    self.dimension = dimension
    gradients = [Double](repeating: .nan, count: History.gradientLength * width)
  }

  mutating func record(
    _ evaluator: Evaluator, _ layout: StepProgram.Layout, tick: Int, lanes: Int, keepsTail: Bool
  ) {
    gradients.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      evaluator.copyOutput(
        layout.gradientSquare, lanes: lanes, to: base + tick % History.gradientLength * width)
    }
    guard keepsTail else { return }
    let row = (dimension + 1) * width
    if points.isEmpty { points = [Double](repeating: .nan, count: History.tailLength * row) }
    points.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      let slot = base + tick % History.tailLength * row
      for i in 0..<dimension {
        (slot + i * width).update(
          from: evaluator.input(layout.position.lowerBound + i), count: lanes)
      }
      evaluator.copyOutput(layout.value, lanes: lanes, to: slot + dimension * width)
    }
  }

  mutating func move(_ source: Int, to target: Int) {
    for start in stride(from: 0, to: gradients.count, by: width) {
      gradients[start + target] = gradients[start + source]
    }
    for start in stride(from: 0, to: points.count, by: width) {
      points[start + target] = points[start + source]
    }
  }

  /// The last iterates of a lane, one more than steps, and f at each.
  func tail(_ lane: Int, tick: Int, steps: Int) -> (points: [[Double]], values: [Double]) {
    let row = (dimension + 1) * width
    let slots = (tick - steps...tick).map { $0 % History.tailLength * row }
    return (
      slots.map { slot in (0..<dimension).map { points[slot + $0 * width + lane] } },
      slots.map { points[$0 + dimension * width + lane] }
    )
  }

  /// ‖g‖² at the last iterates of a lane that is at iteration k, the oldest first.
  func gradientSquares(_ lane: Int, tick: Int, iteration: Int) -> [Double] {
    let count = min(iteration + 1, History.gradientLength)
    return (tick - count + 1...tick).map { gradients[$0 % History.gradientLength * width + lane] }
  }
}
