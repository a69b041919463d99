import Expressions

/// The shape of a state.
enum StateShape: Equatable {
  case number
  case vector(Int)
  case symmetric(Int)
  case other(String)

  init(_ value: Value) {
    switch value {
    case .scalar: self = .number
    case .vector(let vector): self = .vector(vector.count)
    case .matrix(let matrix):
      self =
        matrix.symmetric == nil ? .other(value.shape) : .symmetric(matrix.rows)
    default: self = .other(value.shape)
    }
  }

  /// The numbers that are carried.
  var count: Int {
    switch self {
    case .number, .other: 1
    case .vector(let count): count
    case .symmetric(let size): size * (size + 1) / 2
    }
  }

  var isUnsymmetric: Bool { if case .other = self { true } else { false } }

  /// `a vector of 2`.
  var words: String {
    switch self {
    case .number: "a number"
    case .vector(let count): "a vector of \(count)"
    case .symmetric(let size): "a \(size) x \(size) matrix"
    case .other(let words): words
    }
  }

  func value(_ components: Vector) -> Value {
    switch self {
    case .number, .other: .scalar(components[0])
    case .vector: .vector(components)
    case .symmetric(let size): .matrix(Matrix(SymmetricMatrix(size: size, upper: components)))
    }
  }

  /// The numbers of a value of this shape.
  func components(_ value: Value) -> Vector {
    if case .matrix(let matrix) = value { return matrix.symmetric?.upper ?? [] }
    return value.components ?? []
  }

  /// The numbers of a value that has this shape or is a number for all of them; nil of others.
  func fitted(_ value: Value) -> Vector? {
    if case .scalar(let scalar) = value { return Vector(repeating: scalar, count: count) }
    return StateShape(value) == self ? components(value) : nil
  }
}
