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
