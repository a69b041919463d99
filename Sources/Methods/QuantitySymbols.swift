import Expressions

extension Quantity {
  /// The usual signs of quantities in formulas that are set; others keep their names, as words.
  public static let symbols: [String: Spelling.Symbol] = {
    func letter(_ text: String) -> Notation { Notation(text, isSlanted: true) }
    func lowered(_ text: String) -> Notation { Notation(text).placed(.lowered) }
    let gradient = Notation("∇") + letter("f")
    let (H, eigenvalue, rate) = (letter("H"), letter("λ"), letter("η"))
    let usual: [String: Spelling.Symbol] = [
      Quantity.value.name: .sign(letter("f")),
      Quantity.gradient.name: .compound(gradient),
      Quantity.gradientNorm.name: .sign(Notation("‖") + gradient + Notation("‖")),
      Quantity.hessian.name: .sign(H),
      Quantity.determinant.name: .applied("det", H),
      Quantity.eigenvalues.name: .sign(eigenvalue),
      Quantity.minEigenvalue.name: .sign(eigenvalue + lowered("min")),
      Quantity.maxEigenvalue.name: .sign(eigenvalue + lowered("max")),
      Quantity.rate.name: .sign(rate),
      Quantity.stepRate.name: .sign(rate),
      Quantity.step.name: .sign(letter("s")),
      Quantity.stepNorm.name: .sign(Notation("‖") + letter("s") + Notation("‖")),
      "identity": .sign(Notation("I")),
    ]
    let others = all.map { ($0.name, Spelling.Symbol.sign(Notation($0.name.words))) }
    return usual.merging(others) { symbol, _ in symbol }
  }()

  /// What a map of the quantity alone says of it: its formula, or what it is in words.
  public var notation: Notation? {
    func letter(_ text: String) -> Notation { Notation(text, isSlanted: true) }
    let T = Notation("T").placed(.raised)
    let (g, H, eigenvalue) = (letter("g"), letter("H"), letter("λ"))
    let rate = g + T + g + Notation("/") + g + T + H + g
    switch name {
    case Quantity.condition.name:
      return Notation("max|") + eigenvalue + Notation("|/min|") + eigenvalue + Notation("| of ") + H
    case Quantity.cauchyRate.name: return rate
    case Quantity.criticalRate.name: return Notation("2") + rate
    case Quantity.determinantRate.name:
      return Notation("|det\u{2009}") + H + Notation("|")
        + (Notation("\u{2212}1/") + letter("n")).placed(.raised)
    case Quantity.determinant.name: return Notation("det\u{2009}") + H
    case Quantity.minEigenvalue.name: return Notation("smallest eigenvalue of ") + H
    case Quantity.maxEigenvalue.name: return Notation("largest eigenvalue of ") + H
    default: return nil
    }
  }
}

extension String {
  fileprivate var words: String { replacing("_", with: " ") }
}
