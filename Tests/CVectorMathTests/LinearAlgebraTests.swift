import CVectorMath
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
