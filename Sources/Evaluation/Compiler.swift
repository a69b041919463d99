import CVectorMath
import Expressions

/// From nodes to instructions in four passes: order, fuse, allocate, emit.
struct Compiler {
  /// A call of a kernel, its operands still nodes.
  private struct Call {
    var code: Program.Code
    /// The node of each result; nil where nobody asks for it.
    var results: [Int?]
    var arguments: [Int]
  }

  private let graph: Graph
  private var outputs: [Int]
  private let inputs: [Input]

  private(set) var instructions: [Program.Instruction] = []
  private(set) var operands: [Program.Location] = []
  private(set) var constants: [Double] = []
  private(set) var inputRegisters: [Int] = []
  private(set) var outputLocations: [Program.Location] = []
  private(set) var registerCount = 0

  private var locations: [Int: Program.Location] = [:]
  private var constantNumbers: [UInt64: Int] = [:]
  private var freeRegisters: [Int] = []

  init(outputs: [Scalar], inputs: [Input]) {
    let graph = outputs.first?.graph ?? Graph()
    precondition(outputs.allSatisfy { $0.graph === graph }, "outputs of one graph")
    self.graph = graph
    self.outputs = outputs.map(graph.number)
    self.inputs = inputs
  }

  mutating func compile() {
    let calls = fused(ordered())
    emit(calls)
  }

  // MARK: - Order

  /// The calls that the outputs rest on, each behind those it needs: depth first, so that values
  /// die young.
  ///
  /// Nodes that are results of the same kernel on the same arguments are one call; those that are
  /// also the same result of it, once definitions are opened, are one value: sigmoid(x)*y and 1/(1
  /// + exp(-x))*y.
  private mutating func ordered() -> [Call] {
    for input in inputs {
      let node = graph.number(of: graph.input(input))
      locations[node] = .register(registerCount)
      inputRegisters.append(registerCount)
      registerCount += 1
    }
    struct Key: Hashable {
      let code: Program.Code
      let arguments: [Int]
    }
    var calls: [Call] = []
    var numbers: [Key: Int] = [:]
    var sameAs: [Int: Int] = [:]
    var isListed = Set<Int>()
    var stack: [(node: Int, isEntered: Bool)] = outputs.reversed().map { ($0, false) }
    while let (node, isEntered) = stack.popLast() {
      if !isEntered, !isListed.insert(node).inserted { continue }
      var call: (code: Program.Code, result: Int, count: Int, arguments: [Int])
      switch graph.read(node) {
      case .constant(let value):
        locations[node] = .constant(number(of: value))
        continue
      case .input(let input):
        precondition(locations[node] != nil, "\(input) is not an input of the program")
        continue
      case .kernel(let opcode, let result, let arguments):
        call = (.vector(opcode), result, Int(vm_result_count(opcode)), arguments)
      case .matrix(let kernel, let result, let arguments):
        call = (.matrix(kernel), result, kernel.resultCount, arguments)
      }
      guard isEntered else {
        stack.append((node, true))
        stack.append(contentsOf: call.arguments.reversed().map { ($0, false) })
        continue
      }
      if let product = exactProduct(call.code, call.arguments) {
        call.code = .vector(VM_MULTIPLY)
        call.arguments = product
      }
      let arguments = call.arguments.map { sameAs[$0] ?? $0 }
      let key = Key(code: call.code, arguments: arguments)
      let number = numbers[key] ?? calls.count
      if number == calls.count {
        numbers[key] = number
        calls.append(
          Call(
            code: call.code, results: [Int?](repeating: nil, count: call.count),
            arguments: arguments))
      }
      if let known = calls[number].results[call.result] {
        sameAs[node] = known
      } else {
        calls[number].results[call.result] = node
      }
    }
    outputs = outputs.map { sameAs[$0] ?? $0 }
    return calls
  }

  /// A division by a power of two as the product with its inverse: the same bits, in a third of the time.
  private mutating func exactProduct(_ code: Program.Code, _ arguments: [Int]) -> [Int]? {
    guard code == .vector(VM_DIVIDE), case .constant(let divisor) = graph.read(arguments[1]),
      abs(divisor.significand) == 1, (-1000...1000).contains(divisor.exponent)
    else { return nil }
    let inverse = graph.number(of: graph.constant(1 / divisor))
    locations[inverse] = .constant(number(of: 1 / divisor))
    return [arguments[0], inverse]
  }

  private mutating func number(of constant: Double) -> Int {
    if let known = constantNumbers[constant.bitPattern] { return known }
    constantNumbers[constant.bitPattern] = constants.count
    constants.append(constant)
    return constants.count - 1
  }

  // MARK: - Fuse

  /// Joins an operation with the one that feeds it, where nobody else wants the value between: two
  /// operations in one sweep, each rounded.
  private func fused(_ calls: [Call]) -> [Call] {
    var uses: [Int: Int] = [:]
    for output in outputs { uses[output, default: 0] += 1 }
    for call in calls { for argument in call.arguments { uses[argument, default: 0] += 1 } }
    var maker: [Int: Int] = [:]
    for (number, call) in calls.enumerated() {
      if case .vector = call.code, call.results.count == 1, let result = call.results[0] {
        maker[result] = number
      }
    }
    var calls = calls
    var isAbsorbed = [Bool](repeating: false, count: calls.count)

    /// The factors or terms of a value, if it is of the wanted kind and only used once.
    func parts(_ node: Int, _ wanted: vm_opcode) -> [Int]? {
      guard uses[node] == 1, let number = maker[node], case .vector(let opcode) = calls[number].code
      else { return nil }
      let arguments = calls[number].arguments
      if opcode == wanted, arguments.count == 2 { return arguments }
      if wanted == VM_MULTIPLY, opcode == integerSquare { return [arguments[0], arguments[0]] }
      return nil
    }

    for number in calls.indices.reversed() where !isAbsorbed[number] {
      guard case .vector(let opcode) = calls[number].code,
        let (code, arguments, absorbed) = fusion(opcode, calls[number].arguments, parts)
      else { continue }
      calls[number].code = .vector(code)
      calls[number].arguments = arguments
      for node in absorbed { if let inner = maker[node] { isAbsorbed[inner] = true } }
    }
    return calls.indices.filter { !isAbsorbed[$0] }.map { calls[$0] }
  }

  /// The fused form of an operation: the new opcode, its arguments, and the values it absorbs.
  private func fusion(
    _ opcode: vm_opcode, _ u: [Int], _ parts: (Int, vm_opcode) -> [Int]?
  ) -> (vm_opcode, [Int], [Int])? {
    switch opcode {
    case VM_ADD, VM_SUBTRACT:
      let isSum = opcode == VM_ADD
      let isTwice = u[0] == u[1]
      if !isTwice, let left = parts(u[0], VM_MULTIPLY), let right = parts(u[1], VM_MULTIPLY) {
        return (isSum ? VM_ADD_PRODUCTS : VM_SUBTRACT_PRODUCTS, left + right, u)
      }
      if let left = parts(u[0], VM_MULTIPLY) {
        return (isSum ? VM_MULTIPLY_ADD : VM_MULTIPLY_SUBTRACT, left + [u[1]], [u[0]])
      }
      if let right = parts(u[1], VM_MULTIPLY) {
        return (isSum ? VM_MULTIPLY_ADD : VM_SUBTRACT_PRODUCT, right + [u[0]], [u[1]])
      }
      if isSum, let left = parts(u[0], VM_ADD) { return (VM_ADD_ADD, left + [u[1]], [u[0]]) }
      if isSum, let right = parts(u[1], VM_ADD) { return (VM_ADD_ADD, right + [u[0]], [u[1]]) }
      return nil
    case VM_MULTIPLY:
      for (inner, other) in [(u[0], u[1]), (u[1], u[0])] {
        if let sum = parts(inner, VM_ADD) { return (VM_ADD_MULTIPLY, sum + [other], [inner]) }
        if let difference = parts(inner, VM_SUBTRACT) {
          return (VM_SUBTRACT_MULTIPLY, difference + [other], [inner])
        }
        if let product = parts(inner, VM_MULTIPLY) {
          return (VM_MULTIPLY_MULTIPLY, product + [other], [inner])
        }
      }
      return nil
    case VM_NEGATE:
      return parts(u[0], VM_MULTIPLY).map { (VM_NEGATE_MULTIPLY, $0, [u[0]]) }
    default: return nil
    }
  }

  private var integerSquare: vm_opcode { vm_opcode(rawValue: VM_POWER_BASE.rawValue + 2) }

  // MARK: - Allocate and emit

  /// Gives every value a register, freed after its last use and taken again while it is in the cache.
  private mutating func emit(_ calls: [Call]) {
    var lastUse: [Int: Int] = [:]
    for (number, call) in calls.enumerated() {
      for argument in call.arguments { lastUse[argument] = number }
    }
    for output in outputs { lastUse[output] = .max }
    for (number, call) in calls.enumerated() {
      let arguments = call.arguments.map { node in
        guard let location = locations[node] else { preconditionFailure("used before it is made") }
        return location
      }
      for node in Set(call.arguments).sorted() where lastUse[node] == number { release(node) }
      var unused: [Int] = []
      let first = operands.count
      for result in call.results {
        let register = freeRegisters.popLast() ?? registerCount
        registerCount = max(registerCount, register + 1)
        operands.append(.register(register))
        if let result { locations[result] = .register(register) } else { unused.append(register) }
      }
      operands.append(contentsOf: arguments)
      freeRegisters.append(contentsOf: unused)
      instructions.append(Program.Instruction(code: call.code, operands: first..<operands.count))
    }
    outputLocations = outputs.map { node in
      guard let location = locations[node] else { preconditionFailure("an output is not made") }
      return location
    }
  }

  private mutating func release(_ node: Int) {
    if case .register(let register)? = locations[node], register >= inputs.count {
      freeRegisters.append(register)
    }
  }
}
