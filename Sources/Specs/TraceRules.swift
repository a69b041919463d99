import Diagnostics
import Expressions
import Methods

/// Which rows of which runs are kept.
public struct TraceRules: Sendable {
  /// Every so many iterations, and always the last; nil keeps the first and the last only.
  public var every: Int?
  /// Whether runs from grids and random starts are traced too.
  public var allStarts: Bool
  /// Whether anything is traced.
  public var isOn: Bool
  /// Whether the spec says so, which lifts the limit on rows.
  public var isExplicit = false
  /// The coordinates that every row has; nil takes all of a function that has at most 16.
  public var chosenCoordinates: [Int]?

  /// The columns that the spec chooses, or adds to those that are there by default.
  public var columns: [TraceColumn] = []
  /// Whether the columns replace those that are there by default.
  public var replacesColumns = false

  /// The columns behind the coordinates, for a function of n variables.
  public func columns(dimension n: Int) -> [TraceColumn] {
    guard isOn else { return [] }
    if replacesColumns { return columns }
    let given = Quantity.columns(dimension: n).map { TraceColumn($0) }
    return given + columns.filter { column in !given.contains { $0.name == column.name } }
  }

  /// The coordinates in the rows of a function.
  public func coordinates(dimension: Int) -> [Int] {
    chosenCoordinates ?? (dimension <= 16 ? Array(0..<dimension) : [])
  }

  /// What may stand behind `trace`.
  public static let options = [
    OptionDefinition(
      "every", .integer(1...1_000_000_000), default: "1", "keep every so many iterations"),
    OptionDefinition(
      "starts", .choice(["points", "all"]), default: "points",
      "trace the starts that are named, or those of grids and chance too"),
    OptionDefinition(
      "ends", .flag, "keep the first and the last row only", excluding: ["every"]),
    OptionDefinition(
      "columns", .columns,
      "columns to have, or +NAME to add: 'runexp list quantities' has the names"),
    OptionDefinition(
      "off", .flag, "keep no traces", excluding: ["every", "starts", "ends", "columns"]),
  ]

  /// The default: every row of the named starts.
  public init() {
    self.init(OptionValues(TraceRules.options))
  }

  init(_ values: OptionValues) {
    every = values.isGiven("ends") ? nil : values.integer("every")
    allStarts = values.word("starts") == "all"
    isOn = !values.isGiven("off")
  }
}

extension SpecParser {
  /// `trace every=… starts=… columns=…`, `trace ends` or `trace off`, with its own columns below.
  mutating func readTrace(_ block: Block) {
    let line = block.line
    guard line.rest.count > 0 || !block.below.isEmpty else {
      findings.report(
        SpecProblem.missing("an option", example: "trace every=10"), at: line.rest.end)
      return
    }
    let values = findings.options(line.rest.words, of: "trace", TraceRules.options)
    experiment.trace = TraceRules(values)
    experiment.trace.isExplicit = true
    tracePlace = line.place
    if values.isGiven("off"), let below = block.below.first {
      findings.report(SpecProblem.columnsOfNothing, at: below.place)
    }
    var own: [TraceColumn] = []
    for below in block.below where !findings.isClosed {
      guard let (name, body) = findings.definition(below, example: "column slope = norm(gradient)")
      else { continue }
      let isTaken = own.contains { $0.name.lowercased() == name.string.lowercased() }
      if let meaning = SpecParser.meaning(of: name.string) {
        findings.report(
          SpecProblem.reservedName(name.string, meaning: meaning), at: name.place(at: 0))
      } else if isTaken {
        findings.report(
          SpecProblem.duplicateName(name.string, kind: "column"), at: name.place(at: 0))
      }
      let limits = limits
      if let formula = findings.collect({ try QuantityFormula(parsing: body, limits: limits) }) {
        own.append(TraceColumn(name: name.string, formula))
      }
    }
    experiment.trace.replacesColumns = values.isGiven("columns")
    var columns: [TraceColumn] = []
    for item in values.texts("columns") {
      let adds = item.scalars.first == "+"
      let name = adds ? item[1..<item.count] : item
      if adds { experiment.trace.replacesColumns = false }
      if adds != (values.texts("columns")[0].scalars.first == "+") {
        findings.report(SpecProblem.mixedColumns(name.string), at: item.place(at: 0))
      }
      guard let column = column(name, own) else { continue }
      if columns.contains(where: { $0.name == column.name }) {
        findings.report(
          SpecProblem.duplicateName(name.string, kind: "column"), at: item.place(at: 0))
      } else if adds, Quantity.named[column.name]?.column == .byDefault, !column.needsHessian {
        findings.report(SpecProblem.columnThere(name.string), at: item.place(at: 0))
      } else {
        columns.append(column)
      }
    }
    let named = Set(columns.map(\.name))
    experiment.trace.columns = columns + own.filter { !named.contains($0.name) }
  }

  private mutating func column(_ name: SourceText, _ own: [TraceColumn]) -> TraceColumn? {
    if let column = own.first(where: { $0.name == name.string }) { return column }
    let all = Quantity.all.filter { $0.column != .always }
    if let quantity = all.first(where: { $0.name == name.string }) { return TraceColumn(quantity) }
    let names = all.map(\.name) + own.map(\.name)
    findings.report(
      Quantity.named[name.string] != nil
        ? SpecProblem.columnThere(name.string)
        : SpecProblem.unknownColumn(
          name.string, suggestion: suggestion(for: name.string, among: names), allowed: names),
      at: name.place(at: 0))
    return nil
  }

  /// Tries the columns on every function.
  mutating func checkTraceColumns() {
    let rules = experiment.trace
    guard rules.isOn, !rules.columns.isEmpty else { return }
    let (limits, budget) = (limits, findings.budget)
    for draft in functions where !findings.isClosed {
      let spec = draft.spec
      let columns = rules.columns(dimension: spec.dimension)
      if spec.dimension > FunctionSpec.greatestHessian,
        let column = columns.first(where: \.needsMatrix)
      {
        findings.report(
          SpecProblem.columnTooLarge(
            column.name, function: spec.name, dimension: spec.dimension), at: tracePlace)
        continue
      }
      guard
        let model = findings.collect({ try spec.model(limits: limits, budget: budget).model })
      else { continue }
      var seen = Set(spec.variables)
      for column in columns where !findings.isClosed {
        let cells = findings.collect {
          try column.cells(
            in: .anyStep(of: model), variables: spec.variables, limits: limits, budget: budget)
        }
        if let twice = cells?.first(where: { !seen.insert($0.head).inserted }) {
          findings.report(SpecProblem.duplicateName(twice.head, kind: "column"), at: tracePlace)
        }
      }
    }
  }
}
