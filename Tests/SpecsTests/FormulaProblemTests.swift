import Testing

/// The mistakes of formulas as they arrive through a spec, each with its own place in the file.
@Suite struct FormulaProblemTests {

  @Test(arguments: [
    Mistake(
      "anUnclosedBracket",
      """
      function f(x, y) = (x + y
      method newton
      start (1, 2)
      """,
      """
      bad.txt:1:20: error: this '(' is never closed
        function f(x, y) = (x + y
                           ^
      """),
    Mistake(
      "aCallThatIsNeverClosed",
      """
      function f(x, y) = sin(x
      method newton
      start (1, 2)
      """,
      """
      bad.txt:1:23: error: this '(' is never closed
        function f(x, y) = sin(x
                              ^
      """),
    Mistake(
      "aBracketThatClosesNothing",
      """
      function f(x, y) = x + y)
      method newton
      start (1, 2)
      """,
      """
      bad.txt:1:25: error: this ')' closes nothing
        function f(x, y) = x + y)
                                ^
      """),
    Mistake(
      "aMissingMultiplication",
      """
      function f(x, y) = 2x + y
      method newton
      start (1, 2)
      """,
      """
      bad.txt:1:21: error: a multiplication needs its sign; write 2*x
        function f(x, y) = 2x + y
                            ^
      """),
    Mistake(
      "aProductOfBracketsWithoutSign",
      """
      function f(x, y) = (x + 1)(y + 1)
      method newton
      start (1, 2)
      """,
      """
      bad.txt:1:27: error: a multiplication needs its sign; write (…)*(…)
        function f(x, y) = (x + 1)(y + 1)
                                  ^
      """),
    Mistake(
      "anOperatorAtTheEnd",
      """
      function f(x, y) = x +

      method newton
      start (1, 2)
      """,
      """
      bad.txt:1:23: error: expected a number, a name or '(' here, but found the end
        function f(x, y) = x +
                              ^
      """),
    Mistake(
      "twoOperatorsInARow",
      """
      function f(x, y) = x * / y
      method newton
      start (1, 2)
      """,
      """
      bad.txt:1:24: error: expected a number, a name or '(' here, but found '/'
        function f(x, y) = x * / y
                               ^
      """),
    Mistake(
      "twoNumbersInARow",
      """
      function f(x, y) = 1 2
      method newton
      start (1, 2)
      """,
      """
      bad.txt:1:22: error: expected an operator such as + or * here, but found '2'
        function f(x, y) = 1 2
                             ^
      """),
    Mistake(
      "aNumberWithTwoPoints",
      """
      function f(x, y) = 1.2.3 * x
      method newton
      start (1, 2)
      """,
      """
      bad.txt:1:23: error: expected an operator such as + or * here, but found '.3'
        function f(x, y) = 1.2.3 * x
                              ^
      """),
    Mistake(
      "aNumberBeyondAllDoubles",
      """
      function f(x, y) = 1e400*x
      method newton
      start (1, 2)
      """,
      """
      bad.txt:1:20: error: the number 1e400 is too large for a double, whose limit is 1.8e308
        function f(x, y) = 1e400*x
                           ^
      """),
    Mistake(
      "aCharacterWithoutMeaning",
      """
      function f(x, y) = x $ y
      method newton
      start (1, 2)
      """,
      """
      bad.txt:1:22: error: a formula stands without $ signs
        function f(x, y) = x $ y
                             ^
      """),
    Mistake(
      "aTypographicProduct",
      """
      function f(x, y) = x·y
      method newton
      start (1, 2)
      """,
      """
      bad.txt:1:21: error: write * for a product
        function f(x, y) = x·y
                            ^
      """),
    Mistake(
      "aTypographicMinus",
      """
      function f(x, y) = x − y
      method newton
      start (1, 2)
      """,
      """
      bad.txt:1:22: error: write the minus sign as -
        function f(x, y) = x − y
                             ^
      """),
    Mistake(
      "aTypographicSquare",
      """
      function f(x, y) = x² + y
      method newton
      start (1, 2)
      """,
      """
      bad.txt:1:21: error: write ^2 for a square
        function f(x, y) = x² + y
                            ^
      """),
    Mistake(
      "curlyBrackets",
      """
      function f(x, y) = x^{2}
      method newton
      start (1, 2)
      """,
      """
      bad.txt:1:22: error: write round brackets instead of '{'
        function f(x, y) = x^{2}
                             ^
      """),
    Mistake(
      "laTeX",
      """
      function f(x, y) = \\sin(x)
      method newton
      start (1, 2)
      """,
      """
      bad.txt:1:20: error: write sin(x) for \\sin
        function f(x, y) = \\sin(x)
                           ^
      """),
    Mistake(
      "aVerticalBar",
      """
      function f(x, y) = |x|
      method newton
      start (1, 2)
      """,
      """
      bad.txt:1:20: error: write abs(x) for an absolute value |x|, and 'or' for ||
        function f(x, y) = |x|
                           ^
      """),
    Mistake(
      "chainedComparisons",
      """
      function f(x, y) = 0 < x < 1
      method newton
      start (1, 2)
      """,
      """
      bad.txt:1:26: error: comparisons do not chain; write 'a < b and b < c' for a < b < c
        function f(x, y) = 0 < x < 1
                                 ^
      """),
    Mistake(
      "aSingleEqualsSign",
      """
      function f(x, y) = x = 1
      method newton
      start (1, 2)
      """,
      """
      bad.txt:1:22: error: a comparison for equality is written ==
        function f(x, y) = x = 1
                             ^
      """),
    Mistake(
      "anIndexOfANumber",
      """
      function f(x, y) = x[1] + y
      method newton
      start (1, 2)
      """,
      """
      bad.txt:1:21: error: 'x' is a number and has no components
        function f(x, y) = x[1] + y
                            ^
      """),
    Mistake(
      "anUnknownName",
      """
      function f(x, y) = x + z
      method newton
      start (1, 2)
      """,
      """
      bad.txt:1:24: error: unknown name 'z'
        function f(x, y) = x + z
                               ^
      """),
    Mistake(
      "aMisspeltConstant",
      """
      function f(x, y) = x + Pi*y
      method newton
      start (1, 2)
      """,
      """
      bad.txt:1:24: error: unknown name 'Pi'; did you mean 'pi'?
        function f(x, y) = x + Pi*y
                               ^
      """),
    Mistake(
      "aFunctionWithoutArguments",
      """
      function f(x, y) = sin + x
      method newton
      start (1, 2)
      """,
      """
      bad.txt:1:20: error: 'sin' is a function; write sin(x)
        function f(x, y) = sin + x
                           ^
      """),
    Mistake(
      "aVariableThatIsCalled",
      """
      function f(x, y) = x(y)
      method newton
      start (1, 2)
      """,
      """
      bad.txt:1:20: error: 'x' is not a function; write x*(…) for a product
        function f(x, y) = x(y)
                           ^
      """),
    Mistake(
      "tooFewArguments",
      """
      function f(x, y) = atan2(x)
      method newton
      start (1, 2)
      """,
      """
      bad.txt:1:20: error: 'atan2' is written atan2(y, x), but here it has 1 argument
        function f(x, y) = atan2(x)
                           ^
      """),
    Mistake(
      "tooManyArguments",
      """
      function f(x, y) = sin(x, y)
      method newton
      start (1, 2)
      """,
      """
      bad.txt:1:20: error: 'sin' is written sin(x), but here it has 2 arguments
        function f(x, y) = sin(x, y)
                           ^
      """),
    Mistake(
      "aCommaOutsideACall",
      """
      function f(x, y) = (x, y)
      method newton
      start (1, 2)
      """,
      """
      bad.txt:1:22: error: expected an operator such as + or * here, but found ','
        function f(x, y) = (x, y)
                             ^
      """),
    Mistake(
      "aMistakeInAContinuedLine",
      """
      function f(x, y) = x^2 +
          y^2 +
          sine(x)
      method newton
      start (1, 2)
      """,
      """
      bad.txt:3:5: error: unknown function 'sine'; did you mean 'sin'?
            sine(x)
            ^
      """),
    Mistake(
      "aMistakeInALocalName",
      """
      function f(x, y) = u^2
        where u = x +* y
      method newton
      start (1, 2)
      """,
      """
      bad.txt:2:16: error: expected a number, a name or '(' here, but found '*'
          where u = x +* y
                       ^
      """),
    Mistake(
      "aLocalNameBeforeItsLine",
      """
      function f(x, y) = v
        where v = u + 1
        where u = x
      method newton
      start (1, 2)
      """,
      """
      bad.txt:2:13: error: unknown name 'u'
          where v = u + 1
                    ^
      """),
    Mistake(
      "aVariableInADomain",
      """
      function f(x, y) = x
        domain x = 0 .. y
      method newton
      start (1, 2)
      """,
      """
      bad.txt:2:19: error: unknown name 'y'
          domain x = 0 .. y
                          ^
      """),
    Mistake(
      "aCoordinateThatIsNotFinite",
      """
      function f(x, y) = x
      method newton
      start (1/0, 2)
      """,
      """
      bad.txt:3:8: error: a finite number is needed here, but this is inf
        start (1/0, 2)
               ^
      """),
    Mistake(
      "aCoordinateThatIsMissing",
      """
      function f(x, y) = x
      method newton
      start (1, )
      """,
      """
      bad.txt:3:11: error: a number is missing here; write for example: 0.5, 1e-3 or 2*pi
        start (1, )
                  ^
      """),
    Mistake(
      "aRateThatOverflows",
      """
      function f(x, y) = x
      method newton rate=10^400
      start (1, 2)
      """,
      """
      bad.txt:2:20: error: a finite number is needed here, but this is inf
        method newton rate=10^400
                           ^
      """),
  ])
  func isSaid(_ mistake: Mistake) {
    #expect(printed(mistake.spec) == mistake.printed)
  }
}
