import Evaluation
import Expressions

struct R: RandomNumberGenerator {
  var s: UInt64
  mutating func next() -> UInt64 {
    s &+= 0x9e37_79b9_7f4a_7c15
    var z = s
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}
var random = R(s: 7)
let clock = ContinuousClock()
@MainActor func bench(
  _ label: String, _ n: Int, _ lanes: Int, definite: Bool,
  _ build: (SymmetricMatrix, Vector, Scalar) -> [Scalar]
) {
  let graph = Graph()
  let count = n * (n + 1) / 2
  let inputs = (0..<count + n + 1).map { Input(.coordinate, $0) }
  let scalars = inputs.map(graph.input)
  let matrix = SymmetricMatrix(size: n, upper: Array(scalars.prefix(count)))
  let evaluator = Evaluator(
    Program(
      computing: build(matrix, Array(scalars[count..<count + n]), scalars[count + n]), from: inputs),
    width: lanes)
  var place = 0
  for i in 0..<n {
    for j in i..<n {
      for lane in 0..<lanes {
        evaluator.input(place)[lane] =
          Double.random(in: -1...1, using: &random) + (i == j && definite ? Double(n) : 0)
      }
      place += 1
    }
  }
  for i in 0..<n {
    for lane in 0..<lanes {
      evaluator.input(count + i)[lane] = Double.random(in: -1...1, using: &random)
    }
  }
  for lane in 0..<lanes { evaluator.input(count + n)[lane] = 1 }
  evaluator.run(lanes: lanes)
  var best = Duration.seconds(1000)
  for _ in 0..<5 { best = min(best, clock.measure { evaluator.run(lanes: lanes) }) }
  let s = Double(best.components.attoseconds) * 1e-18 + Double(best.components.seconds)
  print(label, definite ? "definite" : "indefinite", n, s / Double(lanes) * 1e6, "us/lane")
}
for n in [1, 2, 3, 5, 8] {
  for definite in [true, false] {
    bench("solve", n, 1024, definite: definite) { a, g, _ in a.newtonStep(g).step }
    bench("absoluteSolve", n, 1024, definite: definite) { a, g, _ in a.absoluteSolve(g).solution }
    bench("trustRegion", n, 1024, definite: definite) { a, g, r in
      a.trustRegionStep(g, radius: r).step
    }
    bench("cubic", n, 1024, definite: definite) { a, g, r in a.cubicStep(g, weight: r).step }
  }
}
for n in [17, 24, 32, 64, 65, 128, 256, 512] {
  for definite in [true, false] {
    bench("eigen", n, 1, definite: definite) { a, _, _ in a.eigenvalues }
    bench("solve", n, 1, definite: definite) { a, g, _ in a.newtonStep(g).step }
    bench("trustRegion", n, 1, definite: definite) { a, g, r in a.trustRegionStep(g, radius: r).step
    }
  }
}
