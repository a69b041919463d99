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
  /// The last tick whose iterates were kept.
  private var lastKept = Int.min / 2

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
    lastKept = tick
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

  /// Moves what is kept of a lane that is at iteration k, and no more than it has.
  mutating func move(_ source: Int, to target: Int, tick: Int, iteration: Int) {
    // One that begins with the next tick has none.
    guard iteration >= 0 else { return }
    let (width, dimension) = (width, dimension)
    if !gradients.isEmpty {
      gradients.withUnsafeMutableBufferPointer { gradients in
        for tick in tick - min(iteration, History.gradientLength - 1)...tick {
          let row = tick % History.gradientLength * width
          gradients[row + target] = gradients[row + source]
        }
      }
    }
    guard tick - lastKept < History.tailLength else { return }
    points.withUnsafeMutableBufferPointer { points in
      for tick in tick - min(iteration, History.tailLength - 1)...tick {
        let slot = tick % History.tailLength * (dimension + 1) * width
        for row in stride(from: slot, through: slot + dimension * width, by: width) {
          points[row + target] = points[row + source]
        }
      }
    }
  }

  /// The evidence of the last steps of a lane.
  mutating func tail(_ lane: Int, tick: Int, steps: Int) -> Tail {
    let row = (dimension + 1) * width
    return tailPoints.withUnsafeMutableBufferPointer { tailPoints in
      tailValues.withUnsafeMutableBufferPointer { values in
        points.withUnsafeBufferPointer { points in
          var slot = (tick - steps) % History.tailLength
          for place in 0...steps {
            var source = slot * row + lane
            for i in 0..<dimension {
              tailPoints[place * dimension + i] = points[source]
              source += width
            }
            values[place] = points[source]
            slot = slot + 1 == History.tailLength ? 0 : slot + 1
          }
        }
        let points = UnsafeBufferPointer(tailPoints)
        let values = UnsafeBufferPointer(values)
        return Tail(
          points: UnsafeBufferPointer(rebasing: points[..<((steps + 1) * dimension)]),
          dimension: dimension, values: UnsafeBufferPointer(rebasing: values[...steps]))
      }
    }
  }

  /// Appends ‖g‖² at the last iterates of a lane that is at iteration k, the oldest first.
  func appendGradients(_ lane: Int, tick: Int, iteration: Int, to squares: inout [Double]) {
    let count = min(iteration + 1, History.gradientLength)
    for tick in tick - count + 1...tick {
      squares.append(gradients[tick % History.gradientLength * width + lane])
    }
  }
}
