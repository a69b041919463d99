import CVectorMath
import Diagnostics
import Evaluation
import Expressions
import Methods

/// A formula of x, y, v[3], A[2,2] and the table t: parsed, built, differentiated twice, compiled,
/// evaluated.
enum FormulaCheck {
  private static let limits = {
    var limits = Limits()
    limits[.nesting] = 100
    limits[.formula] = 5000
    limits[.operations] = 3000
    limits[.work] = 30_000
    return limits
  }()
  private static let dimension = 9
  private static let inputs = (0..<dimension).map { Input(.coordinate, $0) }
  private static let table = DataTable(
    name: "t", columns: ["x", "y", "a name"],
    values: [[1, 2, 3, 4, 5], [2, 0.5, -1, 0, 1e3], [1, 0, 1, 0, 1]])
  private static let points: [[Double]] = [
    [0.5, -1.25, 1, 2, 3, 1, 0.5, 0.25, 2], [Double](repeating: 0, count: dimension),
    [1e300, -1e300, .leastNonzeroMagnitude, .infinity, .nan, -0.0, 1e17, -1, 1],
  ]

  static func run(_ bytes: ArraySlice<UInt8>, choice: UInt8) -> Bool {
    let text = String(decoding: bytes, as: UTF8.self).filter { !$0.isNewline }
    guard let formula = parsed(text) else { return false }
    for position in formula.nodes.indices {
      let range = formula.nodes[position].range
      Checks.expect(range.lowerBound < range.upperBound, "'\(formula.typed(position))' is empty")
      Checks.expect(range.upperBound <= formula.text.count, "a node behind the text")
    }
    _ = try? formula.constants(limits: limits)
    do {
      let isNumber = choice % 8 != 0
      let (graph, position, values) = graph()
      let elaboration = try formula.elaborate(
        in: graph, values: values, isNumber: isNumber, keepsParts: choice % 4 == 1, limits: limits)
      if isNumber { evaluate(elaboration.result, in: graph, position, at: Int(choice / 8)) }
      return true
    } catch let errors as Diagnostics {
      let printed = Checks.rendered(errors, of: text)
      Checks.expect(
        printed == secondErrors(of: formula, text, choice), "two readings differ: \(printed)")
      return false
    } catch {
      fatalError("no diagnostics: \(error)")
    }
  }

  private static func parsed(_ text: String) -> Formula? {
    do {
      return try Formula(parsing: SourceText(text), limits: limits)
    } catch let error as Diagnostic {
      _ = Checks.rendered(Diagnostics([error]), of: text)
      return nil
    } catch {
      fatalError("no diagnostic: \(error)")
    }
  }

  private static func secondErrors(of formula: Formula, _ text: String, _ choice: UInt8) -> String {
    let (graph, _, values) = graph()
    do {
      _ = try formula.elaborate(
        in: graph, values: values, isNumber: choice % 8 != 0, limits: limits)
      return "none"
    } catch let errors as Diagnostics {
      return errors.rendered(path: "fuzz.txt", text: text)
    } catch {
      return "\(error)"
    }
  }

  private static func graph() -> (Graph, Vector, [String: Value]) {
    let graph = Graph(limit: limits[.operations])
    let position = inputs.map(graph.input)
    let values: [String: Value] = [
      "x": .scalar(position[0]), "y": .scalar(position[1]), "v": .vector(Array(position[2..<5])),
      "A": .matrix(Matrix(rows: 2, columns: 2, entries: Array(position[5..<9]))),
      "n": .scalar(graph.constant(3)), "t": .table(table),
    ]
    return (graph, position, values)
  }

  /// f has the same bits alone and beside its derivatives, in blocks of any width and on any tier.
  private static func evaluate(_ f: Scalar, in graph: Graph, _ position: Vector, at number: Int) {
    let point = points[number % points.count]
    let alone = values(of: [f], at: point)
    let model = LocalModel(value: f, position: position)
    var outputs = [f] + model.gradient
    outputs += model.hessian.upper
    outputs.append(model.gradientCurvature)
    guard !graph.isFull else { return }
    let wide = values(of: outputs, at: point)
    let narrow = values(of: outputs, at: point, width: 8, tier: VM_SCALAR)
    Checks.expect(bits(wide[0]) == bits(alone[0]), "f is \(alone[0]) alone, else \(wide[0])")
    Checks.expect(wide.map(bits) == narrow.map(bits), "\(wide) on one tier, \(narrow) on another")
    for node in [f] + model.gradient { readBack(node) }
  }

  /// What is written for reading is a formula again.
  private static func readBack(_ node: Scalar) {
    let names = ["x", "y"] + (1...3).map { "v[\($0)]" } + ["A[1,1]", "A[1,2]", "A[2,1]", "A[2,2]"]
    guard case .text(let text) = ReadableFormula(node, names: names) else { return }
    let (graph, _, values) = graph()
    do {
      _ = try Formula(parsing: SourceText(text)).elaborate(in: graph, values: values)
    } catch {
      Checks.expect(false, "'\(text)' is no formula: \(error)")
    }
  }

  private static func values(
    of outputs: [Scalar], at point: [Double], width: Int? = nil, tier: vm_tier = vm_best_tier()
  ) -> [Double] {
    Evaluator(Program(computing: outputs, from: inputs), width: width ?? 16, tier: tier)
      .evaluate(point.map { [$0] }).map { $0[0] }
  }

  private static func bits(_ value: Double) -> UInt64 {
    value.isNaN ? Double.nan.bitPattern : value.bitPattern
  }
}
