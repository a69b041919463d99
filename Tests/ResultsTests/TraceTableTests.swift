import Running
import Testing

@testable import Results

@Suite struct TraceTableTests {
  private func table(_ spec: String) async throws -> (header: [String], rows: [[String]]) {
    let plan = try parsed(spec)
    let columns = try Runner(plan).columns[0]
    let table = TraceTable(plan.functions[0], rules: plan.experiment.trace, columns: columns)
    let rows = try await chunks(of: plan) { table.rows($0) }.flatMap(\.rows)
    return (table.header.rows[0], rows)
  }

  @Test func theHeaderIsTheContracts() async throws {
    let header = try await table("function f(x, y) = x^2 + y^2\nmethod newton\nstart (1, 1)").header
    #expect(
      header.joined(separator: ",") == """
        rate,start,iteration,x,y,f,gradient_norm,determinant,min_eigenvalue,max_eigenvalue,\
        critical_rate,step_rate,step_norm,angle
        """)
  }

  @Test func aRowIsAStateAndTheStepFromThere() async throws {
    let (header, rows) = try await table(
      "function f(x) = x^2\nmethod gradient rate=0.25\nstart (8)\nstop iterations=3")
    func column(_ name: String) throws -> [String] {
      let place = try #require(header.firstIndex(of: name))
      return rows.map { $0[place] }
    }
    #expect(try column("iteration") == ["0", "1", "2", "3"])
    #expect(try column("x") == ["8", "4", "2", "1"])
    #expect(try column("f") == ["64", "16", "4", "1"])
    #expect(try column("step_norm") == ["4", "2", "1", ""])
    #expect(try column("step_rate") == ["0.25", "0.25", "0.25", ""])
    #expect(rows.allSatisfy { $0.count == header.count })
  }

  @Test func rowsAreTheFieldsOneByOne() async throws {
    let plan = try parsed(
      """
      function f(x, y) = x^2 + y^4 - x*y/7
      method gradient rate=[decay(0.5, 100), 0.1]
      start (1e-7, 2), far = (-3e200, 1e5)
      stop iterations=50
      """)
    let columns = try Runner(plan).columns[0]
    let table = TraceTable(plan.functions[0], rules: plan.experiment.trace, columns: columns)
    let rates = plan.functions[0].methods[0].rates.map(\.text)
    var rowCount = 0
    for (text, fields) in try await chunks(
      of: plan,
      { result -> (CSVText, CSVText) in
        var fields = CSVText()
        for (run, trace) in result.traces {
          let width = trace.values.count / trace.iterations.count
          for (row, iteration) in trace.iterations.enumerated() {
            fields.append(rates[run / 2])
            fields.append(["p1", "far"][run % 2])
            fields.append(iteration)
            for value in trace.values[row * width..<(row + 1) * width] {
              fields.append(RunTrace.isEmpty(value) ? nil : value)
            }
            fields.endRow()
          }
        }
        return (table.rows(result), fields)
      })
    {
      #expect(text.bytes == fields.bytes)
      rowCount += text.rows.count
    }
    #expect(rowCount > 50)
  }

  @Test func everyNthRowAndTheLastAreKept() async throws {
    let spec = "function f(x) = x^2\nmethod gradient rate=0.25\nstart (8)\nstop iterations=8\n"
    func iterations(_ line: String) async throws -> [String] {
      try await table(spec + line).rows.map { $0[2] }
    }
    #expect(try await iterations("trace every=3") == ["0", "3", "6", "8"])
    #expect(try await iterations("trace every=4") == ["0", "4", "8"])
    #expect(try await iterations("trace ends") == ["0", "8"])
    #expect(try await iterations("trace off") == [])
  }

  @Test func columnsThatNeedTheHessianStopAtThreeVariables() async throws {
    let header = try await table(
      "function f(a, b, c, d) = a + b + c + d\nmethod newton\nstart (1, 1, 1, 1)"
    ).header
    #expect(header.joined(separator: ",").hasPrefix("rate,start,iteration,a,b,c,d,f,gradient_norm"))
    #expect(!header.contains("determinant"))
  }
}
