/// A piece of a line along which a quantity has one value.
public struct ContourLine: Sendable {
  /// The places in order, in coordinates of the window.
  public let points: [(x: Double, y: Double)]
  /// Whether the last place joins the first.
  public let isClosed: Bool
}

/// The lines at several levels, and what was noticed on the way.
struct Contours: Sendable {
  /// The lines of each level.
  var lines: [[ContourLine]] = []
  /// How many crossings were left out because the quantity jumps over the level there.
  var jumps = 0
  /// Whether lines would be so dense that none were traced.
  var isTooDense = false
  /// At how many places values vary so fast that lines may be missing.
  var unresolved = 0

  /// The lines of both, one behind the other.
  static func + (a: Contours, b: Contours) -> Contours {
    Contours(
      lines: a.lines + b.lines, jumps: a.jumps + b.jumps, isTooDense: a.isTooDense || b.isTooDense,
      unresolved: a.unresolved + b.unresolved)
  }
}

/// Traces contour lines by marching squares on a raster, every crossing refined on the quantity
/// itself, so that points lie on the true line to about 10⁻¹⁴ of the window.
///
/// A cell with an undefined corner holds no line; a crossing at a pole or a jump breaks it. Where
/// both diagonals of a cell differ, the value at its centre decides. Where a valley or a ridge may hide
/// lines between the samples, cells are refined (`FineCells`). Cost: one look at each cell,
/// about three evaluations for each crossing of a cell's edge.
struct ContourTracer {
  let raster: Raster
  let quantity: Int
  let sample: Sampler
  /// How many threads may work on the lines.
  var workers = 1

  /// The lines of every level, in the order of the levels.
  ///
  /// - Parameter bands: those of the raster's values, if they are known.
  func contours(at levels: Levels, bands: [Levels.Band]? = nil) -> Contours {
    let bands = bands ?? levels.bands(of: raster.values[quantity])
    let fine = FineCells(
      raster, quantity: quantity, levels: levels, bands: bands, sample: sample, workers: workers)
    var march = MarchingSquares(
      raster, bands, levels: levels.values, fine: fine,
      refiner: RootRefiner(quantity: quantity, sample: sample), workers: workers)
    guard march.run() else {
      return Contours(lines: levels.values.map { _ in [] }, isTooDense: true)
    }
    resolve(&march, levels)
    var contours = Contours()
    contours.unresolved = fine.unresolved(workers: workers)
    contours.jumps = march.roots.x.count { $0.isNaN }
    contours.lines = concurrently(levels.values.count, workers: workers) { level in
      ContourChain.lines(march.roots, march.crossings[level], march.segments[level])
    }
    return contours
  }

  /// Joins the four crossings of each saddle in pairs, so that the corners on the centre's side are
  /// connected.
  private func resolve(_ march: inout MarchingSquares, _ levels: Levels) {
    guard !march.saddles.isEmpty else { return }
    let centers = sample(march.saddles.map(\.center.x), march.saddles.map(\.center.y))[quantity]
    for (saddle, center) in zip(march.saddles, centers) {
      let sides = saddle.crossings
      let isCenterAbove = center >= levels.values[saddle.level]
      let pairs =
        saddle.isDescending == isCenterAbove
        ? ((sides.top, sides.right), (sides.bottom, sides.left))
        : ((sides.top, sides.left), (sides.bottom, sides.right))
      march.segments[saddle.level].append(pairs.0)
      march.segments[saddle.level].append(pairs.1)
    }
  }
}
