import Figures
import Testing

@testable import Page

/// What is left of a run, and how it is handed to the script.
@Suite struct PathViewerTests {
  @Test func aShortRunIsKeptWhole() {
    let short = run([3, 1, 0], [2, 1, 0])
    let viewer = bowlViewer([short])
    #expect(viewer.runs[0].iterations == [0, 1, 2])
    #expect(!viewer.isThinned)
    #expect(
      viewer.json
        == "{\"function\":\"f\",\"window\":[-4,4,-3,3],\"size\":[1000,750],\"names\":[\"x\",\"y\",\"f\"],\"runs\":[\n"
        + "[\"newton\",\"1\",\"p1\",0,\"converged\",0,[3,1,0],[2,1,0],[13,2,0]]]}")
  }

  @Test func aRunThatStandsStillKeepsIterationsAFourthApartAndTheLast() {
    let still = run([Double](repeating: 1, count: 100), [Double](repeating: 1, count: 100))
    let viewer = bowlViewer([still])
    #expect(
      viewer.runs[0].iterations
        == [0, 1, 3, 5, 8, 11, 15, 20, 26, 34, 44, 56, 71, 90, 99])
    #expect(viewer.isThinned)
  }

  @Test func aRunThatBouncesKeepsItsFirstIteratesAndItsLast() {
    let bounce = (0..<1000).map { $0 % 2 == 0 ? 3.0 : -3.0 }
    let viewer = bowlViewer([run(bounce, bounce)])
    let kept = viewer.runs[0].iterations
    #expect(kept == Array(0..<199) + [999])
    let many = bowlViewer((0..<40).map { _ in run(bounce, bounce) })
    #expect(many.runs.count == 25)
    #expect(many.allRuns == 40)
    #expect(many.runs.allSatisfy { $0.iterations == Array(0..<11) + [999] })
  }

  @Test func placesThatAreUndefinedAreKept() {
    let lost = run([1, .nan, .infinity, 2], [1, 1, 1, 1])
    #expect(bowlViewer([lost]).runs[0].iterations == [0, 1, 2, 3])
    #expect(bowlViewer([lost]).json.contains("[1,null,\"∞\",2]"))
  }

  @Test func aColumnOfOneValueIsThatValue() {
    var constant = run([3, 1, 0], [2, 1, 0], iterations: [0, 2, 7])
    constant.numbers[2] = [0.1, 0.1, .nan]
    #expect(bowlViewer([constant]).json.contains(",[0,2,7],[3,1,0],[2,1,0],0.1]"))
  }

  /// The circles of radius 1 and 2 about the middle of 1000 × 750 units for 8 × 6.
  @Test func linesLieWhereTheFunctionHasTheirValues() throws {
    let map = bowlViewer([run([1, 0], [1, 0])]).map
    #expect(map.lines.map(\.label.plain) == ["1", "4"])
    for (line, radius) in zip(map.lines, [125.0, 250.0]) {
      let points = try #require(places(line.path))
      #expect(line.path.hasSuffix("z"))
      #expect(points.count > 12)
      for point in points {
        let away = ((point.x - 500) * (point.x - 500) + (point.y - 375) * (point.y - 375))
          .squareRoot()
        #expect(abs(away - radius) < 2)
      }
    }
  }

  /// The places of a path of one piece with relative steps.
  private func places(_ path: String) -> [(x: Double, y: Double)]? {
    let numbers = path.matches(of: /-?[0-9]+/).compactMap { Double($0.output) }
    guard numbers.count % 2 == 0, path.filter({ $0 == "M" }).count == 1 else { return nil }
    var (x, y) = (0.0, 0.0)
    return stride(from: 0, to: numbers.count, by: 2).map { place in
      (x, y) = (x + numbers[place], y + numbers[place + 1])
      return (x, y)
    }
  }
}
