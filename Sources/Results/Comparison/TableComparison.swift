import Diagnostics

/// Compares two tables row by row, each row with the one of the same key.
///
/// Rows come in the order of the plan, and so do the runs that they belong to; the rows of a run stand
/// together. Equal bytes are passed over. Where two runs do not fit, both files are read ahead until a run turns
/// up that the other file has, too; those before it wait for a partner elsewhere, and what has found none in
/// the end is only in one. Starts are found by their coordinates; those that moved, by their names in the end.
/// In memory are two pieces of the files and, while runs do not fit, a few numbers for each run.
struct TableComparison {
  private let name: String
  private let rules: ComparisonRules
  private let receive: (Finding) throws -> Void
  /// What there is to say in a few words.
  private(set) var changes: TableChanges

  private var a: RowReader
  private var b: RowReader
  private var spareA: RowReader
  private var spareB: RowReader
  private var keysA: KeyReader
  private var keysB: KeyReader
  private var rows: RowComparison
  private var waitingA = WaitingRuns()
  private var waitingB = WaitingRuns()
  /// How many of the runs to come were seen to have no partner ahead.
  private var passingA = 0
  private var passingB = 0
  private var run = OpenRun()
  private var scratch: [UInt8] = []

  /// Compares two tables.
  ///
  /// - Returns: what there is to say in a few words.
  /// - Throws: `ComparisonProblem`, or what `receive` throws.
  static func compare(
    _ a: RowReader, _ b: RowReader, name: String, _ rules: ComparisonRules,
    receive: (Finding) throws -> Void
  ) throws -> TableChanges {
    try withoutActuallyEscaping(receive) { receive in
      var comparison = try TableComparison(a, b, name: name, rules, receive)
      try comparison.compare()
      return comparison.changes
    }
  }

  private init(
    _ a: RowReader, _ b: RowReader, name: String, _ rules: ComparisonRules,
    _ receive: @escaping (Finding) throws -> Void
  ) throws {
    (self.a, self.b, self.name, self.rules, self.receive) = (a, b, name, rules, receive)
    (spareA, spareB) = (try RowReader(beside: a), try RowReader(beside: b))
    func shape(_ reader: RowReader) throws -> TableShape {
      try reader.advance()
      var cells = Cells()
      cells.split(reader.row)
      let heads = reader.hasRow ? cells.ranges.map { Cells.text(reader.row, $0) } : []
      for key in rules.keys where reader.hasRow && !heads.contains(key) {
        throw ComparisonProblem.noSuchColumn(
          key, path: reader.path, suggestion: suggestion(for: key, among: heads))
      }
      return TableShape(heads, keys: rules.keys)
    }
    var shapes = (try shape(a), try shape(b))
    // Where one side is nothing, the other's rows are all its own.
    if !a.hasRow { shapes.0 = shapes.1 }
    if !b.hasRow { shapes.1 = shapes.0 }
    shapes = TableShape.common(shapes.0, shapes.1)
    (keysA, keysB) = (KeyReader(shapes.0), KeyReader(shapes.1))
    changes = TableChanges(file: name, shape: shapes.0)
    rows = RowComparison(shapes.0, shapes.1, rules)
    changes.columns = Set(shapes.0.heads + shapes.1.heads)
  }

  private mutating func compare() throws {
    for finding in rows.findingsOfHeads(name) { try report(finding) }
    try a.advance()
    try b.advance()
    while a.hasRow || b.hasRow {
      if isInStep, a.hasRow, b.hasRow, isSame(a.row, b.row) {
        if !(run.isOpen && keysA.has(run.labelA, a.row, scratch: &scratch)) { try open() }
        try a.advance()
        try b.advance()
      } else if isInRun(ofA: true) || isInRun(ofA: false) {
        try stepInRun()
      } else {
        try close()
        try findPartner()
      }
    }
    try close()
    changes.hasOtherLineEnds =
      a.hasCarriageReturns != b.hasCarriageReturns && min(a.position.row, b.position.row) > 0
    try compareByLabel()
  }

  /// Whether equal rows are rows of the same run.
  private var isInStep: Bool {
    rows.hasSameColumns && passingA == 0 && passingB == 0 && run.labelA == run.labelB
  }

  private mutating func isInRun(ofA: Bool) -> Bool {
    guard run.isOpen, ofA ? a.hasRow : b.hasRow else { return false }
    return ofA
      ? keysA.has(run.labelA, a.row, scratch: &scratch)
      : keysB.has(run.labelB, b.row, scratch: &scratch)
  }

  /// Begins with the runs at hand, which belong together.
  private mutating func open() throws {
    try close()
    run.isOpen = true
    keysA.label(a.row, into: &run.labelA)
    keysB.label(b.row, into: &run.labelB)
    changes.count(&keysA, a.row)
    if run.labelA != run.labelB, keysA.start(a.row) != keysB.start(b.row) {
      var finding = Finding(.renamed, in: name)
      finding.run = keysA.name(a.row)
      (finding.lineA, finding.lineB) = (a.position.line, b.position.line)
      (finding.a, finding.b) = (finding.run, keysB.name(b.row))
      changes.renamed += 1
      try report(finding)
    }
  }

  /// Compares the next rows of the open run, or passes over one that has no partner.
  private mutating func stepInRun() throws {
    let (inA, inB) = (isInRun(ofA: true), isInRun(ofA: false))
    if inA, inB {
      let (first, second) = (keysA.order(a.row) ?? 0, keysB.order(b.row) ?? 0)
      if first == second || first.isNaN || second.isNaN {
        compareRows()
        try a.advance()
        try b.advance()
        return
      }
      if first < second { try passRow(ofA: true) } else { try passRow(ofA: false) }
    } else {
      try passRow(ofA: inA)
    }
  }

  private mutating func compareRows() {
    guard !(rows.hasSameColumns && isSame(a.row, b.row)) else { return }
    guard rows.depart(a.row, b.row) else { return }
    changes.note(rows.departures, rows.transition(a.row, b.row))
    run.departing += 1
    guard run.findings.isEmpty else { return }
    let run = keysA.name(a.row)
    let row = rowName(keysA, a)
    self.run.findings = rows.findings(a.row, b.row).map { departure in
      var finding = departure
      finding.file = name
      (finding.run, finding.row) = (run, row)
      (finding.lineA, finding.lineB) = (a.position.line, b.position.line)
      return finding
    }
  }

  private func rowName(_ keys: KeyReader, _ reader: RowReader) -> String {
    var keys = keys
    if let order = keys.order(reader.row) { return "iteration=\(formatNumber(order))" }
    return keys.shape.label.isEmpty ? "row=\(reader.position.row)" : ""
  }

  /// Passes over a row of the open run that the other side does not have.
  private mutating func passRow(ofA: Bool) throws {
    let reader = ofA ? a : b
    var only = (ofA ? run.onlyA : run.onlyB) ?? Finding(ofA ? .onlyInA : .onlyInB, in: name)
    if only.rows == 0 {
      only.run = ofA ? keysA.name(reader.row) : keysB.name(reader.row)
      only.row = rowName(ofA ? keysA : keysB, reader)
      if ofA { only.lineA = reader.position.line } else { only.lineB = reader.position.line }
    }
    only.rows += 1
    if ofA { run.onlyA = only } else { run.onlyB = only }
    try reader.advance()
  }

  /// Reports what the open run had.
  private mutating func close() throws {
    guard run.isOpen else { return }
    run.isOpen = false
    for finding in run.findings {
      var finding = finding
      finding.rows = run.departing
      try report(finding)
    }
    for only in [run.onlyA, run.onlyB].compactMap({ $0 }) { try report(only) }
    if run.hasFindings { changes.departing += 1 }
    run.clear()
  }

  private mutating func report(_ finding: Finding) throws {
    changes.findings += 1
    try receive(finding)
  }
}

// MARK: - Runs that do not fit

extension TableComparison {
  /// Finds out what the runs at hand belong to.
  private mutating func findPartner() throws {
    if a.hasRow, b.hasRow, passingA == 0, passingB == 0, isSameRun { return try open() }
    if a.hasRow, passingA > 0 || !b.hasRow { return try pass(ofA: true) }
    if b.hasRow, passingB > 0 || !a.hasRow { return try pass(ofA: false) }
    if waitingB.has(joinOfA) { return try pass(ofA: true) }
    if waitingA.has(joinOfB) { return try pass(ofA: false) }
    try lookAhead()
  }

  private var joinOfA: UInt64 {
    mutating get {
      keysA.join(a.row, into: &scratch)
      return stableHash(scratch)
    }
  }

  private var joinOfB: UInt64 {
    mutating get {
      keysB.join(b.row, into: &scratch)
      return stableHash(scratch)
    }
  }

  /// Whether the runs at hand are of the same start, or keys and coordinates are a rounding away.
  private var isSameRun: Bool {
    mutating get {
      joinOfA == joinOfB
        || keysA.isNear(a.row, &keysB, b.row) && rows.hasSameCoordinates(a.row, b.row)
    }
  }

  /// Compares the run at hand with one that waits for it, or lets it wait.
  private mutating func pass(ofA: Bool) throws {
    if ofA { passingA = max(0, passingA - 1) } else { passingB = max(0, passingB - 1) }
    if ofA, let partner = waitingB.take(joinOfA) {
      swap(&b, &spareB)
      try b.seek(partner.place)
      try compareRun()
      swap(&b, &spareB)
    } else if !ofA, let partner = waitingA.take(joinOfB) {
      swap(&a, &spareA)
      try a.seek(partner.place)
      try compareRun()
      swap(&a, &spareA)
    } else if ofA {
      waitingA.add(try Self.skipRun(a, &keysA))
      if waitingA.count > rules.lookAhead, let run = waitingA.takeFirst() {
        try reportOnly(run, ofA: true)
      }
    } else {
      waitingB.add(try Self.skipRun(b, &keysB))
      if waitingB.count > rules.lookAhead, let run = waitingB.takeFirst() {
        try reportOnly(run, ofA: false)
      }
    }
  }

  /// Compares the runs at hand to their ends.
  private mutating func compareRun() throws {
    try open()
    while isInRun(ofA: true) || isInRun(ofA: false) { try stepInRun() }
    try close()
  }

  /// Reads both files on, a run at a time, until one turns up that the other has, too.
  private mutating func lookAhead() throws {
    try spareA.seek(a.position)
    try spareB.seek(b.position)
    var seenA: [UInt64: Int] = [:]
    var seenB: [UInt64: Int] = [:]
    var (countA, countB) = (0, 0)
    while countA < rules.lookAhead, spareA.hasRow || spareB.hasRow {
      if spareA.hasRow {
        let join = try Self.skipRun(spareA, &keysA).join
        if let partner = seenB[join] {
          (passingA, passingB) = (countA, partner)
          return
        }
        if seenA[join] == nil { seenA[join] = countA }
        countA += 1
      }
      if spareB.hasRow {
        let join = try Self.skipRun(spareB, &keysB).join
        if let partner = seenA[join] {
          (passingA, passingB) = (partner, countB)
          return
        }
        if seenB[join] == nil { seenB[join] = countB }
        countB += 1
      }
    }
    (passingA, passingB) = (countA, countB)
  }

  /// Reads to the end of the run at hand.
  private static func skipRun(_ reader: RowReader, _ keys: inout KeyReader) throws -> WaitingRun {
    var label: [UInt8] = []
    var scratch: [UInt8] = []
    keys.join(reader.row, into: &label)
    let join = stableHash(label)
    keys.label(reader.row, into: &label)
    var run = WaitingRun(place: reader.position, rows: 0, join: join, label: stableHash(label))
    repeat {
      run.rows += 1
      try reader.advance()
    } while reader.hasRow && keys.has(label, reader.row, scratch: &scratch)
    return run
  }

  /// Compares those that are left and have the same name, as starts that were moved; the others are only in
  /// one table.
  private mutating func compareByLabel() throws {
    var labels: [UInt64: [WaitingRun]] = [:]
    for run in waitingB.all.reversed() { labels[run.label, default: []].append(run) }
    var met: Set<Int> = []
    for run in waitingA.all {
      guard let partner = labels[run.label]?.popLast() else {
        try reportOnly(run, ofA: true)
        continue
      }
      met.insert(partner.place.offset)
      try a.seek(run.place)
      try b.seek(partner.place)
      try compareRun()
    }
    for run in waitingB.all where !met.contains(run.place.offset) {
      try reportOnly(run, ofA: false)
    }
  }

  private mutating func reportOnly(_ run: WaitingRun, ofA: Bool) throws {
    let reader = ofA ? spareA : spareB
    try reader.seek(run.place)
    var finding = Finding(ofA ? .onlyInA : .onlyInB, in: name)
    finding.run = ofA ? keysA.name(reader.row) : keysB.name(reader.row)
    if finding.run.isEmpty { finding.row = "row=\(reader.position.row)" }
    finding.rows = run.rows
    if ofA { finding.lineA = run.place.line } else { finding.lineB = run.place.line }
    if ofA { changes.onlyA += 1 } else { changes.onlyB += 1 }
    try report(finding)
  }
}

/// The run whose rows are being compared.
private struct OpenRun {
  var isOpen = false
  var labelA: [UInt8] = []
  var labelB: [UInt8] = []
  /// The cells of the first row that departs.
  var findings: [Finding] = []
  var departing = 0
  var onlyA: Finding?
  var onlyB: Finding?

  var hasFindings: Bool { !findings.isEmpty || onlyA != nil || onlyB != nil }

  mutating func clear() {
    findings.removeAll()
    departing = 0
    (onlyA, onlyB) = (nil, nil)
  }
}
