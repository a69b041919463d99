/// One c·u² of a sum of squares; over the rows of a table where u has a value for each of them.
public struct Square {
  /// c > 0.
  public let weight: Double
  /// u.
  public let residual: Scalar
}

extension Graph {
  /// The squares that f is a sum of, read as it was typed: `+` of c·u² with c > 0, quotients by c, even
  /// powers, norm(…)^2, and `sum` or `mean` of such over rows.
  ///
  /// - Returns: nil where f is no such sum.
  public func squares(in f: Scalar) -> [Square]? {
    var squares: [Square] = []
    var stack: [(node: Scalar, weight: Double)] = [(f, 1)]
    while let (node, weight) = stack.popLast() {
      guard case .operation(let operation, let parameter) = nodes[node.index].content else {
        if node.constantValue == 0 { continue }
        return nil
      }
      let inputs = arguments(of: node.index)
      if operation === Operation.add {
        stack += inputs.reversed().map { ($0, weight) }
      } else if operation === Operation.multiply, inputs[0] == inputs[1] {
        squares.append(Square(weight: weight, residual: inputs[0]))
      } else if operation === Operation.multiply,
        let factor = inputs.compactMap(\.constantValue).first, factor > 0,
        let rest = inputs.first(where: { $0.constantValue == nil })
      {
        stack.append((rest, weight * factor))
      } else if operation === Operation.divide, let divisor = inputs[1].constantValue, divisor > 0 {
        stack.append((inputs[0], weight / divisor))
      } else if operation === Operation.integerPower, parameter > 0, parameter % 2 == 0 {
        squares.append(Square(weight: weight, residual: inputs[0].power(parameter / 2)))
      } else if operation === Operation.squaredNorm {
        squares += inputs.map { Square(weight: weight, residual: $0) }
      } else if operation === Operation.rowSum {
        stack.append((inputs[0], weight))
      } else {
        return nil
      }
    }
    return squares
  }

  /// The Hessian of a sum of squares without the second derivatives of the residuals: Σ 2c∇u∇uᵀ.
  ///
  /// First derivatives give it. Upper triangle row by row.
  ///
  /// - Complexity: n² for each square.
  public func gaussNewton(of squares: [Square], _ variables: [Scalar]) -> [Scalar] {
    let n = variables.count
    var upper = [Scalar](repeating: constant(0), count: n * (n + 1) / 2)
    for square in squares {
      let slope = gradient(of: square.residual, variables)
      var place = 0
      for i in 0..<n {
        for j in i..<n {
          let product = 2 * square.weight * (slope[i] * slope[j])
          let isOfRows = square.residual.isOfRows
          upper[place] =
            upper[place]
            + (isOfRows && !product.isZero
              ? product.summed(over: tables[Int(nodes[square.residual.index].table)]) : product)
          place += 1
        }
      }
    }
    return upper
  }
}
