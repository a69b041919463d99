import CVectorMath
import Evaluation
import Expressions

/// A symmetric matrix and numbers beside it, in a graph, to ask for what is computed of them.
struct MatrixProblem {
  let size: Int
  /// The upper triangle, row by row.
  let upper: [Double]
  /// What stands beside it: a vector, a bound.
  let beside: [Double]

  init(size: Int, upper: [Double], beside: [Double] = []) {
    self.size = size
    self.upper = upper
    self.beside = beside
  }

  /// The matrix of a function of row and column.
  init(size: Int, beside: [Double] = [], entry: (Int, Int) -> Double) {
    self.size = size
    upper = (0..<size).flatMap { i in (i..<size).map { entry(i, $0) } }
    self.beside = beside
  }

  /// The values of what `build` makes of the matrix and the numbers beside it.
  func values(_ build: (SymmetricMatrix, Vector) -> [Scalar]) -> [Double] {
    MatrixProblem.values([self], build).map { $0[0] }
  }

  /// The same for many problems of one size: for each value, one number per problem.
  static func values(
    _ problems: [MatrixProblem], width: Int? = nil, tier: vm_tier = vm_best_tier(),
    _ build: (SymmetricMatrix, Vector) -> [Scalar]
  ) -> [[Double]] {
    guard let first = problems.first else { return [] }
    let graph = Graph()
    let inputs = (0..<first.upper.count + first.beside.count).map { Input(.coordinate, $0) }
    let scalars = inputs.map(graph.input)
    let matrix = SymmetricMatrix(
      size: first.size, upper: Array(scalars.prefix(first.upper.count)))
    let program = Program(
      computing: build(matrix, Array(scalars.dropFirst(first.upper.count))), from: inputs)
    let columns = inputs.indices.map { i in problems.map { ($0.upper + $0.beside)[i] } }
    return Evaluator(program, width: width, tier: tier).evaluate(columns)
  }

  /// A·v.
  func product(_ v: [Double]) -> [Double] {
    (0..<size).map { i in
      (0..<size).reduce(0) { sum, j in
        let (row, column) = (min(i, j), max(i, j))
        return sum + upper[row * size - row * (row + 1) / 2 + column] * v[j]
      }
    }
  }
}

/// ‖v‖.
func length(_ v: [Double]) -> Double { v.reduce(0) { $0 + $1 * $1 }.squareRoot() }
