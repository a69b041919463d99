import Diagnostics
import Figures
import Foundation
import Methods
import Specs

extension [MethodSpec] {
  /// The names of all rates of all methods of an experiment, which look the same in each of its figures.
  var seriesNames: [[SeriesName]] { SeriesName.all(map(\.labelAndRates)) }

  /// The names of the methods, where rates are not told apart.
  var methodNames: [SeriesName] { SeriesName.methods(map(\.labelAndRates)) }
}

extension MethodSpec {
  /// What stands in legends; the rate too where the label leaves it open.
  fileprivate var labelAndRates: (label: String, rates: [String]) {
    let isPlain =
      rates.count == 1 && (label != direction.name || direction.defaultRate != .mustBeTold)
    return (label, isPlain ? [""] : rates.map(\.legendText))
  }
}

extension RateChoice {
  /// A rate in a legend: four digits of a number.
  var legendText: String {
    guard case .number(let exact) = self else { return text }
    return formatNumber(Double(String(format: "%.4g", exact)) ?? exact)
  }
}
