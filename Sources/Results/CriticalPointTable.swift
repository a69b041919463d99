import Diagnostics
import Running
import Specs

/// FUNCTION/critical-points.csv and its caption: one row a point.
public struct CriticalPointTable: Sendable {
  private let function: FunctionSpec
  /// Nil where the function has too many variables to be searched.
  private let found: CriticalPoints?

  /// Creates the table of a function.
  public init(_ function: FunctionSpec, _ found: CriticalPoints?) {
    self.function = function
    self.found = found
  }

  /// The columns; `csv` follows their order.
  public static let columns = [
    Column(
      "label", "m1, m2, … for minima, s1 for saddles, M1 for maxima, d1 for degenerate points"),
    Column("kind", "minimum, saddle, maximum or degenerate"),
    Column("*", "coordinates"),
    Column("f", "f there"),
    Column("gradient_norm", "norm of the gradient there, as small as rounding leaves it"),
    Column("determinant", "determinant of the Hessian there"),
    Column("min_eigenvalue", "smallest eigenvalue of the Hessian there"),
    Column("max_eigenvalue", "largest eigenvalue of the Hessian there"),
    Column("stable_rate", "2/max_eigenvalue at a minimum: gradient descent needs a rate below it"),
    Column("runs", "number of runs that converged to it"),
  ]

  /// The file.
  ///
  /// - Parameter runs: how many runs reached each point.
  public func csv(runs: [Int]) -> CSVText {
    var text = CSVText()
    text.appendRow(CriticalPointTable.columns.flatMap { $0.heads(function.variables) })
    for (point, count) in zip(found?.points ?? [], runs) {
      text.append(point.label)
      text.append(point.kind.rawValue)
      for coordinate in point.position { text.append(coordinate) }
      text.append(point.value)
      text.append(point.gradientNorm)
      text.append(point.determinant)
      text.append(point.leastEigenvalue)
      text.append(point.greatestEigenvalue)
      text.append(point.stableRate)
      text.append(count)
      text.endRow()
    }
    return text
  }

  /// What the list holds and whether it is whole, line by line.
  public var caption: [String] {
    let ranges = function.domain.map {
      "\(formatNumber($0.lowerBound)) .. \(formatNumber($0.upperBound))"
    }
    let window = zip(function.variables, ranges).map { "\($0) = \($1)" }
    let head = ["window: \(shortList(window).replacing(" and ", with: ", "))"]
    guard let found else {
      return head + [
        "not searched: \(function.name) has \(function.dimension) variables, and at most "
          + "\(CriticalPointSearch.greatestDimension) are searched"
      ]
    }
    let names = ["minima", "saddles", "maxima", "degenerate points"]
    let counts = zip(CriticalPoint.kinds, names).map { kind, name in
      let count = found.count(kind)
      return counted(count, kind == .degenerate ? "degenerate point" : kind.rawValue)
        .replacing(" \(kind.rawValue)s", with: " \(name)")
    }
    var lines =
      head + [
        "found: " + list(counts),
        "searched by Newton's method from \(found.placeCount) places and from the ends of the runs",
      ]
    if found.flatCount > 0 {
      lines.append(
        "not listed: \(counted(found.flatCount, "place")) on curves or areas of critical points")
    }
    return lines + ["missed points: " + verdict(found)]
  }

  private func verdict(_ found: CriticalPoints) -> String {
    func sum(_ total: Int, _ indices: Int) -> String {
      let isLine = function.dimension == 1
      let name = isLine ? "minima - maxima" : "minima - saddles + maxima"
      let parts = [found.count(.minimum), found.count(.saddle), found.count(.maximum)]
      var sum = isLine ? "\(parts[0]) - \(parts[2])" : "\(parts[0]) - \(parts[1]) + \(parts[2])"
      if found.count(.degenerate) > 0 {
        sum += indices < 0 ? " - \(-indices)" : " + \(indices)"
      }
      let degenerate = found.count(.degenerate) > 0 ? " + indices of degenerate points" : ""
      return "\(name)\(degenerate) = \(sum) = \(total)"
    }
    let theory =
      function.dimension == 1
      ? "what the signs of the slope at the ends ask for"
      : "the winding number of the gradient along the frame"
    switch found.test {
    case .agrees(let winding, let indices):
      return "none by the test: \(sum(winding, indices)), \(theory)"
    case .departs(let winding, let counted, let indices):
      return
        "some, unless f has a kink or a pole inside: \(sum(counted, indices)), but \(winding) is "
        + "\(theory); a finer raster= may find them"
    case .undecided(let reason): return "not decided, because \(sentence(reason))"
    }
  }

  private func sentence(_ reason: WindingTest.Undecided) -> String {
    func text(_ place: [Double]) -> String {
      list(zip(function.variables, place).map { "\($0) = \(formatNumber($1))" })
    }
    switch reason {
    case .tooManyVariables(let count):
      return "\(function.name) has \(count) variables, and the test is for one or two"
    case .kinks(let names): return "f may have kinks or jumps, by \(list(names))"
    case .vanishes(let place):
      return "the gradient vanishes or jumps on the frame, at \(text(place))"
    case .undefined(let place): return "the gradient is not finite on the frame, at \(text(place))"
    case .turnsTooOften: return "the gradient turns too often along the frame"
    case .notIsolated: return "some critical points are not isolated"
    }
  }
}

/// The last column of runs.csv, `limit`, which is known only once all runs are made.
public struct LimitColumn {
  private let found: CriticalPoints
  private let ending: Int
  private let coordinates: Range<Int>
  /// How many runs reached each point.
  public private(set) var counts: [Int]
  /// What was read of the row at hand.
  private var row: [UInt8] = []
  private var isQuoted = false

  /// Prepares to fill the column in the rows of a function.
  public init(_ plan: FunctionPlan, _ found: CriticalPoints) {
    self.found = found
    counts = found.points.map { _ in 0 }
    var heads: [String] = []
    var first = 0
    for column in RunTable.columns(plan) {
      if column.name == "*" { first = heads.count }
      heads += column.heads(plan.function.variables)
    }
    ending = heads.firstIndex(of: "ending") ?? 0
    coordinates = first..<first + plan.function.dimension
  }

  /// Fills the rows that end in a piece of the file; the rest waits for the next piece.
  public mutating func fill(_ piece: [UInt8]) -> [UInt8] {
    var filled: [UInt8] = []
    filled.reserveCapacity(piece.count + piece.count / 32)
    for byte in piece {
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      if byte == UInt8(ascii: "\n"), !isQuoted {
        filled += row
        if let point = reached {
          counts[point] += 1
          filled += Array(found.points[point].label.utf8)
        }
        row.removeAll(keepingCapacity: true)
        filled.append(byte)
      } else {
        row.append(byte)
      }
    }
    return filled
  }

  /// The point that the run of the row reached.
  private var reached: Int? {
    // A run that converged has no reason, so that nothing before its coordinates is quoted.
    let fields = row.split(
      separator: UInt8(ascii: ","), maxSplits: coordinates.upperBound,
      omittingEmptySubsequences: false)
    guard fields.count > coordinates.upperBound,
      fields[ending].elementsEqual(Ending.converged.rawValue.utf8)
    else { return nil }
    let position = fields[coordinates].compactMap { Double(String(decoding: $0, as: UTF8.self)) }
    return position.count == coordinates.count ? found.reached(from: position) : nil
  }
}
