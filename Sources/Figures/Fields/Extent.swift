/// How far values reach, without their order: a look at each is enough.
struct Extent {
  /// From the least to the greatest, without those that are not finite or beyond ±10³⁰⁰; nil where there are none.
  let range: ClosedRange<Double>?
  /// How many were NaN.
  let undefined: Int
  /// How many were infinite.
  let infinite: Int

  init(range: ClosedRange<Double>?, undefined: Int, infinite: Int) {
    (self.range, self.undefined, self.infinite) = (range, undefined, infinite)
  }

  init(_ values: [Double]) {
    var (least, greatest) = (Double.infinity, -Double.infinity)
    var (undefined, infinite) = (0, 0)
    for value in values {
      if abs(value) <= visibleSizes.upperBound {
        least = value < least ? value : least
        greatest = value > greatest ? value : greatest
      } else if value.isNaN {
        undefined += 1
      } else if value.isInfinite {
        infinite += 1
      }
    }
    self.init(
      range: least <= greatest ? least...greatest : nil, undefined: undefined, infinite: infinite)
  }
}

extension Distribution {
  /// How far the values reach.
  var extent: Extent {
    let range = sorted.first.flatMap { least in sorted.last.map { least...$0 } }
    return Extent(range: range, undefined: undefined, infinite: infinite)
  }
}
