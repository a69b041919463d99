import Expressions
import TestSupport
import Testing

@Suite struct FoldingTests {
  /// Arguments at which the C library and the kernels may differ in the last bit.
  private static let arguments: [Double] = {
    var generator = RandomNumbers(seed: 7)
    return (0..<50).map { _ in Double.random(in: -20...20, using: &generator) }
      + [0, -0.0, 1, -1, 0.5, 1e300, -1e300, 1e-300, .infinity, -.infinity, .nan]
  }()

  @Test(arguments: Function.all.map(\.name))
  func foldingGivesTheBitsOfTheRun(name: String) throws {
    let parameters = ["x", "y", "z"].prefix(Function.named[name]?.parameters.count ?? 1)
    let call = "\(name)(\(parameters.joined(separator: ", ")))"
    for (number, x) in Self.arguments.enumerated() {
      let graph = Graph()
      let function = try TestFunction(call, of: "x y z", in: graph)
      let y = Self.arguments[(number * 7 + 3) % Self.arguments.count]
      let point = [x, y, 2.5]
      let replacements = zip(function.variables, point.map(graph.constant))
      let folded = graph.substitute(
        Dictionary(uniqueKeysWithValues: replacements), in: function.f)
      let value = try #require(folded.constantValue, "\(call) at \(point) does not fold")
      let run = function.values(of: [function.f], at: point)
      #expect(bits([[value]]) == bits([run]), "\(call) at \(point): \(value), at run time \(run)")
    }
  }

  @Test(arguments: -9...9)
  func integerPowersFoldToTheBitsOfTheRun(exponent: Int) throws {
    for x in Self.arguments {
      let function = try TestFunction("x^\(exponent)")
      let folded = function.graph.constant(x).power(exponent).constantValue
      let run = function.values(of: [function.f], at: [x, 0])
      #expect(bits([[folded ?? 99]]) == bits([run]), "\(x)^\(exponent)")
    }
  }
}
