/// The steps that reading a spec may still take, shared by all that is read of it.
///
/// Each formula has bounds of its own; this one is for many that are cheap alone, and for what is read
/// anew for every function.
public final class Budget {
  private let limit: Int
  private var left: Int

  /// Creates the budget that limits allow.
  public init(_ limits: Limits) {
    limit = limits[.work]
    left = limit
  }

  /// Takes steps, before they are made.
  ///
  /// - Throws: if fewer are left, now and ever after.
  public func spend(_ steps: Int) throws(LimitProblem) {
    guard steps <= left else {
      left = -1
      throw LimitProblem("reading the spec takes too many steps", name: .work, limit: limit)
    }
    left -= steps
  }
}
