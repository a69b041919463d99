import Testing

@testable import Figures

/// What is known of many values at once, beside what comparing them one by one says.
@Suite("Many values") struct ValuesTests {
  private static let values: [Double] = (0..<5000).map { number in
    let size = Double((number * 7919) % 4999 - 2500)
    return number % 3 == 0 ? size * 1e-300 : number % 3 == 1 ? size * 1e290 : size
  }

  @Test("are put in order as by comparisons", arguments: [0, 1, 999, 5000])
  func order(count: Int) {
    let values = Array(Self.values.prefix(count))
    #expect(increasing(values) == values.sorted())
    let sizes = values.map { abs($0) }
    #expect(increasing(sizes) == sizes.sorted())
    let zeros = increasing(values.map { _ in -0.0 })
    let negative = zeros.count { $0.sign == .minus }
    #expect(negative == 0)
  }

  @Test("reach as far as the first and the last of them in order")
  func extent() {
    let values = Self.values + [.nan, .infinity, -.infinity, 1e301, .nan]
    let (extent, distribution) = (Extent(values), Distribution(values))
    #expect(extent.range == distribution.extent.range)
    let finite = values.filter { abs($0) <= 1e300 }
    #expect(extent.range?.lowerBound == finite.min())
    #expect((extent.undefined, extent.infinite) == (2, 2))
    #expect((distribution.undefined, distribution.infinite) == (2, 2))
    #expect(Extent([.nan]).range == nil)
  }

  @Test("lie in the bands that each of them lies in")
  func bands() {
    let levels = Levels(values: [-1000, -1e-299, 0, 5, 1e292])
    let values = Self.values + [.nan, .infinity, -.infinity, 0, -0.0, 5]
    let single = values.map { Levels.Band(levels.band(of: $0) ?? -1) }
    #expect(levels.bands(of: values) == single)
    #expect(Levels(values: []).bands(of: [1, .nan, 2]) == [0, -1, 0])
  }
}
