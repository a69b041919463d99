import Foundation
import Testing

@testable import Figures

@Suite("The least value") struct LeastValueTests {
  private func least(
    _ window: Window = square, known: [Marker] = [], listed: [Marker] = [], _ f: @escaping Field
  ) -> LeastValue {
    let survey = Raster(window, columns: 201, rows: 201, sample: sampler(f))
    return LeastValue(known: known, listed: listed, seen: survey, sample: sampler(f))
  }

  private let camel: Field = { x, y in
    (4 - 2.1 * x * x + x * x * x * x / 3) * x * x + x * y + (-4 + 4 * y * y) * y * y
  }

  @Test("is that at a known minimum")
  func known() {
    let least = least(known: [Marker(label: "", x: 1, y: 2)]) { x, y in hypot(x - 1, y - 2) - 3 }
    #expect(least.value == -3)
    #expect(least.origin == "known, at (1, 2)")
  }

  @Test("is that at a critical point listed where none is known")
  func listed() {
    let least = least(listed: [Marker(label: "", x: 0, y: 0.5), Marker(label: "", x: 1, y: 2)]) {
      x, y in hypot(x - 1, y - 2) - 3
    }
    #expect(least.value == -3)
    #expect(least.origin == "found at a critical point listed, at (1, 2)")
  }

  @Test("of the six-hump camel is found to ten digits")
  func found() {
    // −1.031628453489877 at ±(0.0898420, −0.7126564): Dixon and Szegő (1978), by 30 digits here.
    let least = least(Window(x: -2...2, y: -1.1...1.1), camel)
    #expect(abs(least.value + 1.031628453489877) < 1e-13)
    #expect(
      ["found at (-0.089842, 0.712656) by a search", "found at (0.089842, -0.712656) by a search"]
        .contains(least.origin))
  }

  @Test("is found along a curved valley")
  func valley() {
    let least = least(Window(x: -2...2, y: -1...3)) { x, y in
      (1 - x) * (1 - x) + 100 * (y - x * x) * (y - x * x)
    }
    #expect(least.value < 1e-10)
    #expect(least.origin == "found at (1, 1) by a search")
  }

  @Test("below what is called the minimum is said to be so")
  func below() {
    let least = least(known: [Marker(label: "", x: 1, y: 1)]) { x, y in x * x + y * y }
    #expect(least.value < 1e-15)
    #expect(least.origin.hasSuffix(" by a search, below the known minimum"))
  }

  @Test("is only the lowest seen at the edge and where values fall without end")
  func seen() {
    let edge = least { x, y in x + 2 * y }
    #expect(edge.value == -12)
    #expect(edge.origin == "the lowest seen, at (-4, -4), the edge of the window")
    for f: Field in [
      { x, y in log(hypot(x - 0.3, y)) }, { x, y in -1 / hypot(x - 0.3, y - 0.1) },
      { x, y in 1 / (x * y) },
    ] {
      let pole = least(square, f)
      #expect(pole.origin.hasPrefix("the lowest seen; f falls without end"))
      #expect(pole.value.isFinite)
    }
  }
}
