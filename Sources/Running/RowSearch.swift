import Evaluation
import Expressions

/// The first row of a table for which a sum has nothing to add.
struct RowSearch {
  /// A row with what went into its summand.
  struct Row {
    /// Its number, from 1.
    let number: Int
    /// The numbers in the columns that the summand rests on, by the columns' names.
    let values: [(column: String, value: Double)]
  }

  /// The rows looked at in one go.
  private static let stride = 1024

  private let summand: Summand
  private let program: Program

  /// Prepares the search in the sum that a node is made of; nil if it is of none.
  ///
  /// - Parameters:
  ///   - order: the order of the derivative along a direction that is looked for, 0 for the value.
  ///   - variables: the coordinates.
  ///   - direction: the direction, inputs as well.
  init?(in node: Scalar, order: Int, _ variables: [Scalar], along direction: [Scalar]) {
    let graph = node.graph
    guard let summand = graph.summand(in: node, input: { graph.input(Input(.kept, $0)) }) else {
      return nil
    }
    self.summand = summand
    var value = summand.value
    for _ in 0..<order { value = graph.tangents(of: [value], variables, along: direction)[0] }
    program = Program(
      computing: [value],
      from: variables.indices.map { Input(.coordinate, $0) }
        + direction.indices.map { Input(.direction, $0) }
        + summand.columns.map { Input(.kept, $0.number) })
  }

  /// The first row whose summand lacks a value.
  ///
  /// - Parameter inputs: the coordinates and the components of the direction.
  func first(at inputs: [Double], isMissing: (Double) -> Bool) -> Row? {
    let table = summand.table
    let evaluator = Evaluator(program)
    for start in Swift.stride(from: 0, to: table.rowCount, by: RowSearch.stride) {
      let rows = start..<min(start + RowSearch.stride, table.rowCount)
      let columns = summand.columns.map { Array(table.column($0.number)[rows]) }
      let found = evaluator.evaluate(
        inputs.map { [Double](repeating: $0, count: rows.count) } + columns)[0]
      guard let place = found.firstIndex(where: isMissing) else { continue }
      return Row(
        number: start + place + 1,
        values: zip(summand.columns, columns).map { (table.columns[$0.number], $1[place]) })
    }
    return nil
  }
}
