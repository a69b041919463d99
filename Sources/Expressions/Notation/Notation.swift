/// A formula as a textbook sets it on one line: runs of characters, some slanted, raised, lowered or under
/// the bar of a root.
///
/// Raised and lowered runs that stand side by side belong to the same sign, as in x₁² or ∑ with both limits, and are
/// set one above the other.
public struct Notation: Sendable, Equatable {
  /// Where a run stands.
  public enum Place: Sendable {
    case level
    case raised
    case lowered
  }

  /// Characters in one style.
  public struct Run: Sendable, Equatable {
    /// The characters.
    public var text: String
    /// Whether they lean, as variables do.
    public var isSlanted = false
    /// Where they stand.
    public var place = Place.level
    /// Whether they stand under the bar of a root, which begins at the √ before them.
    public var isOverlined = false
    /// How good a place this is to begin a new line, 0 being the best; nil where none can begin.
    public var lineBreak: Int?
  }

  /// How good places are to begin a line; each bracket around them makes them worse by `deeper`.
  public enum LineBreak {
    /// Before what is added to a formula: its local names.
    public static let best = 0
    static let atSum = 1
    static let atProduct = 2
    static let deeper = 2
  }

  /// The runs from left to right.
  public private(set) var runs: [Run] = []

  /// Nothing.
  public init() {}

  /// Characters in one style.
  public init(_ text: String, isSlanted: Bool = false, lineBreak: Int? = nil) {
    runs = text.isEmpty ? [] : [Run(text: text, isSlanted: isSlanted, lineBreak: lineBreak)]
  }

  /// One behind the other.
  public static func + (left: Notation, right: Notation) -> Notation {
    var sum = left
    sum += right
    return sum
  }

  /// Adds runs at the end; what has the same style becomes one run.
  public static func += (left: inout Notation, right: Notation) {
    for run in right.runs {
      if let last = left.runs.last, run.lineBreak == nil, last.isSlanted == run.isSlanted,
        last.place == run.place, last.isOverlined == run.isOverlined
      {
        left.runs[left.runs.count - 1].text += run.text
      } else {
        left.runs.append(run)
      }
    }
  }

  /// The same, raised, lowered or level.
  public func placed(_ place: Place) -> Notation {
    changed {
      $0.place = place
      $0.lineBreak = nil
    }
  }

  /// The characters with their styles marked: x_{1}^{2}, √{x + 1}.
  public var marked: String {
    var text = ""
    var isOpen = false
    func close() {
      if isOpen { text += "}" }
      isOpen = false
    }
    var last: Run?
    for run in runs {
      if last?.place != run.place || last?.isOverlined != run.isOverlined {
        close()
        switch run.place {
        case .raised: text += "^{"
        case .lowered: text += "_{"
        case .level: text += run.isOverlined ? "{" : ""
        }
        isOpen = run.place != .level || run.isOverlined
      }
      text += run.text
      last = run
    }
    close()
    return text
  }

  /// The characters without their styles.
  public var plain: String { runs.map(\.text).joined() }

  /// How many characters there are.
  var count: Int { runs.reduce(0) { $0 + $1.text.count } }

  /// The same one bracket deeper, where a line rather does not begin.
  func deepened() -> Notation {
    changed { $0.lineBreak = $0.lineBreak.map { $0 + LineBreak.deeper } }
  }

  /// The same under the bar of a root.
  func overlined() -> Notation {
    changed {
      $0.isOverlined = true
      $0.lineBreak = nil
    }
  }

  private func changed(_ change: (inout Run) -> Void) -> Notation {
    var copy = self
    for place in copy.runs.indices { change(&copy.runs[place]) }
    return copy
  }
}
