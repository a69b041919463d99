/// How much of each pixel polygons cover, and their colour laid on it.
///
/// Every edge adds to the pixels that it passes how much more is covered there than on their left, so that the sum from
/// the left end of a row is what is covered of a pixel: exactly, corners being rounded to 256ths of a pixel. Sums are
/// whole numbers, the same in any order. Pixels that no edge passes are not looked at.
///
/// Parts of pixels that two polygons cover count twice, and none counts for more than a whole: an edge that lies on
/// another one is harder than it should be.
struct Coverage: ~Copyable {
  /// Where pixels may be changed.
  struct Clip {
    var columns: Range<Int>
    var rows: Range<Int>
  }

  /// A corner, in 256ths of a pixel.
  struct Corner {
    let x: Int
    let y: Int

    /// The corner nearest to a place within ±10⁶ pixels.
    @inline(__always)
    init(_ x: Double, _ y: Double) {
      self.x = Coverage.whole(x * 256 + 0.5)
      self.y = Coverage.whole(y * 256 + 0.5)
    }
  }

  /// Where pixels may be changed.
  var clip: Clip

  /// The first row that there is.
  private let top: Int
  /// What a pixel's sum is if it is covered: 256 rows of it, each counted twice for 256 columns.
  private static let full = 256 * 512
  /// Sums of a row: two more than pixels, as an edge adds to the pixel on its right, too.
  private let stride: Int
  private let sums: UnsafeMutablePointer<Int32>
  /// A bit for each sum that was added to.
  private let words: Int
  private let touched: UnsafeMutablePointer<UInt64>
  /// The rows that were added to, and the words of bits in them.
  private var (first, last) = (Int.max, -1)
  private var (firstWord, lastWord) = (Int.max, -1)

  /// Nothing covered of so many pixels.
  init(columns: Int, rows: Int) {
    self.init(Clip(columns: 0..<columns, rows: 0..<rows))
  }

  /// Nothing covered of the rows of a clip.
  init(_ clip: Clip) {
    self.clip = clip
    let (columns, rows) = (clip.columns.upperBound, clip.rows.count)
    top = clip.rows.lowerBound
    stride = columns + 2
    words = (columns + 2 + 63) / 64
    sums = .allocate(capacity: stride * rows)
    sums.initialize(repeating: 0, count: stride * rows)
    touched = .allocate(capacity: words * rows)
    touched.initialize(repeating: 0, count: words * rows)
  }

  deinit {
    sums.deallocate()
    touched.deallocate()
  }

  /// The greatest whole number that is not above a number within ±2⁴⁰.
  @inline(__always)
  fileprivate static func whole(_ x: Double) -> Int { Int(x + 0x1p40) &- 1 << 40 }

  // MARK: Edges

  /// Adds the edge between two corners of a polygon, whose other edges must be added, too.
  mutating func add(_ a: Corner, _ b: Corner) {
    if a.y == b.y { return }
    let (top, bottom, sign) = a.y < b.y ? (a, b, 1) : (b, a, -1)
    var y = max(top.y, clip.rows.lowerBound << 8)
    let end = min(bottom.y, clip.rows.upperBound << 8)
    if y >= end { return }
    first = min(first, y >> 8)
    last = max(last, (end - 1) >> 8)
    let columns = clip.columns
    let (left, right) = (min(a.x, b.x) >> 8, max(a.x, b.x) >> 8 &+ 1)
    firstWord = min(firstWord, min(max(left, columns.lowerBound), columns.upperBound) >> 6)
    lastWord = max(lastWord, (min(max(right, columns.lowerBound), columns.upperBound) &+ 1) >> 6)
    let slope = Double(bottom.x &- top.x) / Double(bottom.y &- top.y)
    var x = y == top.y ? top.x : top.x &+ Self.whole(slope * Double(y &- top.y))
    while y < end {
      let row = y >> 8
      let next = min((row &+ 1) << 8, end)
      let nextX =
        next == bottom.y ? bottom.x : top.x &+ Self.whole(slope * Double(next &- top.y))
      add(row, x, nextX, sign &* (next &- y))
      (x, y) = (nextX, next)
    }
  }

  /// Adds the part of an edge that lies in a row, so many 256ths of it high.
  @inline(__always)
  private func add(_ row: Int, _ from: Int, _ to: Int, _ height: Int) {
    let column = from >> 8
    if column == to >> 8, clip.columns.contains(column) {
      gain(row, column, (from & 255) &+ (to & 255), height)
    } else {
      addAcross(row, min(from, to), max(from, to), height)
    }
  }

  private func addAcross(_ row: Int, _ from: Int, _ to: Int, _ height: Int) {
    var (left, right, height) = (from, to, height)
    let (least, most) = (clip.columns.lowerBound << 8, clip.columns.upperBound << 8)
    if left >= most { return }
    if right <= least { return gain(row, least >> 8, 0, height) }
    if left < least {
      let outside = height &* (least &- left) / (right &- left)
      gain(row, least >> 8, 0, outside)
      (left, height) = (least, height &- outside)
    }
    if right > most {
      height = height &* (most &- left) / (right &- left)
      right = most
    }
    var (x, done) = (left, 0)
    while x < right {
      let column = x >> 8
      let end = min((column &+ 1) << 8, right)
      let soFar = end == right ? height : height &* (end &- left) / (right &- left)
      gain(row, column, x &+ end &- column << 9, soFar &- done)
      (x, done) = (end, soFar)
    }
  }

  /// Adds a part within a pixel, of whose ends the places across it are given summed up, 0 to 512.
  @inline(__always)
  private func gain(_ row: Int, _ column: Int, _ places: Int, _ height: Int) {
    let row = row &- top
    let sums = sums + (row &* stride &+ column)
    sums[0] &+= Int32(truncatingIfNeeded: height &* (512 &- places))
    sums[1] &+= Int32(truncatingIfNeeded: height &* places)
    let bit = column & 63
    let touched = touched + (row &* words &+ column >> 6)
    touched[0] |= 3 << UInt64(truncatingIfNeeded: bit)
    if bit == 63 { touched[1] |= 1 }
  }

  // MARK: Colours

  /// Lays a colour 0xRRGGBB on what is covered, and begins anew with nothing covered.
  ///
  /// - Parameters:
  ///   - opacity: from 0 to 255.
  ///   - pixels: as many as there are, from the top left, `step` from one row to the next.
  mutating func paint(
    _ color: UInt32, opacity: Int, on pixels: UnsafeMutablePointer<UInt32>, step: Int
  ) {
    paint(on: pixels, step: step) { pixels, sum in
      let part = UInt32(truncatingIfNeeded: (Self.sixteenths(sum) &* opacity &+ 8) / 16)
      if part == 255 {
        pixels.update(repeating: color)
      } else {
        for place in pixels.indices { pixels[place] = Self.mixed(color, part, pixels[place]) }
      }
    }
  }

  /// The same for the colour of a tile: a pixel of nearly that colour, such as the tile beside it has, takes one or
  /// the other, so that only edges that show are soft.
  mutating func paint(
    tile color: UInt32, on pixels: UnsafeMutablePointer<UInt32>, step: Int
  ) {
    paint(on: pixels, step: step) { pixels, sum in
      let sum = abs(sum)
      if sum >= Self.full { return pixels.update(repeating: color) }
      for place in pixels.indices {
        if Self.areNear(color, pixels[place]) {
          if 2 &* sum >= Self.full { pixels[place] = color }
        } else {
          let part = UInt32(truncatingIfNeeded: (Self.sixteenths(sum) &* 255 &+ 8) / 16)
          pixels[place] = Self.mixed(color, part, pixels[place])
        }
      }
    }
  }

  /// How much of a pixel is covered: in sixteenths, which nobody tells from finer parts, and with which files are a
  /// tenth smaller.
  @inline(__always)
  private static func sixteenths(_ sum: Int) -> Int {
    (min(abs(sum), full) &+ full / 32) / (full / 16)
  }

  /// Hands over neighbours of which the same is covered, with the sum of that, where anything is.
  @inline(__always)
  private mutating func paint(
    on pixels: UnsafeMutablePointer<UInt32>, step: Int,
    _ lay: (UnsafeMutableBufferPointer<UInt32>, Int) -> Void
  ) {
    guard first <= last else { return }
    let (left, right) = (clip.columns.lowerBound, clip.columns.upperBound)
    for row in first...last {
      let line = pixels + row &* step
      let sums = sums + (row &- top) &* stride
      let touched = touched + (row &- top) &* words
      var (sum, from) = (0, left)
      for word in firstWord...lastWord {
        var bits = touched[word]
        if bits == 0 { continue }
        touched[word] = 0
        while bits != 0 {
          let column = word << 6 &+ bits.trailingZeroBitCount
          bits &= bits &- 1
          let to = min(column, right)
          if sum != 0, from < to {
            lay(UnsafeMutableBufferPointer(start: line + from, count: to &- from), sum)
          }
          sum &+= Int(sums[column])
          sums[column] = 0
          from = column
        }
      }
      if sum != 0, from < right {
        lay(UnsafeMutableBufferPointer(start: line + from, count: right &- from), sum)
      }
    }
    (first, last, firstWord, lastWord) = (.max, -1, .max, -1)
  }

  /// Whether no part of two colours differs by more than what nobody sees at an edge.
  @inline(__always)
  private static func areNear(_ a: UInt32, _ b: UInt32) -> Bool {
    func differs(_ shift: UInt32) -> Bool {
      abs(Int32(a >> shift & 0xff) &- Int32(b >> shift & 0xff)) > 24
    }
    return !differs(16) && !differs(8) && !differs(0)
  }

  /// So many 255ths of a colour and the rest of another, rounded.
  @inline(__always)
  private static func mixed(_ color: UInt32, _ part: UInt32, _ other: UInt32) -> UInt32 {
    let rest = 255 &- part
    var even = (color & 0xff00ff) &* part &+ (other & 0xff00ff) &* rest &+ 0x800080
    even = (even &+ (even >> 8 & 0xff00ff)) >> 8 & 0xff00ff
    var odd = (color >> 8 & 0xff) &* part &+ (other >> 8 & 0xff) &* rest &+ 0x80
    odd = (odd &+ odd >> 8) >> 8 & 0xff
    return even | odd << 8
  }
}
