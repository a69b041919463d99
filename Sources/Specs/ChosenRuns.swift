import Methods

extension Experiment {
  /// The runs that a filter chooses, as an experiment of its own, without figures; nil where there are none.
  ///
  /// Every comparison is with one column, so that what is chosen are again functions × methods × rates ×
  /// starts.
  public func only(_ filter: Filter) -> Experiment? {
    var chosen = self
    chosen.plots = []
    chosen.functions = functions.compactMap { $0.only(filter) }
    chosen.methods = methods.compactMap { $0.only(filter, options: optionColumns) }
    return chosen.functions.isEmpty || chosen.methods.isEmpty ? nil : chosen
  }
}

extension Filter {
  /// Whether the comparisons with some columns hold; those with others are left aside.
  fileprivate func holds(among columns: (String) -> Bool, _ cell: (String) -> Cell?) -> Bool {
    Filter(conditions: conditions.filter { columns($0.column) }).holds(cell)
  }

  /// Whether it speaks of where runs start.
  fileprivate var choosesStarts: Bool { conditions.contains { Filter.isOfStart($0.column) } }

  fileprivate static func isOfStart(_ column: String) -> Bool {
    column == "start" || column.hasPrefix("start_")
  }
}

extension FunctionSpec {
  fileprivate func only(_ filter: Filter) -> FunctionSpec? {
    guard filter.holds(among: { $0 == "function" }, { _ in .text(name) }) else { return nil }
    var chosen = self
    chosen.plots = []
    guard filter.choosesStarts else { return chosen }
    let places = Dictionary(
      uniqueKeysWithValues: variables.enumerated().map { ("start_\($1)", $0) })
    func isChosen(_ start: Start) -> Bool {
      filter.holds(among: Filter.isOfStart) { column in
        column == "start" ? .text(start.label) : places[column].map { .number(start.position[$0]) }
      }
    }
    let others = starts[starts.points.count...].filter(isChosen)
    chosen.starts = Starts(
      points: starts.points.filter(isChosen),
      sets: others.isEmpty ? [] : [ChosenStarts(starts: others)])
    return chosen.starts.isEmpty ? nil : chosen
  }
}

extension MethodSpec {
  fileprivate func only(_ filter: Filter, options columns: [String]) -> MethodSpec? {
    func cell(_ column: String) -> Filter.Cell {
      .text(column == "method" ? label : options[column] ?? "")
    }
    guard filter.holds(among: { $0 == "method" || columns.contains($0) }, cell) else { return nil }
    let chosen = rates.filter { rate in
      filter.holds(among: { $0 == "rate" }, { _ in .text(rate.text) })
    }
    return chosen.isEmpty
      ? nil
      : MethodSpec(
        label: label, direction: direction, settings: settings, options: options,
        differences: differences, rates: chosen)
  }
}

/// Some of the starts of grids and of chance, under their own labels.
private struct ChosenStarts: StartSet {
  let starts: [Start]

  var prefix: String { "" }
  var sides: [Int] { [starts.count] }

  var dimension: Int { starts[0].position.count }

  func label(_ number: Int) -> String { starts[number].label }

  func write(_ number: Int, to coordinates: UnsafeMutableBufferPointer<Double>) {
    for (i, coordinate) in starts[number].position.enumerated() { coordinates[i] = coordinate }
  }

  func hasLabel(_ label: String) -> Bool { starts.contains { $0.label == label } }
}
