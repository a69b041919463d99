import Expressions

/// How a method moves: a direction that any rate can serve, a step that needs a rate as a number, or a
/// search of its own.
///
/// Adding one: a file in `Directions` with a static value, and its name in `all`.
public struct Direction: Sendable {
  /// What the method builds.
  enum Build: Sendable {
    /// The direction d of the step x⁺ = x + ηd, and the status of finding it (see `Failure`); nil where it
    /// cannot fail.
    case direction(@Sendable (Workspace, Settings) -> (direction: Vector, status: Scalar?))
    /// The step x⁺ − x for a rate η, the rate that it took, and the status of finding it.
    case step(
      @Sendable (Workspace, Settings, _ rate: Scalar) -> (
        step: Vector, rate: Scalar, status: Scalar?
      ))
    /// Trials of its own, which need no rate.
    case search(@Sendable (Workspace, Settings) -> Search)
  }

  /// The name, as it is typed behind `method`.
  public let name: String
  /// One line of help.
  public let summary: String
  /// The rate where the user gives none.
  public let defaultRate: DefaultRate
  /// What it can be told.
  public let settings: [OptionDefinition]
  /// Whether its directions say how far to go.
  let reach: Reach
  /// c₂ of a Wolfe search along it.
  public let curvature: Double
  /// The method as a spec wrote it down; nil of those that come along.
  public let written: WrittenMethod?
  let build: Build

  /// The rate of a method for which the user gives none.
  public enum DefaultRate: Sendable, Equatable {
    /// The user must give one.
    case mustBeTold
    /// A number.
    case number(Double)
    /// A rule by its name.
    case rule(String)
    /// It takes none.
    case own
  }

  /// Whether a direction says how far to go, which is where a line search begins.
  enum Reach: Sendable {
    /// It leads to a stationary point of a model of f.
    case model
    /// It does so once a step has shown the curvature; the first is a gradient.
    case learnt
    /// It says which way is down and no more.
    case unknown
  }

  init(
    _ name: String, _ summary: String, rate: DefaultRate, settings: [OptionDefinition] = [],
    reach: Reach = .unknown, curvature: Double = 0.9, written: WrittenMethod? = nil,
    _ build: Build
  ) {
    self.name = name
    self.summary = summary
    defaultRate = rate
    self.settings = settings
    self.reach = rate == .number(1) ? .model : reach
    self.curvature = curvature
    self.written = written
    self.build = build
  }

  /// Whether a rate that tries points makes sense: there must be one direction to try them along.
  public var takesSearches: Bool { if case .direction = build { true } else { false } }

  /// Whether it asks for the Hessian.
  public var needsHessian: Bool { written?.needsHessian ?? probe.usesHessian }
  /// The order of the highest derivative that it asks for.
  public var order: Int { written.map { $0.needsHessian ? 2 : 1 } ?? probe.order }

  /// A model after the method saw it.
  private var probe: LocalModel {
    let x = Graph().input(Input(.coordinate))
    let model = LocalModel(value: x.power(2), position: [x])
    let workspace = Workspace(model)
    let settings = Settings(
      numbers: ["beta": 0.5, "memory": 2, "damping": 1, "refresh": 1, "radius": 1],
      words: ["beta": "pr+"])
    switch build {
    case .direction(let build): _ = build(workspace, settings)
    case .step(let build): _ = build(workspace, settings, x.graph.constant(1))
    case .search(let build): _ = build(workspace, settings)
    }
    return model
  }

  /// Whether it is for sums of squares only.
  public var needsSquares: Bool { name == "gauss-newton" || name == "levenberg-marquardt" }

  /// Every direction, in the order of the guide.
  public static let all: [Direction] = [
    .gradient, .momentum, .nesterov, .adagrad, .rmsprop, .adam, .conjugateGradient, .newton,
    .diagonalNewton, .saddleFreeNewton, .regularizedNewton, .gaussNewton,
    .levenbergMarquardt, .trustRegion, .cubicNewton, .halley, .chebyshev, .bfgs, .lbfgs,
  ]
  /// The directions by name.
  public static let named = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })
}
