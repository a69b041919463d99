import Specs
import Testing

@Suite struct WrittenMethodParserTests {
  @Test func linesThatCannotBeReadAreToldSo() {
    #expect(
      printed(
        """
        function f(x, y) = x^2 + y^2
        start (1, 2)
        method newton
          step -rate*gradient
        method b
          state v = 0, then 0.9*v - rate*gradient
          rates 0.1
        method c
          step v'
          state v = 0, than 0.9*v
          rates 0.1
        method h
          direction -gradient
        method k beta=0.1 gamma=3
          step -beta*gradient
        method gradient2
        method s
          step -gradient
          direction gradient
        method t
          state angle = 0, then 1
          state z = 0, then 1
          state z = 0, then 1
          step -gradient
        """) == """
          bad.txt:3:8: error: 'newton' is a method that comes along; choose another name for one of your own
            method newton
                   ^
          bad.txt:5:8: error: the method 'b' goes nowhere; add a line such as: step -rate*gradient
            method b
                   ^
          bad.txt:10:26: error: what the state becomes is missing here; write for example: state v = 0, then 0.9*v - rate*gradient
              state v = 0, than 0.9*v
                                     ^
          bad.txt:12:8: error: the method 'h' needs a rate; write rate=0.1 behind it, or a line: rates 0.05, 0.1, 0.5
            method h
                   ^
          bad.txt:14:19: error: 'k' has no option 'gamma'; it takes rate, scale, beta, derivatives, epsilon and as
            method k beta=0.1 gamma=3
                              ^
          bad.txt:16:8: error: unknown method 'gradient2'; did you mean 'gradient'?
            method gradient2
                   ^
          bad.txt:19:3: error: a method has one step or one direction; this is the second
              direction gradient
              ^
          bad.txt:21:9: error: 'angle' is already a word of the tool (a column or a quantity); choose another name
              state angle = 0, then 1
                    ^
          bad.txt:23:9: error: the name 'z' is there already
              state z = 0, then 1
                    ^
          """)
  }

  @Test func formulasAreTriedOnEveryFunction() {
    #expect(
      printed(
        """
        function f(x, y) = x^2 + y^2
        start (1, 2)
        method a
          step -rate*gradien
          rates 0.1
        method d
          step v
          state v = 0, then w'
          state w = 0, then v' + step
          rates 0.1
        method e
          step 3
        method f2
          step norm(gradient)
        method g
          direction -rate*gradient
          rates 0.1
        method i
          state x = 1, then gradient
          step x
        method j
          where u = u + 1
          step u*gradient
        method l rate=0.1
          step -gradient
        method m
          step -rate*gradient
          rates armijo
        method n
          state m = identity, then hessian*hessian*diagonal(gradient)
          step -solve(m, gradient)
        method o
          state v = [1, 2, 3], then v
          step -gradient*norm(v)
        method p
          state v = [1, 2], then norm(v)*[1, 2, 3]
          step -gradient*norm(v)
        method q
          rate gradient
          step -rate*gradient
        method r
          state v = step, then v
          step -0.1*gradient + v
        """) == """
          bad.txt:4:14: error: unknown name 'gradien'; did you mean 'gradient'?
              step -rate*gradien
                         ^
          bad.txt:6:8: error: no formula of 'd' names the rate, so it takes none; write for example: step -rate*gradient
            method d
                   ^
          bad.txt:9:21: error: 'v'' needs itself: v' → w' → v'
              state w = 0, then v' + step
                                ^
          bad.txt:12:8: error: a step is a vector of 2, one component for each variable, but this is a number
              step 3
                   ^
          bad.txt:14:8: error: a step is a vector of 2, one component for each variable, but this is a number
              step norm(gradient)
                   ^
          bad.txt:16:14: error: a direction is found before 'rate' is known; write a step instead, as: step -rate*gradient
              direction -rate*gradient
                         ^
          bad.txt:19:9: error: 'x' is a name in the function f already; choose another
              state x = 1, then gradient
                    ^
          bad.txt:22:13: error: 'u' needs itself: u → u
              where u = u + 1
                        ^
          bad.txt:24:8: error: no formula of 'l' names the rate, so it takes none; write for example: step -rate*gradient
            method l rate=0.1
                   ^
          bad.txt:26:8: error: 'm' has no single direction, which 'armijo' needs; give it a number or a rule such as cauchy
            method m
                   ^
          bad.txt:30:28: error: 'm' becomes a matrix that is not symmetric; only symmetric ones are kept
              state m = identity, then hessian*hessian*diagonal(gradient)
                                       ^
          bad.txt:36:26: error: 'v' begins as a vector of 2, but becomes a vector of 3
              state v = [1, 2], then norm(v)*[1, 2, 3]
                                     ^
          bad.txt:39:8: error: a rate is a number, but this is a vector of 2
              rate gradient
                   ^
          bad.txt:42:13: error: 'step' belongs to a step, which is not known here
              state v = step, then v
                        ^
          """)
  }

  private func errors(_ lines: String, function: String = "f(x, y) = x^2 + y^2") -> String {
    printed("function \(function)\nstart (1, 2)\nmethod own\(lines)")
  }

  @Test func numbersBehindAMethodAreCalledLikeNothingElse() {
    for (name, meaning) in [
      ("ending", "already a word of the tool"), ("e", "already a constant"),
      ("step", "already a word of the tool"), ("x", "a name in the function f already"),
      ("start_x", "a name in the function f already"),
    ] {
      let found = errors(" \(name)=[2, 3]\n  where u = \(name)*gradient\n  step -0.1*u")
      #expect(found.hasPrefix("bad.txt:3:12: error: '\(name)' is \(meaning)"), "\(found)")
    }
  }

  @Test func linesThatNothingUsesAreErrors() {
    #expect(
      errors("\n  state u = 0, then u + 1\n  where w = f\n  step -0.1*gradient") == """
        bad.txt:4:9: error: no other line of the method uses 'u'; leave it out
            state u = 0, then u + 1
                  ^
        bad.txt:5:9: error: no other line of the method uses 'w'; leave it out
            where w = f
                  ^
        """)
  }

  @Test func matricesDoNotMixWithNumbers() {
    #expect(
      errors(
        "\n  state m = 1, then hessian\n  step solve(hessian + 0.1, gradient) + m*gradient/hessian")
          == """
          bad.txt:4:13: error: 'm' becomes a 2 x 2 matrix, so it begins as one or as 0; write for example identity
              state m = 1, then hessian
                        ^
          """)
    #expect(
      errors("\n  step -solve(hessian + 0.1, gradient) + gradient/hessian") == """
        bad.txt:4:23: error: a number and a matrix do not add; write A + 0.1*identity for the diagonal
            step -solve(hessian + 0.1, gradient) + gradient/hessian
                                ^
        bad.txt:4:50: error: nothing is divided by a matrix; write solve(A, u) for the x of A*x = u
            step -solve(hessian + 0.1, gradient) + gradient/hessian
                                                           ^
        """)
  }

  @Test func manyVariablesHaveNoMatrices() {
    let found = printed(
      """
      function f(x[600]) = dot(x, x)
      start ([i in 1..600: 1])
      method own
        state v = identity, then v
        step -0.1*v*gradient
      trace columns=f
        column a = trace(identity)
      """)
    #expect(found.contains("bad.txt:3:8: error: "))
    #expect(
      found.contains(
        "'a' works with matrices, and f has too many variables for these: 600, where 512"))
  }

  /// Time linear in the states: quadratic time would take minutes here.
  @Test func manyStatesAreReadQuickly() {
    let count = 800
    let states = (1...count).map {
      "\n  state a\($0) = 0, then \($0 < count ? "a\($0 + 1)*0.1" : "gradient")"
    }
    #expect(errors(states.joined() + "\n  step -a1") == "")
  }
}
