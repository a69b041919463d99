import Specs

/// What every start of a window leads to: a raster of runs, with finer cells where neighbours differ.
public struct Basins: Sendable {
  /// What a start leads to.
  public enum Goal: Hashable, Sendable {
    /// The critical point of a number.
    case point(Int)
    /// A critical point that is not told apart: outside the window, or one of a continuum.
    case elsewhere
    /// A cycle.
    case cycle(period: Int)
    /// No point and no cycle.
    case ending(Ending)
  }

  /// A run.
  public struct Cell: Sendable {
    /// What it leads to.
    public var goal: Goal
    /// After how many iterations it ended.
    public let iterations: Int32
  }

  /// The starts.
  public let raster: StartRaster
  /// One for each start.
  public let cells: [Cell]
  /// How many finer cells there are across a cell that has a neighbour of another goal.
  public private(set) var fineness = 1
  /// The places of the cells that have finer ones, ascending.
  public private(set) var refined: [Int] = []
  /// The finer cells of one after the other, each row by row from the top left.
  public private(set) var fine: [Cell] = []

  private let swarm: Swarm
  private let rate: Double

  /// Runs from every start; new points become known, and goals are their numbers.
  public init(
    _ swarm: Swarm, rate: Double, from raster: StartRaster, _ reached: inout ReachedPoints,
    workers: Int
  ) async throws {
    self.swarm = swarm
    self.rate = rate
    self.raster = raster
    var known = reached
    var cells: [Cell] = []
    cells.reserveCapacity(raster.count)
    try await swarm.run(raster.count, workers: workers) {
      _ in
      rate
    } start: {
      raster.start($0, into: $1)
    } prepare: { [places = reached.places] outcomes in
      (outcomes, places.numbers(of: outcomes))
    } receive: { _, prepared in
      let (outcomes, early) = prepared
      let numbers = known.learn(from: outcomes, early)
      for run in outcomes.indices { cells.append(Cell(outcomes, run, numbers[run])) }
    }
    self.cells = cells
    reached = known
  }

  /// How many finer cells there are across a cell at a border: 4, or fewer where that would take more than four times
  /// the runs of the raster, or more than 1600 would stand side by side, for which a picture has no room.
  static func fineness(borders: Int, cells: Int, across: Int) -> Int {
    let useful = (1600 + across - 1) / across
    guard useful > 1 else { return 1 }
    return [4, 3].first { $0 <= useful && borders * $0 * $0 <= 4 * cells } ?? 2
  }

  /// Runs again from finer cells where neighbours differ, if there is room for any.
  ///
  /// - Parameter reached: knows all points; no new ones are looked for.
  public mutating func refine(_ reached: ReachedPoints, workers: Int) async throws {
    let border = cells.indices.filter { isBorder($0) }
    fineness = Basins.fineness(
      borders: border.count, cells: cells.count, across: max(raster.columns, raster.rows))
    guard fineness > 1 else { return }
    let (side, parts, raster, rate) = (fineness, fineness * fineness, raster, rate)
    var made: [Cell] = []
    made.reserveCapacity(border.count * parts)
    try await swarm.run(border.count * parts, workers: workers) { _ in
      rate
    } start: {
      raster.start(border[$0 / parts], part: $0 % parts, of: side, into: $1)
    } prepare: { [places = reached.places] outcomes in
      (outcomes, places.numbers(of: outcomes))
    } receive: { _, prepared in
      let (outcomes, known) = prepared
      let numbers = reached.numbers(of: outcomes, known)
      for run in outcomes.indices { made.append(Cell(outcomes, run, numbers[run])) }
    }
    refined = border
    fine = made
  }

  private func isBorder(_ cell: Int) -> Bool {
    let (columns, rows) = (raster.columns, raster.rows)
    let (column, row) = (cell % columns, cell / columns)
    let goal = cells[cell].goal
    return column > 0 && cells[cell - 1].goal != goal
      || column + 1 < columns && cells[cell + 1].goal != goal
      || row > 0 && cells[cell - columns].goal != goal
      || row + 1 < rows && cells[cell + columns].goal != goal
  }
}

extension Basins.Cell {
  init(_ outcomes: borrowing Outcomes, _ run: Int, _ number: Int?) {
    iterations = Int32(clamping: outcomes.iterations[run])
    if let number {
      goal = .point(number)
    } else if outcomes.isAtPoint(run) {
      goal = .elsewhere
    } else if let period = outcomes.tail(run)?.period, outcomes.endings[run] == .oscillating {
      goal = .cycle(period: period)
    } else {
      goal = .ending(outcomes.endings[run])
    }
  }
}
