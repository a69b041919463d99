import CVectorMath
import Testing

@Suite("Elementary functions are within their bound of the truth")
struct ElementaryFunctionTests {
  struct Row: Sendable {
    let x: Double
    let y: Double
    let value: Double
    let remainder: Double
  }

  /// One function of functions.csv, and where it is among the kernels.
  struct Function: CustomTestStringConvertible, Sendable {
    let name: String
    let opcode: vm_opcode
    let result: Int
    let rows: [Row]

    var testDescription: String { name }

    /// SLEEF's bounds; sinh, cosh, asinh and acosh round once more where SLEEF overflows.
    var bound: Double {
      switch name {
      case "erfc", "sinh", "cosh", "asinh", "acosh": 1.5
      default: 1.0
      }
    }
  }

  static let functions: [Function] = {
    var rows: [String: [Row]] = [:]
    for fields in (try? reference("functions.csv")) ?? [] where fields.count == 5 {
      let numbers = fields.dropFirst().map { Double($0) ?? 0 }
      let row = Row(x: numbers[0], y: numbers[1], value: numbers[2], remainder: numbers[3])
      rows[fields[0], default: []].append(row)
    }
    return rows.keys.sorted().compactMap { name in
      let kernel = ["sin", "cos"].contains(name) ? "sincos" : name
      guard let operation = Operation.all.first(where: { $0.name == kernel }) else { return nil }
      return Function(
        name: name, opcode: operation.opcode, result: name == "cos" ? 1 : 0,
        rows: rows[name] ?? [])
    }
  }()

  @Test("in every lane of every tier", arguments: functions)
  func isAccurate(function: Function) {
    let lanes = (function.rows.count + 7) / 8 * 8
    var worst = 0.0
    // Each row visits every lane of a vector.
    for shift in 0..<Int(VM_LANES) {
      let rows = (0..<lanes).map { function.rows[($0 + shift) % function.rows.count] }
      let arguments = [Argument.lanes(rows.map(\.x)), .lanes(rows.map(\.y))]
      let count = Operation(opcode: function.opcode).argumentCount
      for tier in availableTiers {
        let results = apply(function.opcode, tier, Array(arguments.prefix(count)), lanes: lanes)
        for (row, result) in zip(rows, results[function.result]) {
          // Here the sign of a zero counts.
          let error =
            row.value == 0 && !isIdentical(result, row.value)
            ? .infinity : errorInUlps(result, value: row.value, remainder: row.remainder)
          worst = max(worst, error)
          if error > function.bound, shift == 0 {
            Issue.record(
              "\(function.name)(\(row.x), \(row.y)) = \(result), but it is \(row.value): \(error) ulp"
            )
          }
        }
      }
    }
    #expect(worst <= function.bound)
  }

  @Test("and every one is in the table")
  func tableIsComplete() {
    let tested = Set(Self.functions.map(\.opcode.rawValue))
    #expect(tested == Set(VM_SINCOS.rawValue...VM_HYPOT.rawValue))
  }
}
