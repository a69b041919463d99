import CVectorMath
import Diagnostics
import Evaluation
import Expressions
import TestSupport
import Testing

@Suite struct RowSumTests {
  /// Rows that are no multiple of anything: the last vector is partly filled.
  private static let rowCount = 1003
  private static let table: DataTable = {
    var random = RandomNumbers(seed: 7)
    let x = (0..<rowCount).map { _ in Double.random(in: -2...2, using: &random) }
    let z = (0..<rowCount).map { _ in Double.random(in: -2...2, using: &random) }
    let y = zip(x, z).map { $0 - 0.5 * $1 > 0.3 ? 1.0 : 0.0 }
    return DataTable(name: "points", columns: ["x", "z", "y"], values: [x, z, y])
  }()

  private func function(_ formula: String, _ table: DataTable = table) throws -> (
    graph: Graph, f: Scalar, variables: [Scalar]
  ) {
    let graph = Graph()
    let variables = ["a", "b"].indices.map { graph.input(Input(.coordinate, $0)) }
    let f = try Formula(parsing: SourceText(formula)).elaborate(
      in: graph,
      values: ["a": .scalar(variables[0]), "b": .scalar(variables[1]), table.name: .table(table)])
    return (graph, f.result, variables)
  }

  private func values(
    _ formula: String, _ points: [[Double]], width: Int? = nil, tier: vm_tier = vm_best_tier(),
    _ table: DataTable = table
  ) throws -> [[Double]] {
    let (graph, f, variables) = try function(formula, table)
    let gradient = graph.gradient(of: f, variables)
    let along = graph.secondDerivative(of: f, variables, along: gradient)
    let outputs = [f] + gradient + graph.hessian(of: gradient, variables) + [along]
    let program = Program(computing: outputs, from: [Input(.coordinate, 0), Input(.coordinate, 1)])
    return Evaluator(program, width: width, tier: tier).evaluate(
      (0..<2).map { i in points.map { $0[i] } })
  }

  private let points = [[0.3, -0.7], [1, 2], [-1.5, 0.25], [0, 0], [3, -3]]

  /// A formula over the rows, and the same with every row typed out.
  @Test(arguments: [
    "sum(r in points: softplus(r.x*a + r.z*b) - r.y*(r.x*a + r.z*b))",
    "mean(r in points: (r.y - tanh(a*r.x + b))^2)",
    "log(sum(r in points: exp(a*r.x - b*r.z)))",
    "sum(r in points: max(a*r.x, b*r.z)) + sum(r in points: if(r.y == 1, a^2*r.x, b^2))",
    "mean(r in points: (a*r.x - mean(s in points: a*s.x))^2) + b^4",
    "sum(r in points: r[\"x\"]*r[2]*sin(a)*cos(b)) + sum(r in points: a*b) + count(points)*a",
    "sum(r in points: sin(a*b)*r.x) + sum(r in points: r.x)*a",
    "norm([sum(r in points: a*r.x), sum(r in points: b*r.z)])",
  ]) func isTheSumOfItsRows(formula: String) throws {
    let small = DataTable(
      name: "points", columns: RowSumTests.table.columns,
      values: (0..<3).map { Array(RowSumTests.table.column($0).prefix(13)) })
    var typedOut = formula
    for row in ["r", "s"] {
      for kind in ["sum", "mean"] {
        typedOut = typedOut.replacing("\(kind)(\(row) in points:", with: "\(kind)(\(row) in 1..13:")
      }
      for (number, column) in small.columns.enumerated() {
        let list = "[\(small.column(number).map { "\($0)" }.joined(separator: ", "))]"
        for spelling in ["\(row).\(column)", "\(row)[\"\(column)\"]", "\(row)[\(number + 1)]"] {
          typedOut = typedOut.replacing(spelling, with: "\(list)[\(row)]")
        }
      }
    }
    typedOut = typedOut.replacing("count(points)", with: "13")
    let expected = try values(typedOut, points, small)
    for (found, wanted) in zip(try values(formula, points, small), expected) {
      for (value, truth) in zip(found, wanted) {
        #expect(abs(value - truth) <= 1e-12 * max(1, abs(truth)), "\(formula)")
      }
    }
  }

  @Test func aLogisticLossHasItsKnownDerivatives() throws {
    let table = RowSumTests.table
    let found = try values(
      "sum(r in points: softplus(r.x*a + r.z*b) - r.y*(r.x*a + r.z*b))", points)
    for (number, point) in points.enumerated() {
      var truth = [Double](repeating: 0, count: 6)
      for row in 0..<table.rowCount {
        let (x, z, y) = (table.column(0)[row], table.column(1)[row], table.column(2)[row])
        let t = x * point[0] + z * point[1]
        let p = 1 / (1 + exponential(-t))
        truth[0] += max(t, 0) + logarithmOfOnePlus(exponential(-abs(t))) - y * t
        truth[1] += (p - y) * x
        truth[2] += (p - y) * z
        truth[3] += p * (1 - p) * x * x
        truth[4] += p * (1 - p) * x * z
        truth[5] += p * (1 - p) * z * z
      }
      for (output, wanted) in truth.enumerated() {
        #expect(abs(found[output][number] - wanted) <= 1e-12 * abs(wanted) + 1e-12)
      }
    }
  }

  @Test func bitsDoNotDependOnWidthTierOrCompany() throws {
    let formula =
      "mean(r in points: (r.y - tanh(a*r.x + b*r.z))^2) + log(sum(r in points: exp(a*r.x)))"
    let wide = bits(try values(formula, points))
    for width in [8, 64, 512] {
      #expect(bits(try values(formula, points, width: width)) == wide)
    }
    for tier in [VM_SCALAR, VM_AVX2, VM_AVX512, VM_NEON] where vm_tier_available(tier) {
      #expect(bits(try values(formula, points, tier: tier)) == wide)
    }
    for (number, point) in points.enumerated() {
      #expect(bits(try values(formula, [point])) == wide.map { [$0[number]] })
    }
    let (graph, f, variables) = try function(formula)
    let gradient = graph.gradient(of: f, variables)
    let alone = Evaluator(
      Program(computing: [gradient[1]], from: [Input(.coordinate, 0), Input(.coordinate, 1)])
    ).evaluate((0..<2).map { i in points.map { $0[i] } })
    #expect(bits(alone)[0] == wide[2])
  }

  @Test func aSumIsEightStridedOnesJoinedByATree() throws {
    let column = RowSumTests.table.column(0)
    var partial = [Double](repeating: 0, count: 8)
    for row in column.indices { partial[row % 8] += column[row] }
    let p = partial
    let sum = ((p[0] + p[1]) + (p[2] + p[3])) + ((p[4] + p[5]) + (p[6] + p[7]))
    #expect(try values("sum(r in points: r.x)", [[0, 0]])[0][0] == sum)
  }

  @Test func sumsOverTheSameRowsAreOnePass() throws {
    let (graph, f, variables) = try function(
      "sum(r in points: softplus(r.x*a + r.z*b) - r.y*r.x*a)")
    let outputs = [f] + graph.gradient(of: f, variables)
    let program = Program(
      computing: outputs, from: [Input(.coordinate, 0), Input(.coordinate, 1)])
    #expect(program.instructionCount == 1)
  }

  private func exponential(_ x: Double) -> Double { evaluateExponential(x) }
  private func logarithmOfOnePlus(_ x: Double) -> Double { evaluateLogarithm(1 + x) }
}
