import Diagnostics
import Methods

extension Direction {
  /// What may stand behind `method KIND`.
  public var options: [OptionDefinition] {
    func rate(_ text: String?) -> [OptionDefinition] {
      [
        OptionDefinition(
          "rate", .rates, default: text, "the learning rate, a rule for it, or a list")
      ]
    }
    let rate: [OptionDefinition] =
      switch defaultRate {
      // A method of the user's own is told why it takes none.
      case .own: written == nil ? [] : rate(nil)
      case .mustBeTold: rate(nil)
      case .number(let value): rate(formatNumber(value))
      case .rule(let name): rate(name)
      }
    let scale =
      rate.isEmpty
      ? []
      : [
        OptionDefinition(
          "scale", .number(0 ... .greatestFiniteMagnitude), default: "1", "a factor of rules")
      ]
    // The derivatives of sums of squares are those of the squares.
    let differences = needsSquares ? [] : Differences.options
    return rate + (scale + settings + differences).map(\.multiplying) + [
      OptionDefinition("as", .label, "name that results are filed under")
    ]
  }
}

extension Direction {
  /// Whether an option is a number of a method's own formulas.
  fileprivate func hasParameter(_ name: String) -> Bool {
    written?.parameters.contains { $0.name == name } ?? false
  }
}

extension SpecParser {
  /// `method KIND rate=… as=…` with an optional `rates` line below.
  mutating func readMethod(_ block: Block) {
    let line = block.line
    let before = findings.all.count
    defer { areMethodsKnown = areMethodsKnown && findings.all.count == before }
    guard let kind = line.rest.words.first else {
      findings.report(
        SpecProblem.missing("the method's name", example: "method newton"), at: line.rest.end)
      return
    }
    guard kind.scalars.last != "," else {
      findings.report(SpecProblem.severalMethods, at: kind.place(at: kind.count - 1))
      return
    }
    let isWritten = block.below.contains { SpecParser.methodLines.contains($0.word) }
    let known = isWritten ? readWrittenMethod(block, kind) : Direction.named[kind.string]
    guard let direction = known else {
      if isWritten { return }
      let names = Direction.all.map(\.name)
      findings.report(
        SpecProblem.unknownMethod(
          kind.string, suggestion: suggestion(for: kind.string, among: names), allowed: names),
        at: kind.place(at: 0))
      return
    }
    let words = Array(line.rest.words.dropFirst())
    if direction.needsSquares {
      let names = Differences.options.map(\.name)
      for word in words where names.contains(word.before("=").string) {
        findings.report(SpecProblem.exactSquares(kind.string), at: word.place(at: 0))
      }
    }
    let options = direction.options
    let values = findings.options(words, of: kind.string, options)
    let total = Double(methods.count) + values.choiceCount
    guard total <= Double(limits[.methods]) else {
      findings.report(
        LimitProblem(
          "with this line there are \(formatNumber(total)) methods", name: .methods,
          limit: limits[.methods]), at: kind.place(at: 0))
      return
    }
    for list in values.lists where !listedOptions.contains(where: { $0.name == list.name }) {
      listedOptions.append((list.name, list.place))
    }
    // Where an option is wrong, it may have been meant for the rate: none is asked for.
    let mayHaveRate = findings.all.count > before
    var ratesByScale: [Double: [RateChoice]?] = [:]
    for choice in values.choices(options) {
      let scale = choice.number("scale") ?? 1
      let rates = ratesByScale[scale] ?? readRates(block, direction, choice, scale: scale)
      ratesByScale.updateValue(rates, forKey: scale)
      // A list shows all of its values in the labels, the default one too; a factor of rules is told by these.
      let label = choice.word("as").map { $0 + choice.suffix(options.filter(choice.isListed)) }
      let telling = options.filter { option in
        choice.isListed(option)
          || option.multiplies && option.name != "scale" && !direction.hasParameter(option.name)
            && choice.text(option.name) != option.defaultText
      }
      if let label { findings.checkLength(ofLabel: label, at: kind.place(at: 0)) }
      methods.append(
        MethodDraft(
          line: line, direction: direction, values: choice,
          kind: direction.name + choice.suffix(telling),
          label: label, rates: rates ?? (mayHaveRate ? [.number(.nan)] : nil)))
    }
  }

  /// The rates of a method's own; nil where it has none.
  private mutating func readRates(
    _ block: Block, _ direction: Direction, _ values: OptionValues, scale: Double
  ) -> [RateChoice]? {
    let place = block.line.rest.place(at: 0)
    var rates: [RateChoice]?
    if values.isGiven("rate"), let text = values.texts("rate").first {
      rates = findings.rates(text, scale: scale) ?? [.number(.nan)]
    }
    for below in block.below where below.word == "rates" {
      if rates != nil {
        findings.report(SpecProblem.ratesTwice(direction.name), at: below.place)
      } else {
        rates = findings.rates(below, scale: scale) ?? [.number(.nan)]
      }
    }
    let hasRule = (rates ?? []).contains { if case .rule = $0 { true } else { false } }
    if values.isGiven("scale"), rates != nil, !hasRule {
      findings.report(SpecProblem.scaleOfNumbers, at: place)
    }
    if rates != nil, direction.defaultRate == .own {
      findings.report(
        direction.written?.rate == nil && direction.written != nil
          ? SpecProblem.rateNotNamed(direction.name) : SpecProblem.rateOfOwn(direction.name),
        at: place)
    }
    check(direction, rates ?? [], at: place)
    return rates
  }

  /// Reports the rules that cannot serve a method.
  private mutating func check(_ direction: Direction, _ rates: [RateChoice], at place: Place) {
    for case .rule(let rule, _, _) in rates where rule.needsDirection && !direction.takesSearches {
      findings.report(SpecProblem.noSearchAlong(direction.name, rate: rule.name), at: place)
    }
  }

  /// Gives every method its rates and its label.
  mutating func finishMethods() {
    checkColumns()
    var areSharedUsed = false
    var specs: [(draft: MethodDraft, rates: [RateChoice])] = []
    for draft in methods {
      if let own = draft.rates {
        specs.append((draft, own))
        continue
      }
      switch draft.direction.defaultRate {
      case .mustBeTold:
        guard let shared = sharedRates else {
          areMethodsKnown = false
          findings.report(
            SpecProblem.methodWithoutRate(draft.direction.name), at: draft.line.rest.place(at: 0))
          continue
        }
        areSharedUsed = true
        check(draft.direction, shared.values, at: draft.line.rest.place(at: 0))
        specs.append((draft, shared.values))
      case .number(let rate): specs.append((draft, [.number(rate)]))
      case .rule(let name):
        guard let rule = Rate.named[name] else { continue }
        specs.append(
          (
            draft,
            [.rule(rule, Rate.Arguments(scale: draft.values.number("scale") ?? 1), text: name)]
          ))
      case .own: specs.append((draft, [.own]))
      }
    }
    if let shared = sharedRates, !areSharedUsed, areMethodsKnown, !methods.isEmpty {
      findings.report(SpecProblem.ratesUnused, at: shared.place)
    }
    // The rate joins the label only where two lines of a kind need it.
    let kinds = Dictionary(
      specs.filter { $0.draft.label == nil }.map {
        ($0.draft.kind, 1)
      }, uniquingKeysWith: +)
    var labels: Set<String> = []
    var runs = 0
    for (draft, rates) in specs where !findings.isClosed {
      runs += rates.count
      guard runs <= limits[.runs] else {
        findings.report(
          LimitProblem(
            "with this line there are \(runs) runs from each start", name: .runs,
            limit: limits[.runs]), at: draft.line.rest.place(at: 0))
        return
      }
      var label = draft.label ?? draft.kind
      if draft.label == nil, kinds[draft.kind, default: 0] > 1, rates.count == 1,
        draft.rates != nil, !isDefault(rates[0], draft.direction)
      {
        label += "-" + rates[0].text.filter { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "." }
      }
      if !labels.insert(label.lowercased()).inserted, areMethodsKnown {
        findings.report(
          SpecProblem.equalLabels(label, kind: "method"), at: draft.line.rest.place(at: 0))
      }
      methodPlaces.append(draft.line.rest.place(at: 0))
      experiment.methods.append(
        MethodSpec(
          label: label, direction: draft.direction,
          settings: Settings(draft.values, draft.direction.settings),
          options: Dictionary(
            uniqueKeysWithValues: draft.direction.options.filter(\.multiplies).map {
              ($0.name, draft.values.text($0.name) ?? "")
            }), differences: Differences(draft.values), rates: rates))
    }
    experiment.optionColumns = listedOptions.map(\.name)
  }

  /// Reports the columns of lists that would be called like a coordinate.
  private mutating func checkColumns() {
    for (name, place) in listedOptions {
      guard let function = functions.first(where: { $0.spec.variables.contains(name) }) else {
        continue
      }
      findings.report(
        SpecProblem.columnIsVariable(name, function: function.spec.name), at: place)
    }
  }

  private func isDefault(_ rate: RateChoice, _ direction: Direction) -> Bool {
    switch (rate, direction.defaultRate) {
    case (.number(let value), .number(let other)): value == other
    case (.rule(_, _, let text), .rule(let name)): text == name
    default: false
    }
  }
}

extension Differences {
  /// What was given for differences; nil where derivatives are exact.
  init?(_ values: OptionValues) {
    guard let kind = values.word("derivatives").flatMap(Kind.init(rawValue:)) else { return nil }
    self.init(kind, epsilon: values.number("epsilon"))
  }
}

extension Settings {
  /// What was given for options, and the defaults of the others.
  init(_ values: OptionValues, _ definitions: [OptionDefinition]) {
    var numbers: [String: Double] = [:]
    var words: [String: String] = [:]
    for definition in definitions {
      if let number = values.number(definition.name) { numbers[definition.name] = number }
      if let word = values.word(definition.name) { words[definition.name] = word }
    }
    self.init(numbers: numbers, words: words)
  }
}
