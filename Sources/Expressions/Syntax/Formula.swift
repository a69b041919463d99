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
    /// A named operator or function with its arguments, the children.
    case call(String)
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

  /// The typed text.
  public let text: SourceText
  /// The nodes, children first; the root is the last.
  public internal(set) var nodes: [Node] = []
  /// The children of all nodes, as positions in `nodes`.
  public internal(set) var children: [Int] = []

  init(text: SourceText) {
    self.text = text
  }

  /// The children of a node, as positions in `nodes`.
  public func arguments(of node: Node) -> ArraySlice<Int> { children[node.children] }

  /// A sub-formula as it was typed.
  public func typed(_ position: Int) -> String {
    text.string(nodes[position].range)
  }
}
