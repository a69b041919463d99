import Testing

@testable import Results

@Suite struct RunTableTests {
  @Test func theHeaderNamesTheFunctionsVariables() throws {
    let plan = try parsed("function f(x, y) = x^2 + y^2\nmethod newton\nstart (1, 1)")
    #expect(
      RunTable(plan.functions[0]).header.string == """
        method,rate,start,start_x,start_y,ending,point,reason,period,iterations,x,y,f,\
        gradient_norm,min_eigenvalue,max_eigenvalue,f_evaluations,gradient_evaluations,\
        hessian_evaluations,operations,order,growth,cosine,limit

        """)
    let line = try parsed("function f(α) = α^2\nmethod newton\nstart (1)")
    #expect(
      RunTable(line.functions[0]).header.string.hasPrefix(
        "method,rate,start,start_α,ending,point,reason,period,iterations,α,f,"))
  }

  @Test func rowsAreInTheOrderOfThePlan() async throws {
    let plan = try parsed(
      """
      function f(x) = x^2
        domain 1 .. 2
      method gradient rate=[0.25, 0.5]
      method newton
      start (3)
      grid 2
      """)
    let table = RunTable(plan.functions[0])
    let rows = try await chunks(of: plan) { table.rows($0) }.flatMap(\.rows)
    #expect(
      rows.map { $0[0...3].joined(separator: " ") } == [
        "gradient 0.25 p1 3", "gradient 0.25 g1 1", "gradient 0.25 g2 2", "gradient 0.5 p1 3",
        "gradient 0.5 g1 1", "gradient 0.5 g2 2", "newton 1 p1 3", "newton 1 g1 1", "newton 1 g2 2",
      ])
    let width = table.header.rows[0].count
    #expect(rows.allSatisfy { $0.count == width })
  }

  @Test func whatDoesNotApplyIsEmpty() async throws {
    let plan = try parsed("function f(x) = x^2\nmethod newton\nstart (1)")
    let table = RunTable(plan.functions[0])
    let rows = try await chunks(of: plan) { table.rows($0) }.flatMap(\.rows)
    let names = table.header.rows[0]
    let row = Dictionary(uniqueKeysWithValues: zip(names, try #require(rows.first)))
    #expect(row["ending"] == "converged")
    #expect(row["point"] == "minimum")
    #expect(row["iterations"] == "1")
    #expect(row["x"] == "0")
    #expect(row["f"] == "0")
    #expect(row["min_eigenvalue"] == "2")
    #expect(row["hessian_evaluations"] == "1")
    for name in ["reason", "period", "growth", "cosine", "limit"] { #expect(row[name] == "") }
  }

  @Test func optionsGivenAsListsAreColumnsBehindTheMethod() async throws {
    let plan = try parsed(
      """
      function f(x) = x^2
      method momentum beta=[0.5, 0.9] rate=0.1
      method conjugate-gradient beta=[pr+] as=cg
      method newton refresh=[1, 2]
      method nesterov rate=0.1
      method bfgs
      start (3)
      """)
    let table = RunTable(plan.functions[0])
    #expect(table.header.rows[0].prefix(5) == ["method", "beta", "refresh", "rate", "start"])
    let rows = try await chunks(of: plan) { table.rows($0) }.flatMap(\.rows)
    #expect(
      rows.map { $0[0...3].joined(separator: ",") } == [
        "momentum-beta-0.5,0.5,,0.1", "momentum-beta-0.9,0.9,,0.1", "cg-beta-pr,pr+,,wolfe",
        "newton-refresh-1,,1,1", "newton-refresh-2,,2,1", "nesterov,0.9,,0.1", "bfgs,,,wolfe",
      ])
    #expect(rows.allSatisfy { $0.count == table.header.rows[0].count })
  }

  @Test func reasonsWithCommasAreQuoted() async throws {
    let plan = try parsed("function f(x) = atan2(log(x), 1)\nmethod gradient rate=9\nstart (0.5)")
    let table = RunTable(plan.functions[0])
    let text = try await chunks(of: plan) { table.rows($0).string }.joined()
    #expect(text.contains(",undefined,"))
    #expect(text.contains("log(x) is nan for x = -"))
  }

}
