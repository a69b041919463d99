/// How far two numbers may lie apart and still pass; without any bound only equal numbers do.
///
/// A number passes if any one of the bounds accepts it. As with `numpy.isclose`, the relative bound is a share
/// of |b|, the number of B; unlike there, it is not added to the absolute one. NaN equals NaN, and an
/// infinity the same infinity; no bound makes either of them equal to anything else.
public struct Tolerance: Sendable, Equatable {
  /// The most that |a − b| may be.
  public var absolute: Double?
  /// The most that |a − b|/|b| may be.
  public var relative: Double?
  /// The most steps from one double to the next that may lie between a and b.
  public var ulp: UInt64?

  /// Creates a tolerance.
  public init(absolute: Double? = nil, relative: Double? = nil, ulp: UInt64? = nil) {
    self.absolute = absolute
    self.relative = relative
    self.ulp = ulp
  }

  /// Whether two numbers pass as the same.
  public func accepts(_ a: Double, _ b: Double) -> Bool {
    if a == b || a.isNaN && b.isNaN { return true }
    guard a.isFinite, b.isFinite else { return false }
    let distance = abs(a - b)
    if let absolute, distance <= absolute { return true }
    if let relative, distance <= relative * abs(b) { return true }
    if let ulp, Gap.steps(a, b) <= ulp { return true }
    return false
  }
}

/// The tolerances of a comparison: one for all columns, and others for some of them.
public struct Tolerances: Sendable, Equatable {
  /// The one for all columns.
  public var general = Tolerance()
  /// Those of single columns, each bound in place of the general one.
  public var columns: [String: Tolerance] = [:]

  /// Creates tolerances that accept equal numbers alone.
  public init() {}

  /// The tolerance of a column.
  public subscript(column: String) -> Tolerance {
    guard let own = columns[column] else { return general }
    return Tolerance(
      absolute: own.absolute ?? general.absolute, relative: own.relative ?? general.relative,
      ulp: own.ulp ?? general.ulp)
  }

  /// Whether only equal numbers pass.
  public var isExact: Bool { self == Tolerances() }
}

/// By how much two numbers depart.
public struct Gap: Sendable, Equatable {
  /// |a − b|; NaN where one of them is.
  public let absolute: Double
  /// |a − b|/|b|, infinite where b is 0.
  public let relative: Double
  /// How many steps from one double to the next lie between them; nil where one is not finite.
  public let ulp: UInt64?

  /// Measures the gap between two numbers.
  public init(_ a: Double, _ b: Double) {
    absolute = abs(a - b)
    relative = absolute / abs(b)
    ulp = a.isFinite && b.isFinite ? Gap.steps(a, b) : nil
  }

  /// The steps between two finite numbers; none between the zeros of either sign.
  static func steps(_ a: Double, _ b: Double) -> UInt64 {
    func rank(_ value: Double) -> Int64 {
      let bits = Int64(bitPattern: value.bitPattern)
      return bits < 0 ? Int64.min - bits : bits
    }
    let (first, second) = (rank(a), rank(b))
    return first < second
      ? UInt64(bitPattern: second &- first) : UInt64(bitPattern: first &- second)
  }
}
