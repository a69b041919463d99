import Diagnostics
import Methods

// The figures whose axes are not the coordinates of a function: charts of its runs, and of all runs.

extension PlotKind {
  /// What a figure's axes are.
  public enum Space: Sendable {
    /// Two coordinates of a function.
    case plane
    /// One coordinate of a function.
    case line
    /// What the runs of one function were like.
    case runs
    /// What the runs of all functions were like.
    case experiment

    /// How many coordinates of a function are axes; nil of charts.
    public var coordinates: Int? {
      switch self {
      case .plane: 2
      case .line: 1
      case .runs, .experiment: nil
      }
    }
  }

  /// What its axes are.
  public var space: Space {
    switch self {
    case .convergence, .sweep, .lines, .bound: .runs
    case .profile: .experiment
    case .curve: .line
    default: .plane
    }
  }

  static let ofCharts = [
    OptionDefinition("methods", .methods, "methods that are shown; all, where none is named"),
    OptionDefinition("as", .label, "name of the figure"),
  ]

  static let ofConvergence =
    [
      OptionDefinition(
        "of", .choice(["f", "gradient", "distance"]), default: "f",
        "f - f*, the norm of the gradient, or the distance to the nearest known minimum"),
      OptionDefinition(
        "starts", .choice(["all", "points"]), default: "all",
        "runs from all starts, or from the named ones only"),
      OptionDefinition(
        "xscale", .choice(["linear", "log"]), default: "linear", "scale of the iterations"),
    ] + ofCharts

  static let ofLines =
    [
      OptionDefinition("x", .column, "the column to the right"),
      OptionDefinition("y", .column, "the column upwards"),
      OptionDefinition(
        "from", .choice(["runs", "traces", "summary"]), default: "runs", "whose columns they are"),
      OptionDefinition(
        "by", .choice(["rate", "method", "start", "function"]), default: "rate",
        "what has a colour of its own: each rate of each method, or each method, start or function"),
      OptionDefinition(
        "xscale", .choice(["auto", "linear", "log"]), default: "auto", "scale to the right"),
      OptionDefinition(
        "yscale", .choice(["auto", "linear", "log"]), default: "auto", "scale upwards"),
    ] + ofCharts

  static let ofProfiles =
    [
      OptionDefinition(
        "by", .choice(["iterations", "evaluations", "operations"]), default: "evaluations",
        "what a solution costs")
    ] + ofCharts
}

extension PlotSpec {
  /// What its axes are: those of its kind, but the summary is one of all functions.
  public var space: PlotKind.Space {
    kind == .lines && options.word("from") == "summary" ? .experiment : kind.space
  }

  /// The methods that a chart shows: those of `methods=`, else all.
  public func methods(among all: [MethodSpec]) -> [MethodSpec] {
    let labels = options.words("methods")
    return labels.isEmpty ? all : all.filter { labels.contains($0.label) }
  }

  /// Why a function cannot have the figure; nil where it can.
  public func obstacle(of function: FunctionSpec, _ methods: [MethodSpec]) -> String? {
    let shown = self.methods(among: methods)
    switch kind {
    case _ where kind.space == .plane:
      return axes(of: function) == nil ? "it needs two variables, or the names of two" : nil
    case .curve:
      return axes(of: function) == nil ? "it needs one variable, or the name of one" : nil
    case .sweep:
      return shown.contains { $0.numericRates.count > 1 }
        ? nil
        : "it needs a method with several rates, such as: method gradient rate=[1e-3 .. 1 log 20]"
    case .bound:
      guard shown.contains(where: \.isBoundedDescent) else {
        return
          "it needs gradient descent with a fixed rate, such as: method gradient rate=lipschitz"
      }
      return function.lipschitz == nil && function.dimension > FunctionSpec.greatestHessian
        ? "it needs the line 'lipschitz L' below a function of more than "
          + "\(FunctionSpec.greatestHessian) variables" : nil
    default: return nil
    }
  }
}

extension MethodSpec {
  /// The rates that are numbers above zero, which a logarithmic axis can show.
  public var numericRates: [Double] { rates.map(\.number).filter { $0 > 0 } }

  /// Whether theory bounds its gradients for rates up to 1/L: plain gradient descent with a rate that stays.
  public var isBoundedDescent: Bool {
    direction.name == Direction.gradient.name && rates.contains(where: \.isConstant)
  }
}

extension RateChoice {
  /// Whether every step has the same rate: a number, or `lipschitz`.
  public var isConstant: Bool {
    switch self {
    case .number: true
    case .rule(let rule, _, _): rule.name == "lipschitz"
    case .own: false
    }
  }
}
