import Diagnostics
import Expressions
import Running
import Specs
import Tables

/// A whole spec: parsed, planned, and sometimes differentiated and compiled for every method.
enum SpecCheck {
  /// Bounds that keep each input cheap.
  private static let limits = {
    var limits = Limits()
    limits[.fileBytes] = 100_000
    limits[.nesting] = 100
    limits[.formula] = 10_000
    limits[.operations] = 5000
    limits[.work] = 100_000
    limits[.variables] = 200
    limits[.runs] = 10_000
    return limits
  }()

  static func run(_ bytes: ArraySlice<UInt8>, choice: UInt8) -> Bool {
    let text = String(decoding: bytes, as: UTF8.self)
    let first = outcome(of: text)
    if choice % 4 == 1 {
      let second = outcome(of: text)
      Checks.expect(first.printed == second.printed, "two readings differ: \(first.printed)")
      _ = Experiment.hash(of: text)
    }
    guard let plan = first.plan else { return false }
    check(plan)
    // Compiling costs a hundred times as much as parsing.
    if choice % 16 == 0, plan.experiment.methods.count * plan.functions.count < 8,
      plan.functions.allSatisfy({ $0.function.dimension < 8 })
    {
      do { _ = try Runner(plan) } catch { fatalError("a good spec cannot run: \(error)") }
    }
    return true
  }

  /// The plan of a spec, or nil, and what is printed.
  private static func outcome(of text: String) -> (plan: Plan?, printed: String) {
    do {
      let (experiment, warnings) = try Experiment.parse(text, limits: limits, table: table)
      Checks.expect(!experiment.functions.isEmpty, "no error and no function")
      Checks.expect(!experiment.methods.isEmpty, "no error and no method")
      let printed = warnings.all.isEmpty ? "" : Checks.rendered(warnings, of: text)
      return (try Plan(experiment, limits: limits), printed)
    } catch let errors as Diagnostics {
      return (nil, Checks.rendered(errors, of: text))
    } catch {
      fatalError("no diagnostics: \(error)")
    }
  }

  /// Any file holds the same table, but for some that cannot be read.
  private static func table(_ name: String, _ path: String) throws -> DataTable {
    if path.hasPrefix("no") { throw TableProblem.missing(path, suggestion: "") }
    var reader = TableReader(path: path)
    if path.hasPrefix("bad") { try reader.read(Array("x,y\n1,\n".utf8)) }
    try reader.read(Array("x,y,a name\n1,2,3\n4,5,6\n".utf8))
    return try reader.finish(name: name)
  }

  private static func check(_ plan: Plan) {
    for function in plan.functions.map(\.function) {
      let n = function.dimension
      Checks.expect(n > 0 && n <= limits[.variables], "\(n) variables")
      Checks.expect(function.domain.count == n, "\(function.domain.count) ranges for \(n)")
      Checks.expect(function.minima.allSatisfy { $0.count == n }, "a minimum of another dimension")
      Checks.expect(!function.starts.isEmpty, "no error and no start")
      for start in function.starts.prefix(3) + function.starts.suffix(3) {
        Checks.expect(start.position.count == n, "a start of another dimension")
        Checks.expect(start.position.allSatisfy(\.isFinite), "\(start.label) is not finite")
        Checks.expect(!start.label.isEmpty, "a start without a label")
      }
      for plot in function.plots { _ = plot.obstacle(of: function, plan.experiment.methods) }
    }
    for method in plan.experiment.methods {
      Checks.expect(!method.rates.isEmpty, "\(method.label) has no rate")
      Checks.expect(
        method.rates.allSatisfy { rate in
          if case .number(let value) = rate { value.isFinite } else { true }
        }, "\(method.label) has a rate that is none")
    }
    Checks.expect(plan.runCount > 0 && plan.runCount <= limits[.runs], "\(plan.runCount) runs")
    Checks.expect(plan.stepLimit >= 0 && plan.traceRowLimit >= 0, "less than nothing")
  }
}
