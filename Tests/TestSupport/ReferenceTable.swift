import Foundation

/// A table of `Tests/Reference`, its rows by column name.
public struct ReferenceTable: Sendable {
  /// The rows, in the order of the file.
  public let rows: [[String: String]]

  /// Reads `Tests/Reference/NAME.csv`.
  public init(_ name: String) throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Reference")
    let text = try String(
      contentsOf: folder.appendingPathComponent("\(name).csv"), encoding: .utf8)
    let lines = text.split(whereSeparator: \.isNewline).map(ReferenceTable.cells)
    let header = lines.first ?? []
    rows = lines.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(header, $0)) }
  }

  /// The cells of a line; quotes keep commas together.
  private static func cells(of line: Substring) -> [String] {
    var cells = [""]
    var isQuoted = false
    for character in line {
      switch character {
      case "\"": isQuoted.toggle()
      case "," where !isQuoted: cells.append("")
      default: cells[cells.count - 1].append(character)
      }
    }
    return cells
  }
}

/// The doubles nearest to the numbers of a cell, which are separated by `;`.
public func numbers(_ cell: String?) -> [Double] {
  (cell ?? "").split(separator: ";").map { Double($0) ?? .nan }
}
