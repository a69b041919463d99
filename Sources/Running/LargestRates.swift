import Evaluation
import Expressions
import Foundation
import Methods
import Specs

/// The largest rate with which a method converges to a minimum, measured from every start of a raster.
///
/// A ladder of 64 rates upward on a log scale, to the first that does not converge to a minimum, then 12
/// bisections of that gap. Rates below the first that does converge count as too small, not as too large.
public struct LargestRates: Sendable {
  /// The number of rates of the ladder.
  public static let rungs = 64
  /// How often the gap is halved.
  public static let bisections = 12

  /// The ladder's ends.
  public let ladder: ClosedRange<Double>
  /// Row by row from the top left: the rate; infinite where even the last of the ladder converges, NaN where
  /// none does.
  public let values: [Double]

  /// Measures them.
  public init(
    _ swarm: Swarm, from raster: StartRaster, ladder: ClosedRange<Double>, workers: Int
  ) async throws {
    self.ladder = ladder
    var good = [Double](repeating: .nan, count: raster.count)
    var bad = good
    func attempt(_ starts: [Int], _ rates: [Double]) async throws {
      try await swarm.run(starts.count, workers: workers) {
        rates[$0]
      } start: {
        raster.start(starts[$0], into: $1)
      } receive: { first, outcomes in
        for (run, number) in zip(outcomes.indices, first...) {
          if outcomes.endings[run] == .converged && outcomes.points[run] == .minimum {
            good[starts[number]] = rates[number]
          } else if !good[starts[number]].isNaN {
            bad[starts[number]] = rates[number]
          }
        }
      }
    }
    for rung in 0..<LargestRates.rungs {
      let open = good.indices.filter { bad[$0].isNaN }
      let rate = LargestRates.rate(Double(rung) / Double(LargestRates.rungs - 1), of: ladder)
      try await attempt(open, open.map { _ in rate })
    }
    let between = good.indices.filter { !bad[$0].isNaN }
    for _ in 0..<LargestRates.bisections {
      try await attempt(between, between.map { LargestRates.rate(0.5, of: good[$0]...bad[$0]) })
    }
    values = good.indices.map { bad[$0].isNaN && !good[$0].isNaN ? .infinity : good[$0] }
  }

  /// The rate at a part of a range on a log scale.
  private static func rate(_ part: Double, of range: ClosedRange<Double>) -> Double {
    if part == 0 { return range.lowerBound }
    if part == 1 { return range.upperBound }
    let ratio = evaluateLogarithm(range.upperBound / range.lowerBound)
    return range.lowerBound * evaluateExponential(part * ratio)
  }

  /// The ladder where the user says nothing: four decades, for a method that goes the whole way at rate 1 up to
  /// 10, for others up to about ten times the median of 2gᵀg/gᵀHg.
  ///
  /// - Parameter predicted: 2gᵀg/gᵀHg at the starts.
  public static func ladder(
    _ method: MethodSpec, predicted: [Double], lowest: Double?, highest: Double?
  ) -> ClosedRange<Double> {
    var usual = 1e-3...10
    let sizes = predicted.filter { $0 > 1e-100 && $0 < 1e100 }.sorted()
    if method.direction.defaultRate == .mustBeTold, !sizes.isEmpty {
      let median = sizes[sizes.count / 2]
      usual = rounded(median / 1e3)...rounded(10 * median)
    }
    let low = lowest ?? highest.map { min(usual.lowerBound, 1e-4 * $0) } ?? usual.lowerBound
    return low...(highest ?? max(usual.upperBound, 1e4 * low))
  }

  /// A size to one digit, so that it can be read.
  private static func rounded(_ size: Double) -> Double {
    Double(String(format: "%.0e", size)) ?? size
  }
}
