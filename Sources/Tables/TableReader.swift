import Diagnostics
import Expressions

/// Reads the bytes of a CSV file, as they come, into a table of numbers.
///
/// RFC 4180 with LF, CRLF or CR, in UTF-8. The first line names the columns. Every cell below is a finite
/// decimal number, rounded correctly, with blanks around it or none, in quotes or not; blank lines may
/// stand at the end only. Memory is the numbers, the piece of text that was given, and one row.
///
///     var reader = TableReader(path: "line.csv")
///     while let piece = … { try reader.read(piece) }
///     let table = try reader.finish(name: "line")
public struct TableReader {
  private static let mostFindings = 10

  private let path: String
  private let limits: Limits
  private let cellsBefore: Int
  private var records = CSVRecords()
  private var columns: [String] = []
  private var values: [[Double]] = []
  /// A line without anything, which is wrong if more follows.
  private var blankLine: Diagnostic?
  private var findings: [Diagnostic] = []
  /// The first of the findings that are only counted.
  private var further: (first: Diagnostic, count: Int)?

  /// Creates a reader.
  ///
  /// - Parameters:
  ///   - path: the file's path as errors show it.
  ///   - limits: the bounds on numbers and on the bytes of a row.
  ///   - cellsBefore: the numbers of the other tables under the same bound.
  public init(path: String, limits: Limits = Limits(), cellsBefore: Int = 0) {
    self.path = path
    self.limits = limits
    self.cellsBefore = cellsBefore
  }

  /// Reads the next bytes.
  ///
  /// - Throws: `Diagnostics` once nothing behind can be read, with all that was wrong before.
  public mutating func read(_ piece: some Collection<UInt8>) throws {
    records.append(piece)
    try readRecords(isLast: false)
  }

  /// Reads what is left and makes the table; the reader is of no use afterwards.
  ///
  /// - Throws: `Diagnostics`: the first ten wrong cells and rows, and how many more there are.
  public mutating func finish(name: String) throws -> DataTable {
    try readRecords(isLast: true)
    guard !columns.isEmpty else { throw stopped(by: diagnostic(TableProblem.empty, at: nil)) }
    guard findings.isEmpty else { throw Diagnostics(allFindings) }
    guard !values[0].isEmpty else { throw stopped(by: diagnostic(TableProblem.noRows, at: nil)) }
    // Each column is let go once the table has it.
    return DataTable(name: name, columns: columns, rowCount: values[0].count) { number in
      defer { values[number] = [] }
      return values[number]
    }
  }

  private mutating func readRecords(isLast: Bool) throws {
    do {
      while try records.advance(isLast: isLast, limit: limits[.fileBytes]) { try readRecord() }
    } catch let fault as CSVRecords.Fault {
      throw stopped(by: diagnostic(fault.problem, at: fault.byte))
    }
  }

  private mutating func readRecord() throws {
    let first = records.cells[0]
    if records.cells.count == 1, !first.isQuoted, isBlank(first) {
      blankLine = blankLine ?? diagnostic(TableProblem.blankLine, at: first.range.lowerBound)
      return
    }
    if let blank = blankLine {
      note(blank)
      blankLine = nil
    }
    try columns.isEmpty ? readHeader() : readRow()
  }

  private mutating func readHeader() throws {
    try checkText()
    let cells = records.cells
    let names = cells.map { records.text(of: $0) }
    if names.count == 1, let separator = [";", "\t"].first(where: { names[0].contains($0) }) {
      let shown = separator == ";" ? "semicolons" : "tabs"
      throw fault(TableProblem.otherSeparator(shown), in: cells[0])
    }
    if cells.allSatisfy({ number(in: $0) != nil }) {
      throw fault(TableProblem.noHeader, in: cells[0])
    }
    var seen: Set<String> = []
    for (index, name) in names.enumerated() {
      if name.isEmpty {
        report(TableProblem.unnamedColumn(index + 1), in: cells[index])
      } else if !seen.insert(name).inserted {
        report(TableProblem.duplicateColumn(name), in: cells[index])
      }
    }
    columns = names
    values = Array(repeating: [], count: names.count)
  }

  private mutating func readRow() throws {
    let cells = records.cells
    guard cells.count == columns.count else {
      try checkText()
      let isShort = cells.count < columns.count
      report(
        TableProblem.raggedRow(found: cells.count, columns: columns),
        in: cells[isShort ? cells.count - 1 : columns.count], atEnd: isShort)
      return
    }
    let count = cellsBefore + (values[0].count + 1) * columns.count
    guard count <= limits[.dataCells] else {
      let what = "with this row the data files hold \(count) numbers"
      throw fault(LimitProblem(what, name: .dataCells, limit: limits[.dataCells]), in: cells[0])
    }
    for (index, cell) in cells.enumerated() {
      if let number = number(in: cell) {
        values[index].append(number)
      } else {
        try checkText()
        report(problem(of: cell, column: columns[index]), in: cell)
        values[index].append(.nan)
      }
    }
  }

  /// The number in a cell; nil where there is none, or none that is finite.
  private func number(in cell: CSVRecords.Cell) -> Double? {
    records.withBytes(of: cell) { bytes in
      let digits = bytes.trimmingBlanks
      // `Double` would take 0x1p3 and inf, too.
      guard digits.allSatisfy(\.isDecimal),
        let number = Double(String(decoding: digits, as: UTF8.self)), number.isFinite
      else { return nil }
      return number
    }
  }

  private func isBlank(_ cell: CSVRecords.Cell) -> Bool {
    records.withBytes(of: cell) { $0.trimmingBlanks.isEmpty }
  }

  /// What is wrong with a cell that is no finite number.
  private func problem(of cell: CSVRecords.Cell, column: String) -> TableProblem {
    let text = records.text(of: cell)
    if text.isEmpty { return .emptyCell(column: column) }
    let shown = text.count > 40 ? text.prefix(40) + "…" : text
    let isHexadecimal = text.contains { $0 == "x" || $0 == "X" }
    return Double(text) == nil || isHexadecimal
      ? .notANumber(shown, column: column) : .notFinite(shown, column: column)
  }

  private func checkText() throws {
    if let byte = records.firstByteThatIsNotText {
      throw CSVRecords.Fault(TableProblem.notText, at: byte)
    }
  }

  private func fault(_ problem: any Problem, in cell: CSVRecords.Cell) -> CSVRecords.Fault {
    CSVRecords.Fault(problem, at: cell.start)
  }

  private mutating func report(
    _ problem: TableProblem, in cell: CSVRecords.Cell, atEnd: Bool = false
  ) {
    guard further == nil else {
      further?.count += 1
      return
    }
    note(diagnostic(problem, at: atEnd ? cell.end : cell.start))
  }

  /// Keeps a finding, or counts it where there are enough.
  private mutating func note(_ finding: Diagnostic) {
    if findings.count < TableReader.mostFindings {
      findings.append(finding)
    } else {
      further = (further?.first ?? finding, (further?.count ?? 0) + 1)
    }
  }

  private func diagnostic(_ problem: any Problem, at byte: Int?) -> Diagnostic {
    Diagnostic(
      problem, at: byte.map { records.place(of: $0) },
      in: Excerpt(path: path, line: byte.map { records.line(around: $0) } ?? ""))
  }

  private var allFindings: [Diagnostic] {
    guard let (first, count) = further else { return findings }
    return findings + [
      Diagnostic(TableProblem.further(count), at: first.place, in: first.excerpt)
    ]
  }

  /// All that is wrong, where nothing behind it can be read.
  private func stopped(by last: Diagnostic) -> Diagnostics {
    Diagnostics(allFindings + [last])
  }
}

extension UInt8 {
  fileprivate var isDecimal: Bool {
    switch self {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"),
      UInt8(ascii: "+"), UInt8(ascii: "e"), UInt8(ascii: "E"):
      true
    default: false
    }
  }
}
