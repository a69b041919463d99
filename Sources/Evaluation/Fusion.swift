import CVectorMath
import Expressions

/// Neighbouring operations in one sweep, each of them rounded as if it stood alone.
extension Compiler {
  /// Joins an operation with the one that feeds it, where nobody else wants the value between: two
  /// operations in one sweep, each rounded.
  func fused(_ calls: [Call]) -> [Call] {
    var uses = NodeTable<Int>(count: graph.count)
    for output in outputs { uses[output] = (uses[output] ?? 0) + 1 }
    for call in calls {
      for argument in call.arguments { uses[argument] = (uses[argument] ?? 0) + 1 }
    }
    var maker = NodeTable<Int>(count: graph.count)
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
      if opcode == wanted { return arguments }
      if wanted == VM_MULTIPLY, opcode == integerSquare { return [arguments[0], arguments[0]] }
      return nil
    }

    /// What a node is the square of a difference of, and the difference, if nobody else wants either.
    func squaredDifference(_ node: Int) -> (parts: [Int], difference: Int)? {
      guard let factors = parts(node, VM_MULTIPLY), factors[0] == factors[1],
        let number = maker[factors[0]], case .vector(VM_SUBTRACT) = calls[number].code,
        let square = maker[node], uses[factors[0]] == calls[square].arguments.count
      else { return nil }
      return (calls[number].arguments, factors[0])
    }

    for number in calls.indices.reversed() where !isAbsorbed[number] {
      guard case .vector(let opcode) = calls[number].code else { continue }
      if opcode == VM_ADD, case let u = calls[number].arguments,
        let left = squaredDifference(u[0]), let right = squaredDifference(u[1])
      {
        calls[number].code = .vector(VM_SQUARED_DISTANCE)
        calls[number].arguments = left.parts + right.parts
        for node in u + [left.difference, right.difference] {
          if let inner = maker[node] { isAbsorbed[inner] = true }
        }
        continue
      }
      guard let (code, arguments, absorbed) = fusion(opcode, calls[number].arguments, parts)
      else { continue }
      calls[number].code = .vector(code)
      calls[number].arguments = arguments
      for node in absorbed { if let inner = maker[node] { isAbsorbed[inner] = true } }
    }
    chain(&calls, &isAbsorbed, maker, uses)
    join(&calls, &isAbsorbed, maker, uses)
    return calls.indices.filter { !isAbsorbed[$0] }.map { calls[$0] }
  }

  /// Joins sums of products, each added to the one before: four in one sweep, or two.
  private func chain(
    _ calls: inout [Call], _ isAbsorbed: inout [Bool], _ maker: NodeTable<Int>,
    _ uses: NodeTable<Int>
  ) {
    /// The call that makes the addend of a multiply_add, if it is another that nobody else wants.
    func inner(_ number: Int) -> Int? {
      let addend = calls[number].arguments[2]
      guard uses[addend] == 1, let inner = maker[addend], !isAbsorbed[inner],
        case .vector(VM_MULTIPLY_ADD) = calls[inner].code
      else { return nil }
      return inner
    }
    for number in calls.indices.reversed() where !isAbsorbed[number] {
      guard case .vector(VM_MULTIPLY_ADD) = calls[number].code else { continue }
      var links = [number]
      while links.count < 4, let next = inner(links[links.count - 1]) { links.append(next) }
      if links.count == 3 { links.removeLast() }
      guard links.count > 1 else { continue }
      calls[number].code = .vector(links.count == 4 ? VM_MULTIPLY_ADD_4 : VM_MULTIPLY_ADD_2)
      let innermost = calls[links[links.count - 1]].arguments
      calls[number].arguments = links.dropLast().reversed().reduce(innermost) {
        $0 + calls[$1].arguments[..<2]
      }
      for link in links.dropFirst() { isAbsorbed[link] = true }
    }
  }

  /// Joins an operation of several with another that feeds it.
  private func join(
    _ calls: inout [Call], _ isAbsorbed: inout [Bool], _ maker: NodeTable<Int>,
    _ uses: NodeTable<Int>
  ) {
    for number in calls.indices.reversed() where !isAbsorbed[number] {
      guard case .vector(let outer) = calls[number].code else { continue }
      let arguments = calls[number].arguments
      for pair in Compiler.pairs where pair.outer == outer {
        let node = arguments[pair.place]
        // A square has become a product of what it uses once.
        guard uses[node] == 1, arguments.filter({ $0 == node }).count == 1,
          let inner = maker[node], !isAbsorbed[inner], case .vector(pair.inner) = calls[inner].code
        else { continue }
        var rest = arguments
        rest.remove(at: pair.place)
        calls[number].code = .vector(pair.joined)
        calls[number].arguments =
          pair.isBehind ? rest + calls[inner].arguments : calls[inner].arguments + rest
        isAbsorbed[inner] = true
        break
      }
    }
  }

  /// Which operation may take in another as its argument at a place.
  private struct Pair {
    let outer: vm_opcode
    let place: Int
    let inner: vm_opcode
    let joined: vm_opcode
    /// Whether the arguments of the other come last.
    var isBehind = false
  }

  private static let pairs = [
    Pair(outer: VM_MULTIPLY_ADD, place: 0, inner: VM_MULTIPLY, joined: VM_MULTIPLY_MULTIPLY_ADD),
    Pair(outer: VM_MULTIPLY_ADD, place: 1, inner: VM_MULTIPLY, joined: VM_MULTIPLY_MULTIPLY_ADD),
    Pair(outer: VM_MULTIPLY_ADD, place: 2, inner: VM_ADD_PRODUCTS, joined: VM_ADD_PRODUCTS_ADD),
    Pair(
      outer: VM_MULTIPLY_ADD, place: 2, inner: VM_SUBTRACT_PRODUCTS,
      joined: VM_SUBTRACT_PRODUCTS_ADD),
    Pair(outer: VM_MULTIPLY_MULTIPLY, place: 0, inner: VM_MULTIPLY_MULTIPLY, joined: VM_MULTIPLY_5),
    Pair(outer: VM_MULTIPLY_MULTIPLY, place: 1, inner: VM_MULTIPLY_MULTIPLY, joined: VM_MULTIPLY_5),
    Pair(outer: VM_MULTIPLY_MULTIPLY, place: 0, inner: VM_MULTIPLY, joined: VM_MULTIPLY_4),
    Pair(outer: VM_MULTIPLY_MULTIPLY, place: 1, inner: VM_MULTIPLY, joined: VM_MULTIPLY_4),
    Pair(outer: VM_AND, place: 0, inner: VM_NOT_EQUALS, joined: VM_NOT_EQUALS_AND),
    Pair(outer: VM_AND, place: 1, inner: VM_NOT_EQUALS, joined: VM_NOT_EQUALS_AND),
    Pair(
      outer: VM_BETWEEN_AND, place: 3, inner: VM_ABSOLUTE_LESS_EQUAL,
      joined: VM_BETWEEN_AND_WITHIN, isBehind: true),
    Pair(
      outer: VM_LESS_EQUAL_AND, place: 0, inner: VM_SQUARED_DISTANCE, joined: VM_DISTANCE_AND),
  ]

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
    case VM_LESS_EQUAL:
      return parts(u[0], VM_ABSOLUTE).map { (VM_ABSOLUTE_LESS_EQUAL, $0 + [u[1]], [u[0]]) }
    case VM_AND: return conjunction(u, parts)
    case VM_OR:
      if let left = parts(u[0], VM_NOT_EQUAL), let right = parts(u[1], VM_NOT_EQUAL) {
        return (VM_NOT_EQUALS, left + right, u)
      }
      for (inner, other) in [(u[0], u[1]), (u[1], u[0])] {
        if let sides = parts(inner, VM_NOT_EQUAL) {
          return (VM_NOT_EQUAL_OR, sides + [other], [inner])
        }
      }
      return nil
    default: return nil
    }
  }

  /// The fused form of `and`: a comparison, or x < y ≤ z, and the rest.
  private func conjunction(
    _ u: [Int], _ parts: (Int, vm_opcode) -> [Int]?
  ) -> (vm_opcode, [Int], [Int])? {
    for (inner, other) in [(u[1], u[0]), (u[0], u[1])] {
      guard let below = parts(inner, VM_LESS), let rest = parts(other, VM_AND) else { continue }
      for (side, last) in [(rest[1], rest[0]), (rest[0], rest[1])] {
        if let above = parts(side, VM_LESS_EQUAL), above[0] == below[1] {
          return (VM_BETWEEN_AND, below + [above[1], last], [inner, other, side])
        }
      }
    }
    for (inner, other) in [(u[1], u[0]), (u[0], u[1])] {
      for (plain, fused) in [
        (VM_LESS, VM_LESS_AND), (VM_LESS_EQUAL, VM_LESS_EQUAL_AND), (VM_EQUAL, VM_EQUAL_AND),
      ] {
        if let sides = parts(inner, plain) { return (fused, sides + [other], [inner]) }
      }
    }
    return nil
  }

  private var integerSquare: vm_opcode { vm_opcode(rawValue: VM_POWER_BASE.rawValue + 2) }
}
