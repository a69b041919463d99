extension [Point] {
  /// The corners of a convex polygon whose sides lie farther outside by a distance; no corner moves by more than twice
  /// that, so that sides turn a little where it is sharp.
  ///
  /// nil where it is not convex, or has a corner of less than 20 degrees.
  public func grown(by distance: Double) -> [Point]? {
    guard count > 2 else { return nil }
    var ways: [Point] = []
    ways.reserveCapacity(count)
    for index in indices {
      let side = self[index + 1 < count ? index + 1 : 0] - self[index]
      let length = side.length
      guard length > 1e-6 else { return nil }
      ways.append(side * (1 / length))
    }
    var corners: [Point] = []
    corners.reserveCapacity(count)
    var turn = 0.0
    for index in indices {
      let (before, after) = (ways[index > 0 ? index - 1 : count - 1], ways[index])
      let own = before.x * after.y - before.y * after.x
      guard own * turn >= 0 else { return nil }
      if own != 0 { turn = own }
      // The sum of the unit normals of both sides, which is to be as long as their distance asks for.
      let cosine = before.x * after.x + before.y * after.y
      guard cosine > -0.94 else { return nil }
      let outwards = Point(before.y + after.y, -before.x - after.x)
      corners.append(outwards * (distance * Swift.min(1 / (1 + cosine), 2 / outwards.length)))
    }
    guard turn != 0 else { return nil }
    let side: Double = turn > 0 ? 1 : -1
    return zip(self, corners).map { $0 + $1 * side }
  }
}
