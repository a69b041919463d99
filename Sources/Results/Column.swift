/// A column of a table: how it is headed, and what it holds.
public struct Column: Sendable {
  /// The head; `*` stands for the name of each variable in turn.
  public let name: String
  /// What it holds, in a few words.
  public let summary: String

  init(_ name: String, _ summary: String) {
    self.name = name
    self.summary = summary
  }

  /// The column of an option that was given as a list.
  public static func option(_ name: String) -> Column {
    Column(name, "value of the method's option; empty for a method without it")
  }

  /// The heads for a function of some variables: `start_x`, `start_y` for `start_*`.
  func heads(_ variables: [String]) -> [String] {
    name.contains("*") ? variables.map { name.replacing("*", with: $0) } : [name]
  }
}
