import Diagnostics
import Expressions
import Methods

/// What a spec asks for: functions × methods × rates × starts, and the figures of them.
public struct Experiment: Sendable {
  /// Shown on figures.
  public var title: String?
  /// The tables that formulas sum over, in the order of the spec.
  public var tables: [DataTable] = []
  /// The functions, in the order of the spec.
  public var functions: [FunctionSpec] = []
  /// The methods, in the order of the spec.
  public var methods: [MethodSpec] = []
  /// When a run ends.
  public var stop = StopRules()
  /// Which rows of which runs are kept.
  public var trace = TraceRules()
}

/// A function, its window, where its runs start, and its figures.
public struct FunctionSpec: Sendable {
  /// The name that results are filed under.
  public let name: String
  /// The variables in the order of the coordinates.
  public let variables: [String]
  /// The local names, each usable in those after it.
  public let locals: [(name: String, formula: Formula)]
  /// The formula.
  public let formula: Formula
  /// The window of each coordinate.
  public let domain: [ClosedRange<Double>]
  /// Known minimisers.
  public let minima: [[Double]]
  /// The starts in the order of the plan: points, then grids, then random ones.
  public var starts = Starts()
  /// The figures.
  public var plots: [PlotSpec] = []

  /// Builds the function in a new graph.
  ///
  /// - Parameter limits: bounds the graph's size; without bounds for a function that was parsed.
  /// - Returns: the model at a point whose coordinates are inputs, and every formula's nodes.
  public func model(limits: Limits = .none) throws
    -> (model: LocalModel, elaborations: [Elaboration])
  {
    let graph = Graph()
    let position = variables.indices.map { graph.input(Input(.coordinate, $0)) }
    var names = Dictionary(uniqueKeysWithValues: zip(variables, position))
    var elaborations: [Elaboration] = []
    for local in locals {
      let elaboration = try local.formula.elaborate(in: graph, names: names, limits: limits)
      names[local.name] = elaboration.result
      elaborations.append(elaboration)
    }
    elaborations.append(try formula.elaborate(in: graph, names: names, limits: limits))
    let value = elaborations[elaborations.count - 1].result
    return (LocalModel(value: value, position: position), elaborations)
  }
}

/// A point from which every method runs once with every rate.
public struct Start: Sendable, Hashable {
  /// p1, g2-3, r4, or the user's own name.
  public let label: String
  /// The coordinates.
  public let position: [Double]
  /// Whether a `start` line named it, rather than a grid or chance.
  public let isPoint: Bool
}

/// A method with its rates.
public struct MethodSpec: Sendable {
  /// The name that results are filed under, unlike every other but for case.
  public let label: String
  /// Which way it goes.
  public let direction: Direction
  /// How far, at least one.
  public let rates: [Double]

  /// Creates a method.
  public init(label: String, direction: Direction, rates: [Double]) {
    self.label = label
    self.direction = direction
    self.rates = rates
  }
}

/// When a run ends.
///
/// Norms are Euclidean; nil is `off`.
public struct StopRules: Sendable, Equatable {
  /// The most iterations; nil only with a bound on evaluations.
  public var iterations: Int? = 1000
  /// Converged once ‖g‖ is not above it.
  public var gradient: Double? = 1e-8
  /// Stalled once a step is not longer.
  public var step: Double?
  /// Stalled once f changes by no more.
  public var decrease: Double?
  /// Diverged once ‖x − x₀‖ is above it.
  public var radius: Double? = 1e10
  /// The most evaluations of f, g and H together that the method may ask for.
  public var evaluations: Int?

  /// The defaults.
  public init() {}
}

/// Which rows of which runs are kept.
public struct TraceRules: Sendable, Equatable {
  /// Every so many iterations, and always the last; nil keeps the first and the last only.
  public var every: Int? = 1
  /// Whether runs from grids and random starts are traced too.
  public var allStarts = false
  /// Whether anything is traced.
  public var isOn = true
  /// Whether the spec says so, which lifts the limit on rows.
  public var isExplicit = false

  /// The default: every row of the named starts.
  public init() {}
}

/// A figure.
public struct PlotSpec: Sendable {
  /// contour, determinant, ….
  public let kind: PlotKind
  /// The file's name without its ending.
  public let name: String
  /// The window, for the coordinates it zooms; others keep the domain.
  public var window: [String: ClosedRange<Double>] = [:]
  /// The labels of the methods whose paths are drawn.
  public var paths: [String] = []
  /// The number of levels, or the levels.
  public var levels: [Double]?
  /// auto, linear, log; or unit, true, log.
  public var scale: String?
  /// Whether a contour picture is filled.
  public var isFilled = true
  /// Arrows across the window.
  public var count: Int?
  /// Where the spec asks for it.
  public let place: Place
}

/// The figures that can be asked for.
public enum PlotKind: String, CaseIterable, Sendable {
  /// Contours of f, with paths.
  case contour
  /// det H.
  case determinant
  /// The Newton steps.
  case newtonField = "newton-field"

  /// One line of help.
  public var summary: String {
    switch self {
    case .contour: "contours of f; paths=METHODS draws their way on it"
    case .determinant: "the determinant of the Hessian, its zero a strong line"
    case .newtonField: "the Newton steps as arrows"
    }
  }

  /// The options, each with its type and help.
  var options: [OptionDefinition] {
    switch self {
    case .contour:
      [
        OptionDefinition("paths", .words, "methods whose paths are drawn"),
        OptionDefinition("levels", .numbers, "how many levels, or a list of them"),
        OptionDefinition("scale", .choice(["auto", "linear", "log"]), "spacing of the levels"),
        OptionDefinition("fill", .choice(["yes", "no"]), "colour between the lines"),
        OptionDefinition("as", .label, "name of the figure"),
      ]
    case .determinant: [OptionDefinition("as", .label, "name of the figure")]
    case .newtonField:
      [
        OptionDefinition("count", .integer(2...200), "arrows across the window"),
        OptionDefinition(
          "scale", .choice(["unit", "true", "log"]), "what an arrow's length means"),
        OptionDefinition("as", .label, "name of the figure"),
      ]
    }
  }
}
