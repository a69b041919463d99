import Diagnostics
import Specs

typealias Mistake = SpecProblemTests.Mistake

/// A good spec of a function of x and y; further lines may follow.
let base = """
  function f(x, y) = x^2 + y^2
  method newton
  start (1, 1)

  """

/// The experiment of a spec that is good.
func experiment(_ spec: String) throws -> Experiment {
  try Experiment.parse(spec).experiment
}

/// What is printed for a spec: its errors, else its warnings; empty if there are none.
func printed(
  _ spec: String, limits: Limits = Limits(),
  table: TableSource = { _, _ in throw SpecProblem.noTables }
) -> String {
  do {
    let (experiment, warnings) = try Experiment.parse(spec, limits: limits, table: table)
    _ = try Plan(experiment, limits: limits)
    return warnings.rendered(path: "bad.txt", text: spec)
  } catch let errors as Diagnostics {
    return errors.rendered(path: "bad.txt", text: spec)
  } catch {
    return "no diagnostic: \(error)"
  }
}
