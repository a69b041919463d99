import Specs
import Testing

@testable import Running

@Suite struct WindingNumberTests {
  private func turns(_ formula: String, _ box: [ClosedRange<Double>]) throws -> Int {
    let variables = box.count == 1 ? "x" : "x, y"
    let spec = "function f(\(variables)) = \(formula)\nmethod newton\nrandom 1 seed=1"
    let function = try #require(try Experiment.parse(spec).experiment.functions.first)
    return try WindingNumber(function).turns(around: Box(box))
  }

  @Test(arguments: 1...9)
  func theGradientOfTheRealPartOfAPowerTurnsBackwards(degree: Int) throws {
    // Re z^k, whose gradient is the conjugate of k z^(k − 1).
    let formula = "cos(\(degree)*atan2(y, x))*(x^2 + y^2)^(\(degree)/2)"
    for box in [[-1.0...1, -1.0...1], [-0.3...2, -3.0...0.1]] {
      #expect(try turns(formula, box) == 1 - degree)
    }
  }

  @Test func sidesOfVeryDifferentLengthsChangeNothing() throws {
    #expect(try turns("(x/1e9)^2 + (y*1e9)^2", [-1e9...2e9, -1e-9...1e-9]) == 1)
    #expect(try turns("(x - 1)^2 - (y*1e200)^2", [0...3, -1e-200...1e-200]) == -1)
    #expect(try turns("x^2*1e-290 + y^2*1e-290", [-1...1, -1...1]) == 1)
  }

  @Test func manyTurnsAlongTheFrameAreAllCounted() throws {
    // 95 × 95 extremes, and 94 × 94 saddles between them.
    #expect(try turns("sin(300*x)*sin(300*y)", [0.001...0.99, 0.001...0.99]) == 189)
  }

  @Test func aSlopeHasTheSignOfItsEnds() throws {
    #expect(try turns("x^2", [-1...1]) == 1)
    #expect(try turns("-x^2", [-1...1]) == -1)
    #expect(try turns("x^3", [-1...1]) == 0)
  }

  @Test func aPointOnTheFrameIsFound() throws {
    #expect(throws: WindingTest.Undecided.vanishes(at: [1, 0.5])) {
      try turns("(x - 1)^2 + (y - 0.5)^2", [0...1, 0...1])
    }
    #expect {
      try turns("(x - 1)^2 + (y - 1/3)^2", [0...1, 0...1])
    } throws: { error in
      guard case WindingTest.Undecided.vanishes(let place) = error else { return false }
      return place[0] == 1 && abs(place[1] - 1 / 3) < 1e-9
    }
    #expect(throws: WindingTest.Undecided.undefined(at: [0, 0])) {
      try turns("sqrt(x) + y", [0...1, 0...1])
    }
  }
}
