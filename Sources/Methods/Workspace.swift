import Expressions

/// What a method works with at an iterate: the model of f there, the number of the iteration, and cells
/// that it carries from one iteration to the next.
///
/// All of it nodes: a method reads the cells as they are and says what they become.
public final class Workspace {
  /// A number that is carried along.
  public struct Cell {
    /// Its value at this iterate.
    public let now: Scalar
    /// Its value at the start.
    public let initial: Double
    /// What it is called where a step is explained; cells of one vector or matrix share it.
    public let name: String
    /// Its value at the next iterate; itself unless a method says so.
    public fileprivate(set) var next: Scalar
  }

  /// What is known of f at the iterate, as the method's steps see it.
  public let model: LocalModel
  /// The number of the iteration, from 0.
  public let iteration: Scalar
  /// The cells in the order in which they were asked for.
  public private(set) var cells: [Cell] = []

  /// Creates the workspace of a method.
  public init(_ model: LocalModel) {
    self.model = model
    iteration = model.graph.input(Input(.iteration))
  }

  /// Whether this is the first iteration, as 0 or 1.
  ///
  /// A cell, so that a method that only begins differently is at rest once its cells are.
  public private(set) lazy var isFirst: Scalar = {
    let first = cell(1, named: "whether it is the first step")
    set(first, to: first.zero)
    return first
  }()

  /// A new cell with its value at the start.
  public func cell(_ initial: Double, named name: String = "") -> Scalar {
    let now = model.graph.input(Input(.state, cells.count))
    cells.append(Cell(now: now, initial: initial, name: name, next: now))
    return now
  }

  /// New cells, one for each coordinate.
  public func vector(_ initial: Double, named name: String = "") -> Vector {
    model.position.map { _ in cell(initial, named: name) }
  }

  /// Says what a cell becomes.
  public func set(_ cell: Scalar, to next: Scalar) {
    guard let number = number(of: cell) else { preconditionFailure("no cell of this workspace") }
    cells[number].next = next
  }

  /// Says what cells become.
  public func set(_ cells: Vector, to next: Vector) {
    for (cell, value) in zip(cells, next) { set(cell, to: value) }
  }

  /// The number of a cell.
  func number(of cell: Scalar) -> Int? { cells.firstIndex { $0.now == cell } }
}

/// The values of a method's options: numbers and words by name.
public struct Settings: Sendable, Equatable {
  private var numbers: [String: Double]
  private var words: [String: String]

  /// Creates the values.
  public init(numbers: [String: Double] = [:], words: [String: String] = [:]) {
    self.numbers = numbers
    self.words = words
  }

  /// A number; every option of numbers has a default, so it is there.
  public subscript(name: String) -> Double { numbers[name] ?? .nan }

  /// A whole number; nil where there is none of the name.
  public func integer(_ name: String) -> Int? { numbers[name].map { Int($0) } }

  /// A word.
  public func word(_ name: String) -> String { words[name] ?? "" }
}
