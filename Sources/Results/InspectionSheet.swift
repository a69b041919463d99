import Diagnostics
import Expressions
import Running
import Specs

extension Sheet {
  /// All that is known of a function at a point.
  public init(_ found: Inspection) {
    self.init()
    let function = found.function
    let names = function.variables
    add("function", .text(function.name + "(" + function.declaration + ")"))
    add("formula", .text(function.formula.text.string.onOneLine))
    for local in function.locals {
      add("where \(local.name)", .text(local.formula.text.string.onOneLine))
    }
    addFormulas(found, names)
    addGap()
    add("at", .vector(found.position), note: shortList(names))
    add("f", .number(found.value), note: found.reason)
    add("gradient", .vector(found.gradient))
    add("|gradient|", .number(found.gradientNorm), key: "gradient_norm")
    if let curvature = found.curvature {
      addHessian(curvature)
      addNewton(curvature, found)
    } else {
      add(
        "Hessian", .none, key: "hessian",
        note: "not looked at: \(names.count) variables, and "
          + "\(FunctionSpec.greatestHessian) are the most")
    }
    addGap()
    add(
      "rates",
      .table(
        ["rate", "value", "what it is"],
        found.rates.map { rate in
          [
            .text(rate.name), rate.value.map { .number($0) } ?? .text("none"), .text(rate.note),
          ]
        }))
  }

  private mutating func addFormulas(_ found: Inspection, _ names: [String]) {
    addGap()
    let n = names.count
    guard !found.gradientFormulas.isEmpty else {
      add(
        "derivatives", .none,
        note: "numbers only: \(n) variables, and \(Inspection.greatestShown) are the most that are "
          + "written as formulas")
      return
    }
    guard found.gradientFormulas.contains(where: { $0 != .notWritable }) else {
      add("derivatives", .none, note: "numbers only: f sums over data")
      return
    }
    for (name, formula) in zip(names, found.gradientFormulas) {
      addDerivative("df/d\(name)", formula, key: "gradient_formula_\(name)")
    }
    var place = 0
    for i in 0..<n where !found.hessianFormulas.isEmpty {
      for j in i..<n {
        let below = i == j ? "d\(names[i])^2" : "d\(names[i]) d\(names[j])"
        addDerivative(
          "d2f/\(below)", found.hessianFormulas[place],
          key: "hessian_formula_\(names[i])_\(names[j])")
        place += 1
      }
    }
  }

  private mutating func addDerivative(_ label: String, _ formula: ReadableFormula, key: String) {
    switch formula {
    case .text(let text): add(label, .text(text), key: key)
    case .tooLong: add(label, .none, key: key, note: "too long to read; numbers only")
    case .notWritable: add(label, .none, key: key, note: "sums over data; numbers only")
    }
  }

  private mutating func addHessian(_ curvature: Inspection.Curvature) {
    addGap()
    let isShown = curvature.rows.count <= Inspection.greatestShown
    if isShown {
      add("Hessian", .matrix(curvature.rows), key: "hessian")
      if let inverse = curvature.inverse {
        add("inverse", .matrix(inverse))
      } else {
        add("inverse", .none, note: "none: H is singular or not finite")
      }
    } else {
      let n = curvature.rows.count
      add("Hessian", .none, key: "hessian", note: "\(n) x \(n) entries, not shown")
    }
    add("determinant", .number(curvature.determinant))
    if isShown {
      add(
        "eigenvalues",
        .table(
          ["value", "vector"],
          curvature.eigenvalues.enumerated().map { place, value in
            [
              .number(value),
              place < curvature.eigenvectors.count
                ? .vector(curvature.eigenvectors[place]) : .text("none"),
            ]
          }), note: curvature.words)
    } else {
      let ends = [curvature.eigenvalues.first, curvature.eigenvalues.last].compactMap(\.self)
      add("eigenvalues", .vector(ends), note: "the least and the greatest; \(curvature.words)")
    }
    add("condition", .number(curvature.condition))
  }

  private mutating func addNewton(_ curvature: Inspection.Curvature, _ found: Inspection) {
    addGap()
    guard let newton = curvature.newton else {
      add(
        "Newton step", .none, key: "newton_step", note: "none: the Newton system has no solution")
      return
    }
    let slope = zip(found.gradient, newton.step).reduce(0) { $0 + $1.0 * $1.1 }
    add(
      "Newton step", .vector(newton.step), key: "newton_step",
      note: slope < 0 ? "downhill" : slope > 0 ? "uphill" : "")
    add("leads to", .vector(newton.next), key: "newton_next")
    add("f there", .number(newton.value), key: "newton_f")
    add("by the model", .number(newton.predicted), key: "newton_predicted_f")
    add("|gradient| there", .number(newton.gradientNorm), key: "newton_gradient_norm")
    add("angle", .number(newton.angle), note: "degrees between -gradient and the Newton step")
  }
}

extension Inspection.Curvature {
  /// What the signs of the eigenvalues say.
  fileprivate var words: String {
    if eigenvalues.contains(where: { !$0.isFinite }) { return "not finite" }
    let (least, greatest) = (eigenvalues.first ?? 0, eigenvalues.last ?? 0)
    if least > 0 { return "positive definite: f bends up in every direction" }
    if greatest < 0 { return "negative definite: f bends down in every direction" }
    if least < 0, greatest > 0 { return "indefinite: f bends up and down" }
    return "singular"
  }
}

extension FunctionSpec {
  /// The variables as they were declared.
  fileprivate var declaration: String { declarations.map(\.declaration).joined(separator: ", ") }
}

extension String {
  /// The text with single blanks between words, and none at either end.
  fileprivate var onOneLine: String {
    split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}
