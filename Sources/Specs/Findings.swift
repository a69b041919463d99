import Diagnostics
import Expressions
import Methods

/// Collects what is wrong while a spec is read, so that all of it comes in one go.
///
/// A place has at most one error and one warning: a line that serves several functions is read for each
/// of them, but its mistake is found once.
struct Findings {
  /// Where they are as many, the rest of the file is not looked at any more.
  static let most = 1000
  /// Bytes of a name that files are called by, so that they can be.
  static let longestLabel = 200

  let limits: Limits
  /// The steps that reading may still take.
  let budget: Budget
  private(set) var all: [Diagnostic] = []
  private var seen: [Diagnostic.Severity: Set<Place>] = [:]
  private var isOverBudget = false

  init(limits: Limits = Limits(), budget: Budget? = nil) {
    self.limits = limits
    self.budget = budget ?? Budget(limits)
  }

  /// Whether the rest of the file is not looked at any more.
  var isClosed: Bool { isFull || isOverBudget }
  /// Whether there are so many errors that no more are kept.
  var isFull: Bool { seen[.error]?.count ?? 0 >= Findings.most }

  /// Takes steps from the budget, before they are made.
  ///
  /// - Returns: whether there were as many; if not, that is reported once.
  mutating func spend(_ steps: Int, at place: Place) -> Bool {
    do {
      try budget.spend(steps)
      return true
    } catch {
      report(error, at: place)
      return false
    }
  }

  mutating func report(_ problem: any Problem, at place: Place?) {
    add(Diagnostic(problem, at: place))
  }

  mutating func warn(_ problem: any Problem, at place: Place) {
    add(Diagnostic(problem, at: place, severity: .warning))
  }

  private mutating func add(_ diagnostic: Diagnostic) {
    if (diagnostic.problem as? LimitProblem)?.name == .work {
      if isOverBudget { return }
      isOverBudget = true
    }
    if let place = diagnostic.place, diagnostic.excerpt == nil {
      guard seen[diagnostic.severity]?.count ?? 0 < Findings.most,
        seen[diagnostic.severity, default: []].insert(place).inserted
      else { return }
    }
    all.append(diagnostic)
  }

  /// Runs a body, keeping what it throws.
  mutating func collect<Value>(_ body: () throws -> Value) -> Value? {
    do {
      return try body()
    } catch let diagnostic as Diagnostic {
      add(diagnostic)
    } catch let diagnostics as Diagnostics {
      for diagnostic in diagnostics.all { add(diagnostic) }
    } catch {
      preconditionFailure("only diagnostics are thrown while a spec is read: \(error)")
    }
    return nil
  }
}
