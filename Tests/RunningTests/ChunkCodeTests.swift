import Foundation
import Methods
import Specs
import TestSupport
import Testing

@testable import Running

/// What a chunk gave, as bytes and back.
@Suite struct ChunkCodeTests {
  /// Every number below a value by its bits, every word as it is, whatever fields there are.
  private func bits(_ value: Any) -> [String] {
    if let number = value as? Double { return [String(number.bitPattern, radix: 16)] }
    let mirror = Mirror(reflecting: value)
    if mirror.children.isEmpty { return ["\(value)"] }
    return mirror.children.flatMap { [$0.label ?? "-"] + bits($0.value) }
  }

  private func same(_ one: ChunkResult, _ other: ChunkResult) -> Bool {
    bits(one.chunk) == bits(other.chunk)
      && bits(one.outcomes.map { $0 }) == bits(other.outcomes.map { $0 })
      && bits(one.traces) == bits(other.traces)
  }

  /// Numbers that compare equal to others, or to nothing, and still have bits of their own.
  private let odd = [
    -0.0, .infinity, -.infinity, .nan, Double(nan: 0x123, signaling: false), -Double.nan,
    Double(bitPattern: 0xFFF0_0000_0000_0001), RunTrace.empty, .leastNonzeroMagnitude, 0.1,
  ]

  /// Runs of two variables in which every field takes odd values.
  private func oddOutcomes() -> [Outcome] {
    (0..<3 * odd.count).map { run in
      func number(_ shift: Int) -> Double { odd[(run + shift) % odd.count] }
      var outcome = Outcome(
        ending: Ending.allCases[run % Ending.allCases.count],
        reason: ["", "the step no longer changes x", "ln(−1) at x = ∞\n", ""][run % 4],
        iterations: [0, 127, 128, 1 << 40, .max][run % 5], position: [number(4), number(5)])
      outcome.point = PointKind.allCases[run % PointKind.allCases.count]
      outcome.value = number(0)
      outcome.gradientNorm = number(1)
      outcome.eigenvalues = (number(2), number(3))
      outcome.evaluations = Evaluations(value: run, gradient: 300 * run, hessian: 7)
      outcome.operations = number(6)
      if run % 4 > 0 { outcome.order = 1.5 - Double(run) }
      if run % 2 == 0 {
        outcome.tail = Tail(
          points: (0..<9).map { [Double($0 % (run % 7 + 1)), 1] },
          values: (0..<9).map { Double($0) })
      }
      return outcome
    }
  }

  /// A chunk of such runs, two of which have traces with three numbers a row.
  private func oddChunk(_ outcomes: [Outcome]) -> ChunkResult {
    let traces = [6, 9].map { run in
      var trace = RunTrace(number: run - 5)
      trace.iterations = [0, 5, 1000]
      trace.values = Array(odd.prefix(9))
      return (run: run, trace: trace)
    }
    return ChunkResult(
      chunk: Chunk(function: 2, method: 1, runs: 5..<5 + outcomes.count),
      outcomes: Outcomes(outcomes, dimension: 2), traces: traces)
  }

  private func decoded(_ bytes: [UInt8], like chunk: Chunk) -> ChunkResult? {
    ChunkResult(decoding: bytes, chunk, dimension: 2, traceWidth: 3)
  }

  @Test func everyNumberKeepsItsBits() throws {
    let outcomes = oddOutcomes()
    let chunk = oddChunk(outcomes)
    let again = try #require(decoded(chunk.encoded(), like: chunk.chunk))
    #expect(bits(again.outcomes.map { $0 }) == bits(outcomes))
    #expect(same(chunk, again))
    #expect(again.encoded() == chunk.encoded())
    #expect(again.traces[1].trace.values[7].bitPattern == RunTrace.empty.bitPattern)
  }

  /// Without them the cells of tables are empty, which NaN would not leave them.
  @Test func whatDoesNotApplyStaysAway() throws {
    let bare = oddOutcomes().map { outcome in
      var bare = outcome
      bare.eigenvalues = nil
      bare.order = nil
      bare.tail = nil
      return bare
    }
    let chunk = oddChunk(bare)
    let again = try #require(decoded(chunk.encoded(), like: chunk.chunk))
    #expect(bits(again.outcomes.map { $0 }) == bits(bare))
    #expect(
      again.outcomes.allSatisfy { $0.eigenvalues == nil && $0.order == nil && $0.tail == nil })
  }

  @Test func bytesThatAreNotThoseOfTheChunkAreNone() {
    let chunk = oddChunk(oddOutcomes())
    let bytes = chunk.encoded()
    for length in 0..<bytes.count {
      #expect(decoded(Array(bytes[..<length]), like: chunk.chunk) == nil)
    }
    #expect(decoded(bytes + [0], like: chunk.chunk) == nil)
    let more = Chunk(function: 2, method: 1, runs: 5..<36)
    #expect(decoded(bytes, like: more) == nil)
    #expect(ChunkResult(decoding: bytes, chunk.chunk, dimension: 3, traceWidth: 3) == nil)
    #expect(ChunkResult(decoding: bytes, chunk.chunk, dimension: 2, traceWidth: 4) == nil)
  }

  /// A changed byte may still be a chunk, but never leads outside of the bytes or to endless room.
  @Test func whateverTheBytesAreNothingBreaks() {
    let chunk = oddChunk(oddOutcomes())
    let bytes = chunk.encoded()
    var random = RandomNumbers(seed: 1)
    for _ in 0..<3000 {
      var damaged = bytes
      for _ in 0..<3 {
        damaged[Int(random.next() % UInt64(bytes.count))] = UInt8(truncatingIfNeeded: random.next())
      }
      let result = decoded(damaged, like: chunk.chunk)
      #expect(result == nil || result?.outcomes.count == chunk.outcomes.count)
    }
  }

  @Test func runsOfEveryKindComeBackAsTheyWere() async throws {
    let plan = try Plan(
      Experiment.parse(
        """
        function f(x, y) = sin(x)^2 + sin(10 + x*y/2)*cos(x)
        function g(x, y) = log(x) + y^2 + 1e-3*x^4
        function h(x, y) = x^2 + y^2
        method gradient rate=[0.1, 0.5, 1, 3, armijo]
        method newton
        method momentum rate=0.2
        start (3.1, 1.3), (1, 2)
        random 30 seed=4 in x = -2 .. 6, y = -3 .. 3
        stop iterations=40
        trace every=7 columns=+gradient,+condition
        """
      ).experiment)
    let runner = try Runner(plan)
    var seen: [ChunkResult] = []
    try await runner.run(workers: 2, prepare: { $0 }, receive: { seen.append($0) })
    for chunk in seen {
      let again = ChunkResult(
        decoding: chunk.encoded(), chunk.chunk, dimension: 2,
        traceWidth: 2 + runner.columns[chunk.chunk.function].count)
      #expect(again.map { same(chunk, $0) } == true)
    }
    #expect(Set(seen.flatMap(\.outcomes.endings)).count >= 5)
    #expect(seen.contains { $0.outcomes.contains { $0.reason.contains("f rose first") } })
    #expect(seen.contains { $0.outcomes.contains { $0.tail?.period != nil } })
    #expect(seen.contains { $0.outcomes.contains { $0.order != nil } })
  }
}
