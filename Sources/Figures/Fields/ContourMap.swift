/// The contour lines of a function over a window as paths of SVG, coarse enough for a screen.
///
/// The lines are those of a `ContourFigure`: its levels, and crossings refined on the function itself. A coordinate
/// is a whole number of units, 1000 of them along the horizontal axis, y downwards.
public struct ContourMap: Sendable, Equatable {
  /// The line of a level.
  public struct Line: Sendable, Equatable {
    /// What is written at it: the value of f, or its height above `origin`.
    public let label: RichText
    /// The commands of a path.
    public let path: String
  }

  /// The lines that there are in the window, from the lowest to the highest.
  public let lines: [Line]
  /// f*, from which the labels count; nil where they are values of f.
  public let origin: Double?
  /// Whether lines are so dense that none are given.
  public let isTooDense: Bool

  /// The units along the axes.
  public static let (width, height) = (1000, 750)
  /// More characters than this are no lines but a grey.
  private static let mostCharacters = 30_000
  /// How far a line may be from the true one, in units; the first with which there is room for all.
  private static let tolerances = [0.6, 1.2, 2.4]

  /// Traces the lines of a figure.
  ///
  /// Cost: the values of about 50 000 points and of the crossings; a fourth where f is costly.
  public init(_ figure: ContourFigure) {
    let levels = figure.chosenLevels.levels
    let side = figure.cost * 47_000 > 1e9 ? 8 : 4
    let raster = Raster(
      figure.window, columns: Self.width / side, rows: Self.height / side, sample: figure.sample)
    let contours = ContourTracer(raster: raster, quantity: 0, sample: figure.sample)
      .contours(at: levels)
    let lines = contours.lines.map { $0.map { Self.units($0, figure.window) } }
    let paths = Self.tolerances.lazy.map { tolerance in
      lines.map { $0.map { Self.path($0.points, $0.isClosed, tolerance) }.joined() }
    }.first { $0.reduce(0) { $0 + $1.utf8.count } <= Self.mostCharacters }
    isTooDense = contours.isTooDense || paths == nil
    origin = levels.isLogarithmic ? levels.origin : nil
    self.lines = zip(levels.labels, isTooDense ? [] : paths ?? [])
      .map { Line(label: $0, path: $1) }.filter { !$0.path.isEmpty }
  }

  private static func units(_ line: ContourLine, _ window: Window) -> (
    points: [Point], isClosed: Bool
  ) {
    let points = line.points.map {
      Point(
        ($0.x - window.x.lowerBound) / window.width * Double(width),
        (window.y.upperBound - $0.y) / window.height * Double(height))
    }
    return (points, line.isClosed)
  }

  /// A line as a path with relative steps; nothing where it is shorter than can be seen.
  private static func path(_ points: [Point], _ isClosed: Bool, _ tolerance: Double) -> String {
    var (text, x, y) = ("", 0, 0)
    for point in points.simplified(tolerance: tolerance) {
      let (nextX, nextY) = (Int(point.x.rounded()), Int(point.y.rounded()))
      if text.isEmpty {
        text = "M\(nextX) \(nextY)l"
      } else if nextX != x || nextY != y {
        if text.last != "l", nextX >= x { text += " " }
        text += "\(nextX - x)\(nextY < y ? "" : " ")\(nextY - y)"
      }
      (x, y) = (nextX, nextY)
    }
    guard text.last != "l" else { return "" }
    return isClosed ? text + "z" : text
  }
}
