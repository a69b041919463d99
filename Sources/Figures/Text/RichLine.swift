/// A rich text with the place of each part: measured once, then drawn.
struct RichLine {
  private struct Part {
    let text: String
    let style: TextStyle
    /// The left end of its baseline, from that of the line.
    let place: Point
  }

  private static let smallScale = 0.7
  private static let lean = 0.06
  private static let lift = -0.38
  /// Above and beneath one another, both keep clear.
  private static let stackedLift = -0.48
  private static let drop = 0.16
  private static let stackedDrop = 0.22
  /// The height of √ in DejaVu Sans, where its bar begins.
  private static let rootHeight = 0.78
  /// How much higher it is over exponents, and over those that stand above an index.
  private static let tallRoot = 1.2
  private static let tallestRoot = 1.34

  private var parts: [Part] = []
  /// The bars of roots: from where to where, how high, how thick.
  private var bars: [(from: Double, to: Double, height: Double, width: Double)] = []
  /// How far the line reaches.
  private(set) var width = 0.0
  private let style: TextStyle

  init(_ text: RichText, on canvas: any Canvas, _ style: TextStyle) {
    self.style = style
    let runs = text.runs
    var next = 0
    while next < runs.count {
      let run = runs[next]
      if run.isOverlined {
        let end = runs[next...].firstIndex { !$0.isOverlined } ?? runs.count
        addRoot(runs[next..<end], on: canvas)
        next = end
      } else if run.place == .level {
        let isRoot = next + 1 < runs.count && runs[next + 1].isOverlined
        // The sign itself comes with its bar.
        add(isRoot ? String(run.text.dropLast()) : run.text, run, on: canvas)
        if isRoot { rootSign = run.text.suffix(1) }
        next += 1
      } else {
        let end = runs[next...].firstIndex { $0.place == .level || $0.isOverlined } ?? runs.count
        addScripts(runs[next..<end], on: canvas)
        next = end
      }
    }
  }

  private var rootSign: Substring = ""

  private mutating func add(_ text: String, _ run: RichText.Run, on canvas: any Canvas) {
    guard !text.isEmpty else { return }
    var own = style
    own.isItalic = run.isItalic
    if text.first == "*" { width += leaning }
    parts.append(Part(text: text, style: own, place: Point(width, 0)))
    width += canvas.width(of: text, style: own)
  }

  /// How far the top of a slanted letter before the next part leans over it.
  private var leaning: Double { parts.last?.style.isItalic == true ? Self.lean * style.size : 0 }

  /// Raised and lowered runs that belong to the sign before them.
  private mutating func addScripts(_ runs: ArraySlice<RichText.Run>, on canvas: any Canvas) {
    let isStacked = runs.contains { $0.place == .lowered } && runs.contains(where: \.isRaised)
    var ends = (raised: width + leaning, lowered: width)
    for run in runs {
      var own = style
      own.isItalic = run.isItalic
      own.size *= Self.smallScale
      let length = canvas.width(of: run.text, style: own)
      if run.isRaised {
        let lift = (isStacked ? Self.stackedLift : Self.lift) * style.size
        parts.append(Part(text: run.text, style: own, place: Point(ends.raised, lift)))
        ends.raised += length
      } else {
        let drop = (isStacked ? Self.stackedDrop : Self.drop) * style.size
        parts.append(Part(text: run.text, style: own, place: Point(ends.lowered, drop)))
        ends.lowered += length
      }
    }
    width = max(ends.raised, ends.lowered)
  }

  /// √ and what stands under its bar; higher where that has exponents.
  private mutating func addRoot(_ runs: ArraySlice<RichText.Run>, on canvas: any Canvas) {
    var sign = style
    if runs.contains(where: \.isRaised) {
      sign.size *= runs.contains { $0.place == .lowered } ? Self.tallestRoot : Self.tallRoot
    }
    parts.append(Part(text: String(rootSign), style: sign, place: Point(width, 0)))
    width += canvas.width(of: String(rootSign), style: sign)
    let start = width
    let inside = RichText(
      runs: runs.map { run in
        var run = run
        run.isOverlined = false
        return run
      })
    let line = RichLine(inside, on: canvas, style)
    parts += line.parts.map {
      Part(text: $0.text, style: $0.style, place: $0.place + Point(start, 0))
    }
    width += line.width + 0.04 * style.size
    let thickness = (style.isBold ? 0.1 : 0.06) * style.size
    bars.append((start - thickness / 2, width, Self.rootHeight * sign.size, thickness))
  }

  /// Writes the line with its left end at `point`, turned clockwise by `angle` radians.
  func draw(on canvas: any Canvas, at point: Point, angle: Double) {
    for bar in bars {
      let ends = [bar.from, bar.to].map { point + Point($0, -bar.height).turned(by: angle) }
      if let halo = style.halo {
        canvas.stroke(Path(ends), Pen(halo, width: bar.width + style.haloWidth))
      }
      canvas.stroke(Path(ends), Pen(style.color, width: bar.width))
    }
    for part in parts {
      canvas.write(
        part.text, at: point + part.place.turned(by: angle), style: part.style, angle: angle)
    }
  }
}
