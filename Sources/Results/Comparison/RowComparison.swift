/// Compares the cells of two rows that have the same key, column by column, by name.
struct RowComparison {
  private struct Column {
    let name: String
    let inA: Int
    let inB: Int
    let tolerance: Tolerance
  }

  private let a: TableShape
  private let b: TableShape
  private let columns: [Column]
  private let coordinates: [Column]
  /// Whether both tables have the same columns in the same order, so that equal bytes are equal rows.
  let hasSameColumns: Bool
  private let words: [Column]
  private var cellsA = Cells()
  private var cellsB = Cells()

  init(_ a: TableShape, _ b: TableShape, _ rules: ComparisonRules) {
    (self.a, self.b) = (a, b)
    hasSameColumns = a.heads == b.heads
    let all = RowComparison.pairs(a.heads, b.heads).map { pair in
      Column(
        name: a.heads[pair.a], inA: pair.a, inB: pair.b,
        tolerance: rules.tolerances[a.heads[pair.a]])
    }
    // The key is the same, and a start's other name is said once.
    let keys = Set(a.label + (a.order.map { [$0] } ?? []))
    columns = all.filter { !keys.contains($0.name) && !rules.ignoredColumns.contains($0.name) }
    coordinates = all.filter { a.coordinates.contains($0.name) }
    let wanted = a.kind == .runs ? ["ending", "limit", "point"] : []
    let found = wanted.compactMap { name in all.first { $0.name == name } }
    words = found.count == wanted.count ? found : []
  }

  /// The columns of the same name; of several with one name the first goes with the first.
  private static func pairs(_ a: [String], _ b: [String]) -> [(a: Int, b: Int)] {
    var places: [String: [Int]] = [:]
    for (place, head) in b.enumerated().reversed() { places[head, default: []].append(place) }
    return a.enumerated().compactMap { place, head in
      places[head]?.popLast().map { (place, $0) }
    }
  }

  /// In what the columns of the tables depart.
  func findingsOfHeads(_ file: String) -> [Finding] {
    let pairs = RowComparison.pairs(a.heads, b.heads)
    let (inA, inB) = (Set(pairs.map(\.a)), Set(pairs.map(\.b)))
    func findings(_ kind: Finding.Kind, _ heads: [String], _ met: Set<Int>) -> [Finding] {
      heads.indices.filter { !met.contains($0) }.map { place in
        var finding = Finding(kind, in: file)
        finding.column = heads[place]
        return finding
      }
    }
    var all = findings(.columnOnlyInA, a.heads, inA) + findings(.columnOnlyInB, b.heads, inB)
    if let moved = zip(pairs, pairs.dropFirst()).first(where: { $0.b > $1.b })?.1 {
      var finding = Finding(.columnOrder, in: file)
      finding.column = a.heads[moved.a]
      (finding.a, finding.b) = ("column \(moved.a + 1)", "column \(moved.b + 1)")
      all.append(finding)
    }
    return all
  }

  /// The cells that depart, in the order of the columns of A.
  mutating func departures(
    _ rowA: UnsafeRawBufferPointer, _ rowB: UnsafeRawBufferPointer
  ) -> [Finding] {
    cellsA.split(rowA)
    cellsB.split(rowB)
    let (countA, countB) = (cellsA.ranges.count, cellsB.ranges.count)
    guard countA == a.heads.count, countB == b.heads.count else {
      if countA == countB, isSame(rowA, rowB) { return [] }
      var finding = Finding(.cells, in: "")
      (finding.a, finding.b) = ("\(countA) of \(a.heads.count)", "\(countB) of \(b.heads.count)")
      return [finding]
    }
    var findings: [Finding] = []
    for column in columns {
      let (rangeA, rangeB) = (cellsA.ranges[column.inA], cellsB.ranges[column.inB])
      let (first, second) = (Cells.bytes(rowA, rangeA), Cells.bytes(rowB, rangeB))
      if isSame(first, second) { continue }
      let numbers = number(in: first).flatMap { x in number(in: second).map { (x, $0) } }
      if let numbers, column.tolerance.accepts(numbers.0, numbers.1) { continue }
      var finding = Finding(.value, in: "")
      finding.column = column.name
      (finding.a, finding.b) = (Cells.text(rowA, rangeA), Cells.text(rowB, rangeB))
      finding.gap = numbers.map { Gap($0.0, $0.1) }
      findings.append(finding)
    }
    return findings
  }

  /// Whether the coordinates of two starts pass as the same.
  mutating func hasSameCoordinates(
    _ rowA: UnsafeRawBufferPointer, _ rowB: UnsafeRawBufferPointer
  ) -> Bool {
    cellsA.split(rowA)
    cellsB.split(rowB)
    return coordinates.allSatisfy { column in
      guard column.inA < cellsA.ranges.count, column.inB < cellsB.ranges.count,
        let first = number(in: Cells.bytes(rowA, cellsA.ranges[column.inA])),
        let second = number(in: Cells.bytes(rowB, cellsB.ranges[column.inB]))
      else { return false }
      return column.tolerance.accepts(first, second)
    }
  }

  /// How two runs ended; nil of other tables.
  mutating func transition(
    _ rowA: UnsafeRawBufferPointer, _ rowB: UnsafeRawBufferPointer
  ) -> Transition? {
    guard !words.isEmpty else { return nil }
    func outcome(_ row: UnsafeRawBufferPointer, _ cells: Cells, _ place: (Column) -> Int)
      -> RunEnd?
    {
      let texts = words.compactMap { column in
        place(column) < cells.ranges.count ? Cells.text(row, cells.ranges[place(column)]) : nil
      }
      return texts.count == 3 ? RunEnd(ending: texts[0], limit: texts[1], point: texts[2]) : nil
    }
    guard let first = outcome(rowA, cellsA, \.inA), let second = outcome(rowB, cellsB, \.inB),
      first != second
    else { return nil }
    return Transition(from: first, to: second)
  }
}

/// How a run ended, and at what.
struct RunEnd: Hashable {
  let ending: String
  let limit: String
  let point: String
}

/// How a run of A ended, and how that of B does.
struct Transition: Hashable {
  let from: RunEnd
  let to: RunEnd
}
