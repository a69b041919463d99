/// A function of two variables as a surface in perspective, with the paths of methods on it.
///
/// Cells are drawn from behind to the front, so that none is seen through another; paths are dotted where the
/// surface hides them. Heights and colours are the same scale.
public struct SurfaceFigure: Figure {
  /// What stands around the picture.
  public var heading: FigureHeading
  /// What the picture shows.
  public var window: Window
  /// The function, quantity 0.
  public var sample: Sampler
  /// How values become heights.
  public var scale: Levels.Scale
  /// Where the eye is over the floor, in degrees from x towards y.
  public var azimuth: Double
  /// How high it is, in degrees.
  public var elevation: Double
  /// Cells of the mesh along each axis.
  public var count: Int
  /// The ways of methods.
  public var paths: [PathLine]
  /// Named starts.
  public var starts: [Marker]
  /// Known minima; the least of their values counts as f*.
  public var minima: [Marker]
  /// Colours and sizes.
  public var theme: Theme

  /// A figure of a surface.
  public init(
    heading: FigureHeading, window: Window, sample: @escaping Sampler,
    scale: Levels.Scale = .auto, azimuth: Double = -60, elevation: Double = 35, count: Int = 30,
    paths: [PathLine] = [], starts: [Marker] = [], minima: [Marker] = [], theme: Theme = .light
  ) {
    self.heading = heading
    self.window = window
    self.sample = sample
    self.scale = scale
    self.azimuth = azimuth
    self.elevation = elevation
    self.count = count
    self.paths = paths
    self.starts = starts
    self.minima = minima
    self.theme = theme
  }

  /// About how many cells there are along an axis, so that the surface is smooth between few lines of the mesh.
  var fineness = 120
  /// The height of the box, its longer side being 2.
  private static let height = 1.25

  /// Values at the corners of a grid of cells.
  private struct Grid {
    let cells: Int
    let values: [Double]
  }

  private var grid: Grid {
    let cells = count * max(1, Int((Double(fineness) / Double(count)).rounded()))
    func places(_ range: ClosedRange<Double>) -> [Double] {
      (0...cells).map { step in
        let part = Double(step) / Double(cells)
        return range.lowerBound * (1 - part) + range.upperBound * part
      }
    }
    let (xs, ys) = (places(window.x), places(window.y))
    return Grid(
      cells: cells,
      values: sample(ys.flatMap { _ in xs }, ys.flatMap { y in xs.map { _ in y } })[0])
  }

  /// Draws the figure over the whole canvas and returns its caption.
  public func draw(on canvas: any Canvas) -> [String] {
    let theme = theme.fitted(to: canvas)
    let grid = grid
    let seen = Distribution(grid.values)
    let known = sample(minima.map(\.x), minima.map(\.y))[0].filter(\.isFinite)
    let lowest = min(known.min() ?? .infinity, seen.sorted.first ?? .infinity)
    let heights = HeightScale(scale, for: seen, lowest: lowest.isFinite ? lowest : 0)
    let colors = ColorScale(heights.values, theme)
    let surface = HeightField(
      columns: grid.cells, rows: grid.cells, half: half, parts: grid.values.map(heights.part))
    let camera = Camera(azimuth: azimuth, elevation: elevation)

    let trajectories = Trajectories(paths, theme)
    let isGap = seen.undefined > 0
    // Whether a path is hidden is known once it is drawn, and where once the legend is: there is room for it.
    func legend(hidden: DrapedPaths?, _ places: [Marker], _ minima: [Marker]) -> Legend {
      var legend = Legend()
      trajectories.explain(in: &legend, window)
      hidden?.explainHidden(in: &legend, theme)
      Places(starts: places, minima: minima).explain(in: &legend, window, theme)
      if isGap { legend.add(RichText("undefined"), theme.undefined, theme) }
      return legend
    }
    let sheet = Box(x: 0, y: 0, width: canvas.width, height: canvas.height)
      .inset(by: theme.margin)
    let bar =
      seen.sorted.isEmpty
      ? nil
      : colors.bar(
        heights.name(heading.valueLabel),
        for: Distribution(seen.sorted.map { $0 - heights.origin }), levels: []
      ) { _ in Pen(theme.ink, width: 1) }
    let barWidth = bar.map { theme.margin + $0.width(on: canvas, theme) } ?? 0
    let title = FigureTitle(heading, in: sheet, on: canvas, theme)
    let top = title.height
    func room(_ legend: Legend) -> Box {
      let below = legend.height(within: sheet.width, on: canvas, theme)
      return Box(
        x: sheet.x, y: sheet.y + top, width: sheet.width - barWidth,
        height: max(sheet.height - top - below - 0.5 * theme.margin, 1))
    }
    func axes(_ room: Box) -> PerspectiveAxes {
      PerspectiveAxes(
        x: Self.axis(heading.xLabel.shown, window.x),
        y: Self.axis(heading.yLabel.shown, window.y),
        z: axis(heights), camera: camera, half: half, in: room, on: canvas, theme)
    }
    let marks = starts + Trajectories.unnamedStarts(paths, starts)
    let first = axes(room(legend(hidden: nil, marks, minima)))
    let isHidden =
      DrapedPaths(trajectories, on: surface, window, first).hasHidden
    func visible(_ markers: [Marker]) -> [Marker] {
      markers.filter { marker in
        place(marker, surface).map { surface.isVisible($0, from: camera.eye) } ?? false
      }
    }
    let (seenStarts, seenMinima) = (visible(marks), visible(minima))
    var whole = legend(hidden: nil, seenStarts, seenMinima)
    var area = room(whole)
    var box = axes(area)
    var draped = DrapedPaths(trajectories, on: surface, window, box)
    if isHidden {
      whole = legend(hidden: draped, seenStarts, seenMinima)
      area = room(whole)
      box = axes(area)
      draped = DrapedPaths(trajectories, on: surface, window, box)
    }

    let all = Box(x: 0, y: 0, width: canvas.width, height: canvas.height)
    canvas.fill(Path(all), theme.background)
    box.drawWalls(on: canvas, theme)
    if isGap { drawGaps(grid, box, on: canvas, theme) }
    drawCells(surface, box, on: canvas, theme)
    var occupancy = Occupancy(canvas, room: area)
    drawDrops(seenStarts + seenMinima, surface, box, on: canvas, theme)
    draped.draw(on: canvas, theme, &occupancy)
    // The marks lie in a window that is the sheet itself.
    func onSheet(_ markers: [Marker]) -> [Marker] {
      markers.compactMap { marker in
        place(marker, surface).map(box.point).map {
          Marker(label: marker.label, x: $0.x, y: canvas.height - $0.y)
        }
      }
    }
    Places(starts: onSheet(seenStarts), minima: onSheet(seenMinima)).draw(
      on: canvas,
      PlotArea(window: Window(x: 0...canvas.width, y: 0...canvas.height), box: all), theme,
      &occupancy)
    box.drawLabels(on: canvas, theme)
    title.draw(over: area, on: canvas)
    bar?.draw(
      in: Box(
        x: sheet.maxX - barWidth + theme.margin, y: area.y + 0.1 * area.height,
        width: barWidth - theme.margin, height: 0.8 * area.height), on: canvas, theme)
    let height = whole.height(within: sheet.width, on: canvas, theme)
    whole.draw(
      in: Box(x: sheet.x, y: sheet.maxY - height, width: sheet.width, height: height), on: canvas,
      theme)
    return caption(
      grid, seen, heights, isHidden, (marks + minima).count - (seenStarts + seenMinima).count)
      + trajectories.caption(window)
  }

  /// Half the extents of the box: true to the window where that is no more than twice as long as wide.
  private var half: Place3 {
    let ratio = window.width / window.height
    guard ratio >= 0.5 && ratio <= 2 else { return Place3(1, 1, Self.height / 2) }
    return Place3(min(1, ratio), min(1, 1 / ratio), Self.height / 2)
  }

  /// The place of a marker on the surface; nil outside the window and where nothing is.
  private func place(_ marker: Marker, _ surface: HeightField) -> Place3? {
    let part = DrapedPaths.part(marker.x, marker.y, of: window)
    return surface.place(part.x, part.y)
  }

  // MARK: Axes

  private static func axis(_ name: RichText, _ range: ClosedRange<Double>) -> PerspectiveAxes.Axis {
    let ticks = Ticks(range, count: 5)
    return PerspectiveAxes.Axis(
      name: ticks.exponent == 0
        ? name : name + RichText("  (") + .power(ticks.exponent) + RichText(")"),
      ticks: zip(ticks.values, ticks.labels).map { value, label in
        (2 * (value - range.lowerBound) / range.span - 1, RichText(label))
      })
  }

  private func axis(_ heights: HeightScale) -> PerspectiveAxes.Axis {
    let name = heights.name(heading.valueLabel)
    guard heights.isLogarithmic else {
      return Self.axis(name, heights.values.range)
    }
    let ticks = heights.values.ticks.sorted { ($0.rank, $0.value) < ($1.rank, $1.value) }
    return PerspectiveAxes.Axis(
      name: name + RichText(" (log)"),
      ticks: ticks.map { (2 * heights.values.position($0.value) - 1, $0.text) }
        .filter { abs($0.0) < 1 + 1e-9 })
  }

  // MARK: Drawing

  /// The floor beneath places where the function is undefined.
  private func drawGaps(
    _ grid: Grid, _ axes: PerspectiveAxes, on canvas: any Canvas, _ theme: Theme
  ) {
    let corners = grid.cells + 1
    func corner(_ column: Int, _ row: Int) -> Point {
      let (u, v) = (Double(column) / Double(grid.cells), Double(row) / Double(grid.cells))
      return axes.point(Place3(half.x * (2 * u - 1), half.y * (2 * v - 1), -half.z))
    }
    for row in 0..<grid.cells {
      for column in 0..<grid.cells {
        let first = row * corners + column
        let places = [first, first + 1, first + corners + 1, first + corners]
        guard places.allSatisfy({ grid.values[$0].isNaN }) else { continue }
        let outline = [(0, 0), (1, 0), (1, 1), (0, 1)].map { corner(column + $0.0, row + $0.1) }
        let path = Path(outline, isClosed: true)
        canvas.fill(path, theme.undefined)
        canvas.stroke(path, Pen(theme.undefined, width: 0.5))
      }
    }
  }

  private func drawCells(
    _ surface: HeightField, _ axes: PerspectiveAxes, on canvas: any Canvas, _ theme: Theme
  ) {
    let (camera, stride) = (axes.camera, surface.columns / count)
    // Light from the left above the eye.
    let light = [(camera.toEye, 0.6), (camera.up, 0.6), (camera.right, -0.5)].reduce(
      Place3(0, 0, 0)
    ) { sum, part in
      Place3(
        sum.x + part.0.x * part.1, sum.y + part.0.y * part.1, sum.z + part.0.z * part.1)
    }
    let strength = light.dot(light).squareRoot()
    let mesh = Pen(theme.ink.opacity(0.45), width: 0.4 * theme.frameWidth)
    let places = (0...surface.rows).flatMap { row in
      (0...surface.columns).map { surface.corner($0, row) }
    }
    let points = places.map(axes.point)
    // A line of the mesh is drawn with the second of the cells beside it, which would cover half of it.
    var isOpen = (0..<surface.columns * surface.rows).map {
      surface.hasCell($0 % surface.columns, $0 / surface.columns)
    }
    func isOpenCell(_ column: Int, _ row: Int) -> Bool {
      column >= 0 && column < surface.columns && row >= 0 && row < surface.rows
        && isOpen[row * surface.columns + column]
    }
    for (column, row) in surface.cellsFromBehind(camera.eye)
    where surface.hasCell(column, row) {
      isOpen[row * surface.columns + column] = false
      let first = row * (surface.columns + 1) + column
      let last = first + surface.columns + 2
      let (a, b, c, d) = (places[first], places[first + 1], places[last], places[last - 1])
      let normal = (c - a).cross(d - b)
      let size = normal.dot(normal).squareRoot()
      let lit = size > 0 ? normal.dot(light) / (size * strength) : 0
      let part = (a.z + b.z + c.z + d.z) / 4 / (2 * half.z) + 0.5
      let base = theme.sequential(part)
      let color =
        lit < 0.75
        ? base.mixed(with: theme.ink, 0.32 * (0.75 - lit))
        : base.mixed(with: theme.background, 0.5 * (lit - 0.75))
      let corners = [points[first], points[first + 1], points[last], points[last - 1]]
      canvas.fill(tile: corners, color)
      var lines = Path()
      if row % stride == 0, !isOpenCell(column, row - 1) {
        lines.add(Self.meshLine(corners[0], corners[1]))
      }
      if (column + 1) % stride == 0, !isOpenCell(column + 1, row) {
        lines.add(Self.meshLine(corners[1], corners[2]))
      }
      if (row + 1) % stride == 0, !isOpenCell(column, row + 1) {
        lines.add(Self.meshLine(corners[2], corners[3]))
      }
      if column % stride == 0, !isOpenCell(column - 1, row) {
        lines.add(Self.meshLine(corners[3], corners[0]))
      }
      lines.isDisjoint = true
      if !lines.pieces.isEmpty { canvas.stroke(lines, mesh) }
    }
  }

  /// A piece of the mesh, a little longer at both ends, of which the next tile covers as much.
  private static func meshLine(_ a: Point, _ b: Point) -> [Point] {
    let way = b - a
    let more = way * (0.35 / max(way.length, 0.35))
    return [a - more, b + more]
  }

  /// Thin lines from marks down to the floor.
  private func drawDrops(
    _ markers: [Marker], _ surface: HeightField, _ axes: PerspectiveAxes, on canvas: any Canvas,
    _ theme: Theme
  ) {
    let width = 0.6 * theme.frameWidth
    for marker in markers {
      guard let place = place(marker, surface) else { continue }
      let foot = axes.point(Place3(place.x, place.y, -half.z))
      canvas.stroke(
        Path([axes.point(place), foot]),
        Pen(theme.ink.opacity(0.65), width: width, dash: [2 * width, 2 * width]))
      canvas.fill(Path(center: foot, radius: 1.3 * theme.frameWidth), theme.ink.opacity(0.65))
    }
  }

  // MARK: Caption

  private func caption(
    _ grid: Grid, _ seen: Distribution, _ heights: HeightScale, _ isHidden: Bool, _ lost: Int
  ) -> [String] {
    let name = heading.valueLabel.typed
    let total = grid.values.count
    var lines = Caption.heading(heading) + [Caption.window(window, heading)]
    lines.append(Caption.seen(name, seen.extent))
    lines.append(
      "view: azimuth \(NumberText.plain(azimuth)), elevation \(NumberText.plain(elevation)) degrees; "
        + "mesh of \(count) x \(count), each drawn as \(grid.cells / count) x \(grid.cells / count) cells"
    )
    lines.append(
      heights.isLogarithmic
        ? "heights: of \(name) - f*, f* = \(NumberText.plain(heights.origin, digits: 10)), "
          + heights.values.summary : "heights: \(heights.values.summary)")
    let parts = grid.values.map(heights.part)
    let (low, high) = (parts.count { $0 < -1e-9 }, parts.count { $0 > 1 + 1e-9 })
    if low + high > 0 {
      lines.append(
        "cut flat: \(NumberText.percent(low, of: total)) at the floor, "
          + "\(NumberText.percent(high, of: total)) at the top")
    }
    if seen.undefined > 0 {
      lines.append(
        "undefined (left out): \(NumberText.percent(seen.undefined, of: total)) of the window")
    }
    if isHidden { lines.append("paths: dotted where the surface hides them") }
    if lost > 0 {
      lines.append("marks behind the surface or outside the window, left out: \(lost)")
    }
    return lines
  }
}
