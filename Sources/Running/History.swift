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
  private var tailPoints: [Double]
  private var tailValues: [Double]

  /// - Parameter keepsGradients: whether anybody asks for the order of convergence.
  init(width: Int, dimension: Int, keepsGradients: Bool) {
    self.width = width
    self.dimension = dimension
    gradients =
      keepsGradients ? [Double](repeating: .nan, count: History.gradientLength * width) : []
    tailPoints = [Double](repeating: .nan, count: History.tailLength * dimension)
    tailValues = [Double](repeating: .nan, count: History.tailLength)
  }

  mutating func record(
    _ evaluator: Evaluator, _ layout: StepProgram.Layout, tick: Int, lanes: Int, keepsTail: Bool
  ) {
    if !gradients.isEmpty {
      gradients.withUnsafeMutableBufferPointer { buffer in
        guard let base = buffer.baseAddress else { return }
        evaluator.copyOutput(
          layout.gradientSquare, lanes: lanes, to: base + tick % History.gradientLength * width)
      }
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

  /// The evidence of the last steps of a lane.
  mutating func tail(_ lane: Int, tick: Int, steps: Int) -> Tail {
    let row = (dimension + 1) * width
    for place in 0...steps {
      let slot = (tick - steps + place) % History.tailLength * row + lane
      for i in 0..<dimension { tailPoints[place * dimension + i] = points[slot + i * width] }
      tailValues[place] = points[slot + dimension * width]
    }
    return tailPoints.withUnsafeBufferPointer { points in
      tailValues.withUnsafeBufferPointer { values in
        Tail(
          points: UnsafeBufferPointer(rebasing: points[..<((steps + 1) * dimension)]),
          dimension: dimension, values: UnsafeBufferPointer(rebasing: values[...steps]))
      }
    }
  }

  /// ‖g‖² at the last iterates of a lane that is at iteration k, the oldest first.
  func gradientSquare(_ lane: Int, tick: Int, iteration: Int, _ place: Int) -> Double {
    let count = min(iteration + 1, History.gradientLength)
    return gradients[(tick - count + 1 + place) % History.gradientLength * width + lane]
  }
}
