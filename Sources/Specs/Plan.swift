import Diagnostics
import Expressions

/// The runs of one function in the order of its results: methods, rates, starts.
public struct FunctionPlan: Sendable {
  /// The function.
  public let function: FunctionSpec
  /// The methods.
  public let methods: [MethodSpec]
  /// The options that are columns of its tables.
  public let optionColumns: [String]

  /// The number of pairs of a method and a rate.
  public var laneGroupCount: Int { methods.reduce(0) { $0 + $1.rates.count } }
  /// The number of runs.
  public var runCount: Int { laneGroupCount * function.starts.count }
}

/// What will be run, known before anything runs.
public struct Plan: Sendable {
  /// The experiment.
  public let experiment: Experiment
  /// Its functions with their runs.
  public let functions: [FunctionPlan]

  /// Plans an experiment.
  ///
  /// - Throws: `Diagnostics` where the runs or the trace rows pass a limit.
  public init(_ experiment: Experiment, limits: Limits = Limits()) throws {
    self.experiment = experiment
    functions = experiment.functions.map {
      FunctionPlan(
        function: $0, methods: experiment.methods, optionColumns: experiment.optionColumns)
    }
    let runs = functions.reduce(0.0) {
      $0 + Double($1.laneGroupCount) * Double($1.function.starts.count)
    }
    guard runs <= Double(limits[.runs]) else {
      throw Diagnostics([
        Diagnostic(
          LimitProblem(
            "the spec has \(formatNumber(runs)) runs", name: .runs, limit: limits[.runs]),
          at: nil)
      ])
    }
    let rows = traceRowLimit
    guard rows <= Double(limits[.traceRows]) || experiment.trace.isExplicit else {
      throw Diagnostics([
        Diagnostic(
          SpecProblem.tooManyTraceRows(rows: Int(min(rows, 1e18)), limit: limits[.traceRows]),
          at: nil)
      ])
    }
  }

  /// The number of runs.
  public var runCount: Int { functions.reduce(0) { $0 + $1.runCount } }

  /// The most steps that all runs together can take.
  public var stepLimit: Double { Double(runCount) * iterationLimit }

  /// The most rows that all traces together can have.
  public var traceRowLimit: Double { functions.reduce(0) { $0 + traceRowLimit(of: $1) } }

  /// The most rows that the traces of one function can have.
  public func traceRowLimit(of function: FunctionPlan) -> Double {
    let traced = experiment.tracedCount(function.function.starts)
    let rows = experiment.trace.every.map { iterationLimit / Double($0) + 1 } ?? 2
    return Double(function.laneGroupCount) * Double(traced) * rows
  }

  private var iterationLimit: Double {
    Double(experiment.stop.iterations ?? experiment.stop.evaluations ?? 0)
  }
}

extension Experiment {
  /// How many of the starts leave a trace.
  public func tracedCount(_ starts: Starts) -> Int {
    trace.isOn ? (trace.allStarts ? starts.count : starts.points.count) : 0
  }

  /// Whether the runs from a start leave a trace.
  public func traces(_ start: Start) -> Bool {
    trace.isOn && (start.isPoint || trace.allStarts)
  }

  /// Whether the runs from the start of a number leave a trace.
  public func traces(_ place: Int, of starts: Starts) -> Bool {
    trace.isOn && (trace.allStarts || starts.isPoint(place))
  }
}
