/// How the names of a function or of quantities are set: greek letters, numbers behind a name lowered, unless two
/// names would look alike.
public struct Spelling: Sendable {
  /// A sign for a name that stands for more than a letter.
  public enum Symbol: Sendable {
    /// A sign of its own, as H or ‖∇f‖.
    case sign(Notation)
    /// A sign that needs brackets before it can be raised or lowered, as ∇f.
    case compound(Notation)
    /// A word and what it is applied to: det H.
    case applied(String, Notation)

    /// What is set.
    var notation: Notation {
      switch self {
      case .sign(let notation), .compound(let notation): notation
      case .applied(let word, let notation): Notation(word + "\u{2009}") + notation
      }
    }
  }

  private var spelled: [String: Notation] = [:]
  private var symbols: [String: Symbol] = [:]

  /// The spelling of all names in some formulas.
  ///
  /// - Parameters:
  ///   - formulas: the formulas that stand together.
  ///   - names: more names that they stand together with.
  ///   - symbols: signs for names; a name whose sign has a letter that is taken keeps its words.
  public init(
    _ formulas: [Formula], names: [String] = [], symbols: [String: Symbol] = [:]
  ) {
    let indexed = Set(formulas.flatMap(\.indexedNames))
    let all = Set(names).union(formulas.flatMap(\.names)).union(
      formulas.flatMap { $0.binders.map(\.variable) })
    let own = all.subtracting(symbols.keys).union(names)
    for name in own {
      spelled[name] = Spelling.constants[name] ?? Spelling.textbook(name, indexed: indexed)
    }
    let uses = Dictionary(grouping: spelled.keys) { spelled[$0]?.marked ?? "" }
    for names in uses.values where names.count > 1 {
      for name in names { spelled[name] = Spelling.typed(name) }
    }
    let taken = Set(spelled.values.map(\.plain))
    for (name, symbol) in symbols where spelled[name] == nil {
      let letters = symbol.notation.runs.filter { $0.isSlanted && $0.place == .level }.map(\.text)
      self.symbols[name] =
        letters.contains(where: taken.contains)
        ? .sign(Notation(name.replacing("_", with: " "))) : symbol
    }
  }

  /// A name.
  public func notation(_ name: String) -> Notation {
    spelled[name] ?? symbols[name]?.notation ?? Spelling.typed(name)
  }

  /// The sign of a name that is not set letter by letter.
  func symbol(_ name: String) -> Symbol? { symbols[name] }

  // MARK: Letters

  private static func textbook(_ name: String, indexed: Set<String>) -> Notation {
    let primes = name.filter { $0 == "'" }.count
    let end = Notation(String(repeating: "\u{2032}", count: primes))
    let bare = String(name.dropLast(primes))
    if let letter = greek[bare] { return Notation(letter, isSlanted: true) + end }
    let (base, index) = parts(bare)
    // An index of its own would stand in the way of those that the formula has.
    guard !indexed.contains(bare), !indexed.contains(base), !index.isEmpty, primes == 0 else {
      return typed(bare) + end
    }
    let letter = greek[base] ?? (base.count == 1 ? base : nil)
    guard let letter else { return typed(bare) }
    let isSlanted = index.count == 1
    return Notation(letter, isSlanted: true)
      + index.map { Notation(String($0), isSlanted: isSlanted && $0.isLetter) }
      .reduce(Notation(), +).placed(.lowered)
  }

  /// A name without and with its index: `x1`, `x_1`, `theta_max`; the index is empty where there is none.
  private static func parts(_ name: String) -> (base: String, index: String) {
    let pieces = name.split(separator: "_", omittingEmptySubsequences: false)
    if pieces.count == 2, !pieces[0].isEmpty, !pieces[1].isEmpty {
      return (String(pieces[0]), String(pieces[1]))
    }
    let base = name.prefix { !$0.isNumber }
    let index = name.dropFirst(base.count)
    guard pieces.count == 1, index.allSatisfy(\.isNumber) else { return (name, "") }
    return (String(base), String(index))
  }

  /// Letters slanted, the rest upright.
  private static func typed(_ name: String) -> Notation {
    name.map { character in
      character == "'"
        ? Notation("\u{2032}") : Notation(String(character), isSlanted: character.isLetter)
    }.reduce(Notation(), +)
  }

  private static let constants = [
    "pi": Notation("π"), "tau": Notation("τ"), "e": Notation("e"),
  ]

  private static let greek: [String: String] = [
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "zeta": "ζ", "eta": "η",
    "theta": "θ", "iota": "ι", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ",
    "rho": "ρ", "sigma": "σ", "phi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω", "Gamma": "Γ",
    "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ", "Xi": "Ξ", "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω",
  ]
}

extension Formula {
  /// The names that have indices.
  var indexedNames: [String] {
    nodes.compactMap { node in
      guard node.kind == .index, let base = arguments(of: node).first,
        case .name(let name) = nodes[base].kind
      else { return nil }
      return name
    }
  }
}
