import CVectorMath
import Foundation
import Testing

/// An operation, so that a test's name says which.
struct Operation: CustomTestStringConvertible, Sendable {
  let opcode: vm_opcode

  var name: String { String(cString: vm_opcode_name(opcode)) }
  var resultCount: Int { Int(vm_result_count(opcode)) }
  var argumentCount: Int { Int(vm_argument_count(opcode)) }
  var testDescription: String { name }

  /// Every operation there is.
  static let all = (0..<VM_OPCODE_COUNT.rawValue).map { Operation(opcode: vm_opcode($0)) }
}

/// The tiers of this machine, the scalar one first.
let availableTiers = [VM_SCALAR, VM_NEON, VM_AVX2, VM_AVX512].filter { vm_tier_available($0) }

/// An argument of a kernel: a value for every lane, or one for all.
enum Argument {
  case lanes([Double])
  case constant(Double)

  subscript(lane: Int) -> Double {
    switch self {
    case .lanes(let values): values[lane]
    case .constant(let value): value
    }
  }
}

/// What a kernel gives for `arguments`, a list of lanes for each result.
///
/// With `inPlace`, result i overwrites argument i where that is a block of lanes.
func apply(
  _ opcode: vm_opcode, _ tier: vm_tier, _ arguments: [Argument], lanes: Int, inPlace: Bool = false
) -> [[Double]] {
  let operation = Operation(opcode: opcode)
  let count = (operation.resultCount + operation.argumentCount) * lanes
  let memory = UnsafeMutableRawPointer.allocate(
    byteCount: max(count, 1) * MemoryLayout<Double>.stride, alignment: 64)
  defer { memory.deallocate() }
  let registers = memory.bindMemory(to: Double.self, capacity: count)
  registers.initialize(repeating: .nan, count: count)

  var operands = (0..<operation.resultCount).map {
    vm_operand(offset: Int64($0 * lanes), stride: 1)
  }
  for (index, argument) in arguments.enumerated() {
    let offset = (operation.resultCount + index) * lanes
    switch argument {
    case .lanes(let values):
      for lane in 0..<lanes { registers[offset + lane] = values[lane] }
      operands.append(vm_operand(offset: Int64(offset), stride: 1))
      if inPlace, index < operation.resultCount { operands[index].offset = Int64(offset) }
    case .constant(let value):
      for lane in 0..<Int(VM_LANES) { registers[offset + lane] = value }
      operands.append(vm_operand(offset: Int64(offset), stride: 0))
    }
  }
  vm_lookup(opcode, tier)(operands, registers, lanes)
  return operands.prefix(operation.resultCount).map { operand in
    (0..<lanes).map { registers[Int(operand.offset) + $0] }
  }
}

/// Whether both are the same bits; one NaN is as good as another.
func isIdentical(_ a: Double, _ b: Double) -> Bool {
  a.bitPattern == b.bitPattern || (a.isNaN && b.isNaN)
}

/// SplitMix64: the same inputs in every run.
struct SplitMix64: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// A double of any kind: ordinary, of any exponent, any bits at all, or special.
  mutating func anyDouble() -> Double {
    switch next() % 8 {
    case 0: Self.special[Int(next() % UInt64(Self.special.count))]
    case 1: Double(bitPattern: next())
    case 2: Double(Int.random(in: -20...20, using: &self)) / 2
    case 3, 4:
      Double(
        sign: next() % 2 == 0 ? .plus : .minus,
        exponent: Int.random(in: -1100...1023, using: &self),
        significand: Double.random(in: 1..<2, using: &self))
    default: Double.random(in: -10...10, using: &self)
    }
  }

  private static let special: [Double] = [
    0, -0.0, .infinity, -.infinity, .nan, .leastNonzeroMagnitude, -.leastNonzeroMagnitude,
    .leastNormalMagnitude, .greatestFiniteMagnitude, -.greatestFiniteMagnitude, 1, -1, 0.5, 1e-300,
    1e300, 709.9, -710.2, 15, 1e14, 1e200, -1e200,
  ]
}

/// The rows of a table beside the script that made it, without its header.
func reference(_ name: String) throws -> [[String]] {
  let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Reference")
  let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
  return text.split(separator: "\n").dropFirst().map {
    $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
  }
}

/// How far a result is from the truth, in units of the last place of the truth's nearest double;
/// 0 for two infinities of the same sign, two NaNs, or equal zeros.
func errorInUlps(_ result: Double, value: Double, remainder: Double = 0) -> Double {
  if value.isNaN && result.isNaN { return 0 }
  guard value.isFinite, result.isFinite else { return result == value ? 0 : .infinity }
  return abs((result - value) - remainder) / value.ulp
}
