import Diagnostics
import Methods

/// A figure.
public struct PlotSpec: Sendable {
  /// contour, determinant, ….
  public let kind: PlotKind
  /// The file's name without its ending.
  public let name: String
  /// The window, for the coordinates it zooms; others keep the domain.
  public var window: [String: ClosedRange<Double>] = [:]
  /// The options of its kind.
  public let options: OptionValues
  /// Where the spec asks for it.
  public let place: Place

  /// The formula that a map shows; nil of other figures.
  public var formula: QuantityFormula? { options.formula("quantity") }

  /// Whether it shows second derivatives.
  public var needsHessian: Bool { kind.needsHessian || formula?.needsHessian == true }

  /// The two coordinates of a function that the figure lies in, or the one that it lies along: those of
  /// `axes=`, or the only ones; nil where the function has none such.
  public func axes(of function: FunctionSpec) -> [Int]? {
    guard let count = kind.space.coordinates else { return nil }
    if needsHessian, function.dimension > FunctionSpec.greatestHessian { return nil }
    let names = options.words("axes").map { $0.filter { !$0.isWhitespace } }
    if names.isEmpty { return function.dimension == count ? Array(0..<count) : nil }
    let axes = names.compactMap { function.variables.firstIndex(of: $0) }
    return axes.count == count ? axes : nil
  }
}

/// The figures that can be asked for.
public enum PlotKind: String, CaseIterable, Sendable {
  /// Contours of f, with paths.
  case contour
  /// det H.
  case determinant
  /// The Newton steps.
  case newtonField = "newton-field"
  /// −g.
  case gradientField = "gradient-field"
  /// Where H is positive definite, indefinite, negative definite.
  case definiteness
  /// 2gᵀg/gᵀHg, or the largest rate with which a method converges.
  case criticalRate = "critical-rate"
  /// Which critical point each start reaches.
  case basins
  /// Any quantity, or formula of quantities.
  case map
  /// f in perspective, with paths.
  case surface
  /// Functions of one variable, with Taylor polynomials and steps.
  case curve
  /// f − f*, ‖g‖ or a distance over the iterations.
  case convergence
  /// Iterations and endings over the rate.
  case sweep
  /// A column of a table over another.
  case lines
  /// min‖g‖² beside what theory promises.
  case bound
  /// A performance profile of the methods.
  case profile

  /// One line of help.
  public var summary: String {
    switch self {
    case .contour: "contours of f, and the ways of methods from the named starts"
    case .determinant: "the determinant of the Hessian, its zero a strong line"
    case .newtonField: "the Newton steps as arrows"
    case .gradientField: "the negative gradient as arrows"
    case .definiteness: "where the Hessian is positive definite, indefinite, negative definite"
    case .criticalRate:
      "2 g.g/g.Hg; with a method, the largest rate with which it converges from each place"
    case .basins: "which critical point a method reaches from each place, and how fast"
    case .map: "any quantity of a point, or formula of quantities, in colours"
    case .surface: "f in perspective, and the ways of methods from the named starts"
    case .curve:
      "f along one variable, with other functions, Taylor polynomials and the steps of methods"
    case .convergence:
      "f - f*, the norm of the gradient or the distance to the minimum over the iterations"
    case .sweep: "iterations and endings over the rate"
    case .lines: "a column of runs.csv, the traces or summary.csv over another"
    case .bound: "the least |g|^2 so far beside the bound 2L(f0 - f*)/t for rates up to 1/L"
    case .profile:
      "performance profile over all functions and starts: the share solved within a factor of the best"
    }
  }

  /// What the title says of it behind the name of its subject; nil where the figure says so itself.
  public var about: String? {
    switch self {
    case .contour, .criticalRate, .basins, .map, .surface, .curve, .lines, .profile: nil
    case .determinant: "determinant of the Hessian"
    case .newtonField: "Newton steps"
    case .gradientField: "negative gradient"
    case .definiteness: "definiteness of the Hessian"
    case .convergence: "convergence"
    case .sweep: "sweep of the rate"
    case .bound: "the bound on the gradient"
    }
  }

  /// Whether it shows second derivatives, whatever its options are.
  var needsHessian: Bool {
    switch self {
    case .contour, .gradientField, .map, .surface, .curve, .convergence, .sweep, .lines, .bound,
      .profile:
      false
    case .determinant, .newtonField, .definiteness, .criticalRate, .basins: true
    }
  }

  /// What may stand behind `plot KIND`.
  public var options: [OptionDefinition] {
    switch self {
    case .contour:
      [
        OptionDefinition("paths", .methods, "methods whose paths are drawn"),
        OptionDefinition(
          "levels", .countOrNumbers(1...200), default: "12", "how many levels, or a list of them"),
        OptionDefinition(
          "scale", .choice(["auto", "linear", "log"]), default: "auto", "spacing of the levels"),
        OptionDefinition(
          "fill", .choice(["yes", "no"]), default: "yes", "colour between the lines"),
      ] + PlotKind.ofPlanes
    case .determinant, .definiteness: PlotKind.ofPlanes
    case .newtonField, .gradientField:
      [
        OptionDefinition(
          "count", .integer(2...200), default: "25", "arrows or curves across the window"),
        OptionDefinition(
          "scale", .choice(["unit", "true", "log"]), default: "unit",
          "what an arrow's length means"),
        OptionDefinition(
          "stream", .choice(["yes", "no"]), default: "no",
          "integral curves, evenly apart, instead of arrows"),
      ] + PlotKind.ofPlanes
    case .criticalRate:
      [
        OptionDefinition(
          "method", .method, "show the largest rate with which it converges to a minimum"),
        OptionDefinition(
          "lowest", .number(1e-100...1e100), "where the ladder of rates begins"),
        OptionDefinition("highest", .number(1e-100...1e100), "where it ends"),
        OptionDefinition(
          "count", .integer(2...400), default: "100", "places along the longer side of the window"),
        OptionDefinition(
          "levels", .countOrNumbers(1...200), "lines of 2 g.g/g.Hg: how many, or a list of them"),
      ] + PlotKind.ofPlanes
    case .basins:
      [
        OptionDefinition("method", .method, "whose runs are made; the only one, if there is one"),
        OptionDefinition(
          "rate", .number(-.greatestFiniteMagnitude ... .greatestFiniteMagnitude),
          "their rate, where the method has several"),
        OptionDefinition(
          "count", .integer(2...1000), default: "400", "runs along the longer side of the window"),
      ] + PlotKind.ofPlanes
    case .map:
      [
        OptionDefinition("quantity", .formula, "what is shown; 'runexp list quantities' has them"),
        OptionDefinition(
          "levels", .countOrNumbers(1...200), "contour lines: how many, or a list of them"),
        OptionDefinition(
          "scale", .choice(["auto", "linear", "log", "signed-log"]), default: "auto",
          "how values are spread over the colours"),
      ] + PlotKind.ofPlanes
    case .surface: PlotKind.ofSurfaces + PlotKind.ofPlanes
    case .curve: PlotKind.ofCurves
    case .convergence: PlotKind.ofConvergence
    case .sweep: PlotKind.ofCharts
    case .lines: PlotKind.ofLines
    case .bound: PlotKind.ofCharts
    case .profile: PlotKind.ofProfiles
    }
  }

  /// What a figure is called where nobody names it: its kind, a map of a quantity after that too, and a figure
  /// of a method after that and its rate.
  func name(_ options: OptionValues) -> String {
    let parts = [
      options.formula("quantity")?.quantity?.name, options.word("method"), options.text("rate"),
    ]
    return ([rawValue] + parts.compactMap(\.self)).joined(separator: "-")
  }

  private static let ofPlanes = [
    OptionDefinition(
      "axes", .coordinates, "two coordinates of a function that has more; the others are held"),
    OptionDefinition(
      "at", .label, "where they are held: 'minimum', the first known one, or the label of a start"),
    OptionDefinition("as", .label, "name of the figure"),
  ]
}
