import Diagnostics
import Methods

extension Direction {
  /// What may stand behind `method KIND`.
  public var options: [OptionDefinition] {
    [
      OptionDefinition(
        "rate", .numbers, default: defaultRate.map(formatNumber),
        "the learning rate, or a list of them"),
      OptionDefinition("as", .label, "name that results are filed under"),
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
    var rates = values.isGiven("rate") ? values.numbers("rate") : nil
    for below in block.below {
      if rates != nil {
        findings.report(SpecProblem.ratesTwice(kind.string), at: below.place)
      } else {
        rates = findings.rates(below) ?? [.nan]
      }
    }
    methods.append(
      MethodDraft(
        line: line, direction: direction, label: values.word("as"),
        rates: rates ?? (mayHaveRate ? [.nan] : nil)))
  }

  /// Gives every method its rates and its label.
  mutating func finishMethods() {
    var areSharedUsed = false
    var specs: [(draft: MethodDraft, rates: [Double])] = []
    for draft in methods {
      if let own = draft.rates {
        specs.append((draft, own))
      } else if let shared = sharedRates, draft.direction.defaultRate == nil {
        areSharedUsed = true
        specs.append((draft, shared.values))
      } else if let rate = draft.direction.defaultRate {
        specs.append((draft, [rate]))
      } else {
        areMethodsKnown = false
        findings.report(
          SpecProblem.methodWithoutRate(draft.direction.name), at: draft.line.rest.place(at: 0))
      }
    }
    if let shared = sharedRates, !areSharedUsed, areMethodsKnown, !methods.isEmpty {
      findings.report(SpecProblem.ratesUnused, at: shared.place)
    }
    // The rate joins the label only where two lines of a kind need it.
    let kinds = Dictionary(
      specs.filter { $0.draft.label == nil }.map { ($0.draft.direction.name, 1) },
      uniquingKeysWith: +)
    var labels: Set<String> = []
    for (draft, rates) in specs where !findings.isClosed {
      let kind = draft.direction.name
      var label = draft.label ?? kind
      if draft.label == nil, kinds[kind, default: 0] > 1, rates.count == 1,
        rates[0] != draft.direction.defaultRate
      {
        label += "-" + formatNumber(rates[0])
      }
      if !labels.insert(label.lowercased()).inserted, areMethodsKnown {
        findings.report(
          SpecProblem.equalLabels(label, kind: "method"), at: draft.line.rest.place(at: 0))
      }
      experiment.methods.append(
        MethodSpec(label: label, direction: draft.direction, rates: rates))
    }
  }
}
