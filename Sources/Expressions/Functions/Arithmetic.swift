import CVectorMath

/// + − × ÷, powers, comparisons and choice: the operations with signs of their own.
extension Operation {
  static let add = Operation(
    "+", .kernel(VM_ADD), derivative: .partials { node, _ in [node.one, node.one] })
  static let subtract = Operation(
    "-", .kernel(VM_SUBTRACT), derivative: .partials { node, _ in [node.one, -node.one] })
  static let multiply = Operation(
    "*", .kernel(VM_MULTIPLY), isCommutative: true, derivative: .partials { _, u in [u[1], u[0]] })
  static let divide = Operation(
    "/", .kernel(VM_DIVIDE), derivative: .partials { node, u in [1 / u[1], -(node / u[1])] })
  static let negate = Operation(
    "negate", .kernel(VM_NEGATE), derivative: .partials { node, _ in [-node.one] })

  /// xᵏ for whole |k| ≤ 8, by squaring from the exponent's highest bit: x⁵ = (x²)²·x.
  static let integerPower = Operation(
    "integer power", .integerPower,
    derivative: .partials { node, u in
      let k = node.parameter
      // For k < 0 the power k − 1 may underflow where what it is multiplied with makes up for it.
      return [k < 0 ? Double(k) * node / u[0] : Double(k) * u[0].power(k - 1)]
    })

  /// xʸ.
  ///
  /// Undefined for x < 0 unless y is whole. At x = 0 < y the derivative in y is the limit 0.
  static let power = Operation(
    "pow", .kernel(VM_POWER),
    derivative: .partials { node, u in
      let inBase = u[1] * u[0].power(u[1] - 1)
      if u[1].constantValue != nil { return [inBase, nil] }
      let vanishes = u[0].equals(0).and(u[0] < u[1])
      let inExponent = node * u[0].logarithm
      return [
        u[0].constantValue == nil ? inBase : nil,
        u[0].constantValue.map { $0 > 0 } ?? false
          ? inExponent : vanishes.select(node.zero, inExponent),
      ]
    })

  static let less = Operation("<", .kernel(VM_LESS), derivative: .zero)
  static let lessOrEqual = Operation("<=", .kernel(VM_LESS_EQUAL), derivative: .zero)
  static let equal = Operation("==", .kernel(VM_EQUAL), derivative: .zero)
  static let notEqual = Operation("!=", .kernel(VM_NOT_EQUAL), derivative: .zero)
  static let and = Operation("and", .kernel(VM_AND), derivative: .zero)
  static let or = Operation("or", .kernel(VM_OR), derivative: .zero)
  static let not = Operation("not", .kernel(VM_NOT), derivative: .zero)
  static let select = Operation("if", .kernel(VM_SELECT), derivative: .choice)

  /// min and max: NaN in either argument gives NaN; where both are equal the first counts.
  static let minimum = Operation(
    "min", .kernel(VM_MINIMUM), derivative: .branches { $0[0] <= $0[1] })
  static let maximum = Operation(
    "max", .kernel(VM_MAXIMUM), derivative: .branches { $0[1] <= $0[0] })
  static let sign = Operation("sign", .kernel(VM_SIGN), derivative: .zero)
  /// |u|, its derivative 0 at 0.
  static let absolute = Operation(
    "abs", .kernel(VM_ABSOLUTE), derivative: .partials { _, u in [u[0].sign] })
}

extension Scalar {
  /// 1 in the same graph.
  public var one: Scalar { graph.constant(1) }
  /// 0 in the same graph.
  public var zero: Scalar { graph.constant(0) }

  /// The node's parameter: the exponent of an integer power.
  var parameter: Int {
    if case .operation(_, let parameter) = graph.nodes[index].content { parameter } else { 0 }
  }

  /// uᵏ for a whole k.
  public func power(_ k: Int) -> Scalar {
    switch k {
    case 0: one
    case 1: self
    case 2 where lengthComponents != nil: graph.node(.squaredNorm, lengthComponents ?? [])
    case -8...8: graph.node(.integerPower, [self], parameter: k)
    default: graph.node(.power, [self, graph.constant(Double(k))])
    }
  }

  /// The numbers that this is the length of: the inputs of a norm, or what stands between |…|.
  private var lengthComponents: [Scalar]? {
    guard case .operation(let operation, _) = graph.nodes[index].content,
      operation === Operation.norm || operation === Operation.hypotenuse
        || operation === Operation.absolute
    else { return nil }
    return graph.arguments(of: index)
  }

  /// uᵛ; by squaring where v is a whole constant and |v| ≤ 8.
  public func power(_ v: Scalar) -> Scalar {
    if let exponent = v.constantValue, abs(exponent) <= 8, exponent == exponent.rounded() {
      return power(Int(exponent))
    }
    return graph.node(.power, [self, v])
  }

  /// |u|.
  public var absolute: Scalar { graph.node(.absolute, [self]) }
  /// −1, 0 or 1.
  public var sign: Scalar { graph.node(.sign, [self]) }
}

extension Function {
  static let arithmetic: [Function] = [
    Function("abs", ["x"], "absolute value; derivative 0 at 0", .absolute),
    Function("sign", ["x"], "-1, 0 or 1; derivative 0", .sign),
    Function("min", ["x", "y"], "the smaller; undefined if either is", .minimum, isVariadic: true),
    Function("max", ["x", "y"], "the larger; undefined if either is", .maximum, isVariadic: true),
    Function("if", ["c", "a", "b"], "a where c is not 0, b elsewhere", .select),
    Function("pow", ["x", "y"], "x^y; x < 0 needs a whole y") { $0[0].power($0[1]) },
  ]
}
