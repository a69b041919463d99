/// A place in a file: line and column count from 1, columns in Unicode scalars.
public struct Place: Sendable, Hashable, Comparable {
  /// The line, from 1.
  public let line: Int
  /// The column in Unicode scalars, from 1.
  public let column: Int

  /// Creates a place from its line and column, both from 1.
  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  /// Orders places as they are read.
  public static func < (left: Place, right: Place) -> Bool {
    (left.line, left.column) < (right.line, right.column)
  }
}

/// A stretch of text whose every scalar knows its place in the file.
///
/// A directive that is continued over several lines is one `SourceText`, so that a formula needs no
/// notion of lines and an error in it still points to the right one.
public struct SourceText: Sendable, Hashable {
  /// The scalars, comments and line ends left out.
  public private(set) var scalars: [Unicode.Scalar] = []
  /// The place of each scalar.
  public private(set) var places: [Place] = []
  /// The place just behind the last scalar, for "something is missing here".
  public private(set) var end: Place

  /// Creates an empty text that begins at a place.
  public init(startingAt place: Place) {
    end = place
  }

  /// Creates a text that stands alone on line 1, as on a command line or in a test.
  public init(_ text: String) {
    self.init(startingAt: Place(line: 1, column: 1))
    for scalar in text.unicodeScalars { append(scalar, at: end) }
  }

  /// Appends one scalar that stands at `place`.
  public mutating func append(_ scalar: Unicode.Scalar, at place: Place) {
    scalars.append(scalar)
    places.append(place)
    end = Place(line: place.line, column: place.column + 1)
  }

  /// The number of scalars.
  public var count: Int { scalars.count }

  /// The place of a scalar, or of the end of the text.
  public func place(at index: Int) -> Place {
    index < places.count ? places[index] : end
  }

  /// The text of a range of scalars.
  public func string(_ range: Range<Int>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars[range])
    return String(view)
  }

  /// A part of the text, its scalars at their own places.
  public subscript(range: Range<Int>) -> SourceText {
    var part = SourceText(startingAt: place(at: range.lowerBound))
    for index in range { part.append(scalars[index], at: places[index]) }
    return part
  }

  /// The part without white space at either end.
  public var trimmed: SourceText {
    var low = 0
    var high = count
    while low < high, scalars[low].properties.isWhitespace { low += 1 }
    while high > low, scalars[high - 1].properties.isWhitespace { high -= 1 }
    return self[low..<high]
  }

  /// The whole text as a string.
  public var string: String { string(0..<count) }
}
