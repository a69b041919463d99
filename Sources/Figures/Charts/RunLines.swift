/// Groups of runs as lines: each run strong where they are few, thin where they are many, as a band where
/// they are hundreds; with the median of each group on top.
struct RunLines {
  /// How runs are drawn.
  private enum Style {
    case strong, thin, bands
  }

  private let groups: [RunGroup]
  private let sums: [CurveBand]
  private let style: Style
  /// With more groups than this, bands would cover one another.
  private static let mostBands = 8
  private var hasBands: Bool { groups.count <= Self.mostBands }

  init(_ groups: [RunGroup], mostLines: Int, fewLines: Int) {
    let shown = groups.filter { !$0.curves.isEmpty }
    let count = shown.reduce(0) { $0 + $1.curves.count }
    self.groups = shown
    sums = shown.map { CurveBand($0.curves) }
    let isSingle = shown.allSatisfy { $0.curves.count == 1 }
    style = isSingle || count <= fewLines ? .strong : count <= mostLines ? .thin : .bands
  }

  private func median(_ number: Int) -> Curve {
    let median = sums[number].median
    return Curve(x: median.map(\.x), y: median.map(\.y))
  }

  /// The line of each group that bears its name.
  var named: [NamedChart.Line] {
    groups.indices.map {
      NamedChart.Line(
        name: groups[$0].name, curve: style == .strong ? groups[$0].curves[0] : median($0))
    }
  }

  /// The lines that names keep clear of besides.
  var unnamed: [Curve] { style == .strong ? groups.flatMap { $0.curves.dropFirst() } : [] }

  /// The lines that names cover only where they find no better place.
  var faint: [Curve] { style == .thin ? groups.flatMap(\.curves) : [] }

  /// The ending that most runs of a group have.
  private func commonestEnding(_ group: RunGroup) -> String {
    var counts: [(ending: String, count: Int)] = []
    for curve in group.curves {
      if let place = counts.firstIndex(where: { $0.ending == curve.ending }) {
        counts[place].count += 1
      } else {
        counts.append((curve.ending, 1))
      }
    }
    return counts.reduce(("", 0)) { $1.count > $0.1 ? $1 : $0 }.0
  }

  // MARK: Legend

  /// Adds what thin lines, bands and marks mean.
  func explain(in legend: inout Legend, _ y: Axis, _ theme: Theme) {
    let width = 1.7 * theme.frameWidth
    if style != .strong {
      legend.add(RichText("median"), width: 3 * theme.textSize) { canvas, box in
        let ends = [Point(box.x, box.center.y), Point(box.maxX, box.center.y)]
        canvas.stroke(Path(ends), Pen(theme.muted, width: width))
      }
    }
    switch style {
    case .strong: break
    case .thin:
      legend.add(RichText("single runs"), width: 3 * theme.textSize) { canvas, box in
        for height in [0.25, 0.5, 0.75] {
          let y = box.y + height * box.height
          let line = Path([Point(box.x, y), Point(box.maxX, y)])
          canvas.stroke(line, Pen(theme.muted.opacity(0.5), width: 0.35 * width))
        }
      }
    case .bands where hasBands:
      legend.add(RichText("10 to 90 % of the runs"), width: 3 * theme.textSize) { canvas, box in
        canvas.fill(Path(box), theme.muted.opacity(0.25))
      }
    case .bands: break
    }
    let radius = theme.markRadius
    for end in ends {
      let isInside = end.curve.y.last.map { y.contains($0) } ?? true
      let mark = isInside ? Mark.end(end.ending) : .arrowHead(-.pi / 2)
      let text = isInside ? end.ending : "leaves the picture"
      let width = text == "oscillating" ? 6 * radius : 3 * radius
      legend.add(RichText(text), width: width) { canvas, box in
        mark.draw(
          on: canvas, at: box.center, radius: radius * (isInside ? 1 : Self.exitScale),
          theme.muted, rim: theme.background)
      }
    }
  }

  /// The lines that have a mark at their end, which says how the run ended, or most of the group's.
  private var ends: [(curve: Curve, ending: String, name: SeriesName)] {
    groups.indices.flatMap { number in
      let group = groups[number]
      return style == .strong
        ? group.curves.map { ($0, $0.ending, group.name) }
        : [(median(number), commonestEnding(group), group.name)]
    }
  }

  /// Oscillating runs go up and down.
  private static func mark(_ ending: String) -> Mark { .end(ending, angle: -.pi / 2) }

  /// Arrows out of the picture are larger, to be told from triangles.
  private static let exitScale = 1.35

  // MARK: Drawing

  /// Draws runs or bands first, then medians, then the marks at their ends.
  func draw(on canvas: any Canvas, _ area: ChartArea, _ theme: Theme) {
    canvas.clipped(to: area.box) {
      if style == .bands, hasBands { drawBands(on: canvas, area, theme) }
      if style == .thin { drawThin(on: canvas, area, theme) }
      for (number, group) in groups.enumerated() {
        let pen = group.name.look(theme).pen
        for curve in style == .strong ? group.curves : [median(number)] {
          let path = area.path(area.points(curve))
          if groups.count <= Self.mostBands {
            canvas.stroke(path, Pen(theme.background.opacity(0.8), width: 1.9 * pen.width))
          }
          canvas.stroke(path, pen)
        }
      }
    }
    for end in ends {
      drawEnd(
        of: end.curve, end.ending, end.name.look(theme).color, on: canvas, area, theme)
    }
  }

  private func drawThin(on canvas: any Canvas, _ area: ChartArea, _ theme: Theme) {
    for group in groups {
      let look = group.name.look(theme)
      let opacity = max(0.12, min(0.5, 8 / Double(group.curves.count)))
      for curve in group.curves {
        let path = area.path(area.points(curve))
        canvas.stroke(path, Pen(look.color.opacity(opacity), width: 0.5 * look.pen.width))
      }
    }
  }

  private func drawBands(on canvas: any Canvas, _ area: ChartArea, _ theme: Theme) {
    let opacity = groups.count <= 3 ? 0.22 : groups.count <= 8 ? 0.13 : 0.08
    for (group, sum) in zip(groups, sums) {
      let low = sum.band.map { area.point($0.x, $0.low) }
      let high = sum.band.map { area.point($0.x, $0.high) }
      let color = group.name.look(theme).color
      canvas.fill(Path(high + low.reversed(), isClosed: true), color.opacity(opacity))
    }
  }

  /// The mark of an ending where the line is seen last: that of leaving where it leaves the picture.
  private func drawEnd(
    of curve: Curve, _ ending: String, _ color: Color, on canvas: any Canvas, _ area: ChartArea,
    _ theme: Theme
  ) {
    let points = area.points(curve)
    guard let last = points.last else { return }
    let radius = theme.markRadius
    let parts = area.box.visibleParts(of: points)
    let tail = parts.last?.points ?? []
    if area.box.contains(last) {
      Self.mark(ending).draw(
        on: canvas, at: last, radius: radius, color, rim: theme.background)
    } else if let exit = tail.last {
      let isTop = exit.y < area.box.center.y
      let size = Self.exitScale * radius
      let tip = exit + Point(0, isTop ? 1.4 * size : -1.4 * size)
      Mark.arrowHead(isTop ? -.pi / 2 : .pi / 2).draw(
        on: canvas, at: tip, radius: size, color, rim: theme.background)
    }
  }

  // MARK: Caption

  /// How runs are drawn, how those of each group ended, and how many leave the picture.
  func caption(_ x: Axis, _ y: Axis) -> [String] {
    let how =
      switch style {
      case .strong: "drawn: every run"
      case .thin: "drawn: every run thinly, and the lower median of each group"
      case .bands:
        "drawn: the lower median of each group"
          + (hasBands ? ", and the band from its 10 % to its 90 % quantile" : "")
      }
    var lines = [how]
    let curves = groups.flatMap(\.curves)
    let above = curves.count { $0.y.contains { $0 > y.range.upperBound } }
    let below = curves.count { $0.y.contains { $0 > 0 && $0 < y.range.lowerBound } }
    let zero = curves.count { $0.y.contains { $0 <= 0 } }
    let undefined = curves.count { $0.y.contains(where: \.isNaN) }
    if style != .strong {
      lines.append(
        "a median or band takes a run that has ended at its last value, and one that diverged or became "
          + "undefined as above all others")
    }
    lines += groups.map { Caption.endings($0.name.label, $0.endings) }
    if above > 0 { lines.append("leave the picture at its top: \(above) of the runs drawn") }
    if below > 0 { lines.append("leave the picture at its foot: \(below) of the runs drawn") }
    if zero > 0 {
      lines.append(
        "reach 0 or less, which has no place on a logarithmic axis: \(zero) of the runs drawn")
    }
    if undefined > 0 {
      lines.append("have a value that is not a number: \(undefined) of the runs drawn")
    }
    return lines
  }
}
