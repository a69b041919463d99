import CVectorMath
import Expressions
import Foundation
import TestSupport
import Testing

/// Steps within a radius and with a cubic weight.
@Suite struct BoundedStepTests {
  /// What a kind of step gives.
  private struct Step {
    let p: [Double]
    let predicted: Double
    let status: Double

    init(_ values: [Double]) {
      p = Array(values.dropLast(2))
      predicted = values[values.count - 2]
      status = values[values.count - 1]
    }

    init(_ problem: MatrixProblem, isCubic: Bool) {
      self.init(problem.values { BoundedStepTests.build($0, $1, isCubic: isCubic) })
    }
  }

  /// The numbers beside the matrix are the gradient and the bound.
  fileprivate static func build(
    _ matrix: SymmetricMatrix, _ beside: Vector, isCubic: Bool
  ) -> [Scalar] {
    let gradient = Array(beside.dropLast())
    let bound = beside[beside.count - 1]
    let (step, predicted, status) =
      isCubic
      ? matrix.cubicStep(gradient, weight: bound)
      : matrix.trustRegionStep(gradient, radius: bound)
    return step + [predicted, status]
  }

  @Test func stepsAreThoseOf50Digits() throws {
    for row in try ReferenceTable("bounded-steps").rows {
      let size = Int(row["size"] ?? "") ?? 0
      let isCubic = row["kind"] == "weight"
      let problem = MatrixProblem(
        size: size, upper: numbers(row["upper"]),
        beside: numbers(row["gradient"]) + numbers(row["bound"]))
      let label = "\(row["label"] ?? ""), n = \(size), \(row["kind"] ?? "") \(row["bound"] ?? "")"
      let found = Step(problem, isCubic: isCubic)
      #expect(found.status == 0, "\(label)")
      let predicted = numbers(row["predicted"])[0]
      let sensitivity = min(1e14, numbers(row["sensitivity"])[0])
      let allowed = 1e-14 * Double(size) * sensitivity
      #expect(
        abs(found.predicted - predicted) <= min(0.01, allowed) * predicted,
        "\(label): \(found.predicted) for \(predicted)")
      let expected = numbers(row["step"])
      let largest = expected.map(abs).max() ?? 0
      for (value, truth) in zip(found.p, expected) {
        #expect(abs(value - truth) <= allowed * largest, "\(label): \(found.p) for \(expected)")
      }
    }
  }

  // MARK: - Properties

  /// A random matrix with some negative eigenvalues or none, a gradient and a bound.
  private static func random(
    size: Int, seed: UInt64, isDefinite: Bool = false
  ) -> MatrixProblem {
    var random = RandomNumbers(seed: seed)
    let gradient = (0..<size).map { _ in Double.random(in: -1...1, using: &random) }
    let bound = exp2(Double.random(in: -6...6, using: &random))
    return MatrixProblem(size: size, beside: gradient + [bound]) { i, j in
      (i == j && isDefinite ? Double(size) : 0) + Double.random(in: -1...1, using: &random)
    }
  }

  /// m(p) = gᵀp + ½pᵀAp.
  private static func model(_ problem: MatrixProblem, _ p: [Double]) -> Double {
    zip(zip(problem.beside, problem.product(p)), p).reduce(0) { $0 + ($1.0.0 + $1.0.1 / 2) * $1.1 }
  }

  /// ‖(A + λI)p + g‖ beside the norms, and whether A + λI has no negative eigenvalue.
  private static func expectStationary(
    _ problem: MatrixProblem, _ p: [Double], multiplier: Double, _ label: String
  ) {
    let eigenvalues = problem.values { matrix, _ in matrix.eigenvalues }
    let norm = eigenvalues.map(abs).max() ?? 0
    let residual = zip(zip(problem.product(p), p), problem.beside).map {
      $0.0 + multiplier * $0.1 + $1
    }
    let allowed = 1e-14 * Double(problem.size)
    let scale = (norm + multiplier) * length(p) + length(Array(problem.beside.dropLast()))
    #expect(length(residual) <= allowed * scale, "\(label): residual \(length(residual))")
    #expect(eigenvalues[0] + multiplier >= -allowed * (norm + multiplier), "\(label)")
  }

  private static let sizes = [1, 2, 3, 6, 16, 17, 40, 64]

  @Test(arguments: sizes)
  func radiusStepsMeetTheConditionsOfTheirMinimum(size: Int) {
    for seed in 0..<(size < 20 ? 60 : 6) as Range<UInt64> {
      let problem = Self.random(size: size, seed: seed, isDefinite: seed % 3 == 0)
      let radius = problem.beside[size]
      let label = "n = \(size), seed \(seed)"
      let step = Step(problem, isCubic: false)
      let square = step.p.reduce(0) { $0 + $1 * $1 }
      #expect(length(step.p) <= radius * (1 + 1e-14), "\(label)")
      // λ = −pᵀ(g + Ap)/pᵀp
      let slope = zip(problem.product(step.p), problem.beside).map { $0 + $1 }
      let multiplier = -zip(slope, step.p).reduce(0) { $0 + $1.0 * $1.1 } / square
      if length(step.p) < radius * (1 - 1e-12) {
        #expect(abs(multiplier) <= 1e-13 * Double(size), "\(label)")
        Self.expectStationary(problem, step.p, multiplier: 0, label)
      } else {
        #expect(multiplier >= 0, "\(label)")
        Self.expectStationary(problem, step.p, multiplier: multiplier, label)
      }
      #expect(
        abs(step.predicted + Self.model(problem, step.p)) <= 1e-12 * step.predicted, "\(label)")
    }
  }

  @Test(arguments: sizes + [100])
  func cubicStepsMeetTheConditionsOfTheirMinimum(size: Int) {
    for seed in 0..<(size < 20 ? 60 : 4) as Range<UInt64> {
      let problem = Self.random(size: size, seed: seed, isDefinite: seed % 3 == 0)
      let weight = problem.beside[size]
      let label = "n = \(size), seed \(seed)"
      let step = Step(problem, isCubic: true)
      let size = length(step.p)
      Self.expectStationary(problem, step.p, multiplier: weight * size, label)
      let value = Self.model(problem, step.p) + weight / 3 * size * size * size
      #expect(abs(step.predicted + value) <= 1e-12 * step.predicted, "\(label)")
    }
  }

  @Test(arguments: [65, 100])
  func largeRadiusStepsAreNewtonsOrAtLeastAsLowAsSteepestDescents(size: Int) {
    for seed in 0..<6 as Range<UInt64> {
      let problem = Self.random(size: size, seed: seed, isDefinite: seed % 2 == 0)
      let gradient = Array(problem.beside.dropLast())
      let radius = problem.beside[size]
      let label = "n = \(size), seed \(seed)"
      let step = Step(problem, isCubic: false)
      #expect(step.status == 0 && length(step.p) <= radius * (1 + 1e-14), "\(label)")
      #expect(
        abs(step.predicted + Self.model(problem, step.p)) <= 1e-12 * step.predicted, "\(label)")
      let slope = length(gradient)
      let curvature =
        zip(gradient, problem.product(gradient)).reduce(0) { $0 + $1.0 * $1.1 } / (slope * slope)
      let reach = curvature > 0 ? min(radius, slope / curvature) : radius
      #expect(
        step.predicted >= (reach * slope - reach * reach * curvature / 2) * (1 - 1e-12), "\(label)")
      let newton = problem.values { matrix, beside in
        matrix.newtonStep(Array(beside.dropLast())).step
      }
      if seed % 2 == 0, length(newton) <= radius { #expect(step.p == newton, "\(label)") }
    }
  }

  @Test func conjugateGradientsGoTheirWholeWayInsideTheBall() {
    // Indefinite, but g is an eigenvector of 2, so that they never learn of it.
    let size = 70
    let problem = MatrixProblem(
      size: size, beside: [0] + [Double](repeating: 1, count: size - 1) + [1000]
    ) { i, j in i == j ? (i == 0 ? -1 : 2) : 0 }
    let step = Step(problem, isCubic: false)
    #expect(step.p == [0] + [Double](repeating: -0.5, count: size - 1))
    #expect(step.predicted == Double(size - 1) / 4)
  }

  @Test(arguments: [1e-300, 1e-150, 1, 1000, 1e150])
  func conjugateGradientsFollowWhatBendsDownToTheSphere(radius: Double) {
    let size = 65
    let problem = MatrixProblem(
      size: size, beside: [Double](repeating: 1, count: size) + [radius]
    ) { i, j in i == j ? -2 : 0 }
    let step = Step(problem, isCubic: false)
    let slope = Double(size).squareRoot()
    for value in step.p { #expect(abs(value + radius / slope) <= 1e-14 * radius / slope) }
    let promise = radius * slope + radius * radius
    #expect(abs(step.predicted - promise) <= 1e-14 * promise)
  }

  @Test(arguments: [1, 2, 5, 16, 17, 30, 70])
  func powersOfTwoScaleStepsExactly(size: Int) {
    // A·2ᵃ, g·2ᵃ⁺ᵇ and Δ·2ᵇ, or σ·2ᵃ⁻ᵇ, move p by 2ᵇ and what it promises by 2ᵃ⁺²ᵇ.
    for (seed, powers) in [(60, 0), (-300, 0), (40, 200), (-70, -150)].enumerated() {
      let (a, b) = powers
      for isCubic in [false, true] where size <= 30 || !isCubic {
        let problem = Self.random(size: size, seed: UInt64(seed), isDefinite: seed == 2)
        let gradient = problem.beside.dropLast().map { $0.scaled(a + b) }
        let bound = problem.beside[size].scaled(isCubic ? a - b : b)
        let scaled = MatrixProblem(
          size: size, upper: problem.upper.map { $0.scaled(a) }, beside: gradient + [bound])
        let (step, other) = (Step(problem, isCubic: isCubic), Step(scaled, isCubic: isCubic))
        #expect(other.p == step.p.map { $0.scaled(b) }, "n = \(size)")
        #expect(other.predicted == step.predicted.scaled(a + 2 * b), "n = \(size)")
      }
    }
  }

  @Test func boundsOfAnySizeAreFollowed() {
    // Far beyond the natural scale, where p is −Δg/‖g‖, −g√(1/σ‖g‖), −A⁻¹g or along the lowest vector.
    let definite = MatrixProblem(size: 2, upper: [2, 0, 4], beside: [3, 4])
    let indefinite = MatrixProblem(size: 2, upper: [-2, 0, 4], beside: [3, 4])
    func step(_ problem: MatrixProblem, _ bound: Double, isCubic: Bool) -> [Double] {
      Step(
        MatrixProblem(size: 2, upper: problem.upper, beside: problem.beside + [bound]),
        isCubic: isCubic
      ).p
    }
    for problem in [definite, indefinite] {
      for radius in [1e-300, 1e-150, 1e-30] {
        let p = step(problem, radius, isCubic: false)
        #expect(abs(p[0] + 0.6 * radius) <= 1e-15 * radius)
        #expect(abs(p[1] + 0.8 * radius) <= 1e-15 * radius)
      }
      for weight in [1e300, 1e150, 1e60] {
        let p = step(problem, weight, isCubic: true)
        let size = (5 / weight).squareRoot()
        #expect(abs(p[0] + 0.6 * size) <= 1e-15 * size)
        #expect(abs(p[1] + 0.8 * size) <= 1e-15 * size)
      }
    }
    for bound in [1e30, 1e150, 1e300] {
      #expect(step(definite, bound, isCubic: false) == [-1.5, -1])
      #expect(step(definite, 1 / bound, isCubic: true) == [-1.5, -1])
      let p = step(indefinite, bound, isCubic: false)
      #expect(abs(p[0] + bound) <= 1e-15 * bound)
      #expect(abs(p[1] + 4.0 / 6) <= 1e-15 * bound)
      let q = step(indefinite, 1 / bound, isCubic: true)
      #expect(abs(q[0] + 2 * bound) <= 1e-15 * 2 * bound)
      #expect(abs(q[1] + 4.0 / 6) <= 1e-15 * bound)
    }
    #expect(step(definite, 0, isCubic: false) == [0, 0])
  }

  @Test func aParabolicCylinderIsLeftAlongItsAxisAlone() {
    // f = y² at y = 3: the step is to the bottom, or as far as allowed towards it.
    for size in 2...4 {
      let place = size / 2
      func step(_ bound: Double, isCubic: Bool) -> Step {
        let gradient = (0..<size).map { $0 == place ? 6.0 : 0 }
        return Step(
          MatrixProblem(size: size, beside: gradient + [bound]) { i, j in
            i == j && i == place ? 2 : 0
          }, isCubic: isCubic)
      }
      func along(_ length: Double) -> [Double] { (0..<size).map { $0 == place ? -length : 0 } }
      #expect(step(5, isCubic: false).p == along(3))
      #expect(step(5, isCubic: false).predicted == 9)
      #expect(step(1, isCubic: false).p == along(1))
      #expect(step(1, isCubic: false).predicted == 5)
      // 6 = 2p + σp²
      let root = 7.0.squareRoot() - 1
      #expect(abs(step(1, isCubic: true).p[place] + root) <= 4e-16 * root)
      #expect(abs(length(step(1, isCubic: true).p) - root) <= 4e-16 * root)
    }
  }

  @Test func whatIsNotFiniteOrNoBoundIsSaid() {
    for size in [1, 2, 3, 70] {
      for isCubic in [false, true] where size < 70 || !isCubic {
        for (place, value) in [
          (0, Double.nan), (1, .infinity), (2, .infinity), (2, .nan), (2, -1), (2, 0),
        ] {
          var (entry, slope, bound) = (2.0, 1.0, 1.0)
          if place == 0 {
            entry = value
          } else if place == 1 {
            slope = value
          } else {
            bound = value
          }
          let gradient = [Double](repeating: slope, count: size)
          let step = Step(
            MatrixProblem(size: size, beside: gradient + [bound]) { i, j in i == j ? entry : 0 },
            isCubic: isCubic)
          if value == 0, !isCubic {
            #expect(step.p == [Double](repeating: 0, count: size) && step.predicted == 0)
            #expect(step.status == 0)
          } else {
            #expect(step.status == 2 && step.predicted.isNaN)
            #expect(step.p.allSatisfy { $0.isNaN })
          }
        }
      }
    }
  }

  @Test(arguments: [1, 2, 3, 18, 66])
  func bitsDependNeitherOnWidthNorOnTier(size: Int) {
    let problems = (0..<(size > 10 ? 12 : 300)).map {
      Self.random(size: size, seed: UInt64($0), isDefinite: $0 % 3 == 0)
    }
    func found(_ width: Int, _ tier: vm_tier) -> [[UInt64]] {
      bits(
        MatrixProblem.values(problems, width: width, tier: tier) { matrix, beside in
          let v = Array(beside.dropLast())
          var scalars = Self.build(matrix, beside, isCubic: false)
          if size < 60 { scalars += Self.build(matrix, beside, isCubic: true) }
          return scalars + matrix.solve(v).solution + matrix.absoluteSolve(v).solution
            + matrix.absolute.upper + [matrix.condition, matrix.trace]
        })
    }
    let expected = found(8, VM_SCALAR)
    for tier in [VM_AVX2, VM_AVX512, VM_NEON] where vm_tier_available(tier) {
      for width in [8, 24, 64, 256] { #expect(found(width, tier) == expected, "width \(width)") }
    }
    // Each lane for itself.
    for number in [0, problems.count - 1] {
      let alone = MatrixProblem.values([problems[number]]) { matrix, beside in
        Self.build(matrix, beside, isCubic: false)
      }
      #expect(bits(alone).map { $0[0] } == expected.prefix(size + 2).map { $0[number] })
    }
  }
}

extension Double {
  /// Times a power of two.
  fileprivate func scaled(_ power: Int) -> Double { self * exp2(Double(power)) }
}
