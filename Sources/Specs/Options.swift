import Diagnostics
import Expressions
import Methods

extension OptionDefinition {
  /// What may stand behind `=`, in words.
  public var accepts: String {
    switch kind {
    case .rates: "a number, a rule such as armijo, or a list such as [0.1, 0.5]"
    case .numbers: "a number, or a list such as [0.1, 0.5]"
    case .number(let range): "a number\(bounds(range))"
    case .numberOrOff(let range): "a number\(bounds(range)), or off"
    case .integer(let range): "a whole number \(bounds(range))"
    case .integers(let range): "whole numbers \(bounds(range)), such as [1, 3]"
    case .integerOrOff(let range): "a whole number \(bounds(range)), or off"
    case .countOrNumbers(let range):
      "a whole number \(bounds(range)), or a list of so many, such as [0.5, 1]"
    case .choice(let words): list(words, "or")
    case .methods: "labels of methods, such as gradient,newton"
    case .method: "the label of a method, such as newton"
    case .functions: "labels of functions, such as g,h"
    case .place: "a number, the label of a start, or minimum"
    case .coordinates: "names of coordinates, such as w[1],w[2]"
    case .columns: "quantities and columns of its own, such as f,angle or +angle"
    case .formula:
      "a quantity, or a formula of quantities; in double quotes where it has blanks"
    case .column: "a column, such as iterations: 'runexp list columns' has the names"
    case .label: "a name"
    case .flag: "no value"
    }
  }

  /// The same, and that a list may stand there.
  public var acceptsWithLists: String { multiplies ? "\(accepts), or a list" : accepts }

  /// The option with its default, or with a word for what it takes: `levels=12`, `as=NAME`.
  public var usage: String {
    if let defaultText { return "\(name)=\(defaultText)" }
    switch kind {
    case .flag: return name
    case .methods, .functions: return "\(name)=LABELS"
    case .place: return "\(name)=PLACE"
    case .method: return "\(name)=LABEL"
    case .coordinates, .columns: return "\(name)=NAMES"
    case .formula: return "\(name)=FORMULA"
    case .column: return "\(name)=COLUMN"
    case .label: return "\(name)=NAME"
    case .rates: return "\(name)=RATES"
    case .numbers, .integers: return "\(name)=NUMBERS"
    case .choice: return "\(name)=WORD"
    case .countOrNumbers, .integer, .integerOrOff, .number, .numberOrOff: return "\(name)=NUMBER"
    }
  }

  /// The option as one types it: `rate=0.1`.
  var example: String {
    switch kind {
    case .rates, .numbers: "\(name)=0.1 or \(name)=[0.1, 0.5]"
    case .number(let range):
      "\(name)=\(range.contains(0.5) ? "0.5" : formatNumber(range.lowerBound))"
    case .numberOrOff: "\(name)=1e-8 or \(name)=off"
    case .integer: "\(name)=10"
    case .integers: "\(name)=[1, 3]"
    case .integerOrOff: "\(name)=500 or \(name)=off"
    case .countOrNumbers: "\(name)=12 or \(name)=[0.5, 1]"
    case .choice(let words): "\(name)=\(words[0])"
    case .methods: "\(name)=gradient,newton"
    case .method: "\(name)=newton"
    case .functions: "\(name)=g,h"
    case .place: "\(name)=0.5 or \(name)=minimum"
    case .coordinates: "\(name)=w[1],w[2]"
    case .columns: "\(name)=f,angle or \(name)=+angle"
    case .formula: "\(name)=angle or \(name)=\"dot(gradient, newton_step)\""
    case .column: "\(name)=iterations"
    case .label: "\(name)=my-name"
    case .flag: name
    }
  }

  /// Whether its numbers are whole.
  var isWhole: Bool {
    switch kind {
    case .countOrNumbers, .integer, .integers, .integerOrOff: true
    default: false
    }
  }

  /// The bounds of a single number; nil where it takes none.
  var bounds: ClosedRange<Double>? {
    switch kind {
    case .number(let range), .numberOrOff(let range): range
    case .countOrNumbers(let range), .integer(let range), .integers(let range),
      .integerOrOff(let range):
      Double(range.lowerBound)...Double(range.upperBound)
    default: nil
    }
  }

  private func bounds(_ range: ClosedRange<Double>) -> String {
    let low = formatNumber(range.lowerBound)
    if range.lowerBound == -.greatestFiniteMagnitude { return "" }
    return range.upperBound == .greatestFiniteMagnitude
      ? " of \(low) or more" : " from \(low) to \(formatNumber(range.upperBound))"
  }

  private func bounds(_ range: ClosedRange<Int>) -> String {
    let digits = String(range.upperBound)
    let isRound = digits.count > 6 && digits.dropFirst().allSatisfy { $0 == "0" }
    let high = isRound ? "\(digits.prefix(1))e\(digits.count - 1)" : digits
    return "from \(range.lowerBound) to \(high)"
  }
}

/// The options of a directive as they were given, and the defaults of those that were not.
public struct OptionValues: Sendable {
  enum Value: Sendable {
    case number(Double)
    case numbers([Double])
    case words([SourceText])
    case formula(QuantityFormula)
    case off

    /// As it stands in labels and results.
    var text: String {
      switch self {
      case .number(let value): formatNumber(value)
      case .numbers(let values): values.map(formatNumber).joined(separator: ",")
      case .words(let words): words.map(\.string).joined(separator: ",")
      case .formula(let formula): formula.formula.text.string
      case .off: "off"
      }
    }
  }

  var values: [String: Value] = [:]
  /// The lists that multiply, in the order in which they are typed.
  var lists: [OptionList] = []
  /// Where each option was given.
  private(set) var given: [String: Place] = [:]

  /// The defaults alone.
  init(_ definitions: [OptionDefinition]) {
    var findings = Findings()
    for definition in definitions {
      guard let text = definition.defaultText else { continue }
      values[definition.name] = findings.value(SourceText(text), definition)
    }
    precondition(findings.all.isEmpty, "the defaults of options can be read")
  }

  /// Keeps what was given; nil for a flag, and for what could not be read.
  fileprivate mutating func give(_ value: Value?, to name: String, at place: Place) {
    given[name] = place
    if let value { values[name] = value }
  }

  /// Whether the user gave the option.
  public func isGiven(_ name: String) -> Bool { given[name] != nil }

  /// A number; nil where it is `off`, or a list.
  public func number(_ name: String) -> Double? {
    if case .number(let value)? = values[name] { value } else { nil }
  }

  /// A whole number; nil where it is `off`, or a list.
  public func integer(_ name: String) -> Int? { number(name).map { Int($0) } }

  /// The value as it stands in labels and results; nil where there is none.
  public func text(_ name: String) -> String? { values[name]?.text }

  /// A list of numbers; nil where there is none.
  public func numbers(_ name: String) -> [Double]? {
    if case .numbers(let values)? = values[name] { values } else { nil }
  }

  /// A word or label; nil where there is none.
  public func word(_ name: String) -> String? { words(name).first }

  /// A list of labels; empty where there is none.
  public func words(_ name: String) -> [String] { texts(name).map(\.string) }

  /// A formula of quantities; nil where there is none.
  public func formula(_ name: String) -> QuantityFormula? {
    if case .formula(let formula)? = values[name] { formula } else { nil }
  }

  /// The words with their places.
  public func texts(_ name: String) -> [SourceText] {
    if case .words(let words)? = values[name] { words } else { [] }
  }
}
extension Findings {
  /// Parses `key=value` words against their definitions.
  mutating func options(
    _ words: [SourceText], of owner: String, _ definitions: [OptionDefinition]
  ) -> OptionValues {
    var values = OptionValues(definitions)
    let before = all.count
    for word in words where !isClosed {
      let equals = word.firstIndex(of: "=")
      let name = word.string(0..<(equals ?? word.count))
      let place = word.place(at: 0)
      guard let definition = definitions.first(where: { $0.name == name }) else {
        // What is no name is a part of the value before it, and so is the rest of the line.
        guard word[0..<(equals ?? word.count)].isName(allowingHyphen: true) else {
          if all.count == before {
            report(
              SpecProblem.notAnOption(word.string, example: definitions[0].example), at: place)
          }
          break
        }
        let names = definitions.map(\.name)
        report(
          SpecProblem.unknownOption(
            name, owner: owner, suggestion: suggestion(for: name, among: names), allowed: names),
          at: place)
        continue
      }
      if values.isGiven(name) { report(SpecProblem.duplicateOption(name), at: place) }
      let rival = definitions.first {
        values.isGiven($0.name)
          && ($0.excluded.contains(name) || definition.excluded.contains($0.name))
      }
      if let rival { report(SpecProblem.excludedOption(name, by: rival.name), at: place) }
      if case .flag = definition.kind {
        if equals != nil { report(SpecProblem.unexpected("=", example: name), at: place) }
        values.give(nil, to: name, at: place)
        continue
      }
      guard let equals, equals + 1 < word.count else {
        report(SpecProblem.optionWithoutValue(name, example: definition.example), at: place)
        continue
      }
      // A blank behind a comma cuts a list in two, and what follows is no option.
      if word.scalars.last == "," {
        report(
          SpecProblem.listEndsWithComma(name, example: definition.example),
          at: word.place(at: word.count - 1))
        values.give(nil, to: name, at: place)
        break
      }
      let text = word[equals + 1..<word.count]
      if definition.multiplies, text.isList {
        values.give(nil, to: name, at: place)
        if let list = list(text, definition) { values.lists.append(list) }
      } else {
        values.give(value(text, definition), to: name, at: place)
      }
    }
    for definition in definitions where all.count == before && !values.mayCount(definition) {
      if let place = values.given[definition.name], let condition = definition.onlyWith {
        report(SpecProblem.optionWithoutOther(definition.name, needs: condition.text), at: place)
      }
    }
    return values
  }

  mutating func value(_ text: SourceText, _ definition: OptionDefinition)
    -> OptionValues.Value?
  {
    switch definition.kind {
    case .rates: return .words([text])
    case .numbers: return numbers(text).map { .numbers($0) }
    case .number, .integer: return number(text, definition)
    case .numberOrOff, .integerOrOff:
      return text.string == "off" ? .off : number(text, definition)
    case .countOrNumbers(let range):
      guard text.isList else { return number(text, definition) }
      return numbers(text, most: range.upperBound) {
        .outOfRange("a list of \($0)", what: "\(definition.name) takes \(definition.accepts)")
      }.map { .numbers($0) }
    case .integers(let range):
      let all = numbers(text, most: range.count) {
        .outOfRange("a list of \($0)", what: "\(definition.name) takes \(definition.accepts)")
      }
      let items = text.unbracketed.items
      guard let all else { return nil }
      for (number, value) in all.enumerated() {
        let item = all.count == items.count ? items[number] : text
        guard check(value, definition, at: item.place(at: 0)) != nil else { return nil }
      }
      return .numbers(all)
    case .choice(let words):
      guard words.contains(text.string) else {
        reportValue(text, definition, suggestion: suggestion(for: text.string, among: words))
        return nil
      }
      return .words([text])
    case .methods, .functions: return .words(text.unbracketed.items)
    case .method: return .words([text])
    case .place:
      let isWord = text.isName(allowingHyphen: true) && Function.constants[text.string] == nil
      return isWord ? .words([text]) : constant(text).map { .number($0) }
    case .coordinates, .columns: return .words(text.items)
    case .formula:
      let limits = limits
      return collect { .formula(try QuantityFormula(parsing: text.unquoted, limits: limits)) }
    case .column: return .words([text])
    case .label:
      return check(label: text) ? .words([text]) : nil
    case .flag: return nil
    }
  }

  /// Reports a label that is none, or too long for the name of a file.
  @discardableResult
  mutating func check(label text: SourceText) -> Bool {
    guard text.isName(allowingHyphen: true) else {
      report(SpecProblem.badName(text.string), at: text.place(at: 0))
      return false
    }
    return checkLength(ofLabel: text.string, at: text.place(at: 0))
  }

  /// Reports a label that is too long for the name of a file.
  @discardableResult
  mutating func checkLength(ofLabel label: String, at place: Place) -> Bool {
    let bytes = label.utf8.count
    guard bytes > Findings.longestLabel else { return true }
    report(SpecProblem.longName(count: bytes, most: Findings.longestLabel), at: place)
    return false
  }

  /// A constant; a word that is none, perhaps a misspelt `off`, is told what the option takes.
  private mutating func number(_ text: SourceText, _ definition: OptionDefinition)
    -> OptionValues.Value?
  {
    if text.isName(), Function.constants[text.string] == nil {
      reportValue(text, definition, suggestion: "")
      return nil
    }
    return constant(text).flatMap { check($0, definition, at: text.place(at: 0)) }
  }

  /// A number that an option takes; nil where it does not, which is reported.
  mutating func check(_ value: Double, _ definition: OptionDefinition, at place: Place)
    -> OptionValues.Value?
  {
    let what = "\(definition.name) takes \(definition.accepts)"
    if definition.isWhole, value != value.rounded() {
      report(SpecProblem.notAWholeNumber(formatNumber(value), what: what), at: place)
      return nil
    }
    guard definition.bounds?.contains(value) ?? true else {
      report(SpecProblem.outOfRange(formatNumber(value), what: what), at: place)
      return nil
    }
    return .number(value)
  }

  private mutating func reportValue(
    _ text: SourceText, _ definition: OptionDefinition, suggestion: String
  ) {
    report(
      SpecProblem.notAValue(
        text.string, option: definition.name, suggestion: suggestion, accepts: definition.accepts),
      at: text.place(at: 0))
  }

  /// A constant expression.
  mutating func constant(_ text: SourceText, _ parameters: [String: Double] = [:]) -> Double? {
    guard !isClosed else { return nil }
    guard text.trimmed.count > 0 else {
      report(SpecProblem.missing("a number", example: "0.5, 1e-3 or 2*pi"), at: text.end)
      return nil
    }
    let (limits, budget) = (limits, budget)
    return collect {
      try Formula(parsing: text, limits: limits).constant(
        parameters, limits: limits, budget: budget)
    }
  }

  /// A value that must be a whole number of `least` or more; `what` tells the user so.
  mutating func count(_ value: Double, from least: Int, what: String, at place: Place) -> Int? {
    guard value == value.rounded() else {
      report(SpecProblem.notAWholeNumber(formatNumber(value), what: what), at: place)
      return nil
    }
    guard value >= Double(least), value <= 1e15 else {
      report(SpecProblem.outOfRange(formatNumber(value), what: what), at: place)
      return nil
    }
    return Int(value)
  }

  /// A list of different constants and ranges, with or without square brackets around it.
  ///
  /// - Parameters:
  ///   - most: how many numbers it may have.
  ///   - problem: what to say if it has more.
  mutating func numbers(
    _ text: SourceText, most: Int = 1_000_000,
    _ problem: ((Int) -> SpecProblem)? = nil
  ) -> [Double]? {
    if text.trimmed.scalars.first == "[", text.trimmed.scalars.last != "]" {
      report(FormulaProblem.unclosed("["), at: text.trimmed.place(at: 0))
      return nil
    }
    var values: [Double] = []
    var seen: Set<Double> = []
    var isWhole = true
    let items = text.unbracketed.items
    guard items.count <= most else {
      report(problem?(items.count) ?? .tooManyNumbers, at: text.place(at: 0))
      return nil
    }
    for item in items where !isClosed {
      let first = values.count
      if item.firstIndex(of: "..") != nil {
        if let range = range(item, needsCount: true) {
          let count = values.count + range.count
          guard count <= most else {
            let place = problem == nil ? item.place(at: 0) : text.place(at: 0)
            report(problem?(count) ?? .tooManyNumbers, at: place)
            return nil
          }
          guard spend(range.count, at: item.place(at: 0)) else { return nil }
          values += range.points
        } else {
          isWhole = false
        }
      } else if let value = constant(item) {
        values.append(value)
      } else {
        isWhole = false
      }
      if let twice = values[first...].first(where: { !seen.insert($0).inserted }) {
        report(SpecProblem.equalItems(formatNumber(twice)), at: item.place(at: 0))
        isWhole = false
      }
    }
    return isWhole ? values : nil
  }
}
