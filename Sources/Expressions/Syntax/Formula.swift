import Diagnostics

/// A formula as it was typed: a tree in an array, children before parents.
///
/// The array is in postfix order, so whatever walks the tree is one loop and never recurses to a
/// depth that a user chooses; the nodes of any subtree stand side by side.
public struct Formula: Sendable {
  /// What a node is.
  public enum Kind: Sendable, Equatable {
    case number(Double)
    case name(String)
    /// A text in double quotes, which may name a column.
    case text(String)
    /// A named operator or function with its arguments, the children.
    case call(String)
    /// `u[i]` or `A[i, j]`: what is indexed, then the indices.
    case index
    /// `r.column`: the child is the row.
    case field(String)
    /// `[a, b, c]`: the children one behind the other, vectors laid out.
    case list
    /// `sum(i in 1..n: body)` and its like, by the number of its `Binder`. The children are the ends of
    /// the range or the name of the table, then the bodies.
    case binder(Int)
  }

  /// A node: what it is, the range of its children in `children`, and where it was typed.
  public struct Node: Sendable {
    /// What it is.
    public let kind: Kind
    /// Its children, as a range of `Formula.children`.
    public let children: Range<Int>
    /// The scalars of the whole sub-formula.
    public let range: Range<Int>
    /// The scalar that errors point at: the operator, or the first letter of the name.
    public let anchor: Int
  }

  /// What repeats a body for every number of a range, or every row of a table.
  public struct Binder: Sendable, Equatable {
    /// `sum`, `prod`, `mean`, or `[` for a list.
    public let name: String
    /// The name that takes the values.
    public let variable: String
    /// The scalar of the text where that name stands.
    public let anchor: Int
    /// Whether it runs from one number to another; otherwise over the rows of a table.
    public let isRange: Bool
    /// The nodes of its bodies, side by side.
    public let body: Range<Int>
  }

  /// What a formula may say.
  public enum Language: Sendable {
    /// What has derivatives: a function to be minimised, or a number.
    case functions
    /// Matrices too, and `v'` for what v becomes.
    case quantities
  }

  /// The typed text.
  public let text: SourceText
  /// What it may say.
  public let language: Language
  /// The nodes, children first; the root is the last.
  public internal(set) var nodes: [Node] = []
  /// The children of all nodes, as positions in `nodes`.
  public internal(set) var children: [Int] = []
  /// What repeats, in the order in which it ends.
  public internal(set) var binders: [Binder] = []

  init(text: SourceText, _ language: Language) {
    self.text = text
    self.language = language
  }

  /// The names in the formula, each once, in the order of the text.
  public var names: [String] { names(in: nodes.count - 1) }

  /// The children of a node, as positions in `nodes`.
  public func arguments(of node: Node) -> ArraySlice<Int> { children[node.children] }

  /// A sub-formula as it was typed.
  public func typed(_ position: Int) -> String {
    text.string(nodes[position].range)
  }

  /// The names in a sub-formula, each once, in the order of the text.
  public func names(in position: Int) -> [String] {
    var first = position
    while let child = arguments(of: nodes[first]).first { first = child }
    var names: [String] = []
    for node in nodes[first...position] {
      if case .name(let name) = node.kind, !names.contains(name) { names.append(name) }
    }
    return names
  }
}
