import Running
import Specs
import Testing

@testable import Results

@Suite struct CriticalPointTableTests {
  private func table(_ function: String, raster: Int = 48) throws -> CriticalPointTable {
    let plan = try parsed(
      "\(function)\n  critical-points raster=\(raster)\n  random 1 seed=1\nmethod newton")
    let spec = plan.functions[0].function
    var search = try spec.criticalPoints.flatMap { try CriticalPointSearch(spec, $0) }
    return CriticalPointTable(spec, search?.finish())
  }

  @Test func aRowIsAPoint() throws {
    let table = try table("function f(x, y) = (x^2 - 1)^2 + y^2\n  domain x = -2 .. 2, y = -1 .. 1")
    #expect(
      table.csv(runs: [3, 4, 0]).string == """
        label,kind,x,y,f,gradient_norm,determinant,min_eigenvalue,max_eigenvalue,stable_rate,runs
        m1,minimum,-1,0,0,0,16,2,8,0.25,3
        m2,minimum,1,0,0,0,16,2,8,0.25,4
        s1,saddle,0,0,1,0,-8,-4,2,,0

        """)
  }

  struct Caption: Sendable, CustomTestStringConvertible {
    let function: String
    let text: String
    let raster: Int
    var testDescription: String { function }

    init(_ function: String, _ text: String, raster: Int = 48) {
      self.function = function
      self.text = text
      self.raster = raster
    }
  }

  @Test(arguments: [
    Caption(
      "function himmelblau\n  domain -6 .. 6",
      """
      window: x = -6 .. 6, y = -6 .. 6
      found: 4 minima, 4 saddles, 1 maximum and 0 degenerate points
      searched by Newton's method from 2304 places and from the ends of the runs
      missed points: none by the test: minima - saddles + maxima = 4 - 4 + 1 = 1, the winding \
      number of the gradient along the frame
      """),
    Caption(
      "function monkey-saddle",
      """
      window: x = -2 .. 2, y = -2 .. 2
      found: 0 minima, 0 saddles, 0 maxima and 1 degenerate point
      searched by Newton's method from 2304 places and from the ends of the runs
      missed points: none by the test: minima - saddles + maxima + indices of degenerate points = \
      0 - 0 + 0 - 2 = -2, the winding number of the gradient along the frame
      """),
    Caption(
      "function f(x) = x^3 - x\n  domain -1 .. 2",
      """
      window: x = -1 .. 2
      found: 1 minimum, 0 saddles, 1 maximum and 0 degenerate points
      searched by Newton's method from 2304 places and from the ends of the runs
      missed points: none by the test: minima - maxima = 1 - 1 = 0, what the signs of the slope at \
      the ends ask for
      """),
    Caption(
      "function f(x, y) = x^2 + y^2 + log(x^2 + y^2)\n  domain x = -2 .. 2, y = -1 .. 3",
      """
      window: x = -2 .. 2, y = -1 .. 3
      found: 0 minima, 0 saddles, 0 maxima and 0 degenerate points
      searched by Newton's method from 1344 places and from the ends of the runs
      missed points: some, unless f has a kink or a pole inside: minima - saddles + maxima = \
      0 - 0 + 0 = 0, but 1 is the winding number of the gradient along the frame; a finer raster= \
      may find them
      """, raster: 8),
    Caption(
      "function f(x, y) = abs(x) + x^2 + y^2",
      """
      window: x = -5 .. 5, y = -5 .. 5
      found: 0 minima, 0 saddles, 0 maxima and 0 degenerate points
      searched by Newton's method from 2304 places and from the ends of the runs
      missed points: not decided, because f may have kinks or jumps, by abs
      """),
    Caption(
      "function f(x, y) = x^2 + y^2\n  domain x = 0 .. 1, y = -1 .. 1",
      """
      window: x = 0 .. 1, y = -1 .. 1
      found: 1 minimum, 0 saddles, 0 maxima and 0 degenerate points
      searched by Newton's method from 2304 places and from the ends of the runs
      missed points: not decided, because the gradient vanishes or jumps on the frame, at x = 0 and y = 0
      """),
    Caption(
      "function f(x, y) = log(x) + y^2\n  domain 0 .. 1",
      """
      window: x = 0 .. 1, y = 0 .. 1
      found: 0 minima, 0 saddles, 0 maxima and 0 degenerate points
      searched by Newton's method from 2304 places and from the ends of the runs
      missed points: not decided, because the gradient is not finite on the frame, at x = 0 and y = 0
      """),
    Caption(
      "function f(x, y) = sin(1e7*x)*sin(1e7*y)\n  domain 0.1 .. 1",
      """
      window: x = 0.1 .. 1, y = 0.1 .. 1
      found: 562 minima, 1163 saddles, 579 maxima and 0 degenerate points
      searched by Newton's method from 2304 places and from the ends of the runs
      missed points: not decided, because the gradient turns too often along the frame
      """),
    Caption(
      "function f(x, y) = 7 + 0*x*y",
      """
      window: x = -5 .. 5, y = -5 .. 5
      found: 0 minima, 0 saddles, 0 maxima and 0 degenerate points
      searched by Newton's method from 2304 places and from the ends of the runs
      not listed: 2304 places on curves or areas of critical points
      missed points: not decided, because some critical points are not isolated
      """),
    Caption(
      "function sphere[3]",
      """
      window: x[1] = -5 .. 5, x[2] = -5 .. 5, x[3] = -5 .. 5
      found: 1 minimum, 0 saddles, 0 maxima and 0 degenerate points
      searched by Newton's method from 2304 places and from the ends of the runs
      missed points: not decided, because sphere-3 has 3 variables, and the test is for one or two
      """),
    Caption(
      "function sphere[100] as=f",
      """
      window: x[1] = -5 .. 5, x[2] = -5 .. 5, x[3] = -5 .. 5, …, x[100] = -5 .. 5
      not searched: f has 100 variables, and at most 64 are searched
      """),
  ])
  func theCaptionSaysWhetherTheListIsWhole(_ caption: Caption) throws {
    #expect(
      try table(caption.function, raster: caption.raster).caption.joined(separator: "\n")
        == caption.text)
  }

  @Test func limitsAreFilledInWhateverPiecesTheFileComes() async throws {
    let plan = try parsed(
      """
      function f(x, y) = (x^2 - 1)^2 + y^2 + 0*log(3 - x)
        domain x = -2 .. 2, y = -1 .. 1
      method newton
      method gradient rate=3
      start (2, 1), (-2, 1), (0, 0.5), (0, 0), (2.9, 0)
      critical-points
      """)
    let function = plan.functions[0].function
    let rules = try #require(function.criticalPoints)
    var search = try #require(try CriticalPointSearch(function, rules))
    let found = search.finish()
    let table = RunTable(plan.functions[0])
    let rows = try await chunks(of: plan) { table.rows($0).bytes }.flatMap { $0 }
    // A reason with commas and line ends inside its quotes, which no run of this plan has.
    let odd = Array(
      "gradient,3,\"converged,\n\",0,0,undefined,moving,\"a,\nb\",,1,1,0,0,0,,,0,0,0,,,,\n".utf8)
    let bytes = table.header.bytes + odd + rows
    var whole = LimitColumn(plan.functions[0], found)
    let text = String(decoding: whole.fill(bytes), as: UTF8.self)
    for size in [1, 7, 100] {
      var limits = LimitColumn(plan.functions[0], found)
      let filled = stride(from: 0, to: bytes.count, by: size).flatMap {
        limits.fill(Array(bytes[$0..<min(bytes.count, $0 + size)]))
      }
      #expect(String(decoding: filled, as: UTF8.self) == text)
      #expect(limits.counts == whole.counts)
    }
    let lines = text.split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false)
    }
    #expect(lines[0].last == "limit")
    #expect(lines.dropFirst(4).prefix(4).map { String($0.last ?? "") } == ["m2", "m1", "s1", "s1"])
    for line in lines.dropFirst(4) {
      #expect((line[5] == "converged") == !(line.last ?? "").isEmpty)
    }
    #expect(whole.counts.reduce(0, +) == lines.dropFirst(4).count { $0[5] == "converged" })
  }
}
