import Foundation
import Testing

@testable import Figures

/// Both themes against what WCAG 2 asks of contrast, and against simulations of colour-blindness.
@Suite("Themes") struct ThemeTests {
  private let themes = [("light", Theme.light), ("dark", Theme.dark)]

  /// The amount of light of a part of sRGB.
  private func light(_ part: Double) -> Double {
    part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4)
  }

  /// Relative luminance as WCAG 2 defines it.
  private func luminance(_ color: Color) -> Double {
    0.2126 * light(color.red) + 0.7152 * light(color.green) + 0.0722 * light(color.blue)
  }

  /// From 1 to 21.
  private func contrast(_ one: Color, _ two: Color) -> Double {
    let (a, b) = (luminance(one), luminance(two))
    return (max(a, b) + 0.05) / (min(a, b) + 0.05)
  }

  /// What eyes make of light: all colours; without the red and without the green cones, by Machado, Oliveira and
  /// Fernandes (2009) at severity 1.
  private static let eyes: [[[Double]]] = [
    [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
    [
      [0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
      [-0.003882, -0.048116, 1.051998],
    ],
    [
      [0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
      [-0.011820, 0.042940, 0.968881],
    ],
  ]

  private func seen(_ color: Color, by eye: [[Double]]) -> OKLab {
    let parts = [color.red, color.green, color.blue].map(light)
    let shown = eye.map { row in
      let sum = min(max(zip(row, parts).reduce(0) { $0 + $1.0 * $1.1 }, 0), 1)
      return sum <= 0.0031308 ? 12.92 * sum : 1.055 * pow(sum, 1 / 2.4) - 0.055
    }
    return OKLab(Color(red: shown[0], green: shown[1], blue: shown[2]))
  }

  /// How different two colours look to the eyes that can tell them apart least; black and white are 1 apart.
  private func distance(_ one: Color, _ two: Color) -> Double {
    Self.eyes.map { eye in
      let (a, b) = (seen(one, by: eye), seen(two, by: eye))
      return sqrt(
        pow(a.lightness - b.lightness, 2) + pow(a.a - b.a, 2) + pow(a.b - b.b, 2))
    }.min() ?? 0
  }

  private func pairs(_ count: Int) -> [(Int, Int)] {
    (0..<count).flatMap { first in (first + 1..<count).map { (first, $0) } }
  }

  @Test("the measures have the values that are published for them")
  func measures() {
    #expect(abs(contrast(Color(0), Color(0xffffff)) - 21) < 1e-12)
    #expect(abs(contrast(Color(0x767676), Color(0xffffff)) - 4.54) < 0.005)
    #expect(abs(distance(Color(0), Color(0xffffff)) - 1) < 1e-4)
    // Red and a dark olive are one colour to those without red cones, and not to others.
    let (red, olive) = (Color(0xff0000), Color(0x6d5f00))
    #expect(distance(red, olive) < 0.05)
    let (a, b) = (OKLab(red), OKLab(olive))
    #expect(abs(a.a - b.a) > 0.2)
  }

  @Test("text stands out, and so do lines and arrows")
  func contrasts() {
    for (name, theme) in themes {
      let sheet = theme.background
      #expect(contrast(theme.ink, sheet) > 13, "\(name)")
      #expect(contrast(theme.muted, sheet) > 4.5, "\(name)")
      #expect(contrast(theme.descent, sheet) > 3 && contrast(theme.ascent, sheet) > 3, "\(name)")
      for ground in [theme.positive, theme.indefinite, theme.negative] {
        #expect(contrast(theme.ink, ground) > 3, "\(name)")
      }
      // The grid keeps behind everything.
      #expect(contrast(theme.grid, sheet) < 1.6, "\(name)")
      #expect(contrast(theme.hatching, theme.undefined) > 1.7, "\(name)")
      #expect(contrast(theme.ink, theme.hatching) > 3, "\(name)")
      for line in 0...10 {
        let part = Double(line) / 10
        let (low, high) = (theme.lineColors.lowerBound, theme.lineColors.upperBound)
        let color = theme.sequential(low + part * (high - low))
        #expect(contrast(color, sheet) > (name == "dark" ? 3 : 1.5), "\(name) \(part)")
      }
    }
    for color in Theme.dark.series {
      #expect(contrast(color, Theme.dark.background) > 3)
    }
    // Okabe and Ito's sky blue and orange are pale on white, where dashes and names help.
    for color in Theme.light.series { #expect(contrast(color, Theme.light.background) > 2.2) }
  }

  @Test("names in the colours of their lines can be read")
  func names() {
    for (name, theme) in themes {
      for series in SeriesName.all((0..<10).map { "line \($0)" }) {
        let color = series.look(theme).text
        #expect(contrast(color, theme.background) > 3.8, "\(name) \(series.label)")
      }
    }
  }

  @Test("lines are told apart without red or green cones, by colour or by dash")
  func lines() {
    for (name, theme) in themes {
      for (first, second) in pairs(6) {
        #expect(
          distance(theme.series[first], theme.series[second]) > 0.09,
          "\(name) \(first) \(second)")
      }
      let looks = SeriesName.all((0..<theme.series.count).map { "line \($0)" }).map {
        $0.look(theme)
      }
      for (first, second) in pairs(looks.count)
      where looks[first].pen.dash == looks[second].pen.dash {
        #expect(
          distance(looks[first].color, looks[second].color) > 0.09, "\(name) \(first) \(second)")
      }
      #expect(distance(theme.descent, theme.ascent) > 0.2, "\(name)")
      let areas = [theme.positive, theme.indefinite, theme.negative]
      for (first, second) in pairs(3) {
        #expect(distance(areas[first], areas[second]) > 0.13, "\(name) \(first) \(second)")
      }
    }
  }

  @Test("lines of charts are told apart in grey by lightness, dash or mark")
  func grey() {
    for (name, theme) in themes {
      let series = SeriesName.all((0..<theme.series.count).map { "line \($0)" })
      for (first, second) in pairs(series.count) {
        let (one, two) = (series[first].look(theme), series[second].look(theme))
        let isLighter = contrast(one.color, two.color) > 1.25
        let isOther =
          one.pen.dash != two.pen.dash || "\(series[first].mark)" != "\(series[second].mark)"
        #expect(isLighter || isOther, "\(name) \(first) \(second)")
      }
    }
  }

  @Test("have as many colours as each other, so that names mean the same in both")
  func counts() {
    #expect(Theme.dark.endings.count == Theme.light.endings.count)
    #expect(Theme.dark.series.count == Theme.light.series.count)
    #expect(Theme.dark.categories.count == Theme.light.categories.count)
  }

  @Test("signed colours go evenly from the sheet's side to the ink's on both sides of 0")
  func diverging() {
    for (name, theme) in themes {
      let lightness = (-20...20).map { OKLab(theme.diverging(0.5 + Double($0) / 40)).lightness }
      let sides = [Array(lightness[20...]), Array(lightness[...20].reversed())]
      for side in sides {
        #expect(zip(side, side.dropFirst()).allSatisfy { name == "dark" ? $0 < $1 : $0 > $1 })
      }
      for (one, two) in zip(sides[0], sides[1]) { #expect(abs(one - two) < 0.09, "\(name)") }
      #expect(contrast(theme.ink, theme.diverging(0.5)) > 10)
      for part in [0.0, 0.1, 0.2] {
        #expect(
          distance(theme.diverging(part), theme.diverging(1 - part)) > 0.09, "\(name) \(part)")
      }
    }
  }

  @Test("what lies on colours is dark on light ones and light on dark ones")
  func linesOnColors() {
    for (name, theme) in themes {
      for step in 0...20 {
        let ground = theme.sequential(Double(step) / 20)
        #expect(
          contrast(theme.line(onLightness: ground.lightness), ground) > 3, "\(name) \(step)")
      }
    }
    #expect(Theme.light.line(onLightness: 0.1) == Theme.light.background)
    #expect(Theme.dark.line(onLightness: 0.1) == Theme.dark.ink)
  }

  @Test("endings have colours of their own")
  func failures() {
    for (name, theme) in themes {
      // Undefined places are hatched besides.
      let words = EndingColors.words.filter { $0 != "undefined" }
      let colors = [theme.elsewhere] + words.map { EndingColors.color($0, theme) }
      for (first, second) in pairs(colors.count) {
        let least = name == "dark" ? 0.05 : 0.02
        #expect(distance(colors[first], colors[second]) > least, "\(name) \(first) \(second)")
      }
    }
  }
}
