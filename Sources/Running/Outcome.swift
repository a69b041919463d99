/// How a run ended.
public enum Ending: String, CaseIterable, Sendable {
  /// ‖g‖ is not above the tolerance.
  case converged
  /// The step no longer changes x, or a step or decrease tolerance was met.
  case stalled
  /// At the limit, the last steps still going the same way.
  case crawling
  /// At the limit, the last steps reversing, or a cycle.
  case oscillating
  /// Left the radius, overflowed, or was still growing at the limit.
  case diverged
  /// f or a derivative that the method needs is not a number.
  case undefined
  /// The method's linear system has no solution.
  case singular
  /// The rate rule found no acceptable step.
  case blocked

  /// One line of help.
  public var summary: String {
    switch self {
    case .converged: "the norm of the gradient is not above the tolerance"
    case .stalled: "the step no longer changes x, or a step or decrease tolerance was met"
    case .crawling: "at the limit, the last steps still going the same way"
    case .oscillating: "at the limit, the last steps reversing, or a cycle"
    case .diverged: "left the radius, overflowed, or was still growing at the limit"
    case .undefined: "f or a derivative that the method needs is not a number"
    case .singular: "the method's linear system has no solution"
    case .blocked: "the rate rule found no acceptable step"
    }
  }
}

/// What a run ended at.
public enum PointKind: String, CaseIterable, Sendable {
  /// Stationary, all eigenvalues positive.
  case minimum
  /// Stationary, eigenvalues of both signs.
  case saddle
  /// Stationary, all eigenvalues negative.
  case maximum
  /// Stationary, with an eigenvalue that cannot be told from zero.
  case degenerate
  /// Not stationary.
  case moving
  /// Stationary, but without a Hessian to tell by.
  case unknown

  /// One line of help.
  public var summary: String {
    switch self {
    case .minimum: "stationary, all eigenvalues of the Hessian positive"
    case .saddle: "stationary, eigenvalues of both signs"
    case .maximum: "stationary, all eigenvalues negative"
    case .degenerate: "stationary, with an eigenvalue that cannot be told from zero"
    case .moving: "not stationary"
    case .unknown: "stationary, but without a Hessian to tell by"
    }
  }
}

/// All that is kept of a run.
public struct Outcome: Sendable, Equatable {
  /// How it ended.
  public var ending: Ending
  /// Why, in words; empty where the word says it all.
  public var reason = ""
  /// The number of committed steps.
  public var iterations: Int
  /// The last iterate.
  public var position: [Double]
  /// What the last iterate is.
  public var point = PointKind.moving
  /// f there.
  public var value = Double.nan
  /// ‖g‖ there.
  public var gradientNorm = Double.nan
  /// The extreme eigenvalues of H there.
  public var eigenvalues: (least: Double, greatest: Double)? = nil
  /// How often the method asked for f, g and H.
  public var evaluations = Evaluations()
  /// The arithmetic operations of all that the method did, by count.
  public var operations = 0.0
  /// The evidence of the last steps, for a run that met a limit.
  public var tail: Tail?
  /// The fitted order of convergence.
  public var order: Double?

  /// Compares all but the eigenvalues, which follow from the rest.
  public static func == (left: Outcome, right: Outcome) -> Bool {
    left.ending == right.ending && left.reason == right.reason
      && left.iterations == right.iterations && left.position == right.position
      && left.point == right.point && left.evaluations == right.evaluations
  }
}

/// How often a method asked for f, g and H; what a trace or a classification computed does not count.
///
/// A method with a fixed rate asks for g at every point it visits, the last one included, where g says
/// whether to stop, and for H at every point it steps from. With differences it asks for f alone, at each point
/// that the difference of a derivative needs, and where two of them share a point once.
public struct Evaluations: Sendable, Equatable {
  /// Of f.
  public var value = 0
  /// Of g.
  public var gradient = 0
  /// Of H.
  public var hessian = 0

  /// Of all three.
  public var total: Int { value + gradient + hessian }
}
