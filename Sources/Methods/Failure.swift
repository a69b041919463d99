/// Why a method could not propose a step, as its status node counts: 0 is none of them.
public enum Failure: Int, Sendable, CaseIterable {
  /// The linear system of the method has no solution.
  case singular = 1
  /// A derivative that the method needs is not finite.
  case notFinite = 2
  /// det H = 0, so a rate that divides by it does not exist.
  case noDeterminant = 3
  /// H = 0, so a rate that divides by its norm does not exist.
  case noHessian = 4
  /// gᵀHg is not positive.
  case noCurvature = 5
  /// The direction of a line search does not go down.
  case notDescent = 6
  /// A line search found no step in as many trials as it has.
  case noAcceptableStep = 7
  /// The trust region shrank to nothing.
  case noRadius = 8
  /// The formula of the step gives none.
  case noNumber = 9
  /// dᵀHd is not positive.
  case noCurvatureAhead = 10
  /// x + ε is x, so that a difference says nothing.
  case lostDifference = 11
  /// f is not finite at a point that a difference needs.
  case differenceNotFinite = 12

  /// What it means for the run.
  public enum Kind: Sendable {
    /// The linear system of the method or its rate has no solution.
    case singular
    /// A needed derivative is not a number.
    case undefined
    /// No acceptable step was found.
    case blocked
  }

  /// What it means for the run.
  public var kind: Kind {
    switch self {
    case .singular, .noDeterminant, .noHessian: .singular
    case .notFinite, .noNumber, .lostDifference, .differenceNotFinite: .undefined
    case .noCurvature, .notDescent, .noAcceptableStep, .noRadius, .noCurvatureAhead: .blocked
    }
  }

  /// The reason in words, as it stands in the results.
  public var reason: String {
    switch self {
    case .singular: "the Newton system has no solution"
    case .notFinite: "a derivative that the method needs is not finite"
    case .noDeterminant: "det H is 0"
    case .noHessian: "H is 0"
    case .noCurvature: "the curvature along the gradient is not positive"
    case .notDescent: "the direction does not go down"
    case .noAcceptableStep: "the line search found no acceptable step"
    case .noNumber: "the step is not a number"
    case .noRadius: "no step in the trust region goes down"
    case .noCurvatureAhead: "the curvature along the direction is not positive"
    case .lostDifference: "epsilon is lost in the rounding of x"
    case .differenceNotFinite: "a difference of f is not finite"
    }
  }
}

import Expressions

extension Scalar {
  /// The status of a derivative that is not finite.
  var finiteStatus: Scalar {
    (absolute <= graph.constant(.greatestFiniteMagnitude)).equals(0).status(.notFinite)
  }

  /// The status of a failure where a condition holds, else 0.
  func status(_ failure: Failure) -> Scalar {
    select(graph.constant(Double(failure.rawValue)), graph.constant(0))
  }

  /// The first of two statuses that is one.
  func orStatus(_ other: Scalar) -> Scalar { equals(0).select(other, self) }
}
