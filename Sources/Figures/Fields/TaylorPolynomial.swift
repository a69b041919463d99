/// A polynomial that agrees with a function and its first derivatives at a point.
struct TaylorPolynomial {
  /// The orders of which it is the polynomial: several where the last derivatives are 0.
  private(set) var orders: [Int]
  /// The point.
  let center: Double
  /// f, f′, f″/2, f‴/6, ….
  let coefficients: [Double]

  /// The different polynomials of some orders, which increase; none of an order whose derivatives are not finite.
  ///
  /// - Parameter derivatives: f, f′, … at the point, up to the greatest order.
  static func all(_ orders: [Int], about center: Double, _ derivatives: [Double])
    -> [TaylorPolynomial]
  {
    var found: [TaylorPolynomial] = []
    for order in orders where order < derivatives.count {
      var factorial = 1.0
      let coefficients = (0...order).map { k in
        factorial *= Double(max(k, 1))
        return derivatives[k] / factorial
      }
      guard coefficients.allSatisfy(\.isFinite) else { break }
      if let last = found.last,
        coefficients.dropFirst(last.coefficients.count).allSatisfy({ $0 == 0 })
      {
        found[found.count - 1].orders.append(order)
      } else {
        found.append(
          TaylorPolynomial(orders: [order], center: center, coefficients: coefficients))
      }
    }
    return found
  }

  /// Its value.
  func callAsFunction(_ x: Double) -> Double {
    coefficients.reversed().reduce(0) { $0 * (x - center) + $1 }
  }

  /// "order 1", or "orders 2, 3".
  var label: String {
    (orders.count == 1 ? "order " : "orders ") + orders.map(String.init).joined(separator: ", ")
  }

  /// As a formula of a variable, in ASCII: "2.25 + 3 (x - 1) + (x - 1)^2".
  func text(of variable: String) -> String {
    let shift =
      center == 0
      ? variable
      : "(\(variable) \(center < 0 ? "+" : "-") \(NumberText.plain(abs(center), digits: 6)))"
    var text = ""
    for (power, coefficient) in coefficients.enumerated() where coefficient != 0 {
      let size = NumberText.plain(abs(coefficient), digits: 6)
      let factor = power == 0 ? size : (abs(coefficient) == 1 ? "" : size + " ") + shift
      text += text.isEmpty ? (coefficient < 0 ? "-" : "") : coefficient < 0 ? " - " : " + "
      text += factor + (power > 1 ? "^\(power)" : "")
    }
    return text.isEmpty ? "0" : text
  }
}
