/// What one run shows on a chart: pairs of values, and how it ended.
public struct Curve: Sendable, Equatable {
  /// The values to the right.
  public var x: [Double]
  /// The values upwards, as many; may hold anything, even what is not finite.
  public var y: [Double]
  /// How the run ended: a word such as converged, oscillating, diverged; empty for what is no run.
  public var ending: String

  /// A curve.
  public init(x: [Double], y: [Double], ending: String = "") {
    self.x = x
    self.y = y
    self.ending = ending
  }
}

/// How many runs ended in one way.
public struct EndingCount: Sendable, Equatable {
  /// The word for it.
  public var ending: String
  /// How many did.
  public var count: Int

  /// A count.
  public init(_ ending: String, _ count: Int) {
    self.ending = ending
    self.count = count
  }
}

/// Runs that belong together, such as those of a method with one of its rates.
public struct RunGroup: Sendable {
  /// What they are called, and how they look.
  public var name: SeriesName
  /// The runs that are drawn.
  public var curves: [Curve]
  /// How all of its runs ended, also those that are not drawn; those that never happened left out.
  public var endings: [EndingCount]

  /// A group.
  public init(_ name: SeriesName, _ curves: [Curve], endings: [EndingCount] = []) {
    self.name = name
    self.curves = curves
    self.endings = endings
  }
}

extension Caption {
  /// How the runs of a group ended: "gradient 0.1: 65 runs: 60 converged, 5 crawling".
  static func endings(_ name: String, _ endings: [EndingCount]) -> String {
    let total = endings.reduce(0) { $0 + $1.count }
    let counts = endings.filter { $0.count > 0 }.map { "\($0.count) \($0.ending)" }
    return "\(name): \(total) \(total == 1 ? "run" : "runs"): \(counts.joined(separator: ", "))"
  }
}
