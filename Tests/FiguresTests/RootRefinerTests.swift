import Foundation
import Testing

@testable import Figures

/// A number that several threads may add to.
private final class Count: @unchecked Sendable {
  private let lock = NSLock()
  private(set) var value = 0

  func add(_ number: Int) { lock.withLock { value += number } }
}

@Suite("Crossings") struct RootRefinerTests {
  /// The crossings of 0 on segments from x = 0 to 1, y at 0, 0.01, …, with how many places were asked for.
  private func roots(
    count: Int = 100, _ f: @escaping @Sendable (Double, Double) -> Double
  ) -> (x: [Double], asked: Int) {
    let asked = Count()
    let refiner = RootRefiner(quantity: 0) { x, y in
      asked.add(x.count)
      return [zip(x, y).map { f($0, $1) }]
    }
    let brackets = (0..<count).map { number in
      let y = Double(number) / 100
      return RootRefiner.Bracket(
        low: (0, y), high: (1, y), lowValue: f(0, y), highValue: f(1, y), level: 0)
    }
    let found = refiner.roots(of: brackets)
    return (found.x, asked.value)
  }

  @Test("of smooth quantities take three evaluations or four, and are exact")
  func smooth() {
    // As over a pixel: a slope that changes by a few percent.
    let (x, asked) = roots { x, y in exp(0.05 * (x - y)) - 1 + 1e-3 * (x - y) }
    for (number, x) in x.enumerated().dropFirst() {
      #expect(abs(x - Double(number) / 100) < 1e-12)
    }
    #expect(asked <= 350)
    // A slope that trebles.
    let steep = roots { x, y in exp(x) - exp(y) }
    for (number, x) in steep.x.enumerated().dropFirst() {
      #expect(abs(x - Double(number) / 100) < 1e-12)
    }
    #expect(steep.asked <= 500)
  }

  @Test("are found at kinks, on steep steps and where the quantity is flat")
  func hard() {
    for f in [
      { @Sendable x, y in x < y ? 9 * (x - y) : 0.1 * (x - y) },
      { x, y in tanh(1e5 * (x - y)) },
      { x, y in (x - y) * (x - y) * (x - y) },
      { x, y in x < y ? -1e-3 + (x - y) : x - y },
    ] as [@Sendable (Double, Double) -> Double] {
      for (number, x) in roots(f).x.enumerated().dropFirst() {
        #expect(abs(x - Double(number) / 100) < 2e-5)
      }
    }
  }

  @Test("are none at poles, jumps and undefined places")
  func none() {
    for f in [
      { @Sendable x, y in 1 / (x - y - 0.003) },
      { x, y in x < y + 0.003 ? -1 + 0.1 * x : 1 + 0.1 * x },
      { x, y in x < y + 0.003 ? -1 + x : 1 - 0.5 * x },
      { x, y in abs(x - y - 0.003) < 1e-4 ? .nan : x - y - 0.003 },
    ] as [@Sendable (Double, Double) -> Double] {
      let found = roots(count: 90, f).x
      let none = found.count { $0.isNaN }
      #expect(none == 90)
    }
  }
}
