import Specs
import Testing

@testable import Running

@Suite struct KnownMinimaTests {
  private func minima(_ spec: String) throws -> KnownMinima {
    let text = spec + "\nmethod newton\nstart (1, 1)"
    return try KnownMinima(of: try #require(try Experiment.parse(text).experiment.functions.first))
  }

  @Test func aMinimumTypedInFewDigitsIsPolished() throws {
    let found = try minima(
      """
      function himmelblau(x, y) = (x^2 + y - 11)^2 + (x + y^2 - 7)^2
        minimum (3, 2), (-2.8051, 3.1313), (3.5844, -1.8481)
      """)
    #expect(found.complaints == [])
    #expect(found.points[0] == [3, 2])
    #expect(abs(found.points[1][0] + 2.805118086952744853) < 1e-14)
    #expect(abs(found.points[2][1] + 1.848126526964403554) < 1e-14)
  }

  @Test func aDegenerateMinimumIsOne() throws {
    let found = try minima("function f(x, y) = x^4 + y^2\n  minimum (0, 0)")
    #expect(found.complaints == [])
    #expect(found.points == [[0, 0]])
  }

  @Test func aSaddleIsNoMinimum() throws {
    let found = try minima("function f(x, y) = x^2 - y^2\n  minimum (0, 0)")
    #expect(
      found.complaints == [
        "(0, 0) is no minimum of f: Newton's method ends at (0, 0), saddle"
      ])
  }

  @Test func aPointFarFromAnyMinimumIsNone() throws {
    let found = try minima("function f(x, y) = x^2 + y^2\n  minimum (1, 1)")
    #expect(
      found.complaints == [
        "(1, 1) is no minimum of f: Newton's method ends at (0, 0), minimum"
      ])
    #expect(found.points == [[1, 1]])
  }
}
