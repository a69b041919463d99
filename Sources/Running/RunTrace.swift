/// The kept rows of a run.
public struct RunTrace: Sendable {
  /// The run's place in its chunk.
  let number: Int
  /// The iteration of each row.
  public var iterations: [Int] = []
  /// Coordinates and columns, row by row.
  public var values: [Double] = []

  init(number: Int) {
    self.number = number
  }

  /// Adds a row.
  mutating func append(_ iteration: Int, _ row: UnsafeBufferPointer<Double>) {
    iterations.append(iteration)
    values.append(contentsOf: row)
  }

  /// The mark of a cell that does not apply: a NaN that no calculation gives.
  public static let empty = Double(nan: 0x5EED, signaling: false)

  /// Whether a value is that mark.
  public static func isEmpty(_ value: Double) -> Bool { value.bitPattern == empty.bitPattern }
}
