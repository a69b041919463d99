import Diagnostics
import Methods

extension Direction {
  /// What may stand behind `method KIND`.
  public var options: [OptionDefinition] {
    let rate: [OptionDefinition]
    switch defaultRate {
    case .own: rate = []
    case .mustBeTold:
      rate = [OptionDefinition("rate", .rates, "the learning rate, a rule for it, or a list")]
    case .number(let value):
      rate = [
        OptionDefinition(
          "rate", .rates, default: formatNumber(value),
          "the learning rate, a rule for it, or a list")
      ]
    case .rule(let name):
      rate = [
        OptionDefinition(
          "rate", .rates, default: name, "the learning rate, a rule for it, or a list")
      ]
    }
    let scale =
      rate.isEmpty
      ? []
      : [
        OptionDefinition(
          "scale", .number(0 ... .greatestFiniteMagnitude), default: "1", "a factor of rules")
      ]
    return rate + scale + settings + [
      OptionDefinition("as", .label, "name that results are filed under")
    ]
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
    guard let direction = Direction.named[kind.string] else {
      let names = Direction.all.map(\.name)
      findings.report(
        SpecProblem.unknownMethod(
          kind.string, suggestion: suggestion(for: kind.string, among: names), allowed: names),
        at: kind.place(at: 0))
      return
    }
    let values = findings.options(
      Array(line.rest.words.dropFirst()), of: kind.string, direction.options)
    // Where an option is wrong, it may have been meant for the rate: none is asked for.
    let mayHaveRate = findings.all.count > before
    let scale = values.number("scale") ?? 1
    var rates: [RateChoice]?
    if values.isGiven("rate"), let text = values.texts("rate").first {
      rates = findings.rates(text, scale: scale) ?? [.number(.nan)]
    }
    for below in block.below {
      if rates != nil {
        findings.report(SpecProblem.ratesTwice(kind.string), at: below.place)
      } else {
        rates = findings.rates(below, scale: scale) ?? [.number(.nan)]
      }
    }
    if rates != nil, direction.defaultRate == .own {
      findings.report(SpecProblem.rateOfOwn(kind.string), at: kind.place(at: 0))
    }
    let draft = MethodDraft(
      line: line, direction: direction, settings: Settings(values, direction.settings),
      suffix: direction.settings.compactMap { definition in
        let value = values.number(definition.name).map(formatNumber) ?? values.word(definition.name)
        guard let value, value != definition.defaultText else { return nil }
        return "-\(definition.name)-\(value)"
      }.joined().filter { $0 != "+" },
      label: values.word("as"), scale: scale, rates: rates ?? (mayHaveRate ? [.number(.nan)] : nil))
    check(draft, draft.rates ?? [])
    methods.append(draft)
  }

  /// Reports the rules that cannot serve a method.
  private mutating func check(_ draft: MethodDraft, _ rates: [RateChoice]) {
    for case .rule(let rule, _, _) in rates
    where rule.needsDirection && !draft.direction.takesSearches {
      findings.report(
        SpecProblem.noSearchAlong(draft.direction.name, rate: rule.name),
        at: draft.line.rest.place(at: 0))
    }
  }

  /// Gives every method its rates and its label.
  mutating func finishMethods() {
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
        check(draft, shared.values)
        specs.append((draft, shared.values))
      case .number(let rate): specs.append((draft, [.number(rate)]))
      case .rule(let name):
        guard let rule = Rate.named[name] else { continue }
        specs.append(
          (draft, [.rule(rule, Rate.Arguments(scale: draft.scale), text: name)]))
      case .own: specs.append((draft, [.own]))
      }
    }
    if let shared = sharedRates, !areSharedUsed, areMethodsKnown, !methods.isEmpty {
      findings.report(SpecProblem.ratesUnused, at: shared.place)
    }
    // The rate joins the label only where two lines of a kind need it.
    let kinds = Dictionary(
      specs.filter { $0.draft.label == nil }.map {
        ($0.draft.direction.name + $0.draft.suffix, 1)
      }, uniquingKeysWith: +)
    var labels: Set<String> = []
    for (draft, rates) in specs where !findings.isClosed {
      let kind = draft.direction.name + draft.suffix
      var label = draft.label ?? kind
      if draft.label == nil, kinds[kind, default: 0] > 1, rates.count == 1,
        draft.rates != nil, !isDefault(rates[0], draft.direction)
      {
        label += "-" + rates[0].text.filter { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "." }
      }
      if !labels.insert(label.lowercased()).inserted, areMethodsKnown {
        findings.report(
          SpecProblem.equalLabels(label, kind: "method"), at: draft.line.rest.place(at: 0))
      }
      experiment.methods.append(
        MethodSpec(
          label: label, direction: draft.direction, settings: draft.settings, rates: rates))
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
