/// Values that were found for the cells of a window, to be asked for anywhere.
public struct Tiles: Sendable {
  private let window: Window
  private let columns: Int
  private let values: [Double]

  /// Values row by row from the top left.
  public init(_ window: Window, columns: Int, values: [Double]) {
    precondition(columns > 0 && !values.isEmpty && values.count % columns == 0)
    self.window = window
    self.columns = columns
    self.values = values
  }

  /// The values of the cells in which points lie.
  public func sample(_ x: [Double], _ y: [Double]) -> [[Double]] {
    let rows = values.count / columns
    func place(_ part: Double, _ count: Int) -> Int {
      min(max(Int((part * Double(count)).rounded(.down)), 0), count - 1)
    }
    let found = zip(x, y).map { x, y in
      values[
        place((window.y.upperBound - y) / window.height, rows) * columns
          + place((x - window.x.lowerBound) / window.width, columns)]
    }
    return [found]
  }
}
