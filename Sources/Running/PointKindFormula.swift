import Expressions

extension PointKind {
  /// The kind of a stationary point as a formula, whose value is a `code`.
  ///
  /// By the signs of the eigenvalues of H, in ascending order; degenerate where one cannot be told from zero, or
  /// changes its sign or more than 40 % of itself on the way to where the quadratic model has its stationary point.
  static func formula(_ eigenvalues: Vector, beyond: Vector) -> Scalar {
    let graph = eigenvalues[0].graph
    let sizes = eigenvalues.map(\.absolute)
    let greatest = PointKind.greatest(sizes)
    let least = sizes.dropFirst().reduce(sizes[0]) { ($1 < $0).select($1, $0) }
    let changes = zip(eigenvalues, beyond).map { now, then in
      ((then - now).absolute <= 0.4 * now.absolute).equals(0)
    }
    let isDegenerate = changes.reduce(
      least <= 64 * Double(eigenvalues.count) * 0x1p-52 * greatest
    ) { $0.or($1) }
    let zero = graph.constant(0)
    func constant(_ kind: PointKind) -> Scalar { graph.constant(kind.code) }
    return isDegenerate.select(
      constant(.degenerate),
      (zero < eigenvalues[0]).select(
        constant(.minimum),
        (eigenvalues[eigenvalues.count - 1] < zero).select(constant(.maximum), constant(.saddle))))
  }

  /// The greatest of some sizes; one that is not a number is left out unless it is the first.
  static func greatest(_ sizes: Vector) -> Scalar {
    sizes.dropFirst().reduce(sizes[0]) { ($0 < $1).select($1, $0) }
  }

  /// The number that stands for the kind.
  var code: Double { Double(PointKind.allCases.firstIndex(of: self) ?? 0) }

  /// The kind of a code.
  init(code: Double) { self = PointKind.allCases[Int(code)] }
}
