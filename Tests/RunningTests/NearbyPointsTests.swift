import Testing

@testable import Running

@Suite struct NearbyPointsTests {
  @Test func theNearestIsTheOneThatALookAtAllFinds() {
    var points = NearbyPoints()
    func place(_ number: Int) -> [Double] {
      [0.819, 0.671, 0.549].map { (Double(number) * $0).truncatingRemainder(dividingBy: 1) }
    }
    let positions = (0..<200).map { place(7 * $0) }
    for position in positions { points.append(position) }
    for number in 0..<500 {
      let place = place(3 * number + 1)
      let all = positions.map { point in euclideanNorm(zip(point, place).map { $0 - $1 }) }
      let best = all.indices.filter { all[$0] <= 0.1 }.min { all[$0] < all[$1] }
      #expect(points.nearest(to: place, within: 0.1) == best)
      for (other, position) in positions.enumerated() {
        let farthest = zip(position, place).map { abs($0 - $1) }.max() ?? 0
        #expect(points.isNear(other, to: place, within: 0.1) == (farthest <= 0.1))
      }
    }
  }

  @Test func ofEquallyNearPointsTheFirstCounts() {
    var points = NearbyPoints()
    for point in [[1.0, 0], [-1.0, 0], [0, 1.0]] { points.append(point) }
    #expect(points.nearest(to: [0, 0], within: 1) == 0)
    #expect(points.nearest(to: [0, 0], within: 0.99) == nil)
  }
}
