import Diagnostics
import Expressions
import Methods

extension Findings {
  /// The values of a `rates` line.
  mutating func rates(_ line: SpecLine, scale: Double = 1) -> [RateChoice]? {
    guard line.rest.count > 0 else {
      report(SpecProblem.missing("a rate", example: "rates 0.05, 0.1, 0.5"), at: line.rest.end)
      return nil
    }
    return rates(line.rest, scale: scale)
  }

  /// A list of numbers, ranges and rules, with or without square brackets around it.
  mutating func rates(_ text: SourceText, scale: Double) -> [RateChoice]? {
    let items = text.trimmed.unbracketed.items
    guard items.contains(where: { $0.isRule }) else {
      return numbers(text).map { $0.map { .number($0) } }
    }
    var choices: [RateChoice] = []
    var rules: Set<String> = []
    var isWhole = true
    for item in items where !isClosed {
      if item.isRule {
        guard let rule = rule(item, scale: scale) else {
          isWhole = false
          continue
        }
        if !rules.insert(rule.text).inserted {
          report(SpecProblem.duplicateName(rule.text, kind: "rate"), at: item.place(at: 0))
        }
        choices.append(rule)
      } else if let values = numbers(item) {
        choices += values.map { .number($0) }
      } else {
        isWhole = false
      }
    }
    return isWhole ? choices : nil
  }

  /// `armijo` or `decay(0.5, 10)`.
  private mutating func rule(_ item: SourceText, scale: Double) -> RateChoice? {
    let name = item.before("(")
    guard let rate = Rate.named[name.string] else {
      let names = Rate.all.map(\.name)
      report(
        SpecProblem.unknownRate(
          name.string, suggestion: suggestion(for: name.string, among: names), allowed: names),
        at: name.place(at: 0))
      return nil
    }
    var values: [Double] = []
    if name.count < item.count {
      let rest = item[name.count..<item.count].trimmed
      guard rest.scalars.last == ")" else {
        report(SpecProblem.unexpected(rest.string, example: rate.usage), at: rest.place(at: 0))
        return nil
      }
      for argument in rest[1..<rest.count - 1].items {
        guard let value = constant(argument) else { return nil }
        values.append(value)
      }
    }
    guard values.count == rate.parameters.count else {
      report(
        SpecProblem.wrongRateArguments(rate.name, usage: rate.usage, found: values.count),
        at: name.place(at: 0))
      return nil
    }
    for (parameter, value) in zip(rate.parameters, values)
    where ["k", "T"].contains(parameter) && !(value > 0) {
      report(
        SpecProblem.rateArgumentOutOfRange(formatNumber(value), usage: rate.usage),
        at: name.place(at: 0))
      return nil
    }
    let factor = scale == 1 ? "" : formatNumber(scale) + "*"
    let brackets =
      values.isEmpty ? "" : "(" + values.map(formatNumber).joined(separator: ", ") + ")"
    return .rule(
      rate, Rate.Arguments(values: values, scale: scale), text: factor + rate.name + brackets)
  }
}

extension SourceText {
  /// Whether this is a rule for a rate rather than a number: it begins with a name that is no constant or
  /// function of formulas.
  fileprivate var isRule: Bool {
    let name = before("(").string
    guard let first = scalars.first, isNameStart(first) else { return false }
    let isFormula =
      Function.constants[name] != nil || Function.named[name] != nil || firstIndex(of: "..") != nil
    return Rate.named[name] != nil || !isFormula && before("(").isName(allowingHyphen: true)
  }
}
