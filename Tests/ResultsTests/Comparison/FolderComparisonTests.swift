import Foundation
import Testing

@testable import Results

/// Folders of results, and files that are no tables.
@Suite struct FolderComparisonTests {
  private func shop() throws -> ComparisonWorkshop {
    let shop = try ComparisonWorkshop()
    for side in ["a", "b"] {
      try shop.write("rate,start,iteration,x,f\n1,p1,0,1,2\n", to: "\(side)/f/traces/newton.csv")
      try shop.write("Valley\nlevels: 1, 2\n", to: "\(side)/f/contour.txt")
      try shop.write("picture", to: "\(side)/f/contour.png")
      try shop.write("runexp 0.1.0\n", to: "\(side)/manifest.txt")
    }
    return shop
  }

  private func short(
    _ shop: ComparisonWorkshop, _ rules: ComparisonRules = ComparisonRules()
  ) throws -> [String] {
    let found = try compared(paths: shop.path("a"), shop.path("b"), rules)
    return zip(found.findings, found.short).map { "\($0.file): \($1)" }
  }

  @Test func equalFoldersHaveNoFindings() throws {
    let shop = try shop()
    #expect(try short(shop) == [])
    try shop.write("held", to: "b/.lock")
    #expect(try short(shop) == [])
  }

  @Test func filesOfOneSideAreNamedInTheOrderOfTheirPaths() throws {
    let shop = try shop()
    try shop.write("x\n", to: "b/g/runs.csv")
    try shop.write("x", to: "a/f/basins.png")
    #expect(try short(shop) == ["f/basins.png: file-only-in-a", "g/runs.csv: file-only-in-b"])
  }

  @Test func textsAreComparedByLinesAndPicturesByBytes() throws {
    let shop = try shop()
    try shop.write("Valley\nlevels: 1, 3\n", to: "b/f/contour.txt")
    try shop.write("pictura", to: "b/f/contour.png")
    try shop.write("runexp 0.1.0\nsleef 4\n", to: "b/manifest.txt")
    try shop.write("rate,start,iteration,x,f\n1,p1,0,1,3\n", to: "b/f/traces/newton.csv")
    #expect(
      try short(shop) == [
        "f/contour.png: bytes", "f/contour.txt: line levels: 1, 2 -> levels: 1, 3",
        "f/traces/newton.csv: value rate=1 start=p1 iteration=0 f 2 -> 3",
        "manifest.txt: line  -> sleef 4",
      ])
    var rules = ComparisonRules()
    rules.isOfTablesOnly = true
    #expect(
      try short(shop, rules) == ["f/traces/newton.csv: value rate=1 start=p1 iteration=0 f 2 -> 3"])
  }

  @Test func numbersInTextsHaveTheGeneralTolerance() throws {
    let shop = try shop()
    try shop.write("Valley\nlevels: 1, 2.0000000001\n", to: "b/f/contour.txt")
    #expect(try short(shop).count == 1)
    var rules = ComparisonRules()
    rules.tolerances.general.relative = 1e-9
    #expect(try short(shop, rules) == [])
    try shop.write("Valley\nlevels: 1; 2, 3\n", to: "b/f/contour.txt")
    #expect(try short(shop, rules).count == 1)
  }

  @Test func whatCannotBeComparedIsSaid() throws {
    let shop = try shop()
    let file = try shop.write("x", to: "c.csv")
    func sentence(_ a: String, _ b: String) -> String? {
      do {
        _ = try compared(paths: a, b)
        return nil
      } catch {
        return (error as? ComparisonProblem)?.sentence
      }
    }
    #expect(sentence("/nowhere", file) == "there is no file or folder '/nowhere'")
    #expect(
      sentence(shop.path("a"), file)
        == "'\(shop.path("a"))' is a folder and '\(file)' is a file; name two files or two folders")
    #expect(
      ComparisonProblem.unclosedQuote("t.csv", line: 2).sentence
        == "t.csv:2: a quote that opens in this row is never closed")
    #expect(
      ComparisonProblem.rowTooLong("t.csv", line: 2, bytes: 9).sentence
        == "t.csv:2: this row has more than 9 bytes; is a quote not closed?")
    #expect(
      ComparisonProblem.unreadable("t.csv", reason: "Permission denied").sentence
        == "'t.csv' cannot be read: Permission denied")
  }

  @Test func aRowMayBeLongerThanAPiece() throws {
    let long = String(repeating: "7", count: 3_000_000)
    let table = "a,b\n1,\"x\n\(long)\"\n2,3\n"
    #expect(try compared(table, table).short == [])
    let found = try compared(table, table.replacing("2,3", with: "2,4"))
    #expect(found.short == ["value row=2 b 3 -> 4"])
    #expect(found.findings.first?.lineA == 4)
  }

  @Test func manyRowsAreReadInPieces() throws {
    var a = "rate,start,iteration,x,f\n"
    for start in 0..<300 {
      for iteration in 0..<100 { a += "0.1,p\(start),\(iteration),\(start),\(start * iteration)\n" }
    }
    #expect(a.utf8.count > 1 << 19)
    let moved = a.replacing("0.1,p7,0,7,0\n", with: "0.1,n,0,7.5,0\n0.1,p7,0,7,0\n")
      .replacing("0.1,p250,99,250,24750\n", with: "0.1,p250,99,250,24751\n")
    let found = try compared(a, moved)
    #expect(
      found.short == [
        "value rate=0.1 start=p250 iteration=99 f 24750 -> 24751", "only-in-b rate=0.1 start=n",
      ])
    #expect(found.findings.map(\.lineB) == [25_102, 702])
  }
}
