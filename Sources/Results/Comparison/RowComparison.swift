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
  /// The cells that the last two rows depart in.
  private(set) var departures: [Departure] = []
  private var isRagged = false

  init(_ a: TableShape, _ b: TableShape, _ rules: ComparisonRules) {
    (self.a, self.b) = (a, b)
    hasSameColumns = a.heads == b.heads
    let all = RowComparison.pairs(a.heads, b.heads).map { pair in
      Column(
        name: a.heads[pair.a], inA: pair.a, inB: pair.b,
        tolerance: rules.tolerances[a.heads[pair.a]])
    }
    // Of the key only numbers may depart; a start's other name is said once.
    let keys: Set<String> = a.label.contains("start") ? ["start"] : []
    columns = all.filter { column in
      if rules.isOfEndingsOnly { return RowComparison.endings.contains(column.name) }
      return !keys.contains(column.name) && !rules.ignoredColumns.contains(column.name)
    }
    coordinates = all.filter { a.coordinates.contains($0.name) }
    let wanted = a.kind == .runs ? RowComparison.endings : []
    let found = wanted.compactMap { name in all.first { $0.name == name } }
    words = found.count == wanted.count ? found : []
  }

  /// The columns of how a run ended; `RunEnd` takes them in this order.
  private static let endings = ["ending", "limit", "point"]

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

  /// A cell that departs.
  struct Departure {
    fileprivate let place: Int
    let column: String
    let gap: Gap?
  }

  /// The cells of two rows that depart are left in `departures`, in the order of the columns of A.
  ///
  /// - Returns: whether the rows depart; rows with cells too many or too few do unless they are equal.
  mutating func depart(_ rowA: UnsafeRawBufferPointer, _ rowB: UnsafeRawBufferPointer) -> Bool {
    departures.removeAll(keepingCapacity: true)
    cellsA.split(rowA)
    cellsB.split(rowB)
    isRagged = cellsA.ranges.count != a.heads.count || cellsB.ranges.count != b.heads.count
    if isRagged { return cellsA.ranges.count != cellsB.ranges.count || !isSame(rowA, rowB) }
    for (place, column) in columns.enumerated() {
      let first = Cells.bytes(rowA, cellsA.ranges[column.inA])
      let second = Cells.bytes(rowB, cellsB.ranges[column.inB])
      if isSame(first, second) { continue }
      if let x = number(in: first), let y = number(in: second) {
        if column.tolerance.accepts(x, y) { continue }
        departures.append(Departure(place: place, column: column.name, gap: Gap(x, y)))
      } else {
        departures.append(Departure(place: place, column: column.name, gap: nil))
      }
    }
    return !departures.isEmpty
  }

  /// What `depart` found, to be shown.
  func findings(_ rowA: UnsafeRawBufferPointer, _ rowB: UnsafeRawBufferPointer) -> [Finding] {
    if isRagged {
      var finding = Finding(.cells, in: "")
      finding.a = "\(cellsA.ranges.count) of \(a.heads.count)"
      finding.b = "\(cellsB.ranges.count) of \(b.heads.count)"
      return [finding]
    }
    return departures.map { departure in
      let column = columns[departure.place]
      var finding = Finding(.value, in: "")
      finding.column = column.name
      finding.a = Cells.text(rowA, cellsA.ranges[column.inA])
      finding.b = Cells.text(rowB, cellsB.ranges[column.inB])
      finding.gap = departure.gap
      return finding
    }
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
