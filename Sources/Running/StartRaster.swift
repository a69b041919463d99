/// Starts in rows and columns over a window of a plane, each in the middle of its cell.
public struct StartRaster: Sendable {
  /// The plane.
  public let plane: Plane
  /// The window's range of the first coordinate.
  public let x: ClosedRange<Double>
  /// The window's range of the second coordinate.
  public let y: ClosedRange<Double>
  /// The number of cells across.
  public let columns: Int
  /// The number of cells down.
  public let rows: Int

  /// A raster with `count` cells along the longer side, and as many along the shorter one as make them square;
  /// `count` too where the window is more than twice as long as wide.
  public init(
    _ plane: Plane, x: ClosedRange<Double>, y: ClosedRange<Double>, count: Int
  ) {
    self.plane = plane
    self.x = x
    self.y = y
    let ratio = (x.upperBound - x.lowerBound) / (y.upperBound - y.lowerBound)
    let isTrue = ratio >= 0.5 && ratio <= 2
    columns = isTrue && ratio < 1 ? Int((Double(count) * ratio).rounded()) : count
    rows = isTrue && ratio > 1 ? Int((Double(count) / ratio).rounded()) : count
  }

  /// The number of cells.
  public var count: Int { columns * rows }

  /// The middle of a cell, counted row by row from the top left.
  public func start(_ cell: Int) -> [Double] {
    Array(unsafeUninitializedCapacity: plane.point.count) { memory, count in
      start(cell, into: UnsafeMutableBufferPointer(rebasing: memory[..<plane.point.count]))
      count = plane.point.count
    }
  }

  /// The same, into memory that is there.
  func start(_ cell: Int, into start: UnsafeMutableBufferPointer<Double>) {
    write(Double(cell % columns) + 0.5, Double(cell / columns) + 0.5, to: start)
  }

  /// The middle of a part of a cell that is divided into side × side.
  func start(
    _ cell: Int, part: Int, of side: Int, into start: UnsafeMutableBufferPointer<Double>
  ) {
    write(
      Double(cell % columns) + (Double(part % side) + 0.5) / Double(side),
      Double(cell / columns) + (Double(part / side) + 0.5) / Double(side), to: start)
  }

  private func write(
    _ column: Double, _ row: Double, to start: UnsafeMutableBufferPointer<Double>
  ) {
    for (place, coordinate) in plane.point.enumerated() { start[place] = coordinate }
    start[plane.x] = x.lowerBound + column / Double(columns) * (x.upperBound - x.lowerBound)
    start[plane.y] = y.upperBound - row / Double(rows) * (y.upperBound - y.lowerBound)
  }
}
