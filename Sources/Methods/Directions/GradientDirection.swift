import Expressions

extension Direction {
  /// Steepest descent: x⁺ = x − ηg.
  ///
  /// Cauchy, *Méthode générale pour la résolution des systèmes d'équations simultanées*, 1847. Needs g;
  /// costs one gradient an iteration. The Euclidean metric is assumed: in a narrow valley −g does not
  /// point along it. The rate has no default, because none is right: it must stay below 2/λmax.
  public static let gradient = Direction(
    "gradient", "x - rate*gradient: steepest descent", rate: .mustBeTold,
    .direction { workspace, _ in (workspace.model.gradient.map { -$0 }, nil) })
}
