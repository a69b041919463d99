/// A picture made of little rectangles, `rows` × `columns`, row by row from the top left.
public struct Mosaic: Sendable, Equatable {
  /// How many across.
  public let columns: Int
  /// How many down.
  public let rows: Int
  /// The colours as they were given, or where there are hundreds of thousands as screens show them.
  private var tiles: Storage

  private enum Storage: Sendable, Equatable {
    case colors([Color])
    case pixels([UInt32])
  }

  /// A mosaic in one colour.
  public init(columns: Int, rows: Int, color: Color) {
    self.columns = columns
    self.rows = rows
    tiles = .colors(Array(repeating: color, count: columns * rows))
  }

  /// A mosaic of rows × columns colours as they are written in hexadecimal, 0xRRGGBB.
  public init(columns: Int, rows: Int, pixels: [UInt32]) {
    precondition(pixels.count == columns * rows)
    self.columns = columns
    self.rows = rows
    tiles = .pixels(pixels)
  }

  /// The colours, rows × columns of them; their opacity is not used.
  public var colors: [Color] {
    get {
      switch tiles {
      case .colors(let colors): colors
      case .pixels(let pixels): pixels.map { Color(Int($0)) }
      }
    }
    _modify {
      var colors = colors
      tiles = .colors([])
      defer { tiles = .colors(colors) }
      yield &colors
    }
  }

  /// The colours as screens show them, 0xRRGGBB.
  public var pixels: [UInt32] {
    switch tiles {
    case .colors(let colors): colors.map(\.pixel)
    case .pixels(let pixels): pixels
    }
  }
}
