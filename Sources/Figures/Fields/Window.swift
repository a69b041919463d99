/// The part of the plane that a figure shows.
public struct Window: Sendable, Equatable {
  /// The range of the first variable, along the horizontal axis.
  public var x: ClosedRange<Double>
  /// The range of the second variable, along the vertical axis.
  public var y: ClosedRange<Double>

  /// A window; both ranges must be within ±10³⁰⁰ and have room for ticks: their ends must differ by
  /// more than 10⁻¹² of the greater and than 10⁻²⁹⁰.
  public init(x: ClosedRange<Double>, y: ClosedRange<Double>) {
    precondition(Self.canShow(x) && Self.canShow(y), "a window must have room for ticks")
    self.x = x
    self.y = y
  }

  /// Whether a range can be an axis; what a user types should be checked with this first.
  public static func canShow(_ range: ClosedRange<Double>) -> Bool {
    let largest = max(abs(range.lowerBound), abs(range.upperBound))
    let span = range.upperBound - range.lowerBound
    return largest <= visibleSizes.upperBound && span >= visibleSizes.lowerBound
      && span > 1e-12 * largest
  }

  var width: Double { x.upperBound - x.lowerBound }
  var height: Double { y.upperBound - y.lowerBound }
}

/// Asks for quantities anywhere.
///
/// `values[q][i]` is quantity q at the point (x[i], y[i]), NaN where it is undefined. Must be cheap to call with 10⁶ points and give the same answer each time.
public typealias Sampler = @Sendable (_ x: [Double], _ y: [Double]) -> [[Double]]

/// What stands around a picture.
public struct FigureHeading: Sendable {
  /// The first line.
  public var title: String
  /// What is shown, behind the title, of which it takes the room where there is too little.
  public var subject: Label
  /// The formula beneath, in one or two lines; empty for none.
  public var formula: Label
  /// The name of the horizontal axis.
  public var xLabel: Label
  /// The name of the vertical axis.
  public var yLabel: Label
  /// The name of what is shown.
  public var valueLabel: Label

  /// A heading.
  public init(
    title: String, subject: Label = "", formula: Label = "", xLabel: Label = "x",
    yLabel: Label = "y", valueLabel: Label = "f"
  ) {
    self.title = title
    self.subject = subject
    self.formula = formula
    self.xLabel = xLabel
    self.yLabel = yLabel
    self.valueLabel = valueLabel
  }
}

/// A named place: a start or a known minimum.
public struct Marker: Sendable, Equatable {
  /// What is written beside it; may be empty.
  public var label: String
  /// Its first coordinate.
  public var x: Double
  /// Its second coordinate.
  public var y: Double

  /// A named place.
  public init(label: String, x: Double, y: Double) {
    self.label = label
    self.x = x
    self.y = y
  }
}
