import Testing

@testable import Results

/// Every kind of difference between two tables, made by hand.
@Suite struct TableComparisonTests {
  private static let runs = """
    method,rate,start,start_x,start_y,ending,point,x,y,f,limit
    gradient,0.1,p1,1,2,converged,minimum,0,0,1e-20,m1
    gradient,0.1,p2,3,4,converged,minimum,0,0,1e-21,m1
    gradient,0.9,p1,1,2,converged,minimum,0,0,1e-20,m1
    gradient,0.9,p2,3,4,converged,minimum,0,0,1e-21,m1
    newton,1,p1,1,2,converged,minimum,0,0,0,m1
    newton,1,p2,3,4,diverged,moving,1e12,inf,nan,

    """

  private static let trace = """
    rate,start,iteration,x,f,step_norm
    0.1,p1,0,1,1,0.5
    0.1,p1,1,0.5,0.25,0.25
    0.1,p1,2,0.25,0.0625,
    0.1,p2,0,2,4,1
    0.1,p2,1,1,1,
    0.5,p1,0,1,1,1
    0.5,p1,1,0,0,
    0.5,p2,0,2,4,2
    0.5,p2,1,0,0,

    """

  private func runs(_ changes: (String, String)...) throws -> Compared {
    try compared(Self.runs, changes.reduce(Self.runs) { $0.replacing($1.0, with: $1.1) })
  }

  private func trace(_ changes: (String, String)...) throws -> Compared {
    try compared(Self.trace, changes.reduce(Self.trace) { $0.replacing($1.0, with: $1.1) })
  }

  @Test func equalTablesHaveNoFindings() throws {
    #expect(try runs().short == [])
    #expect(try trace().short == [])
    #expect(try compared("", "").short == [])
  }

  @Test func aChangedUlpIsFoundInItsRowWithItsSize() throws {
    let found = try trace(("0.1,p1,1,0.5,", "0.1,p1,1,0.5000000000000001,"))
    #expect(
      found.short == ["value rate=0.1 start=p1 iteration=1 x 0.5 -> 0.5000000000000001"])
    let finding = found.findings.first
    #expect(finding?.gap == Gap(0.5, 0.5.nextUp))
    #expect(finding?.gap?.ulp == 1)
    #expect(finding?.gap?.absolute == 0x1p-53)
    #expect(finding?.lineA == 3)
    #expect(finding?.lineB == 3)
  }

  @Test func onlyTheFirstRowOfARunIsShownAndTheOthersAreCounted() throws {
    let found = try trace(
      ("0.1,p1,1,0.5,0.25,0.25", "0.1,p1,1,0.6,0.36,0.25"), ("0.25,0.0625", "0.3,0.09"),
      ("0.5,p2,1,0", "0.5,p2,1,1e-9"))
    #expect(
      found.short == [
        "value rate=0.1 start=p1 iteration=1 x 0.5 -> 0.6 2 rows",
        "value rate=0.1 start=p1 iteration=1 f 0.25 -> 0.36 2 rows",
        "value rate=0.5 start=p2 iteration=1 x 0 -> 1e-9",
      ])
    #expect(
      found.sentences == ["2 of 4 runs depart; the largest relative departure is 1, in x"])
  }

  @Test func changedEndingsAreSaidInWords() throws {
    let found = try runs(
      ("gradient,0.9,p1,1,2,converged,minimum", "gradient,0.9,p1,1,2,oscillating,moving"),
      ("gradient,0.9,p2,3,4,converged,minimum", "gradient,0.9,p2,3,4,oscillating,moving"),
      ("newton,1,p1,1,2,converged,minimum,0,0,0,m1", "newton,1,p1,1,2,converged,minimum,0,0,0,m2"),
      ("gradient,0.1,p2,3,4,converged,minimum", "gradient,0.1,p2,3,4,converged,saddle"))
    #expect(
      found.sentences == [
        "1 of 2 gradient rate 0.1 runs now ends at a saddle instead of at a minimum",
        "gradient rate 0.9 now oscillates instead of converged",
        "1 of 2 newton runs now reaches m2 instead of m1",
        "4 of 6 runs depart",
      ])
    #expect(
      found.short.prefix(2) == [
        "value method=gradient rate=0.1 start=p2 point minimum -> saddle",
        "value method=gradient rate=0.9 start=p1 ending converged -> oscillating",
      ])
  }

  @Test func runsThatEndAsBeforeAreSaidToDoSo() throws {
    let found = try runs(
      ("p1,1,2,converged,minimum,0,0,1e-20", "p1,1,2,converged,minimum,0,0,1e-19"))
    #expect(
      found.sentences == [
        "2 of 6 runs depart; the largest relative departure is 0.9, in f; all end as before"
      ])
  }

  @Test func anInsertedStartShiftsNothingThoughItRenamesTheOthers() throws {
    let found = try runs(
      ("gradient,0.1,p2,3,4", "gradient,0.1,p2,9,9,stalled,moving,1,1,1,\ngradient,0.1,p3,3,4"),
      ("gradient,0.9,p2,3,4", "gradient,0.9,p2,9,9,stalled,moving,1,1,1,\ngradient,0.9,p3,3,4"),
      ("newton,1,p2,3,4", "newton,1,p2,9,9,stalled,moving,1,1,1,\nnewton,1,p3,3,4"))
    #expect(
      found.findings.filter { $0.kind != .renamed }.map(\.run) == [
        "method=gradient rate=0.1 start=p2", "method=gradient rate=0.9 start=p2",
        "method=newton rate=1 start=p2",
      ])
    #expect(
      found.findings.filter { $0.kind != .renamed }.allSatisfy {
        $0.kind == .onlyInB && $0.rows == 1
      })
    #expect(found.sentences == ["3 runs only in B", "3 runs from starts of another name"])
  }

  @Test func anInsertedRunOfATraceIsOneBlock() throws {
    let block = "0.1,p2,0,7,49,1\n0.1,p2,1,6,36,1\n0.1,p2,2,5,25,\n"
    let found = try trace(("0.1,p2,", "0.1,p3,"), ("0.1,p3,0", block + "0.1,p3,0"))
    #expect(
      found.short == [
        "renamed rate=0.1 start=p2 rate=0.1 start=p2 -> rate=0.1 start=p3",
        "only-in-b rate=0.1 start=p2 3 rows",
      ])
  }

  @Test func missingRunsAreOnlyInAAndNothingElseDeparts() throws {
    let rows = Self.runs.split(separator: "\n")
    let short = rows[0...1] + rows[4...]
    let found = try compared(Self.runs, short.joined(separator: "\n") + "\n")
    #expect(
      found.short == [
        "only-in-a method=gradient rate=0.1 start=p2",
        "only-in-a method=gradient rate=0.9 start=p1",
      ])
    #expect(found.findings.map(\.lineA) == [3, 4])
  }

  @Test func anInsertedAndAMovedMethodAreMetElsewhere() throws {
    let rows = Self.runs.split(separator: "\n").map(String.init)
    let adam = "adam,0.1,p1,1,2,crawling,moving,1,1,1,"
    let moved = [rows[0], adam] + rows[5...6] + rows[1...4]
    let found = try compared(Self.runs, moved.joined(separator: "\n"))
    #expect(found.short == ["only-in-b method=adam rate=0.1 start=p1"])
    let changed = try compared(
      Self.runs, moved.joined(separator: "\n").replacing("1e-21", with: "2e-21"))
    #expect(
      changed.short == [
        "value method=gradient rate=0.1 start=p2 f 1e-21 -> 2e-21",
        "value method=gradient rate=0.9 start=p2 f 1e-21 -> 2e-21",
        "only-in-b method=adam rate=0.1 start=p1",
      ])
  }

  @Test func startsThatChangedTheirNamesAreMetByTheirCoordinates() throws {
    let heads = "method,rate,start,start_x,ending,point,f,limit\n"
    let found = try compared(
      heads + "newton,1,p1,1,converged,minimum,5,\nnewton,1,p2,3,stalled,moving,7,\n",
      heads + "newton,1,p1,3,stalled,moving,7,\nnewton,1,p2,1,converged,minimum,5,\n")
    #expect(found.findings.map(\.kind) == [.renamed, .renamed])
  }

  @Test func aStartThatMovedIsMetByItsName() throws {
    let found = try runs(("newton,1,p1,1,2,", "newton,1,p1,1,2.5,"))
    #expect(found.short == ["value method=newton rate=1 start=p1 start_y 2 -> 2.5"])
    let trace = try trace(("0.5,p1,0,1,1,1", "0.5,p1,0,1.5,1,1"))
    #expect(trace.short == ["value rate=0.5 start=p1 iteration=0 x 1 -> 1.5"])
  }

  @Test func aRateThatWasComputedMayBeARoundingAway() throws {
    let found = try runs(("gradient,0.9,", "gradient,0.9000000000000001,"))
    #expect(
      found.short == [
        "value method=gradient rate=0.9 start=p1 rate 0.9 -> 0.9000000000000001",
        "value method=gradient rate=0.9 start=p2 rate 0.9 -> 0.9000000000000001",
      ])
    var rules = ComparisonRules()
    rules.tolerances.general.ulp = 1
    let b = Self.runs.replacing("gradient,0.9,", with: "gradient,0.9000000000000001,")
    #expect(try compared(Self.runs, b, rules).short == [])
    #expect(
      try trace(("\n0.5,", "\n0.6,")).findings.map(\.kind) == [
        .onlyInA, .onlyInA, .onlyInB, .onlyInB,
      ])
  }

  @Test func onlyEndingsMayBeCompared() throws {
    var rules = ComparisonRules()
    rules.isOfEndingsOnly = true
    let b = Self.runs.replacing("1e-21,m1", with: "1e-9,m1").replacing("0,0,0,m1", with: "0,0,0,m2")
    #expect(
      try compared(Self.runs, b, as: "runs.csv", rules).short
        == ["value method=newton rate=1 start=p1 limit m1 -> m2"])
  }

  @Test func aRunThatIsLongerHasRowsOfItsOwn() throws {
    let found = try trace(("0.1,p2,1,1,1,", "0.1,p2,1,1,1,\n0.1,p2,2,1,1,\n0.1,p2,3,1,1,"))
    #expect(found.short == ["only-in-b rate=0.1 start=p2 iteration=2 2 rows"])
    let middle = try trace(("0.1,p1,1,0.5,0.25,0.25\n", ""))
    #expect(middle.short == ["only-in-a rate=0.1 start=p1 iteration=1"])
    #expect(middle.sentences == ["1 of 4 runs departs"])
  }

  @Test func farRunsMeetWithinTheLookAheadAlone() throws {
    let rows = Self.trace.split(separator: "\n").map(String.init)
    let moved = ([rows[0]] + rows[6...] + rows[1...5]).joined(separator: "\n")
    #expect(try compared(Self.trace, moved).short == [])
    var rules = ComparisonRules()
    rules.lookAhead = 1
    #expect(try !compared(Self.trace, moved, rules).short.isEmpty)
  }

  @Test func columnsAreMetByTheirNames() throws {
    let table = "a,b,c\n1,2,3\n4,5,6\n"
    #expect(try compared(table, "a,b,c,d\n1,2,3,0\n4,5,6,0\n").short == ["column-only-in-b d"])
    #expect(
      try compared(table, "a,c\n1,3\n4,7\n").short == [
        "column-only-in-a b", "value row=2 c 6 -> 7",
      ])
    #expect(
      try compared(table, "c,a,b\n3,1,2\n6,4,5\n").short == ["column-order c column 3 -> column 1"])
    #expect(try compared("a,a\n1,2\n", "a,a\n1,3\n").short == ["value row=1 a 2 -> 3"])
    #expect(
      try compared("a,b\n1,2\n", "a,x\n1,2\n").short == [
        "column-only-in-a b", "column-only-in-b x",
      ])
  }

  @Test func anOptionThatBecameAColumnKeepsTheKeys() throws {
    let b = Self.runs.split(separator: "\n").map { line in
      let parts = line.split(separator: ",", maxSplits: 1)
      return "\(parts[0]),\(parts[0] == "method" ? "beta" : ""),\(parts[1])"
    }
    #expect(try compared(Self.runs, b.joined(separator: "\n")).short == ["column-only-in-b beta"])
  }

  @Test func rowsOfTheSameKeyMeetInTheirOrder() throws {
    let table = "label,kind,f\nm1,minimum,1\nm1,minimum,2\ns1,saddle,3\n"
    #expect(
      try compared(table, table.replacing("m1,minimum,2", with: "m1,minimum,5")).short
        == ["value label=m1 f 2 -> 5"])
    #expect(
      try compared(table, table.replacing("m1,minimum,2\n", with: "")).short
        == ["only-in-a label=m1"])
    #expect(try compared(table, table + "m1,minimum,9\n").short == ["only-in-b label=m1"])
  }

  @Test func raggedRowsAreFound() throws {
    let table = "a,b\n1,2\n3,4\n"
    #expect(
      try compared(table, "a,b\n1,2,\n3,4\n").short == ["cells row=1 2 of 2 -> 3 of 2"])
    #expect(try compared(table, "a,b\n1,2\n3\n").short == ["cells row=2 2 of 2 -> 1 of 2"])
    #expect(try compared("a,b\n1\n", "a,b\n1\n").short == [])
  }

  @Test func emptyNanAndInfDepartFromNumbers() throws {
    func table(_ cell: String) -> String { "a,b\n1,\(cell)\n" }
    var rules = ComparisonRules()
    rules.tolerances.general = Tolerance(absolute: 1e300, relative: 1e300, ulp: 1 << 62)
    for (a, b) in [("", "0"), ("nan", "0"), ("", "nan"), ("inf", "1"), ("inf", "-inf"), ("x", "1")]
    {
      #expect(try compared(table(a), table(b), rules).short == ["value row=1 b \(a) -> \(b)"])
    }
    for same in ["", "nan", "inf", "-inf", "x"] {
      #expect(try compared(table(same), table(same) + "").short == [])
    }
    #expect(try compared(table("1.0"), table("1")).short == [])
    #expect(try compared(table("1e0"), table("1")).short == [])
    #expect(try compared(table("\"x\""), table("x")).short == [])
    #expect(try compared(table("X"), table("x"), rules).short == ["value row=1 b X -> x"])
  }

  @Test func tolerancesAreForAllOrForAColumn() throws {
    let (a, b) = ("a,f\n1,1\n2,2\n", "a,f\n1.001,1.001\n2,2\n")
    var rules = ComparisonRules()
    rules.tolerances.general.relative = 1e-2
    #expect(try compared(a, b, rules).short == [])
    rules.tolerances = Tolerances()
    rules.tolerances.columns["f"] = Tolerance(absolute: 1e-2)
    #expect(try compared(a, b, rules).short == ["value row=1 a 1 -> 1.001"])
    rules.tolerances.columns["g"] = Tolerance(absolute: 1e-2)
    #expect(throws: ComparisonProblem.self) { try compared(a, b, rules) }
  }

  @Test func lineEndsAreNoDifferenceButNoted() throws {
    let found = try compared(Self.trace, Self.trace.replacing("\n", with: "\r\n"))
    #expect(found.short == [])
    #expect(found.notes == ["the lines of one of them end with CRLF, which is no difference"])
    #expect(try compared("a\n1\n", "a\n1").short == [])
    #expect(try compared("\u{FEFF}a\n1\n", "a\n1\n").short == [])
  }

  @Test func quotedCellsMayHoldCommasAndLineEnds() throws {
    let table = "label,kind,f\n\"m\n1\",\"a,b\",1\ns1,\"say \"\"no\"\"\",2\n"
    #expect(
      try compared(table, table.replacing("a,b\",1", with: "a,c\",1")).short
        == ["value label=m\n1 kind a,b -> a,c"])
    let found = try compared(table, table.replacing("no", with: "yes"))
    #expect(found.short == ["value label=s1 kind say \"no\" -> say \"yes\""])
    #expect(found.findings.first?.lineA == 4)
    #expect {
      try compared("a\n1\n\"2\n3", "a\n1\n2\n")
    } throws: { error in
      (error as? ComparisonProblem)?.sentence.hasSuffix(
        "a/t.csv:3: a quote that opens in this row is never closed") == true
    }
  }

  @Test func otherTablesGoByRowNumberOrByAKey() throws {
    let (a, b) = ("i,v\n1,10\n2,20\n3,30\n", "i,v\n1,10\n9,90\n2,20\n3,30\n")
    #expect(
      try compared(a, b).short == [
        "value row=2 i 2 -> 9 2 rows", "value row=2 v 20 -> 90 2 rows", "only-in-b row=4",
      ])
    var rules = ComparisonRules()
    rules.keys = ["i"]
    #expect(try compared(a, b, rules).short == ["only-in-b i=9"])
    rules.keys = ["j"]
    #expect {
      try compared(a, b, rules)
    } throws: { error in
      (error as? ComparisonProblem)?.sentence.hasPrefix("there is no column 'j' in ") == true
    }
  }

  @Test func nothingOnOneSideIsAllOnTheOther() throws {
    let shop = try ComparisonWorkshop()
    let file = try shop.write(Self.trace, to: "t.csv")
    #expect(
      try compared(paths: "/dev/null", file).findings.map(\.kind)
        == Array(repeating: .onlyInB, count: 4))
    #expect(try compared(paths: file, "/dev/null").findings.map(\.rows) == [3, 2, 2, 2])
    #expect(try compared(paths: "/dev/null", "/dev/null").short == [])
  }
}
