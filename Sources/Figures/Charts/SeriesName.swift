/// What a line of a chart is called, and which of the colours and dashes it has.
///
/// Names are given to all methods of an experiment at once, so that a method looks the same in each of its
/// figures. While there are colours enough, each rate has one of its own; else each method, and its rates
/// are shades of that. A method as a whole has the colour of its first rate, which no other method has.
public struct SeriesName: Sendable, Equatable {
  /// What stands in the legend.
  public let label: String
  /// The place of its colour.
  let hue: Int
  /// The place of its dash.
  let dash: Int
  /// How much nearer to the sheet (below 0) or to ink than its colour, from -1 to 1.
  let shade: Double
  /// Those in a row of shades too long to be told apart one by one, the first and the last with the names of
  /// its rates; nil for a name that stands alone.
  let ramp: Ramp?

  /// What the rates of a method look like together.
  struct Ramp: Sendable, Equatable {
    let label: String
    let count: Int
  }

  /// More rates of a method than this are not told apart one by one.
  private static let mostShades = 6

  /// How a series looks.
  struct Look {
    let color: Color
    let pen: Pen
    /// The colour of its name, strong enough for letters.
    let text: Color
  }

  /// The names of all rates of all methods.
  ///
  /// - Parameter methods: each method with what its rates are called; no rate for a name without one.
  public static func all(
    _ methods: [(label: String, rates: [String])], theme: Theme = .light
  ) -> [[SeriesName]] {
    let isEachItsOwn = methods.reduce(0) { $0 + $1.rates.count } <= theme.series.count
    var place = 0
    return methods.enumerated().map { number, method in
      method.rates.enumerated().map { rate, text in
        defer { place += 1 }
        let count = method.rates.count
        let isRamp = !isEachItsOwn && count > mostShades
        let middle = Double(count - 1) / 2
        return SeriesName(
          label: text.isEmpty ? method.label : "\(method.label) \(text)",
          hue: isEachItsOwn ? place : number,
          dash: isRamp ? 0 : isEachItsOwn || count == 1 ? place : rate,
          shade: isEachItsOwn || count == 1 ? 0 : (Double(rate) - middle) / middle,
          ramp: isRamp
            ? Ramp(
              label: "\(method.label) \(method.rates[0]) … \(method.rates[count - 1])",
              count: count) : nil)
      }
    }
  }

  /// The names of methods whose rates are not told apart.
  public static func methods(_ methods: [(label: String, rates: [String])]) -> [SeriesName] {
    zip(methods, all(methods)).map { method, rates in
      let hue = rates.first?.hue ?? 0
      return SeriesName(label: method.label, hue: hue, dash: hue, shade: 0, ramp: nil)
    }
  }

  /// Names of anything else, each with a colour of its own.
  public static func all(_ labels: [String]) -> [SeriesName] {
    labels.enumerated().map { SeriesName(label: $1, hue: $0, dash: $0, shade: 0, ramp: nil) }
  }

  private func color(_ shade: Double, _ theme: Theme) -> Color {
    let base = theme.series[hue % theme.series.count]
    // What is like ink already can only come nearer to the sheet.
    if theme.contrast(of: base) > theme.contrast(of: theme.ink) - 0.05, shade != 0 || ramp != nil {
      return base.mixed(with: theme.background, 0.4 * (1 - shade))
    }
    return shade < 0
      ? base.mixed(with: theme.background, -0.68 * shade) : base.mixed(with: theme.ink, 0.7 * shade)
  }

  func look(_ theme: Theme) -> Look {
    let color = color(shade, theme)
    let width = (ramp == nil ? 1.7 : 1.2) * theme.frameWidth
    // Where colours come round again, dashes are one further.
    let turn = dash + dash / theme.series.count
    let dash = theme.dashes[turn % theme.dashes.count].map { $0 * width }
    return Look(
      color: color, pen: Pen(color, width: width, dash: dash),
      text: color.mixed(with: theme.ink, theme.contrast(of: color) < 0.55 ? 0.4 : 0.1))
  }

  /// The shape of its marks.
  var mark: Mark { [.disc, .square, .triangle, .diamond, .star, .ring, .cross][hue % 7] }

  /// Adds its line to a legend, or the shades that it is one of.
  func explain(in legend: inout Legend, _ theme: Theme) {
    if let ramp {
      legend.add(RichText(ramp.label), width: 4 * theme.textSize) { canvas, box in
        let count = min(ramp.count, 12)
        for step in 0..<count {
          let part = Double(step) / Double(count - 1)
          let bar = Box(
            x: box.x + Double(step) * box.width / Double(count), y: box.y + 0.2 * box.height,
            width: box.width / Double(count), height: 0.6 * box.height)
          canvas.fill(Path(bar), color(2 * part - 1, theme))
        }
      }
      return
    }
    let look = look(theme)
    legend.add(RichText(label), width: 3 * theme.textSize) { canvas, box in
      let ends = [Point(box.x, box.center.y), Point(box.maxX, box.center.y)]
      canvas.stroke(Path(ends), look.pen)
    }
  }
}
