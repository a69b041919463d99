import Expressions
import TestSupport
import Testing

@Suite struct ScalarTests {
  private let graph = Graph()
  private var x: Scalar { graph.input(Input(.coordinate, 0)) }
  private var y: Scalar { graph.input(Input(.coordinate, 1)) }
  private func c(_ value: Double) -> Scalar { graph.constant(value) }

  @Test func nodesExistOnce() {
    #expect(x == x)
    #expect(x != y)
    #expect(x + y == x + y)
    #expect(x * y == y * x)
    #expect(x.power(2) == x * x)
  }

  @Test func zeroIsNeutralInSumsAndTakesOverProducts() {
    #expect(x + c(0) == x)
    #expect(c(0) + x == x)
    #expect(x - c(0) == x)
    #expect(c(0) - x == -x)
    #expect(c(0) * x == c(0))
    #expect(x * c(-0.0) == c(0))
    #expect(c(0) / x == c(0))
  }

  @Test func oneIsNeutralInProducts() {
    #expect(c(1) * x == x)
    #expect(x * c(1) == x)
    #expect(x / c(1) == x)
    #expect(c(-1) * x == -x)
    #expect(x * c(-1) == -x)
    #expect(x / c(-1) == -x)
  }

  @Test func signsMoveOutwards() {
    #expect(-(-x) == x)
    #expect(x + -y == x - y)
    #expect(-x + y == y - x)
    #expect(x - -y == x + y)
    #expect(-x * y == -(x * y))
    #expect(x * -y == -(x * y))
    #expect(-x * -y == x * y)
    #expect(-x / y == -(x / y))
    #expect(x / -y == -(x / y))
  }

  @Test func equalTermsJoin() {
    #expect(x + x == c(2) * x)
    #expect(x - x == c(0))
  }

  @Test func nothingIsReassociated() {
    let (sum, product) = (y + c(1), y * c(3))
    #expect((x + y) + c(1) != x + sum)
    #expect((x * y) * c(3) != x * product)
    #expect(c(2) * (c(3) * x) != c(6) * x)
  }

  @Test func choicesBetweenEqualsAndByConstantsVanish() {
    #expect((x < y).select(x, x) == x)
    #expect(c(1).select(x, y) == x)
    #expect(c(0).select(x, y) == y)
  }

  @Test func powers() {
    #expect(x.power(0) == c(1))
    #expect(x.power(1) == x)
    #expect(x.power(c(2)) == x.power(2))
    #expect(x.power(c(-8)) == x.power(-8))
    #expect(x.power(c(2.5)) != x.power(2))
  }

  @Test func constantsFold() {
    #expect((c(2) + c(3)).constantValue == 5)
    #expect((c(2) * c(3) - c(1)).constantValue == 5)
    #expect((c(1) / c(0)).constantValue == .infinity)
    #expect((c(1) < c(2)).constantValue == 1)
    #expect(c(.nan) == c(-.nan))
    #expect(c(0) != c(-0.0))
  }

  @Test func normsNeitherOverflowNorUnderflow() throws {
    let function = try TestFunction("x + y", in: graph)
    let norms = [norm([x, y]), norm([x]), dot([x, y], [y, x])]
    #expect(function.values(of: norms, at: [-3, 4]) == [5, 3, -24])
    #expect(function.values(of: [norms[0]], at: [3e300, 4e300]) == [5e300])
    #expect(function.values(of: [norms[0]], at: [3e-300, 4e-300]) == [5e-300])
  }

  @Test func aFormulaIsBuiltAsTyped() throws {
    for formula in ["0*x", "x + 0", "1*x", "x - x", "-(-x)", "x + x"] {
      #expect(try TestFunction(formula, in: graph).f != x, "\(formula)")
      #expect(try TestFunction(formula, in: graph).f.constantValue == nil, "\(formula)")
    }
    let f = try TestFunction("0*x")
    #expect(f.values(of: [f.f], at: [.infinity, 0])[0].isNaN)
  }
}
