/// Many curves summed up at every place: the median, and the band that holds the middle 80 % of them.
///
/// A run that has ended keeps its last value; one that diverged or became undefined counts as above all
/// others from then on.
struct CurveBand {
  /// More places than this are not told apart on a sheet.
  private static let mostPlaces = 800

  /// The lower median, until half of the runs have ended and it hardly changes any more.
  let median: [(x: Double, y: Double)]
  /// The 10 % and the 90 % quantile, for as long as a tenth of the runs go on.
  let band: [(x: Double, low: Double, high: Double)]

  /// Sums up curves whose places increase.
  init(_ curves: [Curve]) {
    let curves = curves.filter { !$0.x.isEmpty }
    guard !curves.isEmpty else {
      (median, band) = ([], [])
      return
    }
    let ends = curves.map { $0.x[$0.x.count - 1] }.sorted()
    let (middle, last) = (ends[(ends.count - 1) / 2], ends[(ends.count - 1) * 9 / 10])
    var median: [(x: Double, y: Double)] = []
    var band: [(x: Double, low: Double, high: Double)] = []
    var rows = curves.map { _ in 0 }
    for x in Self.places(curves) {
      for (number, curve) in curves.enumerated() {
        while rows[number] + 1 < curve.x.count, curve.x[rows[number] + 1] <= x { rows[number] += 1 }
      }
      let values = curves.indices.map { Self.value(of: curves[$0], row: rows[$0], at: x) }.sorted()
      median.append((x, values[(values.count - 1) / 2]))
      guard x <= last else { continue }
      let (low, high) = (values[(values.count - 1) / 10], values[(values.count - 1) * 9 / 10])
      band.append((x, low, high))
    }
    let final = median.last?.y ?? 0
    while median.count > 1, median[median.count - 1].x > middle,
      abs(median[median.count - 2].y - final) <= 0.5 * abs(final)
    { median.removeLast() }
    (self.median, self.band) = (median, band)
  }

  private static func value(of curve: Curve, row: Int, at x: Double) -> Double {
    let hasEnded = row == curve.x.count - 1 && x > curve.x[row]
    let isLost = hasEnded && ["diverged", "undefined"].contains(curve.ending)
    return isLost || curve.y[row].isNaN ? .infinity : curve.y[row]
  }

  /// Where any curve has a value, thinned out where they are many.
  private static func places(_ curves: [Curve]) -> [Double] {
    let all = Set(curves.flatMap(\.x)).sorted()
    let step = (all.count - 1) / mostPlaces + 1
    return all.enumerated().filter { $0.offset.isMultiple(of: step) || $0.offset == all.count - 1 }
      .map(\.element)
  }
}
