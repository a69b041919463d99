import Evaluation
import Expressions
import Methods
import Specs

/// All that can be known of a function at a point: its derivatives as formulas and as numbers, and what rates
/// and Newton's method make of them.
public struct Inspection: Sendable {
  /// A rate at the point.
  public struct RateThere: Sendable {
    /// The rule.
    public let name: String
    /// The rate; nil where the rule finds none.
    public let value: Double?
    /// What it is, or why there is none.
    public let note: String
  }

  /// What H says.
  public struct Curvature: Sendable {
    /// Its rows.
    public let rows: [[Double]]
    /// det H.
    public let determinant: Double
    /// The eigenvalues, ascending, each with its unit vector; no vectors where an entry is not finite.
    public let eigenvalues: [Double]
    /// The eigenvectors in the order of the values.
    public let eigenvectors: [[Double]]
    /// max|λ|/min|λ|.
    public let condition: Double
    /// H⁻¹, row by row; nil where H is singular.
    public let inverse: [[Double]]?
    /// The Newton step; nil where there is none.
    public let newton: Newton?
  }

  /// The Newton step and where it leads.
  public struct Newton: Sendable {
    /// −H⁺g.
    public let step: [Double]
    /// x + step.
    public let next: [Double]
    /// f there by the quadratic model.
    public let predicted: Double
    /// f there.
    public let value: Double
    /// ‖g‖ there.
    public let gradientNorm: Double
    /// Degrees between −g and the step.
    public let angle: Double
  }

  /// The greatest dimension for which H and its inverse are shown, and written as formulas.
  public static let greatestShown = 8

  /// The function.
  public let function: FunctionSpec
  /// x.
  public let position: [Double]
  /// f.
  public let value: Double
  /// Which sub-formula has no value or derivative, and its inputs; empty where f and g are numbers.
  public let reason: String
  /// g.
  public let gradient: [Double]
  /// ‖g‖.
  public let gradientNorm: Double
  /// What H says; nil where the function has too many variables.
  public let curvature: Curvature?
  /// Every rate that the point alone gives, along −g.
  public let rates: [RateThere]
  /// g as formulas, where they are short enough to be read and there are not too many.
  public let gradientFormulas: [ReadableFormula]
  /// H's upper triangle as formulas, row by row, likewise.
  public let hessianFormulas: [ReadableFormula]

  /// Looks at a point.
  ///
  /// - Throws: `Diagnostics`, never for a function that was parsed.
  public init(_ function: FunctionSpec, at position: [Double], stop: StopRules) throws {
    self.function = function
    self.position = position
    let model = try function.model().model
    let point = LocalPoint(model, position)
    let n = position.count
    value = point[[model.value]][0]
    gradient = point[model.gradient]
    gradientNorm = point[[norm(model.gradient)]][0]
    if value.isNaN || !gradient.allSatisfy(\.isFinite) {
      var explanation = try Explanation(function)
      reason = explanation.reason(at: position)
    } else {
      reason = ""
    }
    let hasHessian = n <= FunctionSpec.greatestHessian
    curvature = hasHessian ? Inspection.curvature(point) : nil
    let isSmall = n <= Inspection.greatestShown
    func formulas(_ nodes: [Scalar]) -> [ReadableFormula] {
      isSmall ? nodes.map { ReadableFormula($0, names: function.variables) } : []
    }
    gradientFormulas = formulas(model.gradient)
    hessianFormulas = hasHessian ? formulas(model.hessian.upper) : []
    rates = try Inspection.rates(function, point, stop, hasHessian: hasHessian)
  }

  private static func curvature(_ point: LocalPoint) -> Curvature {
    let model = point.model
    let hessian = model.hessian
    let n = model.dimension
    let rows = symmetricRows(point[hessian.upper], size: n)
    let (step, status) = model.newtonStep
    let newton = point[step]
    let isSolved = point[[status]][0] == 0 && newton.allSatisfy(\.isFinite)
    let eigenvalues = point[hessian.eigenvalues]
    let greatest = eigenvalues.reduce(0) { max($0, abs($1)) }
    let isRegular = eigenvalues.allSatisfy { abs($0) > Double(n) * 0x1p-52 * greatest }
    let isShown = n <= greatestShown
    let (zero, one) = (model.graph.constant(0), model.graph.constant(1))
    let inverse =
      isRegular && isShown
      ? (0..<n).map { column in
        point[hessian.solve((0..<n).map { $0 == column ? one : zero }).solution]
      } : nil
    let pairs = isShown ? eigenpairs(of: rows) : []
    var there: Newton?
    if isSolved {
      let next = zip(point.position, newton).map { $0 + $1 }
      let slope = dot(model.gradient, step)
      let predicted = model.value + slope + 0.5 * dot(step, hessian.product(step))
      let ahead = LocalPoint(model, next)
      let angle = Quantity.named["angle"]?.value(in: Situation(model))
      there = Newton(
        step: newton, next: next, predicted: point[[predicted]][0],
        value: ahead[[model.value]][0], gradientNorm: ahead[[norm(model.gradient)]][0],
        angle: angle.map { point[[$0.number(in: model.graph)]][0] } ?? .nan)
    }
    return Curvature(
      rows: rows, determinant: point[[hessian.determinant]][0], eigenvalues: eigenvalues,
      eigenvectors: pairs.map(\.vector), condition: point[[hessian.condition]][0],
      inverse: inverse, newton: there)
  }

  private static func rates(
    _ function: FunctionSpec, _ point: LocalPoint, _ stop: StopRules, hasHessian: Bool
  ) throws -> [RateThere] {
    var rates: [RateThere] = []
    // Along −g `exact` is `cauchy`, and the first step of `barzilai-borwein` is, too.
    let others: Set = ["exact", "barzilai-borwein"]
    for rule in Rate.all where rule.parameters.isEmpty && !others.contains(rule.name) {
      if rule.needsHessian, !hasHessian { continue }
      if rule.name == "lipschitz", function.lipschitz == nil { continue }
      if rule.name == "polyak", function.minima.isEmpty { continue }
      let method = MethodSpec(
        label: "gradient", direction: .gradient,
        rates: [.rule(rule, Rate.Arguments(), text: rule.name)])
      let step = try Replay(
        function, method, rate: method.rates[0], start: point.position, stop: stop
      ).step(0)
      let tried = step.trials.count
      let note = tried > 0 ? "\(rule.summary); accepted at trial \(tried)" : rule.summary
      rates.append(
        RateThere(
          name: rule.name, value: step.failure == nil ? step.rate : nil,
          note: step.failure?.reason ?? note))
    }
    guard hasHessian else { return rates }
    let model = point.model
    if let critical = Quantity.named["critical_rate"]?.value(in: Situation(model)) {
      rates.append(
        RateThere(
          name: "critical_rate", value: point[[critical.number(in: model.graph)]][0],
          note: "2 g.g/g.Hg: above it the quadratic model rises along -g"))
    }
    let greatest = point[[model.hessian.eigenvalues[model.dimension - 1]]][0]
    rates.append(
      RateThere(
        name: "2/max_eigenvalue", value: greatest > 0 ? 2 / greatest : nil,
        note: greatest > 0
          ? "above it gradient descent leaves a minimum with this H"
          : "no eigenvalue is positive"))
    return rates
  }
}

/// A model with a point to evaluate its nodes at.
private struct LocalPoint {
  let model: LocalModel
  let position: [Double]

  init(_ model: LocalModel, _ position: [Double]) {
    self.model = model
    self.position = position
  }

  subscript(nodes: [Scalar]) -> [Double] {
    let program = Program(
      computing: nodes, from: position.indices.map { Input(.coordinate, $0) })
    return Evaluator(program).evaluate(position.map { [$0] }).map { $0[0] }
  }
}

extension Value {
  /// The number that a quantity is; NaN of one that is none.
  fileprivate func number(in graph: Graph) -> Scalar {
    if case .scalar(let scalar) = self { scalar } else { graph.constant(.nan) }
  }
}
