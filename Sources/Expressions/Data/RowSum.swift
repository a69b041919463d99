/// Sums over the rows of a table: never unrolled, whatever the number of rows.
///
/// A node that rests on a column has one value for every row. `rowSum` gives one number of it again: 8
/// partial sums, the j-th over the rows j, j + 8, j + 16, …, joined as ((0 + 1) + (2 + 3)) + ((4 + 5) + (6 +
/// 7)), the same on every machine and for any number of lanes.
extension Operation {
  static let rowSum = Operation("sum over rows", .rowSum, derivative: .rowSum)
}

extension Scalar {
  /// Whether the node has one value for every row of a table.
  public var isOfRows: Bool { graph.nodes[index].table >= 0 }

  /// Σ u over the rows of a table; N·u where u is the same in all of them.
  func summed(over table: DataTable) -> Scalar {
    isOfRows ? summed() : Double(table.rowCount) * self
  }

  /// Σ u over the rows that u has values for.
  ///
  /// - Precondition: it has.
  func summed() -> Scalar {
    let table = graph.nodes[index].table
    precondition(table >= 0)
    return graph.node(.rowSum, [self], parameter: Int(table))
  }
}

extension Graph {
  func isRowSum(_ node: Int) -> Bool {
    if case .operation(let operation, _) = nodes[node].content {
      operation === Operation.rowSum
    } else {
      false
    }
  }

  /// The table of a sum over rows.
  func table(ofSum node: Int) -> DataTable { tables[Scalar(self, node).parameter] }
}

/// What a sum adds up, for one row at a time.
public struct Summand {
  /// The value for a row, a function of inputs in place of the columns.
  public let value: Scalar
  /// The table.
  public let table: DataTable
  /// The columns that it rests on, each with its input.
  public let columns: [(number: Int, input: Scalar)]
}

extension Graph {
  /// What the first sum over rows in a node adds up; nil if there is none.
  ///
  /// - Parameter input: the input that takes a column's place, by the column's number.
  public func summand(in node: Scalar, input: (Int) -> Scalar) -> Summand? {
    guard let sum = postorder(from: [node.index], prunes: isRowSum).first(where: isRowSum) else {
      return nil
    }
    let body = arguments(of: sum)[0]
    var columns: [(number: Int, input: Scalar)] = []
    var replacements: [Scalar: Scalar] = [:]
    for index in postorder(from: [body.index]) {
      guard case .column(_, let number) = nodes[index].content else { continue }
      columns.append((number, input(number)))
      replacements[Scalar(self, index)] = input(number)
    }
    return Summand(
      value: substitute(replacements, in: body), table: table(ofSum: sum),
      columns: columns.sorted { $0.number < $1.number })
  }
}
