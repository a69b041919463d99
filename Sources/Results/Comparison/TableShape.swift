/// What a table is of, by its heads, and which columns say what a row is.
struct TableShape: Equatable {
  /// The tables of a result folder, and any other.
  enum Kind: Equatable {
    case runs
    case traces
    case summary
    case criticalPoints
    case other
  }

  let heads: [String]
  let kind: Kind
  /// The columns that name a row, or all rows of a run.
  private(set) var label: [String]
  /// The columns of a start's coordinates: they, not its name, say which start it is.
  private(set) var coordinates: [String] = []
  /// The column that counts the rows of a run.
  private(set) var order: String?
  /// The columns of the method and its rate.
  private(set) var group: [String] = []

  /// Reads the heads.
  ///
  /// - Parameter keys: the columns that name a row, in place of those that the heads suggest.
  init(_ heads: [String], keys: [String] = []) {
    self.heads = heads
    func columns(from first: String, to last: String) -> [String] {
      guard let start = heads.firstIndex(of: first), let end = heads.firstIndex(of: last),
        start < end
      else { return [] }
      return Array(heads[start..<end])
    }
    func has(_ names: String...) -> Bool { names.allSatisfy(heads.contains) }
    guard keys.isEmpty else {
      (kind, label) = (.other, keys)
      return
    }
    if has("method", "rate", "start", "ending") {
      kind = .runs
      group = columns(from: "method", to: "rate") + ["rate"]
      if group.count == 1 { group = ["method", "rate"] }
      label = group + ["start"]
      coordinates = heads.filter { $0.hasPrefix("start_") }
    } else if has("rate", "start", "iteration") {
      kind = .traces
      group = ["rate"]
      label = ["rate", "start"]
      // Where f was left out, nothing says which columns are coordinates.
      coordinates = Array(columns(from: "iteration", to: "f").dropFirst())
      order = "iteration"
    } else if has("function", "method", "rate", "runs") {
      kind = .summary
      group = columns(from: "method", to: "rate") + ["rate"]
      if group.count == 1 { group = ["method", "rate"] }
      label = ["function"] + group
    } else if has("label", "kind", "f") {
      (kind, label) = (.criticalPoints, ["label"])
    } else {
      (kind, label) = (.other, [])
    }
  }

  /// The two shapes of tables that are compared, with the keys that both have.
  static func common(_ a: TableShape, _ b: TableShape) -> (TableShape, TableShape) {
    guard a.kind == b.kind else {
      return (TableShape(unkeyed: a.heads), TableShape(unkeyed: b.heads))
    }
    func narrowed(_ shape: TableShape) -> TableShape {
      var shape = shape
      shape.label = a.label.filter(b.label.contains)
      shape.group = a.group.filter(b.group.contains)
      if a.coordinates != b.coordinates { shape.coordinates = [] }
      return shape
    }
    return (narrowed(a), narrowed(b))
  }

  private init(unkeyed heads: [String]) {
    (self.heads, kind, label) = (heads, .other, [])
  }

  /// What a row, or the rows of one key, are called.
  var rowWord: String {
    switch kind {
    case .runs, .traces: "run"
    case .criticalPoints: "point"
    case .summary, .other: "row"
    }
  }
}

/// Where the columns of a shape stand, for reading the keys of rows.
struct KeyReader {
  let shape: TableShape
  private let label: [Int]
  private let join: [Int]
  private let order: Int?
  private let group: [Int]
  private let last: Int
  private let isInFront: Bool
  private var cells = Cells()

  init(_ shape: TableShape) {
    func places(_ names: [String]) -> [Int] { names.compactMap(shape.heads.firstIndex) }
    self.shape = shape
    label = places(shape.label)
    join = places(
      shape.coordinates.isEmpty
        ? shape.label : shape.label.filter { $0 != "start" } + shape.coordinates)
    order = shape.order.flatMap(shape.heads.firstIndex)
    group = places(shape.group)
    isInFront = !label.isEmpty && label == Array(label.indices)
    last = (label + join + group + [order ?? 0]).max() ?? 0
  }

  /// The label of a row, as it stands in the file.
  mutating func label(_ row: UnsafeRawBufferPointer, into key: inout [UInt8]) {
    read(row, label, into: &key)
  }

  /// What the row is found by in the other table.
  mutating func join(_ row: UnsafeRawBufferPointer, into key: inout [UInt8]) {
    read(row, join, into: &key)
  }

  /// The method and the rate of a row.
  mutating func group(_ row: UnsafeRawBufferPointer) -> [String] {
    texts(row, group)
  }

  /// The row's number within its run; nil where it has none.
  mutating func order(_ row: UnsafeRawBufferPointer) -> Double? {
    guard let order else { return nil }
    cells.split(row, limit: last + 1)
    guard order < cells.ranges.count else { return nil }
    return number(in: Cells.bytes(row, cells.ranges[order]))
  }

  /// The key in words, as filters write it: `method=newton rate=1 start=p1`.
  mutating func name(_ row: UnsafeRawBufferPointer) -> String {
    zip(shape.label, texts(row, label)).filter { !$1.isEmpty }.map { "\($0)=\($1)" }
      .joined(separator: " ")
  }

  /// The name of the row's start; empty where there is none.
  mutating func start(_ row: UnsafeRawBufferPointer) -> String {
    shape.label.last == "start" ? texts(row, Array(label.suffix(1))).joined() : ""
  }

  /// Whether the labels of two rows are the same but for numbers a rounding away, as rates that were computed.
  mutating func isNear(
    _ row: UnsafeRawBufferPointer, _ other: inout KeyReader, _ otherRow: UnsafeRawBufferPointer
  ) -> Bool {
    cells.split(row, limit: last + 1)
    other.cells.split(otherRow, limit: other.last + 1)
    return zip(label, other.label).allSatisfy { mine, theirs in
      guard mine < cells.ranges.count, theirs < other.cells.ranges.count else { return false }
      let first = Cells.bytes(row, cells.ranges[mine])
      let second = Cells.bytes(otherRow, other.cells.ranges[theirs])
      if isSame(first, second) { return true }
      guard let x = number(in: first), let y = number(in: second) else { return false }
      return Tolerance(relative: 1e-9).accepts(x, y)
    }
  }

  /// Whether a row has a label.
  mutating func has(
    _ key: [UInt8], _ row: UnsafeRawBufferPointer, scratch: inout [UInt8]
  ) -> Bool {
    // Rows of the program begin with their keys, so that most need not be cut into cells.
    if isInFront, row.count > key.count, row.starts(with: key) { return true }
    label(row, into: &scratch)
    return scratch == key
  }

  private mutating func texts(_ row: UnsafeRawBufferPointer, _ places: [Int]) -> [String] {
    cells.split(row, limit: last + 1)
    return places.map { $0 < cells.ranges.count ? Cells.text(row, cells.ranges[$0]) : "" }
  }

  private mutating func read(
    _ row: UnsafeRawBufferPointer, _ places: [Int], into key: inout [UInt8]
  ) {
    key.removeAll(keepingCapacity: true)
    guard !places.isEmpty else { return }
    cells.split(row, limit: last + 1)
    for place in places {
      if place < cells.ranges.count { key.append(contentsOf: row[cells.ranges[place]]) }
      key.append(0x2C)
    }
  }
}
