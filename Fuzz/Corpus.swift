import Expressions
import Foundation
import Methods
import Specs

/// What inputs are made from: the shipped specs, the library, and the words of the language.
struct Corpus {
  var specs: [[String]]
  var formulas: [[String]]
  var tables: [[String]]

  /// A spec of what the shipped ones do not use.
  private static let rest = """
    title "Rest # of it"
    data points from "points.csv"
    function f(x, y) = u^2 + if(x < y and not x == 1, hypot(x, y), v)
      where u = x - 2*y
      where v = exp(u) +
          min(x, y, 3)
      domain -3 .. 3
      start (1, 2), saddle = (1/2, 2*pi)
      grid x = 0.25 .. 1 log 3, y = -1 .. 1 by 0.25
      plot contour as=close levels=7 fill=no scale=log paths=newton
        window x = 0 .. 1
    function g(a, w[3]) = mean(r in points: (r.y - a*r.x)^2 + r["a name"]) + dot(w, [1, 2, 3])
      domain a = 0 .. 1, w = -2 .. 2, w[2] = 0 .. 1
      minimum (0, [1, 2, 3])
      plot contour axes=w[1],w[2] at=minimum
    function h(A[2, 2], b[2]) = norm(A*b)^2 + sum(i in 1..2: prod(j in 1..2: A[i, j]))
    function rosenbrock[4] as=r4
    method gradient rate=[0.1, 0.2 .. 0.4 linear 3] as=slow
    method gradient
    method newton
    method bfgs rate=[armijo, wolfe, decay(0.5, 10), 0.1] scale=2 as=b
    method lbfgs memory=3
    method gauss-newton
    method momentum beta=[0.5, 0.9]
    method ball friction=[0.5, 0.9] rate=0.1
      state speed = 0, then friction*speed - rate*gradient
      state kept = hessian, then if(iteration < 3, kept, hessian)
      state last = position, then position + 0*step
      where way = solve(absolute(kept) + 0.1*identity, speed')
      step speed' + diagonal(kept)*way/(1 + trace(kept)^2 + det(kept)^2) + 0.1*(position - last)
    method aim rate=wolfe
      direction -gradient
    method far
      rate min(critical_rate, 1)
      direction newton_step
    rates 1e-3, 2, step(1, 0.5, 10)
    critical-points raster=20
    random 5 seed=1 in x = 0 .. 1
    random 3 seed=2
    grid 2
    stop gradient=off step=1e-9 decrease=0 radius=1e6 evaluations=4000
    trace every=10 starts=all columns=+gradient,+hessian,slope
      column slope = dot(gradient, step)*step_rate
      column worst = eigenvalues*condition
    plot newton-field count=11 scale=log
    expect method=slow,b friction!=0.5 start=p1,r1-*,"g*" rate>=1/3 : x=pi±1e-3, ending=conv*,stalled
    expect : iterations<=10, A[1,2] > 0 reason!="limit, on iterations" gradient_norm=2+-1e-9
    """

  private static let formulas = [
    "x^2 + y^2", "sin(x)^2 + sin(10 + x*y/2)*cos(x)", "-x^2^-3", "if(x < 1, x, -y)",
    "sum(i in 1..3: v[i]^2) + dot(v, A*[x, y])", "mean(r in t: (r.y - x*r.x)^2)",
    "norm(A[1] - [x, y]) + max(x, y, relu(x*y))", "prod(i in 1..n: 1 + v[i])/count(t)",
    "sum(r in t: sum(i in 1..2: A[i, i]*r.x^i))", "sum([i in 1..3: v[i]*i, x])",
    "t == 1", "sum(r in t: r[\"a name\"]*r[2])",
  ]

  private static let tables = [
    "x,y\n1,2\n3,4\n", "\"x\",\"y, \"\"z\"\"\"\r\n1e-3,-.5\r\n+5,6.\r\n",
    "\u{FEFF}größe\r1\r2\r", "a,b,c\n1,\"2\",3\n4,5,6\n\n", "x;y\n1;2\n", "x,y\n1\n2,3,4\n,\n",
  ]

  /// Words of the language, and texts that a mistake or an attack would hold.
  static let vocabulary: [String] = {
    var words = Directive.all.flatMap { [$0.name] + $0.below.map(\.name) }
    words += Function.all.map(\.name) + Reduction.all.map(\.name) + Library.names
    words += Direction.all.flatMap { [$0.name] + $0.options.map { "\($0.name)=" } }
    words += PlotKind.allCases.flatMap { [$0.rawValue] + $0.options.map(\.usage) }
    words += (StopRules.options + TraceRules.options + Starts.randomOptions).map(\.usage)
    words += Quantity.all.map(\.name) + MatrixFunction.all.map(\.name) + ["identity", "v'", "then"]
    words += RunColumn.all.map(\.name) + Filter.Comparison.allCases.map(\.rawValue) + ["±", "+-"]
    words += CriticalPointRules.options.map(\.usage) + Rate.all.map(\.usage)
    words += ["x", "y", "v", "A", "t", "n", "r", "i", "w[1]", "r.x", "r[\"x\"]", "A[1, 2]", "w[3]"]
    words += ["pi", "e", "tau", "count", "in", "and", "or", "not", "off", "linear", "log", "by"]
    words += [
      "(", ")", "[", "]", ",", "=", "==", "<", "..", ".", ":", "+", "-", "*", "/", "^", "**",
    ]
    words += ["#", "\"", "\n", "\r\n", "\n  ", "\r", "\t", " ", "\u{2028}", "\u{85}", "\u{0C}"]
    words += ["sum(i in 1..9999999: ", "sum(i in 1..3: ", "[i in 1..9999: ", "mean(r in t: "]
    words += [
      "\u{FEFF}", "\u{0}", "\u{1B}[2J", "\u{202E}", "é", "e\u{301}", "π", "²", "−", "𝑥", "👨‍👩‍👧",
    ]
    words += [
      "\"\"", ",,", "((", "))", "()", "[]", "\\frac", "$", "{", "}", "'", "&", "|", "!", "?",
    ]
    return words + numbers
  }()

  /// Numbers at the ends of what a number can be.
  static let numbers = [
    "0", "1", "2", "-1", "0.5", "1e308", "1e309", "1e-320", "9007199254740993", "1e15", "1e16",
    "9223372036854775807", "9223372036854775808", "-9223372036854775809", "18446744073709551616",
    "4294967296", "2147483648", "1e7", "100000", "1000001", "0x10", "1e", "1.", ".1", "1e+5",
    "00001", "1_000", "inf", "nan", "0.1e-400", "123456789012345678901234567890", "1/0", "0/0",
  ]

  /// The corpus of this repository.
  static func shipped() throws -> Corpus {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    func text(_ path: String) throws -> String {
      try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }
    let files = try FileManager.default.contentsOfDirectory(
      atPath: root.appending(path: "experiments").path)
    let specs = try files.filter { $0.hasSuffix(".txt") }.sorted().map {
      try text("experiments/\($0)")
    }
    let blocks = try text("Sources/Specs/Library/functions.txt").components(separatedBy: "\n\n")
    let functions = blocks.filter { $0.hasPrefix("function") && !$0.contains("dimension") }.map {
      block in
      let known = block.split(separator: "\n").filter {
        !["  about", "  source", "  dimension"].contains(where: $0.hasPrefix)
      }
      return known.joined(separator: "\n") + "\nmethod newton\ngrid 1\n"
    }
    return Corpus(
      specs: (specs + [rest] + functions).map(tokens), formulas: formulas.map(tokens),
      tables: tables.map(tokens))
  }

  /// Words, numbers, and single other characters.
  static func tokens(of text: String) -> [String] {
    var tokens: [String] = []
    var previous = 0
    for scalar in text.unicodeScalars {
      let kind =
        scalar.properties.isAlphabetic || scalar == "_"
        ? 1 : scalar.properties.numericType == .decimal || scalar == "." ? 2 : 0
      if kind > 0, kind == previous, !tokens.isEmpty {
        tokens[tokens.count - 1].unicodeScalars.append(scalar)
      } else {
        tokens.append(String(scalar))
      }
      previous = kind
    }
    return tokens
  }
}
