/// The way a method went from one start.
public struct PathLine: Sendable {
  /// The method with its rate; lines of one name look alike.
  public var name: SeriesName
  /// The name of the start.
  public var startLabel: String
  /// How the run ended: a word such as converged, oscillating, diverged.
  public var ending: String
  /// The iterates in order; may hold anything, even what is not finite.
  public var points: [(x: Double, y: Double)]

  /// A path.
  public init(
    _ name: SeriesName, startLabel: String, ending: String, points: [(x: Double, y: Double)]
  ) {
    self.name = name
    self.startLabel = startLabel
    self.ending = ending
    self.points = points
  }
}
