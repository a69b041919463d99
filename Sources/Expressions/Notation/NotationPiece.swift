/// A sub-formula that is set, with what decides whether it needs brackets where it stands.
struct NotationPiece {
  /// How tightly the outermost sign binds.
  enum Strength: Int, Comparable {
    case choice, or, and, not, comparison, sum
    /// A product that begins with −.
    case negative
    case product, power, atom

    static func < (a: Strength, b: Strength) -> Bool { a.rawValue < b.rawValue }
  }

  /// What the first sign is.
  enum Opening {
    case letter, digit, minus, bracket, list, function, sign
  }

  /// `sin x` at the end of a piece: the brackets are left away where the next sign allows it.
  struct Application {
    var head: Notation
    let argument: Notation
    /// Whether it can stand without brackets.
    let isSimple: Bool
    /// Whether the head carries an exponent already.
    var isRaised = false

    var closed: Notation { head + Notation("(") + argument.deepened() + Notation(")") }
    var open: Notation { isSimple ? head + Notation("\u{2009}") + argument : closed }
  }

  /// All but the application at the end.
  var start: Notation
  /// The application at the end, if there is one.
  var end: Application?
  var strength: Strength
  var opening: Opening
  /// Whether it is a quotient, after which no factor can follow.
  var isQuotient = false
  /// Whether it ends in ∑ or ∏ with a body, into which the next factor would fall.
  var endsInSum = false
  /// Whether it is uᵀv, whose value depends on what is multiplied first.
  var isInner = false
  /// Whether T may be raised behind it although nothing else may: ∇fᵀ.
  var takesTranspose = false

  init(
    _ notation: Notation, _ strength: Strength = .atom, opening: Opening = .sign
  ) {
    start = notation
    self.strength = strength
    self.opening = opening
  }

  init(_ application: Application) {
    start = Notation()
    end = application
    strength = application.isSimple ? .product : .atom
    opening = .function
  }

  /// As it stands where nothing follows that it could swallow.
  var notation: Notation { end.map { start + $0.open } ?? start }

  /// As it stands before a factor or a stroke.
  var closed: Notation { end.map { start + $0.closed } ?? start }

  /// How tightly it binds as `closed`.
  var closedStrength: Strength {
    guard let end, start.runs.isEmpty else { return strength }
    return end.isRaised ? .power : .atom
  }

  /// In brackets.
  var bracketed: NotationPiece {
    NotationPiece(
      Notation("(") + notation.deepened() + Notation(")"), opening: .bracket)
  }

  /// In brackets unless it binds at least as tightly.
  func atLeast(_ least: Strength) -> NotationPiece { strength >= least ? self : bracketed }

  /// With nothing but one sign or brackets outside, as the base of a power.
  var asAtom: NotationPiece {
    if strength == .atom { return self }
    if closedStrength == .atom { return NotationPiece(closed, opening: opening) }
    return bracketed
  }

  /// Whether there are bars inside, so that more of them could not be told apart.
  func contains(_ bar: Character) -> Bool { notation.runs.contains { $0.text.contains(bar) } }
}
