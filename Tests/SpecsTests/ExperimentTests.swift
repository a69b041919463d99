import Diagnostics
import Testing

@testable import Specs

@Suite struct ExperimentTests {
  private let squished = """
    # Why the gradient is the wrong direction.
    title     Squished "paraboloid # 1" # a comment

    function  f(x, y) = x^2 - x*y/2 +
        (y/3)^2
      domain  x = -4 .. 4, y = -2..2

      # between
      minimum (0, 0)
    method    gradient
      rates   0.05, 0.1 .. 0.3 linear 3
    method    newton
    method    newton rate=0.5
    start     (-3, -3), saddle = (1/2, 2*pi)
    grid      3 x 2
    stop      iterations=500 gradient=off
    trace     every=5 starts=all
    plot      contour as=close levels=[1, 2] fill=no scale=log paths=gradient,newton
      window  x = 0 .. 1
    plot      determinant, newton-field
    """

  @Test func everyDirectiveArrives() throws {
    let experiment = try Experiment.parse(squished).experiment
    #expect(experiment.title == "Squished \"paraboloid # 1\"")
    let function = try #require(experiment.functions.first)
    #expect(function.domain == [-4...4, -2...2])
    #expect(function.minima == [[0, 0]])
    #expect(
      function.starts.map(\.label) == [
        "p1", "saddle", "g1-1", "g1-2", "g2-1", "g2-2", "g3-1", "g3-2",
      ])
    #expect(function.starts[1].position == [0.5, 2 * .pi])
    #expect(function.starts[3].position == [-4, 2])
    #expect(experiment.methods.map(\.label) == ["gradient", "newton", "newton-0.5"])
    #expect(experiment.methods[0].rates.map(\.number) == [0.05, 0.1, 0.2, 0.3])
    #expect(experiment.methods[1].rates.map(\.number) == [1])
    #expect(experiment.stop.iterations == 500)
    #expect(experiment.stop.gradient == nil)
    #expect(experiment.stop.radius == 1e10)
    #expect(experiment.trace.every == 5)
    #expect(experiment.trace.allStarts)
    #expect(function.plots.map(\.name) == ["close", "determinant", "newton-field"])
    #expect(function.plots[0].options.numbers("levels") == [1, 2])
    #expect(function.plots[0].window == ["x": 0...1])
    #expect(function.plots[0].options.word("fill") == "no")
    #expect(try Plan(experiment).runCount == 6 * 8)
  }

  @Test func windowsLineEndsAndTabsAreAccepted() throws {
    let text = squished.replacingOccurrences(of: "\n", with: "\r\n")
      .replacingOccurrences(of: "\n  ", with: "\n\t")
    let experiment = try Experiment.parse(text).experiment
    #expect(experiment.functions.first?.domain == [-4...4, -2...2])
  }

  @Test func rangesHaveExactEnds() throws {
    func rates(_ text: String) throws -> [Double] {
      try Experiment.parse("function f(x) = x\nmethod gradient\n  rates \(text)\nstart (1)")
        .experiment.methods[0].rates.map(\.number)
    }
    #expect(try rates("0..1 linear 5") == [0, 0.25, 0.5, 0.75, 1])
    #expect(try rates("1e-3 .. 1 log 4").first == 1e-3)
    #expect(try rates("1e-3 .. 1 log 4").last == 1)
    #expect(abs(try rates("1e-3 .. 1 log 4")[1] - 1e-2) < 1e-16)
    #expect(try rates("0.1 .. 0.5 by 0.1").count == 5)
    #expect(try rates("0.1 .. 0.5 by 0.1").last == 0.5)
    #expect(try rates("1/3, 2^-10, 1e-3") == [1.0 / 3, 0x1p-10, 1e-3])
  }

  @Test func aStartAtAMinimumIsOddButLegal() throws {
    let (_, warnings) = try Experiment.parse(
      "function f(x) = x^2\n  minimum (0)\nmethod newton\nstart (0)")
    #expect(
      warnings.rendered(path: "a.txt", text: "")
        == "a.txt:4:7: warning: the start p1 is a known minimum")
  }

  @Test func localNamesBuildOnEachOther() throws {
    let function = try #require(
      try Experiment.parse(
        """
        function f(x, y) = u^2 + v
          where u = x - 1
          where v = u*y
        method newton
        start (1, 1)
        """
      ).experiment.functions.first)
    #expect(function.locals.map(\.name) == ["u", "v"])
    #expect(try function.model().elaborations.count == 3)
  }
}
