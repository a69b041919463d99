import CVectorMath
import Expressions

/// From nodes to instructions in four passes: order, fuse, allocate, emit.
struct Compiler {
  /// A call of a kernel, its operands still nodes.
  struct Call {
    var code: Program.Code
    /// The node of each result; nil where nobody asks for it.
    var results: [Int?]
    var arguments: [Int]
  }

  /// What waits to be listed: a node, or a group of sums over rows.
  private enum Target {
    case node(Int)
    case rows(Int)
  }

  let graph: Graph
  private(set) var outputs: [Int]

  private(set) var instructions: [Program.Instruction] = []
  private(set) var operands: [Program.Location] = []
  private(set) var constants: [Double] = []
  private(set) var uniformCount = 0
  private(set) var rowSums: [RowSums] = []
  private(set) var inputRegisters: [Int] = []
  private(set) var outputLocations: [Program.Location] = []
  private(set) var registerCount = 0

  private var locations: NodeTable<Program.Location>
  private var constantNumbers: [UInt64: Int] = [:]
  private var freeRegisters: [Int] = []

  init(outputs: [Scalar], inputs: [Input]) {
    let graph = outputs.first?.graph ?? Graph()
    precondition(outputs.allSatisfy { $0.graph === graph }, "outputs of one graph")
    self.init(
      graph, outputs: outputs.map(graph.number),
      inputs: inputs.map { graph.number(of: graph.input($0)) }, uniforms: [])
  }

  /// Compiles nodes that rest on other nodes, given from outside.
  ///
  /// - Parameters:
  ///   - inputs: what differs from lane to lane.
  ///   - uniforms: what is the same in all lanes.
  init(_ graph: Graph, outputs: [Int], inputs: [Int], uniforms: [Int]) {
    self.graph = graph
    self.outputs = outputs
    locations = NodeTable(count: graph.count)
    for node in inputs {
      locations[node] = .register(registerCount)
      inputRegisters.append(registerCount)
      registerCount += 1
    }
    for node in uniforms {
      locations[node] = .uniform(uniformCount)
      uniformCount += 1
    }
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
    struct Key: Hashable {
      let code: Program.Code
      let arguments: [Int]
    }
    let groups = RowGroups(graph, outputs)
    var calls: [Call] = []
    var numbers: [Key: Int] = [:]
    var callOfMatrix = NodeTable<Int>(count: graph.count)
    var callOfRows = [Int?](repeating: nil, count: groups.all.count)
    var sameAs = NodeTable<Int>(count: graph.count)
    var isListed = NodeTable<Bool>(count: graph.count)
    var areRowsListed = [Bool](repeating: false, count: groups.all.count)
    var stack: [(target: Target, isEntered: Bool)] = outputs.reversed().map { (.node($0), false) }

    func settle(_ node: Int, result: Int, of call: Int) {
      if let known = calls[call].results[result] {
        sameAs[node] = known
      } else {
        calls[call].results[result] = node
      }
    }

    func push(_ arguments: [Int], behind target: Target) {
      stack.append((target, true))
      for argument in arguments.reversed() { stack.append((.node(argument), false)) }
    }

    while let (target, isEntered) = stack.popLast() {
      guard case .node(let node) = target else {
        guard case .rows(let number) = target else { continue }
        let group = groups.all[number]
        if !isEntered {
          guard !areRowsListed[number] else { continue }
          areRowsListed[number] = true
          push(group.shared, behind: target)
          continue
        }
        callOfRows[number] = calls.count
        calls.append(
          Call(
            code: .rows(rowSums.count), results: [Int?](repeating: nil, count: group.terms.count),
            arguments: group.shared.map { sameAs[$0] ?? $0 }))
        rowSums.append(group.compiled(graph))
        continue
      }
      if !isEntered {
        guard isListed[node] == nil, locations[node] == nil else { continue }
        isListed[node] = true
      }
      switch graph.read(node) {
      case .constant(let value): locations[node] = .constant(number(of: value))
      case .input(let input): preconditionFailure("\(input) is not an input of the program")
      case .column: preconditionFailure("a column stands in a sum over its rows")
      case .rowSum(let term, _):
        guard let (group, place) = groups.place(of: term) else { continue }
        if isEntered {
          if let call = callOfRows[group] { settle(node, result: place, of: call) }
        } else {
          stack.append((target, true))
          stack.append((.rows(group), false))
        }
      case .result(let number, let matrix):
        if isEntered {
          if let call = callOfMatrix[matrix] { settle(node, result: number, of: call) }
        } else {
          push([matrix], behind: target)
        }
      case .matrix(let kernel, let arguments):
        guard isEntered else {
          push(arguments, behind: target)
          continue
        }
        callOfMatrix[node] = calls.count
        calls.append(
          Call(
            code: .matrix(kernel), results: [Int?](repeating: nil, count: kernel.resultCount),
            arguments: arguments.map { sameAs[$0] ?? $0 }))
      case .kernel(var opcode, let result, var arguments):
        guard isEntered else {
          push(arguments, behind: target)
          continue
        }
        if let product = exactProduct(opcode, arguments) {
          opcode = VM_MULTIPLY
          arguments = product
        }
        let key = Key(code: .vector(opcode), arguments: arguments.map { sameAs[$0] ?? $0 })
        let number = numbers[key] ?? calls.count
        if number == calls.count {
          numbers[key] = number
          calls.append(
            Call(
              code: key.code,
              results: [Int?](repeating: nil, count: Int(vm_result_count(opcode))),
              arguments: key.arguments))
        }
        settle(node, result: result, of: number)
      }
    }
    outputs = outputs.map { sameAs[$0] ?? $0 }
    return calls
  }

  /// A division by a power of two as the product with its inverse: the same bits, in a third of the time.
  private mutating func exactProduct(_ opcode: vm_opcode, _ arguments: [Int]) -> [Int]? {
    guard opcode == VM_DIVIDE, case .constant(let divisor) = graph.read(arguments[1]),
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

  // MARK: - Allocate and emit

  /// Gives every value a register, freed after its last use and taken again while it is in the cache.
  private mutating func emit(_ calls: [Call]) {
    var lastUse = NodeTable<Int>(count: graph.count)
    for (number, call) in calls.enumerated() {
      for argument in call.arguments { lastUse[argument] = number }
    }
    for output in outputs { lastUse[output] = .max }
    for (number, call) in calls.enumerated() {
      let arguments = call.arguments.map { node in
        guard let location = locations[node] else { preconditionFailure("used before it is made") }
        return location
      }
      for node in call.arguments where lastUse[node] == number {
        release(node)
        lastUse[node] = .max  // so that an argument that stands there twice is released once
      }
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
      instructions.append(
        Program.Instruction(
          code: call.code, resultCount: call.results.count, operands: first..<operands.count))
    }
    outputLocations = outputs.map { node in
      guard let location = locations[node] else { preconditionFailure("an output is not made") }
      return location
    }
  }

  private mutating func release(_ node: Int) {
    if case .register(let register)? = locations[node], register >= inputRegisters.count {
      freeRegisters.append(register)
    }
  }
}

/// Notes on nodes, by their numbers.
struct NodeTable<Note> {
  private var notes: [Note?]

  init(count: Int) {
    notes = [Note?](repeating: nil, count: count)
  }

  subscript(node: Int) -> Note? {
    get { node < notes.count ? notes[node] : nil }
    set {
      if node >= notes.count {
        notes += [Note?](repeating: nil, count: node + node / 2 + 1 - notes.count)
      }
      notes[node] = newValue
    }
  }
}
