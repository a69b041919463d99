import Specs
import Testing

@Suite struct TraceRulesTests {
  private func names(_ options: String, dimension: Int = 2) throws -> [String] {
    let variables = (1...dimension).map { "x\($0)" }.joined(separator: ", ")
    let spec = try experiment(
      """
      function g(\(variables)) = x1^2
      method newton
      start (\((1...dimension).map { _ in "1" }.joined(separator: ", ")))
      trace \(options)
      """)
    return spec.trace.columns(dimension: dimension).map(\.name)
  }

  @Test func columnsAreAddedOrChosen() throws {
    let usual = [
      "f", "gradient_norm", "determinant", "min_eigenvalue", "max_eigenvalue", "critical_rate",
      "step_rate", "step_norm", "angle",
    ]
    #expect(try names("every=1") == usual)
    #expect(try names("columns=+gradient,+step") == usual + ["gradient", "step"])
    #expect(try names("columns=angle,f") == ["angle", "f"])
    #expect(try names("ends\n  column c = norm(step)") == usual + ["c"])
    #expect(
      try names(
        "columns=c,f\n  column c = 2*f\n  column d = c_0\n  column e = f".replacing(
          "c_0", with: "f+1")) == ["c", "f", "d", "e"])
    #expect(try names("off") == [])
  }

  @Test func columnsThatNeedTheHessianAreAddedBeyondThreeVariables() throws {
    #expect(try names("every=1", dimension: 4) == ["f", "gradient_norm", "step_rate", "step_norm"])
    #expect(
      try names("columns=+determinant", dimension: 4) == [
        "f", "gradient_norm", "step_rate", "step_norm", "determinant",
      ])
    #expect(try names("columns=+determinant").filter { $0 == "determinant" }.count == 1)
  }

  private func errors(_ trace: String) -> String {
    printed("function g(x, y) = x^2 - y\nmethod newton\nstart (1, 2)\n" + trace)
  }

  @Test func unfitColumnsAreErrors() {
    #expect(
      errors("trace columns=+gradient,+hesian,angle,+f,+iteration,+gradient") == """
        bad.txt:4:26: error: there is no quantity 'hesian'; did you mean 'hessian'?
          trace columns=+gradient,+hesian,angle,+f,+iteration,+gradient
                                   ^
        bad.txt:4:33: error: columns= either chooses all columns or adds some; write +angle to add it, or no + at all
          trace columns=+gradient,+hesian,angle,+f,+iteration,+gradient
                                          ^
        bad.txt:4:39: error: the column 'f' is there anyway
          trace columns=+gradient,+hesian,angle,+f,+iteration,+gradient
                                                ^
        bad.txt:4:43: error: the column 'iteration' is there anyway
          trace columns=+gradient,+hesian,angle,+f,+iteration,+gradient
                                                    ^
        bad.txt:4:53: error: the column 'gradient' is there already
          trace columns=+gradient,+hesian,angle,+f,+iteration,+gradient
                                                              ^
        """)
    #expect(
      errors("trace off\n  column c = f") == """
        bad.txt:5:3: error: without traces there are no columns; leave out 'off' or this line
            column c = f
            ^
        """)
  }

  @Test func formulasOfColumnsAreCheckedOnEveryFunction() {
    #expect(
      errors(
        """
        trace columns=+gradient
          column a = solve(gradient, hessian)
          column b = det(3) + hessian*gradient*hessian
          column c = hessian + gradient
          column d = stepp
          column gradient_x = x
          column a = f
          column f = x
          column g = trace(step)
          column h = solve(hessian)
          column i = v'
          column j = hessian^2
          column k = solve
        """) == """
          """)
  }
}
