import Diagnostics
import Methods

extension PlotSpec {
  /// The method whose runs the figure shows: that of `method=`, or the only one.
  public func method(among methods: [MethodSpec]) -> MethodSpec? {
    guard let label = options.word("method") else { return methods.count == 1 ? methods[0] : nil }
    return methods.first { $0.label == label }
  }

  /// The rate of its runs: that of `rate=`, or the method's only one.
  public func rate(of method: MethodSpec) -> RateChoice? {
    if let rate = options.number("rate") { return .number(rate) }
    return method.rates.count == 1 ? method.rates[0] : nil
  }
}

extension SpecParser {
  /// Reports what is wrong with the method of a figure, and with its rate.
  mutating func checkMethod(of plot: PlotSpec) {
    guard plot.kind.options.contains(where: { $0.name == "method" }) else { return }
    if plot.options.isGiven("method") {
      check(labels: plot.options.texts("method"), kind: "method")
    } else if plot.kind == .basins, areMethodsKnown, methodLabels.count > 1 {
      let labels = experiment.methods.map(\.label)
      findings.report(SpecProblem.methodOfFigure(labels), at: plot.place)
    }
    if plot.kind == .criticalRate, !plot.options.isGiven("method") {
      for option in ["lowest", "highest", "count"] where plot.options.isGiven(option) {
        findings.report(
          SpecProblem.optionWithoutOther(option, needs: "method=LABEL"), at: plot.place)
      }
    }
    if let low = plot.options.number("lowest"), let high = plot.options.number("highest"),
      low >= high
    {
      findings.report(SpecProblem.emptyRange(low: low, high: high), at: plot.place)
    }
    guard areMethodsKnown, let method = plot.method(among: experiment.methods) else { return }
    let place = plot.options.texts("method").first?.place(at: 0) ?? plot.place
    let takesNone = method.direction.defaultRate == .own
    switch plot.kind {
    case .criticalRate where takesNone && plot.options.isGiven("method"):
      findings.report(SpecProblem.noLargestRate(method.label), at: place)
    case .basins where takesNone && plot.options.isGiven("rate"):
      findings.report(SpecProblem.rateOfOwn(method.label), at: place)
    case .basins where plot.rate(of: method) == nil:
      findings.report(
        SpecProblem.rateOfFigure(method.label, rates: method.rates.map(\.text)), at: place)
    default: break
    }
  }

  /// Reports a scale of arrows where there are none.
  mutating func checkField(_ plot: PlotSpec) {
    if plot.options.word("stream") == "yes", plot.options.isGiven("scale") {
      findings.report(SpecProblem.excludedOption("scale", by: "stream=yes"), at: plot.place)
    }
  }
}
