import Testing

@testable import Figures

@Suite("Colours") struct ColorTests {
  @Test("the diverging map is neutral at exactly one half and its ends are equally far from it")
  func center() {
    let middle = ColorMap.diverging(0.5)
    #expect(middle == Color(0xf7f7f7))
    #expect(ColorMap.diverging(0) == Color(0x053061))
    #expect(ColorMap.diverging(1) == Color(0x67001f))
  }

  @Test("maps hold their ends beyond them and for what is not a number")
  func ends() {
    #expect(ColorMap.viridis(-3) == Color(0x440154))
    #expect(ColorMap.viridis(7) == Color(0xfde725))
    #expect(ColorMap.viridis(.nan) == Color(0x440154))
  }

  @Test("viridis grows lighter all the way")
  func lightness() {
    let steps = (0...200).map { ColorMap.viridis(Double($0) / 200).lightness }
    #expect(zip(steps, steps.dropFirst()).allSatisfy(<))
  }

  @Test("the signed logarithm is odd, increasing, and meets 0 and its limits exactly")
  func signedLogarithm() {
    let scale = SignedLogarithm(threshold: 0.01, limit: 50)
    #expect(scale.position(0) == 0)
    #expect(scale.position(50) == 1)
    #expect(scale.position(-50) == -1)
    let values = [0.001, 0.01, 0.02, 0.5, 3, 70]
    for value in values { #expect(scale.position(-value) == -scale.position(value)) }
    let positions = values.map(scale.position)
    #expect(zip(positions, positions.dropFirst()).allSatisfy(<))
    #expect(scale.position(.nan).isNaN)
  }

  @Test("the signed logarithm has no kink at its threshold")
  func smooth() {
    let scale = SignedLogarithm(threshold: 1, limit: 100)
    let below = scale.position(1) - scale.position(1 - 1e-6)
    let above = scale.position(1 + 1e-6) - scale.position(1)
    #expect(abs(below / above - 1) < 1e-5)
  }

  @Test("a scale for data reaches the greatest value, unless that is far beyond the others")
  func fitting() {
    let tame = SignedLogarithm(fitting: (1...1000).map { Double($0) / 100 })
    #expect(tame.limit == 10)
    #expect(tame.threshold == 1)
    #expect(tame.ticks == [-10, -1, 0, 1, 10])
    let wild = SignedLogarithm(fitting: (1...1000).map { $0 == 1000 ? 1e9 : Double($0) })
    #expect(wild.limit == 1000)
    #expect(SignedLogarithm(fitting: [0, .nan]) == SignedLogarithm(threshold: 1, limit: 1))
  }
}
