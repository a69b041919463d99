import Diagnostics
import Methods
import Testing

@testable import Specs

@Suite struct DifferenceOptionsTests {
  private func methods(_ lines: String...) throws -> [MethodSpec] {
    let text = lines.map { "method \($0)\n" }.joined()
    return try experiment("function f(x, y) = x^2 + y^2\n\(text)start (1, 1)").methods
  }

  @Test func everyMethodTakesThem() throws {
    let found = try methods(
      "newton", "newton derivatives=exact as=same", "newton derivatives=forward",
      "bfgs derivatives=central epsilon=1/1024")
    #expect(
      found.map(\.differences) == [
        nil, nil, Differences(.forward), Differences(.central, epsilon: 0x1p-10),
      ])
    #expect(
      found.map(\.label) == [
        "newton", "same", "newton-derivatives-forward",
        "bfgs-derivatives-central-epsilon-0.0009765625",
      ])
  }

  @Test func epsilonMultipliesOnlyWhatItCountsFor() throws {
    let found = try methods(
      "newton derivatives=[exact, forward, central] epsilon=[1e-2, 1e-5]", "bfgs")
    #expect(
      found.map(\.label) == [
        "newton-derivatives-exact", "newton-derivatives-forward-epsilon-0.01",
        "newton-derivatives-forward-epsilon-0.00001", "newton-derivatives-central-epsilon-0.01",
        "newton-derivatives-central-epsilon-0.00001", "bfgs",
      ])
    #expect(found.map { $0.options["epsilon"] } == ["", "0.01", "0.00001", "0.01", "0.00001", ""])
    let turned = try methods("newton epsilon=[1e-2, 1e-5] derivatives=[exact, forward]")
    #expect(
      turned.map(\.differences) == [
        nil, Differences(.forward, epsilon: 1e-2), Differences(.forward, epsilon: 1e-5),
      ])
  }

  private static func mistake(
    _ name: String, _ method: String, _ printed: String, function: String = "f(x) = x^2"
  ) -> Mistake {
    Mistake(name, "function \(function)\nmethod \(method)\ngrid 1\n", printed)
  }

  @Test(arguments: [
    mistake(
      "epsilonAlone", "newton epsilon=1e-3",
      """
      bad.txt:2:15: error: 'epsilon' counts only beside derivatives=forward or derivatives=central; write one \
      of them too, or leave 'epsilon' out
        method newton epsilon=1e-3
                      ^
      """),
    mistake(
      "epsilonOfExactDerivatives", "newton epsilon=[1e-3, 1e-4] derivatives=exact",
      """
      bad.txt:2:15: error: 'epsilon' counts only beside derivatives=forward or derivatives=central; write one \
      of them too, or leave 'epsilon' out
        method newton epsilon=[1e-3, 1e-4] derivatives=exact
                      ^
      """),
    mistake(
      "epsilonOfNothing", "newton derivatives=forward epsilon=0",
      """
      bad.txt:2:43: error: 0 is out of range; epsilon takes a number of 1e-300 or more
        method newton derivatives=forward epsilon=0
                                                  ^
      """),
    mistake(
      "aMisspeltKind", "newton derivatives=[exact, centre] epsilon=1",
      """
      bad.txt:2:35: error: 'centre' is no value of 'derivatives'; did you mean 'central'?
        method newton derivatives=[exact, centre] epsilon=1
                                          ^
      """),
    mistake(
      "squares", "gauss-newton derivatives=forward epsilon=1",
      """
      bad.txt:2:21: error: 'gauss-newton' is built from the exact derivatives of the squares, so differences \
      are not for it; leave the option out, or take newton or trust-region
        method gauss-newton derivatives=forward epsilon=1
                            ^
      bad.txt:2:41: error: 'gauss-newton' is built from the exact derivatives of the squares, so differences \
      are not for it; leave the option out, or take newton or trust-region
        method gauss-newton derivatives=forward epsilon=1
                                                ^
      """),
    mistake(
      "aRateWithAHessianTooLarge", "gradient rate=cauchy derivatives=central",
      """
      bad.txt:2:8: error: with differences the rate 'cauchy' needs the Hessian, but f has 513 variables and at \
      most 512 can be calculated with; lipschitz, armijo, wolfe, polyak, decay, exponential, cosine and step do without it
        method gradient rate=cauchy derivatives=central
               ^
      """, function: "f(x[513]) = norm(x)^2"),
  ])
  func isSaid(_ mistake: Mistake) {
    #expect(printed(mistake.spec) == mistake.printed)
  }

  /// What is said of a method on a function whose differences take too many operations.
  @Test(arguments: [
    ("gradient rate=0.1 derivatives=forward", "the gradient of f by forward differences", 300),
    ("gradient rate=0.1 derivatives=central", "the gradient of f by central differences", 300),
    ("gradient rate=cauchy derivatives=forward", "the Hessian of f by forward differences", 100),
    ("newton derivatives=central", "the Hessian of f by central differences", 100),
    ("halley derivatives=central", "the third derivatives of f by central differences", 20),
  ])
  func tooManyOperationsAreSaidAtTheMethod(method: String, what: String, variables: Int) {
    var limits = Limits()
    limits[.operations] = 20_000
    let function = "function f(x[\(variables)]) = sum(i in 1..\(variables): x[i]^2)"
    #expect(
      printed("\(function)\nmethod \(method.prefix { $0 != " " }) rate=1\ngrid 1", limits: limits)
        == "")
    #expect(
      printed("\(function)\nmethod \(method)\ngrid 1", limits: limits) == """
        bad.txt:2:8: error: \(what) needs too many operations, more than the limit of 20000; raise it with \
        --limit operations=NUMBER
          method \(method)
                 ^
        """)
  }

  @Test func anOperationOfManyInputsCountsAsSeveral() {
    var limits = Limits()
    limits[.operations] = 20_000
    let spec = """
      function f(x[1000]) = norm(x)^2
      method gradient rate=0.1 derivatives=forward
      grid 1
      """
    #expect(
      printed(spec, limits: limits) == """
        bad.txt:2:8: error: the gradient of f by forward differences needs too many operations, more than the \
        limit of 20000; raise it with --limit operations=NUMBER
          method gradient rate=0.1 derivatives=forward
                 ^
        """)
  }
}
