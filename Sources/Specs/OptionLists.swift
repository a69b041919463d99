import Diagnostics
import Expressions
import Methods

/// The values that a list gives to an option, in the order in which they are typed.
struct OptionList: Sendable {
  /// The option.
  let name: String
  /// Where the list stands.
  let place: Place
  /// At least one value, all different.
  let values: [OptionValues.Value]
  /// Whether six digits are enough to tell its values apart.
  private let isReadable: Bool

  init(name: String, place: Place, values: [OptionValues.Value]) {
    self.name = name
    self.place = place
    self.values = values
    isReadable = Set(values.map(OptionList.readable)).count == values.count
  }

  /// A value as labels show it: six digits, or all where six leave two values equal.
  func label(_ value: OptionValues.Value) -> String {
    isReadable ? OptionList.readable(value) : value.text
  }

  private static func readable(_ value: OptionValues.Value) -> String {
    if case .number(let number) = value {
      formatNumber(roundedForReading(number))
    } else {
      value.text
    }
  }
}

extension OptionDefinition {
  /// Whether the option counts beside the values of others.
  fileprivate func counts(beside value: (_ name: String) -> String?) -> Bool {
    onlyWith.map { condition in
      value(condition.name).map(condition.values.contains) ?? false
    } ?? true
  }
}

extension OptionValues {
  /// How many ways there are to take one value of each list.
  var choiceCount: Double { lists.reduce(1) { $0 * Double($1.values.count) } }

  /// Every different way to take one value of each list, those of the last list fastest.
  ///
  /// An option that does not count beside the others' values is left out of a choice.
  func choices(_ definitions: [OptionDefinition]) -> [OptionValues] {
    let all = lists.reduce([self]) { choices, list in
      choices.flatMap { choice in
        list.values.map { value in
          var copy = choice
          copy.values[list.name] = value
          return copy
        }
      }
    }
    let conditional = definitions.filter { $0.onlyWith != nil }
    var seen: Set<[String: String]> = []
    return all.map { choice in
      var choice = choice
      for option in conditional where !option.counts(beside: choice.text) {
        choice.values[option.name] = nil
        choice.lists.removeAll { $0.name == option.name }
      }
      return choice
    }.filter { seen.insert($0.values.mapValues(\.text)).inserted }
  }

  /// Whether an option counts beside the others, in one choice at least.
  func mayCount(_ option: OptionDefinition) -> Bool {
    let list = lists.first { $0.name == option.onlyWith?.name }
    return list?.values.contains { value in option.counts { _ in value.text } }
      ?? option.counts(beside: text)
  }

  /// Whether the option was given as a list.
  func isListed(_ option: OptionDefinition) -> Bool { lists.contains { $0.name == option.name } }

  /// What options add to a label: `-refresh-3`.
  func suffix(_ options: [OptionDefinition]) -> String {
    options.map { option in
      let value = values[option.name]
      let list = lists.first { $0.name == option.name }
      let text = value.map { list?.label($0) ?? $0.text } ?? ""
      return "-\(option.name)-\(text)"
    }.joined().filter { $0 != "+" }
  }
}

extension Findings {
  /// The values of a list of different items and ranges, with or without square brackets around it; nil where
  /// something is wrong with it, which is then reported.
  mutating func list(_ text: SourceText, _ definition: OptionDefinition) -> OptionList? {
    if text.scalars.first == "[", text.scalars.last != "]" {
      report(FormulaProblem.unclosed("["), at: text.place(at: 0))
      return nil
    }
    var values: [OptionValues.Value] = []
    var seen: Set<String> = []
    var isWhole = true
    for item in text.unbracketed.items where !isClosed {
      guard let found = self.values(item, definition) else {
        isWhole = false
        continue
      }
      if let twice = found.first(where: { !seen.insert($0.text).inserted }) {
        report(SpecProblem.equalItems(twice.text), at: item.place(at: 0))
        isWhole = false
      }
      values += found
    }
    guard isWhole, !isClosed else { return nil }
    return OptionList(name: definition.name, place: text.place(at: 0), values: values)
  }

  /// The values of an item of a list: one, or those of a range.
  private mutating func values(_ item: SourceText, _ definition: OptionDefinition)
    -> [OptionValues.Value]?
  {
    guard item.count > 0 else {
      report(SpecProblem.missing("a value", example: definition.example), at: item.end)
      return nil
    }
    guard definition.bounds != nil, item.firstIndex(of: "..") != nil else {
      return value(item, definition).map { [$0] }
    }
    let place = item.place(at: 0)
    guard let range = range(item, needsCount: true) else { return nil }
    guard range.count <= limits[.methods] else {
      report(
        LimitProblem(
          "this range makes \(range.count) methods", name: .methods, limit: limits[.methods]),
        at: place)
      return nil
    }
    guard spend(range.count, at: place) else { return nil }
    var values: [OptionValues.Value] = []
    for point in range.points {
      guard let value = check(point, definition, at: place) else { return nil }
      values.append(value)
    }
    return values
  }
}
