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
      try names("columns=c,f\n  column c = 2*f\n  column d = f + 1") == ["c", "f", "d"])
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
          bad.txt:4:1: error: the column 'gradient_x' is there already
            trace columns=+gradient
            ^
          bad.txt:5:14: error: 'solve(A, u)' takes a symmetric matrix and a vector of as many rows; here it has a vector of 2 and a 2 x 2 matrix
              column a = solve(gradient, hessian)
                         ^
          bad.txt:6:14: error: 'det(A)' takes a symmetric matrix; here it has a number
              column b = det(3) + hessian*gradient*hessian
                         ^
          bad.txt:6:39: error: a matrix stands left of the vector that it is multiplied with
              column b = det(3) + hessian*gradient*hessian
                                                  ^
          bad.txt:7:22: error: a 2 x 2 matrix and a vector of 2 do not fit together in '+'
              column c = hessian + gradient
                                 ^
          bad.txt:8:14: error: unknown name 'stepp'; did you mean 'step'?
              column d = stepp
                         ^
          bad.txt:10:10: error: the column 'a' is there already
              column a = f
                     ^
          bad.txt:11:10: error: 'f' is already a word of the tool (a column or a quantity); choose another name
              column f = x
                     ^
          bad.txt:12:14: error: 'trace(A)' takes a square matrix; here it has a vector of 2
              column g = trace(step)
                         ^
          bad.txt:13:14: error: 'solve' is written solve(A, u), but here it has 1 argument
              column h = solve(hessian)
                         ^
          bad.txt:14:14: error: unknown name 'v''
              column i = v'
                         ^
          bad.txt:15:21: error: a power of a matrix is written as a product, A*A
              column j = hessian^2
                                ^
          bad.txt:16:14: error: 'solve' is a function; write solve(A, u)
              column k = solve
                         ^
          """)
  }
}
