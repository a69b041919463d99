import Diagnostics

/// What is said of one thing, line by line: for people as text, for programs as JSON.
public struct Sheet: Sendable {
  /// What a line holds.
  public enum Value: Sendable {
    /// Words.
    case text(String)
    /// A number.
    case number(Double)
    /// A whole number.
    case integer(Int)
    /// Numbers in a row.
    case vector([Double])
    /// Rows of numbers.
    case matrix([[Double]])
    /// Texts, one below the other.
    case texts([String])
    /// Rows of values under heads.
    case table([String], [[Value]])
    /// There is none; the note says why.
    case none
  }

  /// A label, what it is, and a remark.
  public struct Line: Sendable {
    let key: String
    let label: String
    let value: Value
    let note: String
  }

  private enum Entry: Sendable {
    case line(Line)
    case gap
  }

  private var entries: [Entry] = []

  /// An empty sheet.
  public init() {}

  /// Adds a line.
  ///
  /// - Parameters:
  ///   - label: what people read.
  ///   - key: what programs read; the label with _ for blanks where none is given.
  ///   - note: a remark behind the value.
  public mutating func add(
    _ label: String, _ value: Value, key: String? = nil, note: String = ""
  ) {
    entries.append(
      .line(
        Line(
          key: key ?? label.replacing(" ", with: "_"), label: label, value: value, note: note)))
  }

  /// Adds an empty line between parts.
  public mutating func addGap() { entries.append(.gap) }

  // MARK: - Text

  /// The lines below each other, the values aligned.
  public var text: String {
    let width = entries.reduce(0) { width, entry in
      if case .line(let line) = entry { max(width, line.label.count) } else { width }
    }
    return entries.flatMap { entry -> [String] in
      guard case .line(let line) = entry else { return [""] }
      var rows = Sheet.rows(line.value)
      if !line.note.isEmpty {
        if rows.isEmpty { rows = [""] }
        let last = rows.count - 1
        if rows.count == 1 {
          rows[last] += (rows[last].isEmpty ? "" : "   ") + line.note
        } else {
          rows.append(line.note)
        }
      }
      return rows.enumerated().map { number, row in
        let head = number == 0 ? line.label : ""
        return (head + String(repeating: " ", count: width + 2 - head.count) + row)
          .trimmingTrailingBlanks
      }
    }.joined(separator: "\n")
  }

  private static func rows(_ value: Value) -> [String] {
    switch value {
    case .text(let text): [text]
    case .number(let number): [formatNumber(number)]
    case .integer(let number): [String(number)]
    case .vector(let vector): ["(" + vector.map(formatNumber).joined(separator: ", ") + ")"]
    case .matrix(let rows): aligned(rows.map { $0.map(formatNumber) })
    case .texts(let texts): texts
    case .table(let heads, let rows):
      aligned([heads] + rows.map { $0.map { self.rows($0).joined(separator: " ") } })
    case .none: []
    }
  }

  /// Cells with blanks behind them, so that columns begin at the same place.
  private static func aligned(_ rows: [[String]]) -> [String] {
    let columns = rows.first?.indices ?? 0..<0
    let widths = columns.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }
        .joined(separator: "  ").trimmingTrailingBlanks
    }
  }

  // MARK: - JSON

  /// One object, its members in the order of the lines; numbers that JSON does not know are strings, a note
  /// is a member of its own with `_note` behind its name.
  public var json: String {
    let members = entries.compactMap { entry -> String? in
      guard case .line(let line) = entry else { return nil }
      let member = "  \(jsonText(line.key)): \(Sheet.json(line.value))"
      return line.note.isEmpty
        ? member
        : member + ",\n  \(jsonText(line.key + "_note")): \(jsonText(line.note))"
    }
    return "{\n" + members.joined(separator: ",\n") + "\n}"
  }

  private static func json(_ value: Value) -> String {
    switch value {
    case .text(let text): jsonText(text)
    case .number(let number): json(number)
    case .integer(let number): String(number)
    case .vector(let vector): array(vector.map(json))
    case .matrix(let rows): array(rows.map { array($0.map(json)) })
    case .texts(let texts): array(texts.map(jsonText))
    case .table(let heads, let rows):
      array(
        rows.map { row in
          "{" + zip(heads, row).map { "\(jsonText($0)): \(json($1))" }.joined(separator: ", ") + "}"
        })
    case .none: "null"
    }
  }

  private static func json(_ number: Double) -> String {
    number.isFinite ? formatNumber(number) : jsonText(formatNumber(number))
  }

  private static func array(_ items: [String]) -> String {
    "[" + items.joined(separator: ", ") + "]"
  }
}
