/// The box around a surface: its floor, the walls behind, ticks and names along three of its edges.
///
/// The names of x and y stand along the edges of the floor before the surface, that of the height above the
/// edge at the left.
struct PerspectiveAxes {
  /// What stands along an axis: places from −1 to 1 with what is written there.
  struct Axis {
    let name: RichText
    let ticks: [(place: Double, label: RichText)]
  }

  /// A text with its middle.
  private struct Label {
    let text: RichText
    let center: Point
    let style: TextStyle
    let box: Box
  }

  let camera: Camera
  let half: Place3
  private let scale: Double
  private let shift: Point
  private var labels: [Label] = []
  private var tickMarks: [(Point, Point)] = []
  private var walls: [[Point]] = []
  private var lines: [(Point, Point)] = []

  /// Axes that fill a room.
  init(
    x: Axis, y: Axis, z: Axis, camera: Camera, half: Place3, in room: Box, on canvas: any Canvas,
    _ theme: Theme
  ) {
    // The size of letters does not follow that of the box: a few rounds find what fits.
    var fitted = PerspectiveAxes(camera, half, scale: 0.2 * room.width, shift: Point(0, 0))
    for _ in 0..<8 {
      fitted = PerspectiveAxes(camera, half, scale: fitted.scale, shift: Point(0, 0))
      fitted.layOut(x: x, y: y, z: z, on: canvas, theme)
      let extent = fitted.extent
      // What is left beside the letters is what the box can grow or shrink by.
      let own = fitted.box
      let (dx, dy) = (room.width - extent.width, room.height - extent.height)
      let factor = min((own.width + dx) / own.width, (own.height + dy) / own.height)
      let scale = fitted.scale * max(factor, 0.3)
      fitted = PerspectiveAxes(camera, half, scale: scale, shift: Point(0, 0))
    }
    fitted.layOut(x: x, y: y, z: z, on: canvas, theme)
    let shift = room.center - fitted.extent.center
    self = PerspectiveAxes(camera, half, scale: fitted.scale, shift: shift)
    layOut(x: x, y: y, z: z, on: canvas, theme)
  }

  private init(_ camera: Camera, _ half: Place3, scale: Double, shift: Point) {
    self.camera = camera
    self.half = half
    self.scale = scale
    self.shift = shift
  }

  /// Where a place of the box is seen.
  func point(_ place: Place3) -> Point { camera.project(place) * scale + shift }

  /// The corners of the box on the sheet.
  private var corners: [Point] {
    [-1.0, 1].flatMap { x in
      [-1.0, 1].flatMap { y in
        [-1.0, 1].map { z in point(Place3(x * half.x, y * half.y, z * half.z)) }
      }
    }
  }

  private static func hull(_ points: [Point]) -> Box {
    let (xs, ys) = (points.map(\.x), points.map(\.y))
    let (left, top) = (xs.min() ?? 0, ys.min() ?? 0)
    return Box(x: left, y: top, width: (xs.max() ?? 0) - left, height: (ys.max() ?? 0) - top)
  }

  private var box: Box { Self.hull(corners) }

  /// What all of it takes.
  var extent: Box {
    Self.hull(
      corners
        + labels.flatMap { [Point($0.box.x, $0.box.y), Point($0.box.maxX, $0.box.maxY)] })
  }

  // MARK: Layout

  private mutating func layOut(
    x: Axis, y: Axis, z: Axis, on canvas: any Canvas, _ theme: Theme
  ) {
    // What it looks through stays while it is laid out.
    let (still, half) = (self, half)
    func point(_ place: Place3) -> Point { still.point(place) }
    let front = Place3(camera.toEye.x < 0 ? -1 : 1, camera.toEye.y < 0 ? -1 : 1, -1)
    func place(_ a: Double, _ b: Double, _ c: Double) -> Place3 {
      Place3(a * half.x, b * half.y, c * half.z)
    }
    // The floor and the two walls behind the surface.
    walls = [
      [place(-1, -1, -1), place(1, -1, -1), place(1, 1, -1), place(-1, 1, -1)],
      [
        place(-front.x, -1, -1), place(-front.x, 1, -1), place(-front.x, 1, 1),
        place(-front.x, -1, 1),
      ],
      [
        place(-1, -front.y, -1), place(1, -front.y, -1), place(1, -front.y, 1),
        place(-1, -front.y, 1),
      ],
    ].map { $0.map(point) }
    for tick in x.ticks {
      line(place(tick.place, -1, -1), place(tick.place, 1, -1))
      line(place(tick.place, -front.y, -1), place(tick.place, -front.y, 1))
    }
    for tick in y.ticks {
      line(place(-1, tick.place, -1), place(1, tick.place, -1))
      line(place(-front.x, tick.place, -1), place(-front.x, tick.place, 1))
    }
    for tick in z.ticks {
      line(place(-front.x, -1, tick.place), place(-front.x, 1, tick.place))
      line(place(-1, -front.y, tick.place), place(1, -front.y, tick.place))
    }

    // The edge at the left of all.
    let edges = [(-1.0, -1.0), (-1, 1), (1, -1), (1, 1)]
    let left = edges.min {
      point(place($0.0, $0.1, 0)).x < point(place($1.0, $1.1, 0)).x
    }
    let (a, b) = left ?? (-1, -1)
    label(
      z, along: { place(a, b, $0) }, outwards: { _ in Point(-1, 0) }, isUpright: true,
      on: canvas, theme)
    label(
      x, along: { place($0, front.y, -1) },
      outwards: { point(place($0, 1.1 * front.y, -1)) - point(place($0, front.y, -1)) },
      on: canvas, theme)
    label(
      y, along: { place(front.x, $0, -1) },
      outwards: { point(place(1.1 * front.x, $0, -1)) - point(place(front.x, $0, -1)) },
      on: canvas, theme)
  }

  private mutating func line(_ a: Place3, _ b: Place3) { lines.append((point(a), point(b))) }

  /// Ticks and the name of an axis along an edge, beside it.
  private mutating func label(
    _ axis: Axis, along edge: (Double) -> Place3, outwards: (Double) -> Point,
    isUpright: Bool = false, on canvas: any Canvas, _ theme: Theme
  ) {
    let (tick, gap) = (0.4 * theme.textSize, 0.3 * theme.textSize)
    func direction(_ place: Double) -> Point {
      let way = outwards(place)
      return way.length > 1e-9 ? way * (1 / way.length) : Point(0, 1)
    }
    var reach = 0.0
    for (place, text) in axis.ticks {
      let (foot, way) = (point(edge(place)), direction(place))
      tickMarks.append((foot, foot + way * tick))
      let label = Self.label(text, at: foot + way * (tick + gap), way, theme.text, canvas)
      guard isFree(label.box) else { continue }
      labels.append(label)
      let size = abs(way.x) * label.box.width + abs(way.y) * label.box.height
      reach = max(reach, size)
    }
    let name: Label
    if isUpright {
      let (top, foot) = (point(edge(1)), point(edge(-1)))
      let above = top + (top.y < foot.y ? Point(0, -0.9 * theme.labelSize) : Point(0, 0))
      name = Self.label(axis.name, at: above, Point(0, -1), theme.label, canvas)
    } else {
      let (middle, way) = (point(edge(0)), direction(0))
      var distance = tick + 2 * gap + reach
      var candidate = Self.label(axis.name, at: middle + way * distance, way, theme.label, canvas)
      for _ in 0..<12 where !isFree(candidate.box) {
        distance += 0.4 * theme.textSize
        candidate = Self.label(axis.name, at: middle + way * distance, way, theme.label, canvas)
      }
      name = candidate
    }
    labels.append(name)
  }

  private func isFree(_ box: Box) -> Bool {
    !labels.contains { $0.box.inset(by: -2).overlaps(box) }
  }

  /// A text that touches a point from the side to which a way leads.
  private static func label(
    _ text: RichText, at point: Point, _ way: Point, _ style: TextStyle, _ canvas: any Canvas
  ) -> Label {
    let (width, height) = (text.width(on: canvas, style), style.size)
    let size = max(abs(way.x), abs(way.y), 1e-9)
    let center = point + Point(way.x / size * width / 2, way.y / size * height / 2)
    return Label(
      text: text, center: center, style: style,
      box: Box(center: center, width: width, height: height))
  }

  // MARK: Drawing

  /// Draws the floor and the walls behind, with lines at the ticks; to be drawn first.
  func drawWalls(on canvas: any Canvas, _ theme: Theme) {
    for (number, wall) in walls.enumerated() {
      let shade = theme.background.mixed(with: theme.grid, number == 0 ? 0.5 : 0.22)
      canvas.fill(Path(wall, isClosed: true), shade)
    }
    var path = Path()
    for (a, b) in lines { path.add([a, b]) }
    canvas.stroke(path, Pen(theme.grid, width: 0.75 * theme.frameWidth))
    for wall in walls {
      canvas.stroke(
        Path(wall, isClosed: true),
        Pen(theme.muted.opacity(0.6), width: 0.6 * theme.frameWidth))
    }
  }

  /// Draws ticks and names.
  func drawLabels(on canvas: any Canvas, _ theme: Theme) {
    var path = Path()
    for (a, b) in tickMarks { path.add([a, b]) }
    canvas.stroke(path, Pen(theme.ink, width: 0.75 * theme.frameWidth))
    for label in labels {
      label.text.draw(on: canvas, centeredAt: label.center, label.style)
    }
  }
}
