import Expressions

/// First-order methods that remember: all of them need a rate as a number.
extension Direction {
  private static func fraction(_ name: String, _ text: String, _ summary: String)
    -> OptionDefinition
  {
    OptionDefinition(name, .number(0...1), default: text, summary)
  }

  /// v⁺ = βv − ηg, x⁺ = x + v⁺: a heavy ball.
  ///
  /// Polyak, *Some Methods of Speeding up the Convergence of Iteration Methods*, 1964. Costs one gradient.
  public static let momentum = Direction(
    "momentum", "v = beta*v - rate*gradient, x + v: a heavy ball", rate: .mustBeTold,
    settings: [fraction("beta", "0.9", "what is left of the velocity")],
    .step { workspace, settings, rate in
      let model = workspace.model
      let v = workspace.vector(0, named: "v")
      let next = zip(v, model.gradient).map { settings["beta"] * $0 - rate * $1 }
      workspace.set(v, to: next)
      return (next, rate, nil)
    })

  /// v⁺ = βv − ηg, x⁺ = x + βv⁺ − ηg: the ball looks ahead.
  ///
  /// Nesterov 1983, in the form of Sutskever et al., *On the Importance of Initialization and Momentum in
  /// Deep Learning*, 2013, written for the point that is looked at. Costs one gradient.
  public static let nesterov = Direction(
    "nesterov", "v = beta*v - rate*gradient, x + beta*v - rate*gradient", rate: .mustBeTold,
    settings: [fraction("beta", "0.9", "what is left of the velocity")],
    .step { workspace, settings, rate in
      let model = workspace.model
      let v = workspace.vector(0, named: "v")
      let next = zip(v, model.gradient).map { settings["beta"] * $0 - rate * $1 }
      workspace.set(v, to: next)
      let step = zip(next, model.gradient).map { settings["beta"] * $0 - rate * $1 }
      return (step, rate, nil)
    })

  /// Divides each coordinate of −ηg by √(Σ g²) over all iterations.
  ///
  /// Duchi, Hazan and Singer, *Adaptive Subgradient Methods*, JMLR 12, 2011; ε = 1e-8 keeps from 0/0.
  public static let adagrad = Direction(
    "adagrad", "each coordinate over the root of the sum of its squares so far", rate: .mustBeTold,
    .step { workspace, _, rate in
      let model = workspace.model
      let sums = workspace.vector(0, named: "sums of squares")
      let next = zip(sums, model.gradient).map { $0 + $1.power(2) }
      workspace.set(sums, to: next)
      let step = zip(model.gradient, next).map { -(rate * $0 / ($1.squareRoot + 1e-8)) }
      return (step, rate, nil)
    })

  /// As adagrad, with a mean that forgets.
  ///
  /// Tieleman and Hinton, *Lecture 6.5, Neural Networks for Machine Learning*, 2012.
  public static let rmsprop = Direction(
    "rmsprop", "each coordinate over the root of a mean of its squares", rate: .mustBeTold,
    settings: [fraction("beta", "0.9", "what is left of the mean")],
    .step { workspace, settings, rate in
      let model = workspace.model
      let means = workspace.vector(0, named: "means of squares")
      let beta = settings["beta"]
      let next = zip(means, model.gradient).map { beta * $0 + (1 - beta) * $1.power(2) }
      workspace.set(means, to: next)
      let step = zip(model.gradient, next).map { -(rate * $0 / ($1.squareRoot + 1e-8)) }
      return (step, rate, nil)
    })

  /// Means of g and of its squares, freed of their bias towards 0: β₁ = 0.9, β₂ = 0.999, ε = 1e-8.
  ///
  /// Kingma and Ba, *Adam: A Method for Stochastic Optimization*, 2015; the bias by running products.
  public static let adam = Direction(
    "adam", "a mean of the gradient over the root of a mean of its squares", rate: .mustBeTold,
    settings: [
      fraction("beta1", "0.9", "what is left of the mean of g"),
      fraction("beta2", "0.999", "what is left of the mean of its squares"),
    ],
    .step { workspace, settings, rate in
      let model = workspace.model
      let (beta1, beta2) = (settings["beta1"], settings["beta2"])
      let (m, v) = (workspace.vector(0, named: "m"), workspace.vector(0, named: "v"))
      let power1 = workspace.cell(1, named: "beta1^t")
      let power2 = workspace.cell(1, named: "beta2^t")
      let newM = zip(m, model.gradient).map { beta1 * $0 + (1 - beta1) * $1 }
      let newV = zip(v, model.gradient).map { beta2 * $0 + (1 - beta2) * $1.power(2) }
      workspace.set(m, to: newM)
      workspace.set(v, to: newV)
      workspace.set(power1, to: beta1 * power1)
      workspace.set(power2, to: beta2 * power2)
      let (bias1, bias2) = (1 - beta1 * power1, 1 - beta2 * power2)
      let step = zip(newM, newV).map { mean, square in
        -(rate * (mean / bias1) / ((square / bias2).squareRoot + 1e-8))
      }
      return (step, rate, nil)
    })
}
