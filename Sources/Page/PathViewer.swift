import Diagnostics
import Figures

/// Paths over the lines of a function, to be followed step by step.
public struct PathViewer: Sendable {
  /// What is read at a point.
  public struct Reading: Sendable {
    /// What it is called.
    public var label: RichText
    /// The head of its column in traces.
    public var head: String

    /// A reading.
    public init(_ label: RichText, head: String) {
      self.label = label
      self.head = head
    }
  }

  /// A run, as far as a trace has it.
  public struct Run: Sendable {
    /// The label of its method.
    public var method: String
    /// Its rate, as tables show it.
    public var rate: String
    /// The label of its start.
    public var start: String
    /// The place of its colour.
    public var color: Int
    /// How it ended, in words.
    public var ending: String
    /// The iterations of the points, increasing.
    public var iterations: [Int]
    /// The numbers of each reading; NaN where there is none.
    public var numbers: [[Double]]

    /// A run.
    public init(
      method: String, rate: String, start: String, color: Int, ending: String, iterations: [Int],
      numbers: [[Double]]
    ) {
      self.method = method
      self.rate = rate
      self.start = start
      self.color = color
      self.ending = ending
      self.iterations = iterations
      self.numbers = numbers
    }
  }

  /// The name of the function.
  public var function: String
  /// What it shows of the plane.
  public var window: Window
  /// The lines of the function.
  public var map: ContourMap
  /// The readings; the first two are the coordinates.
  public var readings: [Reading]
  /// The colours of the runs, each on a light and on a dark sheet.
  public var colors: [(light: Color, dark: Color)]
  /// Named starts.
  public var starts: [Marker]
  /// The known minima.
  public var minima: [Marker]
  /// Every how many iterations the traces have a row; lines between them are dotted unless they have all.
  public var every: Int
  /// The runs, thinned to what can be seen.
  public private(set) var runs: [Run]
  /// How many runs there were.
  public let allRuns: Int
  /// Whether a run has fewer points than its trace.
  public let isThinned: Bool

  /// The most points of a run.
  public static let mostPoints = 200
  /// The most points of all runs of a function.
  public static let mostPointsOfAll = 300
  /// Where runs are many, each has room for so many points.
  private static let leastPoints = 12
  /// The most runs of a function; further ones are left out.
  public static let mostRuns = mostPointsOfAll / leastPoints

  /// A viewer; runs are thinned until they have room.
  ///
  /// - Parameter allRuns: how many runs there were, if more than are given.
  public init(
    function: String, window: Window, map: ContourMap, readings: [Reading],
    colors: [(light: Color, dark: Color)], starts: [Marker], minima: [Marker], every: Int = 1,
    allRuns: Int = 0,
    runs: [Run]
  ) {
    self.function = function
    self.window = window
    self.map = map
    self.readings = readings
    self.colors = colors
    self.starts = starts
    self.minima = minima
    self.every = every
    self.allRuns = max(allRuns, runs.count)
    let counts = runs.map(\.iterations.count)
    let shown = runs.prefix(Self.mostRuns)
    self.runs = []
    for limit in [200, 150, 100, 70, 50, 35, 25, 18, Self.leastPoints] {
      self.runs = shown.map { $0.thinned(to: limit, in: window) }
      if self.runs.reduce(0, { $0 + $1.iterations.count }) <= Self.mostPointsOfAll { break }
    }
    isThinned = zip(self.runs, counts).contains { $0.iterations.count < $1 }
  }
}

extension PathViewer {
  /// About how many bytes of a page it takes.
  public var size: Int {
    json.utf8.count + map.lines.reduce(4_000) { $0 + $1.path.utf8.count + 80 }
  }
}

extension PathViewer.Run {
  /// Runs with so many points are short.
  private static let mostOfShort = 30

  /// The run with the points that can be told apart on a screen, and now and then one of the others.
  ///
  /// A point stays if it lies 1/300 of the window away from the last that stayed, or if its iteration is greater by
  /// a fourth. Where those are too many, the first stay, and the very last: a path that bounces would seem to
  /// settle if every other point were left out.
  /// A run of at most 30 points is left as it is while there is room.
  func thinned(to limit: Int, in window: Window) -> PathViewer.Run {
    guard iterations.count > min(limit, Self.mostOfShort) else { return self }
    let width = window.x.upperBound - window.x.lowerBound
    let height = window.y.upperBound - window.y.lowerBound
    var kept = [0]
    for place in 1..<iterations.count - 1 where kept.count < limit - 1 {
      let last = kept[kept.count - 1]
      let x = abs(numbers[0][place] - numbers[0][last]) / width
      let y = abs(numbers[1][place] - numbers[1][last]) / height
      let isFar = !(max(x, y) < 1.0 / 300)
      if isFar || 4 * iterations[place] >= 5 * iterations[last] + 4 { kept.append(place) }
    }
    kept.append(iterations.count - 1)
    var run = self
    run.iterations = kept.map { iterations[$0] }
    run.numbers = numbers.map { column in kept.map { column[$0] } }
    return run
  }
}
