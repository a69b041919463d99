import Diagnostics

/// What can be wrong with a formula.
public enum FormulaProblem: Problem {
  case empty
  case badNumber(String)
  case hugeNumber(String)
  case unknownCharacter(String)
  case expectedOperand(found: String)
  case expectedOperator(found: String)
  case missingMultiplication(left: String, right: String)
  case unclosed(String)
  case unopened(String)
  case chainedComparison
  case singleEquals
  case indexing(String)
  case unknownName(String, suggestion: String)
  case unknownFunction(String, suggestion: String)
  case functionWithoutArguments(String, usage: String)
  case variableCalled(String)
  case wrongArgumentCount(String, usage: String, found: Int)
  case notConstant(name: String)
  case constantNotFinite(Double)

  /// See `Problem`.
  public var sentence: String {
    switch self {
    case .empty: "a formula is missing here"
    case .badNumber(let text): "'\(text)' is not a number"
    case .hugeNumber(let text):
      "the number \(text) is too large for a double, whose limit is 1.8e308"
    case .unknownCharacter(let text): FormulaProblem.sentence(forCharacter: text)
    case .expectedOperand(let found):
      "expected a number, a name or '(' here, but found \(found)"
    case .expectedOperator(let found):
      "expected an operator such as + or * here, but found \(found)"
    case .missingMultiplication(let left, let right):
      "a multiplication needs its sign; write \(left)*\(right)"
    case .unclosed(let bracket): "this '\(bracket)' is never closed"
    case .unopened(let bracket): "this '\(bracket)' closes nothing"
    case .chainedComparison:
      "comparisons do not chain; write 'a < b and b < c' for a < b < c"
    case .singleEquals: "a comparison for equality is written =="
    case .indexing(let name): "'\(name)' is a number and has no components"
    case .unknownName(let name, let suggestion): "unknown name '\(name)'\(suggestion)"
    case .unknownFunction(let name, let suggestion): "unknown function '\(name)'\(suggestion)"
    case .functionWithoutArguments(let name, let usage):
      "'\(name)' is a function; write \(usage)"
    case .variableCalled(let name):
      "'\(name)' is not a function; write \(name)*(…) for a product"
    case .wrongArgumentCount(let name, let usage, let found):
      "'\(name)' is written \(usage), but here it has \(found) argument\(found == 1 ? "" : "s")"
    case .notConstant(let name): "a constant is needed here, but '\(name)' varies"
    case .constantNotFinite(let value): "a finite number is needed here, but this is \(value)"
    }
  }

  private static func sentence(forCharacter text: String) -> String {
    switch text {
    case "\\": "LaTeX is not understood; write sin(x), x/y, sqrt(x) or pi, without backslashes"
    case "$": "a formula stands without $ signs"
    case "·", "×", "⋅", "∙", "•", "∗": "write * for a product"
    case "÷", "∕", "⁄": "write / for a quotient"
    case "−", "–", "—": "write the minus sign as -"
    case "²": "write ^2 for a square"
    case "³": "write ^3 for a cube"
    case "⁰", "¹", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹", "⁻": "write powers with ^, as x^4 or x^-1"
    case "½", "¼", "¾", "⅓", "⅔": "write a fraction with /, as (1/2)"
    case "₀", "₁", "₂", "₃", "₄", "₅", "₆", "₇", "₈", "₉": "write x1 or x_1 for an index"
    case "√": "write sqrt(…) for a square root"
    case "≤": "write <= here"
    case "≥": "write >= here"
    case "≠": "write != here"
    case "∞": "there is no infinity; write a large number, as 1e300"
    case "∂", "∇": "derivatives are found by the program; write the function alone"
    case "{", "}": "write round brackets instead of '\(text)'"
    case "&": "write 'and' here"
    case "|": "write abs(x) for an absolute value |x|, and 'or' for ||"
    case "!": "write 'not' before a condition; there is no factorial"
    case "?": "write if(c, a, b) for c ? a : b"
    case ".": "names have no dots; write sin(x) for np.sin(x), pi for Math.PI, x^2 for x.^2"
    case "%": "there is no remainder operator"
    case ";": "a line has one formula; write local names in lines of their own, as: where u = x - 1"
    case "_": "a name begins with a letter, and a number has digits alone"
    case "\"", "“", "”", "„": "a formula stands without quotation marks"
    case "'", "’", "‘", "′": "a name has no primes, and a formula no quotation marks"
    default: "the character '\(text)' has no meaning in a formula"
    }
  }
}
