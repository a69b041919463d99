import Diagnostics
import Evaluation
import Expressions
import Specs

/// Whether minima − saddles + maxima, with the indices of degenerate points, is the winding number of ∇f
/// along the frame of the window: the test for missed points, by Poincaré and Hopf.
///
/// For one variable, minima − maxima is told by the signs of f′ at the ends.
public enum WindingTest: Sendable, Equatable {
  /// It is. A saddle and a minimum or maximum that were missed together escape the test.
  case agrees(winding: Int, indices: Int)
  /// It is not: points were missed, or f is not smooth somewhere inside.
  case departs(winding: Int, counted: Int, indices: Int)
  /// It cannot be decided.
  case undecided(Undecided)

  /// Why it cannot be decided.
  public enum Undecided: Error, Equatable, Sendable {
    /// There are more than two variables.
    case tooManyVariables(Int)
    /// f has operations with kinks or jumps.
    case kinks([String])
    /// g = 0 on the frame, or g jumps there.
    case vanishes(at: [Double])
    /// g is not finite on the frame.
    case undefined(at: [Double])
    /// The gradient turns more often along the frame than can be followed.
    case turnsTooOften
    /// Curves or areas of critical points, which have no index each.
    case notIsolated
  }
}

/// How often ∇f turns around along the frame of a box, counted by integers alone.
///
/// A piece of the frame is halved until the gradient turns by less than π/4 along it and along both halves, so
/// that a turn which happens to end where it began is seen.
struct WindingNumber {
  /// A place on the frame with the gradient, its larger component ±1.
  private struct Sample {
    /// From 0 to 4, counterclockwise from the lower left corner.
    let parameter: Double
    let x: Double
    let y: Double
  }

  private static let samplesPerSide = 256
  private static let greatestDepth = 30
  private static let mostSegments = 1 << 18

  private let evaluator: Evaluator
  private let dimension: Int

  init(_ function: FunctionSpec) throws {
    let model = try function.model().model
    dimension = model.dimension
    let inputs = (0..<dimension).map { Input(.coordinate, $0) }
    evaluator = Evaluator(Program(computing: model.gradient, from: inputs))
  }

  /// The winding number along a box's frame; for one variable half the change of the slope's sign.
  ///
  /// - Precondition: one variable or two.
  func turns(around box: Box) throws(WindingTest.Undecided) -> Int {
    precondition(dimension <= 2)
    if dimension == 1 { return try change(along: box) }
    let count = 4 * WindingNumber.samplesPerSide
    let samples = try sample((0..<count).map { 4 * Double($0) / Double(count) }, box)
    let last = Sample(parameter: 4, x: samples[0].x, y: samples[0].y)
    var open = Array(zip(samples, samples.dropFirst() + [last]))
    var turns = 0
    for _ in 0..<WindingNumber.greatestDepth {
      guard !open.isEmpty else { return turns }
      guard open.count <= WindingNumber.mostSegments else { throw .turnsTooOften }
      let middles = try sample(open.map { ($0.parameter + $1.parameter) / 2 }, box)
      var next: [(Sample, Sample)] = []
      for ((from, to), middle) in zip(open, middles) {
        let halves = [(from, middle), (middle, to)]
        if (halves + [(from, to)]).allSatisfy(WindingNumber.isNarrow) {
          for half in halves { turns += WindingNumber.crossing(half.0, half.1) }
        } else {
          next += halves
        }
      }
      open = next
    }
    guard !open.isEmpty else { return turns }
    throw .vanishes(at: WindingNumber.place(open[0].0.parameter, box))
  }

  /// Whether the gradient turns by less than π/4.
  private static func isNarrow(_ from: Sample, _ to: Sample) -> Bool {
    abs(from.x * to.y - from.y * to.x) < from.x * to.x + from.y * to.y
  }

  /// ±1 where the way from −π to π is crossed: y changes its sign, and x < 0.
  private static func crossing(_ from: Sample, _ to: Sample) -> Int {
    guard from.x < 0, (from.y >= 0) != (to.y >= 0) else { return 0 }
    return from.y >= 0 ? 1 : -1
  }

  /// The gradient at places of the frame, measured by the window's sides.
  private func sample(_ parameters: [Double], _ box: Box) throws(WindingTest.Undecided)
    -> [Sample]
  {
    let places = parameters.map { WindingNumber.place($0, box) }
    let slopes = evaluator.evaluate([places.map { $0[0] }, places.map { $0[1] }])
    let longer = max(box.halves[0], box.halves[1])
    var samples: [Sample] = []
    for (i, parameter) in parameters.enumerated() {
      guard slopes[0][i].isFinite, slopes[1][i].isFinite else { throw .undefined(at: places[i]) }
      // Scaled twice, because products may overflow or vanish.
      let greatest = max(abs(slopes[0][i]), abs(slopes[1][i]))
      guard greatest > 0 else { throw .vanishes(at: places[i]) }
      let x = slopes[0][i] / greatest * (box.halves[0] / longer)
      let y = slopes[1][i] / greatest * (box.halves[1] / longer)
      let length = max(abs(x), abs(y))
      samples.append(Sample(parameter: parameter, x: x / length, y: y / length))
    }
    return samples
  }

  private static func place(_ parameter: Double, _ box: Box) -> [Double] {
    let (x, y) = (box.sides[0], box.sides[1])
    let side = min(3, Int(parameter))
    let part = parameter - Double(side)
    func between(_ from: Double, _ to: Double) -> Double { from * (1 - part) + to * part }
    switch side {
    case 0: return [between(x.lowerBound, x.upperBound), y.lowerBound]
    case 1: return [x.upperBound, between(y.lowerBound, y.upperBound)]
    case 2: return [between(x.upperBound, x.lowerBound), y.upperBound]
    default: return [x.lowerBound, between(y.upperBound, y.lowerBound)]
    }
  }

  private func change(along box: Box) throws(WindingTest.Undecided) -> Int {
    let ends = [box.sides[0].lowerBound, box.sides[0].upperBound]
    let slopes = evaluator.evaluate([ends])[0]
    for (end, slope) in zip(ends, slopes) {
      guard slope.isFinite else { throw .undefined(at: [end]) }
      guard slope != 0 else { throw .vanishes(at: [end]) }
    }
    return ((slopes[1] > 0 ? 1 : -1) - (slopes[0] > 0 ? 1 : -1)) / 2
  }
}
