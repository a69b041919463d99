import Diagnostics
import Specs

/// The plane in which a figure lies: two coordinates vary, all others are held.
public struct Plane: Sendable {
  /// The two that vary.
  public let x: Int
  /// The other one, drawn upwards.
  public let y: Int
  /// Where all are held; the values of the two do not count.
  public let point: [Double]
  /// The known minima in the plane, polished.
  public let minima: [[Double]]
  /// What the caption has to say of the coordinates that are held; nil where there are none.
  public let note: String?

  /// The plane of a figure: through the start or the known minimum of `at=`, else through the first known
  /// minimum, the first named start, or the middle of the domain.
  ///
  /// - Returns: nil where the function cannot have the figure.
  /// - Throws: `Diagnostics`, never for a function that was parsed.
  public init?(of plot: PlotSpec, _ function: FunctionSpec) throws {
    guard let axes = plot.axes(of: function) else { return nil }
    x = axes[0]
    y = axes[1]
    let held = function.variables.indices.filter { !axes.contains($0) }
    let known = try KnownMinima(of: function).points
    let label = plot.options.word("at")
    if let start = function.starts.points.first(where: { $0.label == label }) {
      point = start.position
    } else {
      let middle = function.domain.map { $0.lowerBound / 2 + $0.upperBound / 2 }
      point = known.first ?? function.starts.points.first?.position ?? middle
    }
    minima = known.filter { [point] in Self.agree($0, point, in: held) }
    let values = held.map { [point] in "\(function.variables[$0]) = \(formatNumber(point[$0]))" }
    note =
      values.isEmpty
      ? nil
      : "The plane through \(shortList(values)); starts and paths are seen from above, wherever "
        + "their other coordinates are."
  }

  /// The plane of all variables of a function of two; nil for any other.
  ///
  /// - Throws: `Diagnostics`, never for a function that was parsed.
  public init?(of function: FunctionSpec) throws {
    guard function.variables.count == 2 else { return nil }
    (x, y) = (0, 1)
    point = [0, 0]
    minima = try KnownMinima(of: function).points
    note = nil
  }

  /// Whether a point lies in the plane, but for rounding.
  public func contains(_ position: [Double]) -> Bool {
    Self.agree(position, point, in: point.indices.filter { $0 != x && $0 != y })
  }

  private static func agree(_ a: [Double], _ b: [Double], in held: [Int]) -> Bool {
    held.allSatisfy { abs(a[$0] - b[$0]) <= 1e-9 * max(1, abs(b[$0])) }
  }
}
