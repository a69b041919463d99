import Diagnostics
import Expressions
import Foundation
import Methods
import Testing

@testable import Specs

/// Every token of every shipped spec is removed, doubled and misspelt in turn.
///
/// Nothing crashes, and nothing is accepted in silence: where the damaged spec is still good, what it says
/// differs from the original in what its line is about, and in nothing else; what makes no difference is
/// on a list of reasons.
@Suite struct TokenDamageTests {
  /// A token of a line, with the line's directive.
  private struct Token {
    let range: Range<String.Index>
    let text: String
    let directive: String
  }

  /// What a line of each directive may change.
  private static let subjects: [String: Set<String>] = [
    // A function of the library comes with its window, minima and start.
    "title": ["title"], "function": ["function", "domain", "minimum", "start"],
    "where": ["function"],
    "domain": ["domain", "grid"], "minimum": ["minimum"], "lipschitz": ["function"],
    "method": ["method"], "rates": ["method"], "state": ["method"], "step": ["method"],
    "direction": ["method"], "rate": ["method"], "column": ["trace"], "start": ["start"],
    "grid": ["grid"], "random": ["grid"],
    "data": ["data"], "stop": ["stop"],
    "trace": ["trace"], "plot": ["plot"], "window": ["plot"],
    "critical-points": ["critical-points"], "expect": ["expect"],
  ]

  /// What the shipped specs do not use.
  private static let rest = """
    title "Rest # of it"
    function f(x, y) = u^2 + if(x < y and not x == 1, hypot(x, y), v)
      where u = x - 2*y
      where v = exp(u) +
          min(x, y, 3)
      domain -3 .. 3
      start (1, 2), saddle = (1/2, 2*pi)
      grid x = 0.25 .. 1 log 3, y = -1 .. 1 by 0.25
      critical-points raster=12
      plot contour as=close levels=7 fill=no scale=log paths=newton
        window x = 0 .. 1
        window y = 0 .. 2
    function g(a, b_1) = a*b_1
    method gradient rate=[0.1, 0.2 .. 0.4 linear 3] as=slow
    method gradient
    method newton
    rates 1e-3, 2
    start (3, 4)
    stop gradient=off step=1e-9 decrease=0 radius=1e6 evaluations=4000
    trace every=10 starts=all
    critical-points
    plot newton-field count=11 scale=log
    plot map quantity="angle / (1 + norm(newton_step))" levels=3 scale=linear as=turn
    expect method=newton,slow start=p1,saddle : ending=conv*,stalled, x=pi+-1e-3, period!=2 reason=""
    """

  private static let root = URL(filePath: #filePath).appending(path: "../../../experiments")
    .standardized

  /// A shipped table, its first row alone.
  private static func table(_ name: String, _ path: String) throws -> DataTable {
    guard let text = try? String(contentsOf: root.appending(path: path), encoding: .utf8) else {
      throw SpecProblem.noTables
    }
    let lines = text.split(separator: "\n").prefix(2).map { $0.split(separator: ",") }
    return DataTable(
      name: name, columns: lines[0].map(String.init),
      values: lines[1].map { [Double($0) ?? .nan] })
  }

  private static var specs: [(name: String, text: String)] {
    let all = try? FileManager.default.contentsOfDirectory(
      at: root, includingPropertiesForKeys: nil)
    // What cost.txt says is in the others too, and its functions of 100 variables take long.
    let shipped = (all ?? []).filter {
      $0.pathExtension == "txt" && $0.lastPathComponent != "cost.txt"
    }.compactMap { file in
      (try? String(contentsOf: file, encoding: .utf8)).map { (file.lastPathComponent, $0) }
    }
    return shipped + [("rest", rest)]
  }

  @Test func thereAreSpecs() {
    #expect(TokenDamageTests.specs.count > 4)
  }

  @Test(arguments: specs)
  func noDamageIsAcceptedInSilence(name: String, spec: String) throws {
    let original = said(try Experiment.parse(spec, table: TokenDamageTests.table).experiment)
    for token in TokenDamageTests.tokens(of: spec) {
      let subjects = try #require(TokenDamageTests.subjects[token.directive], "\(token.directive)")
      for damage in TokenDamageTests.damages(to: token.text) {
        let damaged = spec.replacingCharacters(in: token.range, with: damage)
        guard let now = parsed(damaged) else { continue }
        let changed = Set(original.keys.filter { original[$0] != now[$0] })
        let line = damaged[damaged.lineRange(for: token.range.lowerBound..<token.range.lowerBound)]
        #expect(
          changed.isSubset(of: subjects), "'\(token.text)' → '\(damage)' in \(line)")
        #expect(
          !changed.isEmpty || TokenDamageTests.isHarmless(token, damage),
          "'\(token.text)' → '\(damage)' changes nothing in \(line)")
      }
    }
  }

  /// Damage that rightly makes no difference.
  private static func isHarmless(_ token: Token, _ damage: String) -> Bool {
    // The same number in other digits.
    if let number = Double(token.text), number == Double(damage) { return true }
    // A slash too many in a path, and another name for an index that its list does not use.
    if token.directive == "data", damage == "//" { return true }
    if token.directive == "start", token.text == "i", damage.last?.isLetter == true { return true }
    // Another plus sign, and a comment in the place of columns that stand below.
    if token.text == "+", ["++", "+ +"].contains(damage) { return true }
    if token.directive == "trace", token.text == ",", damage == "#" { return true }
    // A value that is named twice, and conditions with a blank between in place of a comma.
    if token.directive == "expect", token.text == ",", damage.isEmpty { return true }
    // A comment behind the name of a function that the library writes in the same way.
    if token.directive == "function", token.text == "(", damage == "#" { return true }
    // A comment in the place of a range that says the default.
    return token.directive == "domain" && damage == "#"
  }

  /// What an experiment says, by subject; nil for a spec with mistakes.
  private func parsed(_ spec: String) -> [String: String]? {
    do {
      let experiment = try Experiment.parse(spec, table: TokenDamageTests.table).experiment
      _ = try Plan(experiment)
      return said(experiment)
    } catch let found as Diagnostics {
      #expect(!found.all.isEmpty)
    } catch {
      Issue.record(error)
    }
    return nil
  }

  private func said(_ experiment: Experiment) -> [String: String] {
    let functions = experiment.functions
    return [
      "title": "\(experiment.title ?? "")",
      "data": "\(experiment.tables.map { ($0.name, $0.columns) })",
      "function": "\(functions.map { ($0.name, $0.variables, formula($0.formula.text)) })"
        + "\(functions.map { $0.locals.map { ($0.name, formula($0.formula.text)) } })"
        + "\(functions.map(\.lipschitz))",
      "domain": "\(functions.map(\.domain))",
      "minimum": "\(functions.map(\.minima))",
      "start": "\(functions.map { Array($0.starts.points) })",
      "grid": "\(functions.map { $0.starts.filter { !$0.isPoint }.map(\.position) })",
      "method": "\(experiment.methods.map(said))",
      "stop": "\(experiment.stop)",
      "trace": said(experiment.trace),
      "critical-points": "\(functions.map { $0.criticalPoints?.raster ?? 0 })",
      "expect": "\(experiment.expectations.map { "\($0.filter) \($0.conditions)" })",
      "plot": "\(functions.map { $0.plots.map(said) })\(experiment.plots.map(said))",
    ]
  }

  private func said(_ method: MethodSpec) -> String {
    var words = [method.label, method.direction.name] + method.rates.map(\.text)
    words += method.options.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    if let written = method.direction.written {
      words += written.states.map { "\($0.name)=\(formula($0.initial)),\(formula($0.next))" }
      words += written.locals.map { "\($0.name)=\(formula($0.formula))" }
      words.append(written.rate.map(formula) ?? "")
      switch written.move {
      case .step(let step): words.append("step \(formula(step))")
      case .direction(let direction): words.append("direction \(formula(direction))")
      }
    }
    return words.joined(separator: " ")
  }

  private func said(_ trace: TraceRules) -> String {
    let columns = trace.columns(dimension: 2).map { "\($0.name) \($0.formula.map(formula) ?? "")" }
    return "\(trace.every ?? 0) \(trace.allStarts) \(trace.isOn) \(columns)"
  }

  private func formula(_ formula: QuantityFormula) -> String { self.formula(formula.formula.text) }

  private func formula(_ text: SourceText) -> String { text.string.filter { !$0.isWhitespace } }

  private func said(_ plot: PlotSpec) -> String {
    let options = plot.options
    return "\(plot.kind) \(plot.name) \(plot.window.sorted { $0.key < $1.key }) "
      + plot.kind.options.map {
        "\($0.name)=\(options.words($0.name))\(options.numbers($0.name) ?? [])"
          + "\(options.number($0.name) ?? .nan)\(options.formula($0.name)?.formula.text.string ?? "")"
      }.joined(separator: " ")
  }

  /// The words, numbers and signs of a spec, comments left out.
  private static func tokens(of spec: String) -> [Token] {
    var tokens: [Token] = []
    var start = spec.startIndex
    var directive = ""
    while start < spec.endIndex {
      let line = spec[start..<spec.lineRange(for: start..<start).upperBound]
      start = line.endIndex
      let code = line.prefix { $0 != "#" }
      let found = code.matches(of: /[0-9.]*[0-9](e[-+]?[0-9]+)?|\w+(-[a-zA-Z]\w*)*|\.\.|[^\w\s]/)
      // A line that goes on begins with no directive.
      if let first = found.first?.output.0, subjects[String(first)] != nil {
        directive = String(first)
      }
      tokens += found.map {
        Token(range: $0.range, text: String($0.output.0), directive: directive)
      }
    }
    return tokens
  }

  private static func damages(to token: String) -> [String] {
    let misspelt: [String]
    if token.first?.isLetter == true {
      misspelt = ["q" + token, String(token.dropLast()), token.uppercased()]
    } else if token.first?.isNumber == true {
      misspelt = [token + "7", "1" + token.dropFirst(), token + "e"]
    } else {
      misspelt = ["(", ",", "=", "+", ".", "..", "#", "\""]
    }
    return ["", "\(token) \(token)", token + token]
      + misspelt.filter { $0 != token }
  }
}

extension String {
  /// The text with one piece replaced, the places before it unmoved.
  fileprivate func replacingCharacters(in range: Range<Index>, with text: String) -> String {
    String(self[..<range.lowerBound]) + text + self[range.upperBound...]
  }
}
