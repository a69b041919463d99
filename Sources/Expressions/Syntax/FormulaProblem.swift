import Diagnostics

/// What can be wrong with a formula.
public enum FormulaProblem: Problem {
  case empty
  case badNumber(String)
  case hugeNumber(String)
  case foreignSign(String, ours: String)
  case conditional
  case notFinite(String)
  case listWanted(String, typed: String)
  case unknownCharacter(String)
  case expectedOperand(found: String)
  case expectedOperator(found: String)
  case missingMultiplication(left: String, right: String)
  case unclosed(String)
  case unopened(String)
  case chainedComparison
  case singleEquals
  case wrongBracket(String, expected: String)
  case decimalComma(String, String)
  case functionWithoutBrackets(String, argument: String)
  case powerOfFunction(String)
  case dottedFunction(String, String)
  case dottedOperator(String)
  case dottedConstant(String, String)
  case comprehension
  case latex(String)
  case cannotRepeat
  case incompleteRepetition(name: String, variable: String)
  case takenName(String, meaning: String)
  case rangeNotWhole(String, value: Double?)
  case severalBodies(String)
  case emptyMean
  case indexing(String)
  case indexCount(String, found: Int, wanted: Int)
  case indexNotWhole(String, value: Double?)
  case indexFromZero(String)
  case indexOutOfRange(String, index: Int, count: Int, of: String)
  case notARow(String, column: String)
  case unknownColumn(String, table: String, columns: [String], suggestion: String)
  case columnNumber(Int, table: String, count: Int)
  case hiddenRow(String, inside: String)
  case rowAlone(String)
  case tableAlone(String)
  case unknownTable(String, tables: [String])
  case notATable(String)
  case textAlone
  case productOverRows
  case unequalShapes(String, String, operation: String)
  case notVectors(String, usage: String)
  case vectorTimesMatrix
  case matrixPower
  case divisionByMatrix
  case numberAndMatrix(String)
  case matrixShapes(String, String)
  case notANumber(String)
  case unknownName(String, suggestion: String)
  case unknownFunction(String, suggestion: String)
  case functionWithoutArguments(String, usage: String)
  case variableCalled(String)
  case wrongArgumentCount(String, usage: String, found: Int)
  case wrongShapes(String, accepts: String, found: [String])
  case onlyOfQuantities(String)
  case constantNotFinite(Double)

  /// See `Problem`.
  public var sentence: String {
    switch self {
    case .empty: "a formula is missing here"
    case .badNumber(let text):
      "'\(text)' is not a number; an exponent has digits, as 1e-3, and a product its sign, as 2*e"
    case .foreignSign(let sign, let ours): "there is no sign '\(sign)'; write \(ours)"
    case .conditional: "write if(c, a, b) for a where c holds, and b elsewhere"
    case .notFinite(let name): "'\(name)' is no number that can be calculated with"
    case .listWanted(let name, let typed): "'\(name)' takes a vector; write \(name)([\(typed)])"
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
    case .wrongBracket(let found, let expected):
      "expected '\(expected)' here, but found '\(found)'"
    case .decimalComma(let whole, let decimals):
      "decimals stand behind a point; write \(whole).\(decimals)"
    case .functionWithoutBrackets(let name, let argument):
      "a function needs brackets; write \(name)(\(argument))"
    case .powerOfFunction(let name):
      "the power of a function stands behind its brackets; write \(name)(x)^2"
        + (name == "exp" ? ", or exp(x) for e^x" : "")
    case .dottedFunction(let module, let name):
      "names have no dots; write \(FormulaProblem.plain(name))(x) for \(module).\(name)(x)"
    case .dottedOperator(let sign):
      "write \(sign) without the dot; vectors are taken element by element anyway"
    case .dottedConstant(let module, let name):
      "names have no dots; write \(FormulaProblem.plain(name)) for \(module).\(name)"
    case .comprehension: "write sum(i in 1..n: …) for a sum of terms"
    case .latex(let command): FormulaProblem.sentence(forCommand: command)
    case .cannotRepeat:
      "only sum, prod, mean and [ … ] can repeat a formula, as in sum(i in 1..3: x[i])"
    case .incompleteRepetition(let name, let variable):
      "the formula to repeat is missing; write \(FormulaProblem.repetition(name, variable))"
    case .takenName(let name, let meaning): "'\(name)' is already \(meaning); choose another name"
    case .rangeNotWhole(let text, let value):
      value.map { "a range runs over whole numbers, but \(text) is \(formatNumber($0))" }
        ?? "a range runs over whole numbers that are known beforehand, but \(text) varies"
    case .severalBodies(let name): "'\(name)' repeats one formula; here a comma begins another"
    case .emptyMean: "a mean needs at least one term"
    case .indexing(let name): "'\(name)' is a number and has no components"
    case .indexCount(let name, let found, let wanted):
      "'\(name)' needs \(wanted == 1 ? "one index" : "two indices"), but here it has \(found)"
    case .indexNotWhole(let text, let value):
      value.map { "an index is a whole number, but \(text) is \(formatNumber($0))" }
        ?? "an index must be known beforehand, but \(text) varies"
    case .indexFromZero(let name): "components count from 1; write \(name)[1] for the first"
    case .indexOutOfRange(let name, let index, let count, let what):
      "'\(name)' has \(count) \(what)\(count == 1 ? "" : "s") and none of number \(index)"
    case .notARow(let name, let column):
      "'\(name)' is no row of data; write for example sum(\(name) in NAME: … \(name).\(column) …)"
    case .unknownColumn(let name, let table, let columns, let suggestion):
      "'\(table)' has no column '\(name)'"
        + (suggestion.isEmpty ? "; it has \(list(Array(columns.prefix(20))))" : suggestion)
    case .columnNumber(let number, let table, let count):
      "'\(table)' has the columns 1 to \(count) and none of number \(number)"
    case .hiddenRow(let name, let inside):
      "the row '\(name)' cannot stand inside the sum over '\(inside)': sums over data do not nest"
    case .rowAlone(let name):
      "'\(name)' is a whole row; write \(name).COLUMN for one of its numbers"
    case .tableAlone(let name):
      "'\(name)' is a table; write for example sum(r in \(name): r.COLUMN)"
    case .unknownTable(let name, let tables):
      tables.isEmpty
        ? "there is no table '\(name)'; write 1..n for numbers, or add: data \(name) from \"FILE.csv\""
        : "there is no table '\(name)'; there \(tables.count == 1 ? "is" : "are") \(list(tables))"
    case .notATable(let text):
      "'\(text)' is no table; write for example sum(i in 1..3: …) for numbers from 1 to 3"
    case .textAlone: "a text in quotes only names a column, as in r[\"price\"]"
    case .productOverRows: "there are no products over rows; write exp(sum(r in …: log(…)))"
    case .unequalShapes(let left, let right, let operation):
      "\(left) and \(right) do not fit together in '\(operation)'"
    case .notVectors(let name, let usage):
      "'\(name)' is written \(usage), with vectors of equal length"
    case .vectorTimesMatrix: "a matrix stands left of the vector that it is multiplied with"
    case .matrixPower: "a power of a matrix is written as a product, A*A"
    case .divisionByMatrix: "nothing is divided by a matrix; write solve(A, u) for the x of A*x = u"
    case .numberAndMatrix(let sign):
      "a number and a matrix do not add; write A \(sign) 0.1*identity for the diagonal"
    case .matrixShapes(let left, let right): "\(left) cannot be multiplied with \(right)"
    case .notANumber(let shape):
      "a number is needed here, but this is \(shape); write for example sum(…) or norm(…) of it"
    case .unknownName(let name, let suggestion): "unknown name '\(name)'\(suggestion)"
    case .unknownFunction(let name, let suggestion): "unknown function '\(name)'\(suggestion)"
    case .functionWithoutArguments(let name, let usage):
      "'\(name)' is a function; write \(usage)"
    case .variableCalled(let name):
      "'\(name)' is not a function; write \(name)*(…) for a product"
    case .wrongArgumentCount(let name, let usage, let found):
      "'\(name)' is written \(usage), but here it has \(found) argument\(found == 1 ? "" : "s")"
    case .wrongShapes(let usage, let accepts, let found):
      "'\(usage)' takes \(accepts); here it has \(list(found))"
    case .onlyOfQuantities(let name):
      "'\(name)' serves methods and columns; a function has none of it, for lack of a derivative"
    case .constantNotFinite(let value): "a finite number is needed here, but this is \(value)"
    }
  }

  private static func repetition(_ name: String, _ variable: String) -> String {
    name == "[" ? "[\(variable) in 1..3: …]" : "\(name)(\(variable) in 1..3: …)"
  }

  /// What a function or constant of another language is called here.
  static func plain(_ name: String) -> String { foreignNames[name] ?? name.lowercased() }

  /// Names that people bring along from elsewhere, with ours.
  static let foreignNames: [String: String] = [
    "ln": "log", "arctan": "atan", "arcsin": "asin", "arccos": "acos", "arctan2": "atan2",
    "arcsinh": "asinh", "arccosh": "acosh", "arctanh": "atanh", "arsinh": "asinh",
    "arcosh": "acosh", "artanh": "atanh", "sgn": "sign", "fabs": "abs", "power": "pow",
    "lg": "log10",
    "ld": "log2", "logistic": "sigmoid", "tg": "tan", "product": "prod", "average": "mean",
    "maximum": "max", "minimum": "min", "where": "if", "iff": "if", "ifelse": "if",
    "π": "pi", "Pi": "pi", "PI": "pi", "E": "e", "Exp": "exp", "Sqrt": "sqrt",
  ]

  /// Functions that are typed by others.
  static let typedOut: [String: String] = [
    "sec": "1/cos(x)", "csc": "1/sin(x)", "cot": "1/tan(x)", "sech": "1/cosh(x)",
    "csch": "1/sinh(x)", "coth": "1/tanh(x)", "square": "x^2", "sqr": "x^2",
    "factorial": "prod(i in 1..n: i)", "heaviside": "(x > 0)", "step": "(x > 0)",
  ]

  private static func sentence(forCommand command: String) -> String {
    let meaning: [String: String] = [
      "frac": "(a)/(b)", "dfrac": "(a)/(b)", "sqrt": "sqrt(x)", "cdot": "*", "times": "*",
      "pi": "pi", "left": "( alone", "right": ") alone", "sum": "sum(i in 1..n: …)",
      "prod": "prod(i in 1..n: …)", "ln": "log(x)", "arctan": "atan(x)", "arcsin": "asin(x)",
      "arccos": "acos(x)", "le": "<=", "leq": "<=", "ge": ">=", "geq": ">=",
      "operatorname": "the name alone",
    ]
    if let meaning = meaning[command] { return "write \(meaning) for \\\(command)" }
    if Function.named[command] != nil { return "write \(command)(x) for \\\(command)" }
    return "LaTeX commands are not understood; write sin(x), pi, x/y"
  }

  static func sentence(forCharacter text: String) -> String {
    switch text {
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
    case "∞": "infinity is no number that can be calculated with"
    case "∂", "∇": "derivatives are found by the tool; write the function alone"
    case "{", "}": "write round brackets instead of '\(text)'"
    case "&": "write 'and' here"
    case "|": "write abs(x) for an absolute value |x|, and 'or' for ||"
    case "!": "write 'not' for a negation, prod(i in 1..n: i) for a factorial"
    case "?": "write if(c, a, b) for c ? a : b"
    case "'", "’", "‘", "′":
      "there is no sign for a derivative or transpose; derivatives are found by the tool"
    case "%": "there is no remainder operator"
    case ";": "a line has one formula; write local names in lines of their own, as: where u = x - 1"
    case "_": "a name begins with a letter, and a number has digits alone"
    case "\"", "“", "”", "„": "a formula stands without quotation marks"
    default: "the character '\(text)' has no meaning in a formula"
    }
  }
}
