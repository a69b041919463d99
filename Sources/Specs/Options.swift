import Diagnostics
import Expressions

/// An option of a directive: its name, what it takes and one line of help.
///
/// Declared once; parsing, errors and help follow it.
public struct OptionDefinition: Sendable {
  /// What an option takes.
  public enum Kind: Sendable {
    /// A constant expression that is not negative.
    case number
    /// A list of constant expressions, `[0.1, 0.5]` or `0.1,0.5`.
    case numbers
    /// A whole number.
    case integer(ClosedRange<Int>)
    /// One of a few words.
    case choice([String])
    /// A list of labels.
    case words
    /// A label.
    case label
    /// A number or `off`.
    case numberOrOff
    /// A whole number, or `off`.
    case integerOrOff
    /// A word without a value.
    case flag
  }

  /// The name, as it is typed before `=`.
  public let name: String
  /// What it takes.
  public let kind: Kind
  /// One line of help.
  public let summary: String

  init(_ name: String, _ kind: Kind, _ summary: String) {
    self.name = name
    self.kind = kind
    self.summary = summary
  }

  fileprivate var example: String {
    switch kind {
    case .number: "\(name)=0.1"
    case .numbers: "\(name)=0.1 or \(name)=[0.1, 0.5]"
    case .integer: "\(name)=10"
    case .choice(let words): "\(name)=\(words[0])"
    case .words: "\(name)=gradient,newton"
    case .label: "\(name)=my-name"
    case .numberOrOff: "\(name)=1e-8 or \(name)=off"
    case .integerOrOff: "\(name)=500 or \(name)=off"
    case .flag: name
    }
  }
}

/// A parsed option.
enum OptionValue {
  case numbers([Double])
  case words([SourceText])
  case off

  var number: Double? {
    if case .numbers(let values) = self { values.first } else { nil }
  }
  var word: String? {
    if case .words(let words) = self { words.first?.string } else { nil }
  }
}

/// Collects what is wrong while a spec is read, so that all of it comes in one go.
///
/// A place has at most one error and one warning: a line that serves several functions is read for each
/// of them, but its mistake is found once.
struct Findings {
  private(set) var all: [Diagnostic] = []
  private var seen: [Diagnostic.Severity: Set<Place>] = [:]

  mutating func report(_ problem: any Problem, at place: Place?) {
    add(Diagnostic(problem, at: place))
  }

  mutating func warn(_ problem: any Problem, at place: Place) {
    add(Diagnostic(problem, at: place, severity: .warning))
  }

  private mutating func add(_ diagnostic: Diagnostic) {
    if let place = diagnostic.place, diagnostic.excerpt == nil,
      !seen[diagnostic.severity, default: []].insert(place).inserted
    {
      return
    }
    all.append(diagnostic)
  }

  /// Runs a body, keeping what it throws.
  mutating func collect<Value>(_ body: () throws -> Value) -> Value? {
    do {
      return try body()
    } catch let diagnostic as Diagnostic {
      add(diagnostic)
    } catch let diagnostics as Diagnostics {
      for diagnostic in diagnostics.all { add(diagnostic) }
    } catch {
      preconditionFailure("only diagnostics are thrown while a spec is read: \(error)")
    }
    return nil
  }

  /// Parses `key=value` words against their definitions.
  mutating func options(
    _ words: [SourceText], of owner: String, _ definitions: [OptionDefinition]
  ) -> [String: OptionValue] {
    var values: [String: OptionValue] = [:]
    let before = all.count
    for word in words {
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
      if values[name] != nil { report(SpecProblem.duplicateOption(name), at: place) }
      if case .flag = definition.kind {
        if equals != nil { report(SpecProblem.unexpected("=", example: name), at: place) }
        values[name] = .words([word])
        continue
      }
      guard let equals, equals + 1 < word.count else {
        report(SpecProblem.optionWithoutValue(name, example: definition.example), at: place)
        continue
      }
      let text = word[equals + 1..<word.count]
      values[name] = value(text, definition)
    }
    return values
  }

  private mutating func value(_ text: SourceText, _ definition: OptionDefinition) -> OptionValue? {
    let place = text.place(at: 0)
    let example = "write for example \(definition.example)"
    switch definition.kind {
    case .choice(let allowed):
      guard allowed.contains(text.string) else {
        report(
          SpecProblem.notAChoice(text.string, option: definition.name, allowed: allowed), at: place)
        return nil
      }
      return .words([text])
    case .label:
      guard text.isName(allowingHyphen: true) else {
        report(SpecProblem.badName(text.string), at: place)
        return nil
      }
      return .words([text])
    case .words: return .words(text.items)
    case .number:
      return constant(text).map { .numbers([$0]) }
    case .numbers:
      return numbers(text).map { .numbers($0) }
    case .integer(let range):
      guard let value = constant(text) else { return nil }
      guard value == value.rounded() else {
        report(SpecProblem.notAWholeNumber(text.string, what: example), at: place)
        return nil
      }
      guard value >= Double(range.lowerBound), value <= Double(range.upperBound) else {
        report(
          SpecProblem.outOfRange(
            text.string,
            what: "\(definition.name) lies between \(range.lowerBound) and \(range.upperBound)"),
          at: place)
        return nil
      }
      return .numbers([value])
    case .numberOrOff:
      if text.string == "off" { return .off }
      guard let value = constant(text) else { return nil }
      guard value >= 0 else {
        report(
          SpecProblem.outOfRange(text.string, what: "\(definition.name) is not negative"), at: place
        )
        return nil
      }
      return .numbers([value])
    case .integerOrOff:
      if text.string == "off" { return .off }
      guard let value = constant(text) else { return nil }
      let what = "\(definition.name) is 0 to 1e15, or off"
      return count(value, from: 0, what: what, at: place).map { .numbers([Double($0)]) }
    case .flag: return nil
    }
  }

  /// A constant expression.
  mutating func constant(_ text: SourceText, _ parameters: [String: Double] = [:]) -> Double? {
    guard text.trimmed.count > 0 else {
      report(SpecProblem.missing("a number", example: "0.5, 1e-3 or 2*pi"), at: text.end)
      return nil
    }
    return collect { try Formula(parsing: text).constant(parameters) }
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

  /// A list of constants and ranges, with or without square brackets around it.
  mutating func numbers(_ text: SourceText) -> [Double]? {
    var text = text.trimmed
    if text.scalars.first == "[", text.scalars.last == "]" { text = text[1..<text.count - 1] }
    var values: [Double] = []
    var isWhole = true
    for item in text.items {
      if item.firstIndex(of: "..") != nil {
        if let range = range(item, needsCount: true) {
          guard values.count + range.count <= 1_000_000 else {
            report(SpecProblem.tooManyNumbers, at: item.place(at: 0))
            return nil
          }
          values += range.points
        } else {
          isWhole = false
        }
      } else if let value = constant(item) {
        values.append(value)
      } else {
        isWhole = false
      }
    }
    return isWhole ? values : nil
  }
}
