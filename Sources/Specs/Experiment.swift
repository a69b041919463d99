import Diagnostics
import Expressions
import Methods

/// What a spec asks for: functions × methods × rates × starts, and the figures of them.
public struct Experiment: Sendable {
  /// Shown on figures.
  public var title: String?
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
  /// The starts in the order of the plan: points, then grids.
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
  /// p1, g2-3, or the user's own name.
  public let label: String
  /// The coordinates.
  public let position: [Double]
  /// Whether a `start` line named it, rather than a grid.
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
