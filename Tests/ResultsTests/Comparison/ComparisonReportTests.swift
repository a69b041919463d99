import Foundation
import Testing

@testable import Results

/// What people and programs are given, as a whole.
@Suite struct ComparisonReportTests {
  private let a = """
    method,rate,start,start_x,ending,point,x,f,limit
    newton,1,p1,1,converged,minimum,0.5,nan,m1
    newton,1,p2,2,converged,minimum,0.5,1,m1
    """
  private let b = """
    method,rate,start,start_x,ending,point,x,f,limit
    newton,1,p1,1,oscillating,moving,0.25,"a|""b",
    newton,1,p2,2,converged,minimum,0.5,1,m2
    newton,1,p3,3,converged,minimum,0.5,1,m1
    """

  private func report(_ format: ComparisonReport.Format) throws -> String {
    let shop = try ComparisonWorkshop()
    try shop.write(a, to: "a/runs.csv")
    try shop.write(b, to: "b/runs.csv")
    return try compared(paths: shop.path("a"), shop.path("b"), ComparisonRules(), format).text
  }

  @Test func forPeople() throws {
    #expect(
      try report(.text) == """
        runs.csv: 1 of 2 newton runs now oscillates instead of converged
        runs.csv: 1 of 2 newton runs now reaches m2 instead of m1
        runs.csv: 2 of 2 runs depart; the largest relative departure is 1, in x
        runs.csv: 1 run only in B

        runs.csv
          method=newton rate=1 start=p1 departs (line 2):
            ending  converged -> oscillating
            point   minimum -> moving
            x       0.5 -> 0.25  (absolute 0.25, relative 1, 4503599627370496 ulp)
            f       nan -> a|"b
            limit   m1 -> (empty)
          method=newton rate=1 start=p2 departs (line 3):
            limit  m1 -> m2
          only in B: method=newton rate=1 start=p3 (line 4 of B)

        """)
  }

  @Test func forAReview() throws {
    #expect(
      try report(.markdown) == """
        - runs.csv: 1 of 2 newton runs now oscillates instead of converged
        - runs.csv: 1 of 2 newton runs now reaches m2 instead of m1
        - runs.csv: 2 of 2 runs depart; the largest relative departure is 1, in x
        - runs.csv: 1 run only in B

        **runs.csv**

        | where | column | A | B | absolute | relative | ulp |
        | --- | --- | --- | --- | --- | --- | --- |
        | method=newton rate=1 start=p1 | ending | converged | oscillating |  |  |  |
        | method=newton rate=1 start=p1 | point | minimum | moving |  |  |  |
        | method=newton rate=1 start=p1 | x | 0.5 | 0.25 | 0.25 | 1 | 4503599627370496 |
        | method=newton rate=1 start=p1 | f | nan | a\\|"b |  |  |  |
        | method=newton rate=1 start=p1 | limit | m1 | (empty) |  |  |  |
        | method=newton rate=1 start=p2 | limit | m1 | m2 |  |  |  |
        | only in B: method=newton rate=1 start=p3 (line 4 of B) |  |  |  |  |  |  |

        """)
  }

  @Test func forPrograms() throws {
    let csv = try report(.csv)
    #expect(
      csv.split(separator: "\n").map(String.init) == [
        "file,what,run,row,column,a,b,absolute,relative,ulp,rows,line_a,line_b",
        "runs.csv,value,method=newton rate=1 start=p1,,ending,converged,oscillating,,,,1,2,2",
        "runs.csv,value,method=newton rate=1 start=p1,,point,minimum,moving,,,,1,2,2",
        "runs.csv,value,method=newton rate=1 start=p1,,x,0.5,0.25,0.25,1,4503599627370496,1,2,2",
        "runs.csv,value,method=newton rate=1 start=p1,,f,nan,\"a|\"\"b\",,,,1,2,2",
        "runs.csv,value,method=newton rate=1 start=p1,,limit,m1,,,,,1,2,2",
        "runs.csv,value,method=newton rate=1 start=p2,,limit,m1,m2,,,,1,3,3",
        "runs.csv,only-in-b,method=newton rate=1 start=p3,,,,,,,,1,,4",
      ])
    let json = try JSONSerialization.jsonObject(with: Data(try report(.json).utf8))
    let object = try #require(json as? [String: Any])
    let findings = try #require(object["findings"] as? [[String: Any]])
    #expect(findings.count == 7)
    #expect(findings[3]["b"] as? String == "a|\"b")
    #expect(findings[2]["ulp"] as? Int == 1 << 52)
    #expect(object["same"] as? Bool == false)
    let summary = try #require(object["summary"] as? [[String: String]])
    #expect(summary.count == 4)
    #expect(summary[3] == ["file": "runs.csv", "sentence": "1 run only in B"])
  }

  @Test(arguments: ComparisonReport.Format.allCases)
  func nothingIsSaidOfTheSame(format: ComparisonReport.Format) throws {
    let shop = try ComparisonWorkshop()
    let file = try shop.write(a, to: "runs.csv")
    let text = try compared(paths: file, file, ComparisonRules(), format).text
    let expected: [ComparisonReport.Format: String] = [
      .text: "the same\n", .markdown: "- the same\n",
      .csv: "file,what,run,row,column,a,b,absolute,relative,ulp,rows,line_a,line_b\n",
      .json: "{\"findings\": [], \"same\": true, \"summary\": []}\n",
    ]
    #expect(text == expected[format])
  }

  @Test func peopleAreShownTheFirstFewAndTheNumberOfTheRest() throws {
    let heads = "label,kind,f\n"
    let (a, b) = ((1...14).map { "m\($0),minimum,1\n" }, (1...14).map { "m\($0),minimum,2\n" })
    let text = try compared(heads + a.joined(), heads + b.joined()).text
    #expect(text.contains("  label=m10 departs (line 11):\n    f  1 -> 2"))
    #expect(!text.contains("label=m11"))
    #expect(text.hasSuffix("\n  … and 4 more\n"))
  }

  @Test func anAlignedTableKeepsEveryDigitAndMovesNoColumnForALongerNumber() throws {
    let shop = try ComparisonWorkshop()
    func aligned(_ text: String) throws -> String {
      var result = ""
      try AlignedTable.write(shop.write(text, to: "t.csv")) { result += $0 }
      return result
    }
    #expect(
      try aligned("start,x,f\np1,,0.1234567890123456\np10,-1,\"a,\nb\"\n") == """
        start     x     f
        p1        ·     0.1234567890123456
        p10       -1    a,↵b

        """)
    let long = try aligned("x,f\n0.1234567890123456,1\n").split(separator: "\n")
    let longer = try aligned("x,f\n-1.234567890123456e-10,1\n").split(separator: "\n")
    #expect(long[0] == longer[0])
  }
}
