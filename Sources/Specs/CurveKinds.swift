import Diagnostics
import Methods

// The figures that show f as a height: along one coordinate, and over two in perspective.

extension PlotKind {
  static let ofCurves = [
    OptionDefinition("with", .functions, "other functions of the spec, drawn on the same axes"),
    OptionDefinition("taylor", .integers(1...3), "orders of the Taylor polynomials of f"),
    OptionDefinition(
      "about", .place,
      "where these are taken; the first named start, the first known minimum or the middle, if not said"
    ),
    OptionDefinition("paths", .methods, "methods whose steps are drawn"),
    OptionDefinition(
      "axes", .coordinates, "the coordinate of a function that has several; the others are held"),
    OptionDefinition(
      "at", .label, "where they are held: 'minimum', the first known one, or the label of a start"),
    OptionDefinition("as", .label, "name of the figure"),
  ]

  static let ofSurfaces = [
    OptionDefinition("paths", .methods, "methods whose paths are drawn"),
    OptionDefinition(
      "azimuth", .number(-360...360), default: "-60",
      "where the eye stands, in degrees from the first axis towards the second"),
    OptionDefinition(
      "elevation", .number(5...80), default: "35", "how high the eye stands, in degrees"),
    OptionDefinition(
      "count", .integer(2...100), default: "30", "lines of the mesh along each axis"),
    OptionDefinition(
      "scale", .choice(["auto", "linear", "log"]), default: "auto",
      "heights as they are, or the logarithm of f - f*"),
  ]
}

extension PlotSpec {
  /// The orders of the Taylor polynomials, increasing.
  public var taylorOrders: [Int] { (options.numbers("taylor") ?? []).map { Int($0) }.sorted() }

  /// The coordinate along which another function is drawn: that of the figure, or its only one; nil where it
  /// has none such.
  public func coordinate(of other: FunctionSpec) -> Int? {
    guard space == .line else { return nil }
    return axes(of: other)?.first ?? (other.dimension == 1 ? 0 : nil)
  }
}

extension SpecParser {
  /// Reports a point of expansion where nothing is expanded.
  mutating func checkExpansion(of plot: PlotSpec) {
    guard plot.kind == .curve, plot.options.isGiven("about"), !plot.options.isGiven("taylor") else {
      return
    }
    findings.report(
      SpecProblem.optionWithoutOther("about", needs: "taylor=[1, 2]"), at: plot.place)
  }

  /// Reports functions that no curve has beside it, and starts that none of the functions has.
  mutating func checkCurve(_ plot: PlotSpec, _ specs: [FunctionSpec]) {
    guard plot.kind == .curve else { return }
    let all = functions.map(\.spec)
    var seen: Set<String> = []
    for text in plot.options.texts("with") where !findings.isClosed {
      let place = text.place(at: 0)
      if !seen.insert(text.string).inserted {
        findings.report(SpecProblem.duplicateName(text.string, kind: "function"), at: place)
      }
      guard let other = all.first(where: { $0.name == text.string }) else {
        let names = all.map(\.name)
        findings.report(
          SpecProblem.unknownCurve(
            text.string, suggestion: suggestion(for: text.string, among: names), allowed: names),
          at: place)
        continue
      }
      if plot.coordinate(of: other) == nil {
        findings.report(SpecProblem.noCurve(other.name, variables: other.variables), at: place)
      }
    }
    guard let about = plot.options.texts("about").first, about.string != "minimum",
      !specs.contains(where: { $0.starts.points.contains { $0.label == about.string } })
    else { return }
    let labels = ["minimum"] + specs.flatMap { $0.starts.points.map(\.label) }
    findings.report(
      SpecProblem.unknownStart(
        about.string, suggestion: suggestion(for: about.string, among: labels), allowed: labels),
      at: about.place(at: 0))
  }
}
