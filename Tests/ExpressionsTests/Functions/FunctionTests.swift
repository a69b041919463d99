import Expressions
import TestSupport
import Testing

@Suite struct FunctionTests {
  private func call(_ name: String) throws -> TestFunction {
    let count = Function.named[name]?.parameters.count ?? 0
    let names = ["x", "y", "z"].prefix(count)
    return try TestFunction(
      "\(name)(\(names.joined(separator: ", ")))", of: names.joined(separator: " "))
  }

  /// How far the function's own definition may be off, in ε: 1 for a kernel and half an ulp of print.
  private func allowance(_ name: String, _ point: [Double]) -> Double {
    switch name {
    case "sigmoid", "softplus": 4
    case "erf": 8 + 2 * point[0] * point[0]  // e^(−x²) has the condition 2x²
    default: 8
    }
  }

  @Test func everyFunctionHasReferencePoints() throws {
    let covered = Set(try ReferenceTable("function-derivatives").rows.compactMap { $0["function"] })
    #expect(covered == Set(Function.all.map(\.name)))
  }

  @Test(arguments: Function.all.map(\.name))
  func valuesAndDerivativesAgreeWithFiftyDigits(name: String) throws {
    let function = try call(name)
    let scalars = [function.f] + function.gradient
    for row in try ReferenceTable("function-derivatives").rows where row["function"] == name {
      let label = "\(name) at \(row["point"] ?? "")"
      let point = numbers(row["point"])
      let found = function.values(of: scalars, at: point)
      let expected = numbers(row["f"]) + numbers(row["gradient"])
      #expect(abs(found[0] - expected[0]) <= 0x1p-51 * abs(expected[0]) + 0x1p-1074, "\(label)")
      for (value, truth) in zip(found, expected).dropFirst() {
        let allowed = allowance(name, point) * 0x1p-52 * abs(truth) + 0x1p-1022
        #expect(
          value == truth || abs(value - truth) <= allowed, "\(label): \(value) for \(truth)")
      }
    }
  }

  @Test(arguments: Function.all.map(\.name))
  func secondDerivativesAgreeWithFiftyDigits(name: String) throws {
    let function = try call(name)
    let (gradient, hessian) = (function.gradient, function.hessian)
    for row in try ReferenceTable("function-derivatives").rows where row["function"] == name {
      let label = "\(name) at \(row["point"] ?? "")"
      let found = function.values(of: hessian, at: numbers(row["point"]))
      let expected = numbers(row["hessian"])
      // f″ is made from parts of the size of f′, and may be small beside them: asin″(x) = x near 0.
      let slope = function.values(of: gradient, at: numbers(row["point"])).map(abs).max() ?? 0
      let allowed =
        1e-12 * (expected.map(abs).max() ?? 0) + 0x1p-51 * slope + 0x1p-1022
      #expect(found.count == expected.count)
      for (value, truth) in zip(found, expected) {
        #expect(
          value == truth || abs(value - truth) <= allowed, "\(label): \(value) for \(truth)")
      }
    }
  }

  @Test(
    arguments: [
      ("asin", [-1.5, 1.0000000000000002, .infinity]), ("acos", [-1.0000000000000002, 1.5]),
      ("acosh", [0.9999999999999999, 0, -2, -.infinity]),
      ("atanh", [-1.0000000000000002, 2, .infinity]),
      ("log", [-Double.leastNonzeroMagnitude, -1, -.infinity]),
      ("log1p", [-1.0000000000000002, -3]), ("log2", [-Double.leastNonzeroMagnitude, -1]),
      ("log10", [-Double.leastNonzeroMagnitude, -1]),
      ("sqrt", [-Double.leastNonzeroMagnitude, -1, -.infinity]), ("sin", [.infinity]),
      ("cos", [-.infinity]),
      ("tan", [.infinity]),
    ] as [(String, [Double])])
  func outsideItsDomainAFunctionIsUndefined(name: String, points: [Double]) throws {
    let function = try call(name)
    for point in points {
      #expect(function.values(of: [function.f], at: [point])[0].isNaN, "\(name) at \(point)")
    }
  }

  @Test func everyFunctionWithADomainIsLookedAtOutsideOfIt() {
    let restricted = Function.all.filter { $0.domain != nil }.map(\.name)
    #expect(
      restricted == ["asin", "acos", "acosh", "atanh", "log", "log1p", "log2", "log10", "sqrt"])
  }

  @Test(arguments: Function.all.map(\.name).filter { $0 != "if" })
  func undefinedArgumentsGiveUndefinedValues(name: String) throws {
    let function = try call(name)
    let count = function.variables.count
    for position in 0..<count {
      let point = (0..<count).map { $0 == position ? Double.nan : 1.5 }
      #expect(function.values(of: [function.f], at: point)[0].isNaN, "\(name) at \(point)")
    }
  }

  @Test func powersOfNegativeNumbersNeedAWholeExponent() throws {
    let function = try call("pow")
    let values = [[-2, 0.5], [-2, 3], [-2, -2]].map { function.values(of: [function.f], at: $0)[0] }
    #expect(values[0].isNaN)
    #expect(values[1...] == [-8, 0.25])
  }

  @Test func usagesReadAsTyped() {
    #expect(
      ["sin", "atan2", "max", "if"].map { Function.named[$0]?.usage ?? "" }
        == ["sin(x)", "atan2(y, x)", "max(x, y, …)", "if(c, a, b)"])
  }

  /// The square of a length has derivatives where the length has none.
  @Test(arguments: ["norm([x, y])^2", "hypot(x, y)^2", "abs(x)^2 + abs(y)^2", "norm([x, y, 0])^2"])
  func theSquareOfALengthIsSmoothAtZero(formula: String) throws {
    let function = try TestFunction(formula)
    #expect(
      function.values(of: function.gradient + function.hessian, at: [0, 0]) == [0, 0, 2, 0, 2])
    #expect(
      function.values(of: function.gradient + function.hessian, at: [3, 4]) == [6, 8, 2, 0, 2])
  }
}
