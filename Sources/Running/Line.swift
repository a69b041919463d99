import Diagnostics
import Specs

/// The line along which a figure shows a function: one coordinate varies, all others are held.
public struct Line: Sendable {
  /// The one that varies.
  public let coordinate: Int
  /// Where all are held; the value of the one does not count.
  public let point: [Double]
  /// Where the known minima on the line are, polished.
  public let minima: [Double]
  /// What the caption has to say of the coordinates that are held; nil where there are none.
  public let note: String?

  /// A line through the start or the known minimum of `label`, else through the first known minimum, the first
  /// named start, or the middle of the domain.
  ///
  /// - Throws: `Diagnostics`, never for a function that was parsed.
  public init(along coordinate: Int, at label: String?, _ function: FunctionSpec) throws {
    self.coordinate = coordinate
    let held = function.variables.indices.filter { $0 != coordinate }
    let known = try KnownMinima(of: function).points
    if let start = function.starts.points.first(where: { $0.label == label }) {
      point = start.position
    } else {
      let middle = function.domain.map { $0.lowerBound / 2 + $0.upperBound / 2 }
      point = known.first ?? function.starts.points.first?.position ?? middle
    }
    minima = known.filter { [point] minimum in
      held.allSatisfy { abs(minimum[$0] - point[$0]) <= 1e-9 * max(1, abs(point[$0])) }
    }.map { $0[coordinate] }
    let values = held.map { [point] in "\(function.variables[$0]) = \(formatNumber(point[$0]))" }
    note = values.isEmpty ? nil : "The line through \(shortList(values))."
  }
}
