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
  /// The options of methods that were given as lists: each is a column of the tables, in this order.
  public var optionColumns: [String] = []
  /// When a run ends.
  public var stop = StopRules()
  /// Which rows of which runs are kept.
  public var trace = TraceRules()
  /// The figures over all functions.
  public var plots: [PlotSpec] = []
  /// What runs must come to, in the order of the spec.
  public var expectations: [Expectation] = []
}

/// A function, its window, where its runs start, and its figures.
public struct FunctionSpec: Sendable {
  /// The name that results are filed under.
  public let name: String
  /// The variables as they were declared.
  public let declarations: [Variable]
  /// The names of the coordinates, in their order: `x`, `w[1]`, `A[1,2]`.
  public let variables: [String]
  /// Numbers that formulas know by name: the n of a family in n dimensions.
  public let parameters: [String: Double]
  /// The local names, each usable in those after it.
  public let locals: [(name: String, formula: Formula)]
  /// The formula.
  public let formula: Formula
  /// The tables that formulas may sum over.
  public let tables: [DataTable]
  /// The window of each coordinate.
  public var domain: [ClosedRange<Double>] = []
  /// Known minimisers.
  public var minima: [[Double]] = []
  /// A known bound on the largest eigenvalue of the Hessian in the domain.
  public var lipschitz: Double?
  /// The starts in the order of the plan: points, grids, random points.
  public var starts = Starts()
  /// How its critical points are searched for; nil where nobody asks for them.
  public var criticalPoints: CriticalPointRules?
  /// The figures.
  public var plots: [PlotSpec] = []

  /// Creates a function without window, minima, starts and figures.
  public init(
    name: String, variables: [Variable], parameters: [String: Double] = [:],
    locals: [(name: String, formula: Formula)] = [], formula: Formula, tables: [DataTable] = []
  ) {
    self.name = name
    declarations = variables
    self.parameters = parameters
    self.variables = variables.flatMap(\.coordinates)
    self.locals = locals
    self.formula = formula
    self.tables = tables
  }

  /// The number of coordinates.
  public var dimension: Int { variables.count }

  /// All that its formulas know by name.
  var names: Set<String> {
    Set(declarations.map(\.name)).union(parameters.keys).union(locals.map(\.name))
      .union(tables.map(\.name))
  }

  /// The greatest dimension in which Hessians are calculated with.
  public static let greatestHessian = 512

  /// Builds the function in a new graph.
  ///
  /// - Parameters:
  ///   - keepsParts: whether to list every sub-formula.
  ///   - limits: bounds the graph's size; without bounds for a function that was parsed.
  ///   - budget: the steps that it may take; nil allows what `limits` do.
  /// - Returns: the model at a point whose coordinates are inputs, and what each formula became.
  public func model(keepsParts: Bool = false, limits: Limits = .none, budget: Budget? = nil) throws
    -> (model: LocalModel, elaborations: [Elaboration])
  {
    let graph = Graph(limit: limits[.operations])
    let position = variables.indices.map { graph.input(Input(.coordinate, $0)) }
    var names = parameters.mapValues { Value.scalar(graph.constant($0)) }
    for table in tables { names[table.name] = .table(table) }
    var first = 0
    for variable in declarations {
      names[variable.name] = variable.value(Array(position[first..<first + variable.count]))
      first += variable.count
    }
    var elaborations: [Elaboration] = []
    for local in locals {
      let elaboration = try local.formula.elaborate(
        in: graph, values: names, isNumber: false, keepsParts: keepsParts, limits: limits,
        budget: budget)
      names[local.name] = elaboration.value
      elaborations.append(elaboration)
    }
    elaborations.append(
      try formula.elaborate(
        in: graph, values: names, keepsParts: keepsParts, limits: limits, budget: budget))
    let value = elaborations[elaborations.count - 1].result
    return (LocalModel(value: value, position: position, names: names), elaborations)
  }
}

/// A variable of a function: a number, a vector or a matrix.
public struct Variable: Sendable, Equatable {
  /// Its shape.
  public enum Shape: Sendable, Equatable {
    case scalar
    case vector(Int)
    case matrix(rows: Int, columns: Int)
  }

  /// The name, as it is typed in formulas.
  public let name: String
  /// Its shape.
  public let shape: Shape

  /// Creates a variable.
  public init(_ name: String, _ shape: Shape = .scalar) {
    self.name = name
    self.shape = shape
  }

  /// The number of coordinates.
  public var count: Int {
    switch shape {
    case .scalar: 1
    case .vector(let count): count
    case .matrix(let rows, let columns): rows * columns
    }
  }

  /// The names of its coordinates, row by row: `x`, `w[1]`, `A[1,2]`.
  public var coordinates: [String] {
    switch shape {
    case .scalar: [name]
    case .vector(let count): (1...count).map { "\(name)[\($0)]" }
    case .matrix(let rows, let columns):
      (1...rows).flatMap { row in (1...columns).map { "\(name)[\(row),\($0)]" } }
    }
  }

  /// As it was declared: `x`, `w[10]`, `A[5,2]`.
  public var declaration: String {
    switch shape {
    case .scalar: name
    case .vector(let count): "\(name)[\(count)]"
    case .matrix(let rows, let columns): "\(name)[\(rows),\(columns)]"
    }
  }

  fileprivate func value(_ position: Vector) -> Value {
    switch shape {
    case .scalar: .scalar(position[0])
    case .vector: .vector(position)
    case .matrix(let rows, let columns):
      .matrix(Matrix(rows: rows, columns: columns, entries: position))
    }
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
  /// The values of its options.
  public let settings: Settings
  /// The values of all its options by name, as tables show them.
  public let options: [String: String]
  /// What it takes for derivatives; nil for the exact ones.
  public let differences: Differences?
  /// How far, at least one.
  public let rates: [RateChoice]

  /// Creates a method.
  public init(
    label: String, direction: Direction, settings: Settings = Settings(),
    options: [String: String] = [:], differences: Differences? = nil, rates: [RateChoice]
  ) {
    self.label = label
    self.direction = direction
    self.settings = settings
    self.options = options
    self.differences = differences
    self.rates = rates
  }
}

extension RateChoice {
  /// As it stands in results: a number, the rule, or nothing.
  public var text: String {
    switch self {
    case .number(let value): formatNumber(value)
    case .rule(_, _, let text): text
    case .own: ""
    }
  }

  /// The number; NaN of a rule, which finds its own.
  public var number: Double { if case .number(let value) = self { value } else { .nan } }
}
