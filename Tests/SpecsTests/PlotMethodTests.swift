import Testing

@testable import Specs

@Suite struct PlotMethodTests {
  private let lines = """
    function f(x, y) = x^2 + y^2
    method newton
    method gradient rate=[0.1, 0.5]
    method trust-region
    start (1, 1)

    """

  @Test func figuresAreCalledAfterTheirMethodAndRate() throws {
    let found = try experiment(
      lines + """
        plot basins method=newton
        plot basins method=gradient rate=0.5
        plot basins method=trust-region as=trusted count=20
        plot critical-rate
        plot critical-rate method=gradient lowest=0.01 highest=2
        plot definiteness, gradient-field
        """)
    let plots = found.functions[0].plots
    #expect(
      plots.map(\.name) == [
        "basins-newton", "basins-gradient-0.5", "trusted", "critical-rate",
        "critical-rate-gradient", "definiteness", "gradient-field",
      ])
    let methods = found.methods
    #expect(plots[0].method(among: methods)?.label == "newton")
    #expect(plots[1].rate(of: methods[1])?.number == 0.5)
    #expect(plots[0].rate(of: methods[0])?.number == 1)
    #expect(plots[2].rate(of: methods[2])?.text == "")
    #expect(plots[2].options.integer("count") == 20)
    #expect(plots.map(\.needsHessian) == [true, true, true, true, true, true, false])
  }

  @Test func theOnlyMethodNeedsNoName() throws {
    let found = try experiment(
      "function f(x, y) = x^2\nmethod newton\nstart (1, 1)\nplot basins")
    #expect(found.functions[0].plots[0].name == "basins")
    #expect(found.functions[0].plots[0].method(among: found.methods)?.label == "newton")
  }

  @Test func mistakesAreAllReported() {
    let spec =
      lines + """
        plot basins
        plot basins method=newtom
        plot basins method=gradient
        plot basins method=trust-region rate=1
        plot critical-rate lowest=1
        plot critical-rate method=trust-region
        plot critical-rate method=gradient lowest=2 highest=1
        plot basins method=newton count=5000
        plot basins method=newton levels=3 as=other
        """
    #expect(
      printed(spec) == """
        bad.txt:6:6: error: the figure shows the runs of one method; say which, for example method=newton
          plot basins
               ^
        bad.txt:7:20: error: no method is called 'newtom'; did you mean 'newton'?
          plot basins method=newtom
                             ^
        bad.txt:8:20: error: 'gradient' has 2 rates (0.1 and 0.5), and the figure shows one; say which, for example rate=0.1
          plot basins method=gradient
                             ^
        bad.txt:9:20: error: 'trust-region' finds the length of its steps itself and takes no rate
          plot basins method=trust-region rate=1
                             ^
        bad.txt:10:6: error: 'lowest' counts only beside method=LABEL; write one of them too, or leave 'lowest' out
          plot critical-rate lowest=1
               ^
        bad.txt:11:27: error: 'trust-region' finds the length of its steps itself, so it has no largest rate
          plot critical-rate method=trust-region
                                    ^
        bad.txt:12:6: error: the range 2 .. 1 is empty; its end must be above its start
          plot critical-rate method=gradient lowest=2 highest=1
               ^
        bad.txt:13:33: error: 5000 is out of range; count takes a whole number from 2 to 1000
          plot basins method=newton count=5000
                                          ^
        bad.txt:14:27: error: 'basins' has no option 'levels'; it takes method, rate, count, axes, at and as
          plot basins method=newton levels=3 as=other
                                    ^
        """)
  }
}
