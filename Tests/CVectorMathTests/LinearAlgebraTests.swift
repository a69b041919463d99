import CVectorMath
import Foundation
import Testing

@Suite("Symmetric 2×2 matrices, nearly singular, indefinite and badly scaled")
struct LinearAlgebraTests {
  /// A row of matrices.csv: the matrix and the gradient, then the truth.
  struct Row: Sendable {
    let arguments: [Double]
    let determinant: Double
    let minimum: Double
    let maximum: Double
    let rank: Int
    let x: Double
    let y: Double
    let status: Double
  }

  private static func rows() throws -> [Row] {
    try reference("matrices.csv").map { fields in
      let numbers = try fields.map { try #require(Double($0)) }
      return Row(
        arguments: Array(numbers[0..<5]), determinant: numbers[5], minimum: numbers[6],
        maximum: numbers[7], rank: Int(numbers[8]), x: numbers[9], y: numbers[10],
        status: numbers[11])
    }
  }

  /// Runs a kernel over all rows, and hands each row with its results to `check`.
  private func forEachRow(
    _ opcode: vm_opcode, _ check: (Row, [Double], Comment) throws -> Void
  ) throws {
    let rows = try Self.rows()
    let lanes = (rows.count + 7) / 8 * 8
    let arguments = (0..<Operation(opcode: opcode).argumentCount).map { index in
      Argument.lanes((0..<lanes).map { rows[$0 % rows.count].arguments[index] })
    }
    for tier in availableTiers {
      let results = apply(opcode, tier, arguments, lanes: lanes)
      for lane in 0..<lanes {
        let row = rows[lane % rows.count]
        let found = results.map { $0[lane] }
        try check(
          row, found, "\(String(cString: vm_tier_name(tier))): \(row.arguments) gives \(found)")
      }
    }
  }

  @Test("The determinant is within 2 ulp, and overflows only where it must")
  func determinant() throws {
    try forEachRow(VM_DETERMINANT2) { row, found, comment in
      #expect(errorInUlps(found[0], value: row.determinant) <= 2, comment)
    }
  }

  @Test("Each eigenvalue is within 8 ulp of its own size")
  func eigenvalues() throws {
    try forEachRow(VM_EIGENVALUES2) { row, found, comment in
      #expect(errorInUlps(found[0], value: row.minimum) <= 8, comment)
      #expect(errorInUlps(found[1], value: row.maximum) <= 8, comment)
    }
  }

  @Test("The step solves a regular system to 4 ulp, a consistent singular one with least norm")
  func step() throws {
    try forEachRow(VM_SOLVE2) { row, found, comment in
      #expect(found[2] == row.status, comment)
      if row.rank == 2 || row.x.isNaN {
        #expect(errorInUlps(found[0], value: row.x) <= 4, comment)
        #expect(errorInUlps(found[1], value: row.y) <= 4, comment)
      } else {
        let size = max(abs(row.x), abs(row.y))
        #expect(abs(found[0] - row.x) <= 1e-14 * size, comment)
        #expect(abs(found[1] - row.y) <= 1e-14 * size, comment)
      }
    }
  }

  @Test("The absolute step is the same but for signs where H is definite or of rank one")
  func absoluteStep() throws {
    try forEachRow(VM_ABSOLUTE_SOLVE2) { row, found, comment in
      #expect(found[2] == row.status, comment)
      guard row.status == 0 else {
        #expect(found[0].isNaN && found[1].isNaN, comment)
        return
      }
      let step = apply(
        VM_SOLVE2, VM_SCALAR, row.arguments.map { Argument.constant($0) }, lanes: 8
      ).map { $0[0] }
      if row.rank < 2 || row.minimum > 0 || row.maximum < 0 {
        let sign: Double = row.maximum > 0 && abs(row.maximum) >= abs(row.minimum) ? -1 : 1
        #expect(found[0] == sign * step[0] && found[1] == sign * step[1], comment)
      } else {
        // |H|·|H|⁺g = g, with |H| = (H² + |det H|·I)/(λmax − λmin), as far as H is known.
        try checkAbsolute(row, found, comment)
      }
    }
  }

  /// ‖|H|x − g‖ ≤ 8ε·‖H‖‖x‖, in units in which no product overflows.
  private func checkAbsolute(_ row: Row, _ found: [Double], _ comment: Comment) throws {
    let norm = max(-row.minimum, row.maximum)
    let slope = max(abs(row.arguments[3]), abs(row.arguments[4]))
    let unit = slope / norm
    guard slope > 0, unit.isNormal, norm.isFinite else { return }
    let (a, b, c) = (
      row.arguments[0] / norm, row.arguments[1] / norm, row.arguments[2] / norm
    )
    let (g0, g1) = (row.arguments[3] / slope, row.arguments[4] / slope)
    let (x, y) = (found[0] / unit, found[1] / unit)
    let (low, high) = (row.minimum / norm, row.maximum / norm)
    let product = -low * high
    let first = (a * a + b * b + product) * x + b * (a + c) * y
    let second = b * (a + c) * x + (c * c + b * b + product) * y
    let allowed = 16 * 0x1p-52 * max(1, abs(x), abs(y))
    #expect(abs(first / (high - low) - g0) <= allowed, comment)
    #expect(abs(second / (high - low) - g1) <= allowed, comment)
  }

  @Test("Powers of two scale the absolute step exactly")
  func absoluteStepScales() {
    for entries in [[3, 1, -2], [1, 5, 2], [-4, 0.5, -1], [0, 1, 0]] as [[Double]] {
      let expected = apply(
        VM_ABSOLUTE_SOLVE2, VM_SCALAR, (entries + [1, -3]).map { Argument.constant($0) }, lanes: 8)
      for power in stride(from: -1000.0, through: 1000, by: 100) {
        let scaled = entries.map { $0 * exp2(power) }
        for slope in [-900.0, -300, 0, 300, 900] where abs(slope - power) < 1000 {
          let found = apply(
            VM_ABSOLUTE_SOLVE2, VM_SCALAR,
            (scaled + [exp2(slope), -3 * exp2(slope)]).map { Argument.constant($0) }, lanes: 8)
          #expect(
            found[0][0] == expected[0][0] * exp2(slope - power)
              && found[1][0] == expected[1][0] * exp2(slope - power) && found[2][0] == 0,
            "\(entries)·2^\(power), g·2^\(slope)")
        }
      }
    }
  }

  @Test("The step of y² is −y, exactly, wherever x is")
  func parabolicCylinder() {
    for tier in availableTiers {
      let y = [3, -0.1, 1e-300, 1e300, 0, 7, 1, 2]
      let gradient = y.map { 2 * $0 }
      let step = apply(
        VM_SOLVE2, tier,
        [.constant(0), .constant(0), .constant(2), .constant(0), .lanes(gradient)],
        lanes: 8)
      #expect(step[0] == Array(repeating: 0, count: 8))
      #expect(step[1] == y.map { -$0 })
      #expect(step[2] == Array(repeating: 0, count: 8))
    }
  }

  @Test("What is not finite gives NaN, and says so")
  func notFinite() {
    for tier in availableTiers {
      for index in 0..<5 {
        for value in [Double.nan, .infinity, -.infinity] {
          var entries: [Double] = [2, 1, 3, 1, 1]
          entries[index] = value
          let arguments = entries.map { Argument.constant($0) }
          let step = apply(VM_SOLVE2, tier, arguments, lanes: 8)
          #expect(step[0][3].isNaN && step[1][3].isNaN)
          #expect(step[2][3] == Double(VM_NOT_FINITE.rawValue))
          let absolute = apply(VM_ABSOLUTE_SOLVE2, tier, arguments, lanes: 8)
          #expect(absolute[0][3].isNaN && absolute[1][3].isNaN)
          #expect(absolute[2][3] == Double(VM_NOT_FINITE.rawValue))
          guard index < 3 else { continue }
          let eigenvalues = apply(VM_EIGENVALUES2, tier, Array(arguments.prefix(3)), lanes: 8)
          #expect(eigenvalues[0][5].isNaN && eigenvalues[1][5].isNaN)
          let determinant = apply(VM_DETERMINANT2, tier, Array(arguments.prefix(3)), lanes: 8)
          #expect(!determinant[0][1].isFinite)
        }
      }
    }
  }
}
