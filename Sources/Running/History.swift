import CVectorMath
import Evaluation

/// What the loop remembers of the last ticks: ‖g‖² for the order of convergence, when f rose first, and near a
/// limit the iterates and f for the tail.
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
  /// For each lane f at the last tick, and behind them the tick at which it rose first, 0 if it did not; empty where
  /// nobody asks.
  private var watched: [Double]
  private let watch = vm_lookup_rise_watch(vm_best_tier())
  private var points: [Double] = []
  /// The last tick whose iterates were kept.
  private var lastKept = Int.min / 2

  /// Whether ‖g‖² is kept.
  var keepsGradients: Bool { !gradients.isEmpty }

  /// - Parameters:
  ///   - keepsGradients: whether anybody asks for the order of convergence.
  ///   - watchesRises: whether anybody asks when f rose first.
  init(width: Int, dimension: Int, keepsGradients: Bool, watchesRises: Bool) {
    self.width = width
    self.dimension = dimension
    gradients =
      keepsGradients ? [Double](repeating: .nan, count: History.gradientLength * width) : []
    watched = watchesRises ? [Double](repeating: 0, count: 2 * width) : []
  }

  /// Forgets the run that was in a lane.
  mutating func begin(_ lane: Int) {
    guard !watched.isEmpty else { return }
    watched[lane] = .nan
    watched[width + lane] = 0
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
    if !watched.isEmpty, let values = evaluator.block(ofOutput: layout.value) {
      watched.withUnsafeMutableBufferPointer { watched in
        guard let base = watched.baseAddress else { return }
        watch?(values, base, base + width, Double(tick), lanes)
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

  /// Moves what is kept of lanes, none of which is past an iteration.
  mutating func move(_ moves: [(source: Int, target: Int)], tick: Int, iteration: Int) {
    if !watched.isEmpty {
      for (source, target) in moves {
        watched[target] = watched[source]
        watched[width + target] = watched[width + source]
      }
    }
    // Lanes that begin with the next tick have no more.
    guard iteration >= 0 else { return }
    if !gradients.isEmpty {
      gradients.withUnsafeMutableBufferPointer { gradients in
        for tick in tick - min(iteration, History.gradientLength - 1)...tick {
          let row = tick % History.gradientLength * width
          for (source, target) in moves { gradients[row + target] = gradients[row + source] }
        }
      }
    }
    guard tick - lastKept < History.tailLength else { return }
    points.withUnsafeMutableBufferPointer { points in
      for tick in tick - min(iteration, History.tailLength - 1)...tick {
        let slot = tick % History.tailLength * (dimension + 1) * width
        for row in stride(from: slot, through: slot + dimension * width, by: width) {
          for (source, target) in moves { points[row + target] = points[row + source] }
        }
      }
    }
  }

  /// The tick at which f of a lane rose first; nil if it did not, or nobody asks.
  func rise(_ lane: Int) -> Int? {
    watched.isEmpty || watched[width + lane] == 0 ? nil : Int(watched[width + lane])
  }

  /// Copies the last iterates of a lane, coordinate by coordinate.
  ///
  /// - Parameters:
  ///   - target: where the first number belongs.
  ///   - spacing: how far apart they are.
  /// - Returns: whether f is above what it was at the first of them.
  func copyTail(
    _ lane: Int, tick: Int, steps: Int, to target: UnsafeMutablePointer<Double>, spacing: Int
  ) -> Bool {
    let row = (dimension + 1) * width
    return points.withUnsafeBufferPointer { points in
      var slot = (tick - steps) % History.tailLength
      let first = points[slot * row + dimension * width + lane]
      var target = target
      for _ in 0...steps {
        var source = slot * row + lane
        for _ in 0..<dimension {
          target.pointee = points[source]
          target += spacing
          source += width
        }
        slot = slot + 1 == History.tailLength ? 0 : slot + 1
      }
      return points[tick % History.tailLength * row + dimension * width + lane] > first
    }
  }

  /// Copies ‖g‖² at the last iterates of a lane that is at iteration k, the oldest first.
  func copyGradients(
    _ lane: Int, tick: Int, iteration: Int, to target: UnsafeMutablePointer<Double>
  ) {
    let count = min(iteration + 1, History.gradientLength)
    gradients.withUnsafeBufferPointer { gradients in
      for place in 0..<count {
        target[place] =
          gradients[(tick - count + 1 + place) % History.gradientLength * width + lane]
      }
    }
  }
}
