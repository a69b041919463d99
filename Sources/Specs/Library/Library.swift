import Diagnostics
import Expressions
import Methods

/// The functions that can be asked for by name, written in the spec language: `Library/functions.txt`.
public enum Library {
  /// A function, or a family of functions in n dimensions.
  public struct Entry: Sendable {
    /// The name, as it is typed.
    public let name: String
    /// Why one would use it, in a few words.
    public let about: String
    /// Where it comes from.
    public let source: String
    /// The dimensions of a family; nil for a single function.
    public let family: Family?
    let block: [SpecLine]
  }

  /// The dimensions that a family has: `first`, `first + step`, ….
  public struct Family: Sendable {
    /// The least one, taken where none is asked for.
    public let first: Int
    /// The distance to the next.
    public let step: Int

    /// `2, 3, 4, …`.
    public var examples: String { "\(first), \(first + step), \(first + 2 * step), …" }
  }

  /// Every function, in the order of the file.
  public static let all: [Entry] = {
    let text = String(decoding: PackageResources.functions_txt, as: UTF8.self)
    var blocks: [[SpecLine]] = []
    for line in SpecLine.lines(of: text) {
      if line.isIndented { blocks[blocks.count - 1].append(line) } else { blocks.append([line]) }
    }
    return blocks.map(entry)
  }()

  /// What may stand behind `function NAME`.
  public static let options = [
    OptionDefinition("as", .label, "name that results are filed under")
  ]

  /// The names of all functions.
  public static var names: [String] { all.map(\.name) }

  /// The function of a name; nil if there is none.
  public static func entry(_ name: String) -> Entry? { all.first { $0.name == name } }

  private static func entry(_ block: [SpecLine]) -> Entry {
    func text(_ word: String) -> SourceText? { block.first { $0.word == word }?.rest }
    let family = text("dimension").map { text in
      let numbers = text.words.compactMap { Int($0.string) }
      return Family(first: numbers[0], step: numbers.count > 1 ? numbers[1] : 1)
    }
    return Entry(
      name: block[0].rest.before("(").before("[").string, about: text("about")?.string ?? "",
      source: text("source")?.string ?? "", family: family, block: block)
  }
}

extension Library.Entry {
  /// The function with its domain and minima, and where the literature starts; nil if the library has a
  /// mistake, which its tests exclude.
  ///
  /// - Parameters:
  ///   - label: the name that results are filed under.
  ///   - dimension: one of the family's; nil takes the first.
  public func function(_ label: String, dimension: Int? = nil)
    -> (function: FunctionSpec, starts: [[Double]])?
  {
    try? read(label, dimension: dimension, limits: .none)
  }

  /// The same within limits.
  ///
  /// - Throws: the limit that is passed.
  func read(_ label: String, dimension: Int?, limits: Limits, budget: Budget? = nil)
    throws(Diagnostics) -> (function: FunctionSpec, starts: [[Double]])
  {
    var parser = SpecParser(limits: limits, budget: budget)
    let block = SpecParser.Block(line: block[0], below: Array(block.dropFirst()))
    var parameters: [String: Double] = [:]
    if let family { parameters["n"] = Double(dimension ?? family.first) }
    guard let head = parser.findings.header(block.line.rest, example: ""),
      let spec = parser.readDefinition(block, head, name: label, parameters)
    else { throw Diagnostics(parser.findings.all) }
    let starts = parser.readPoints(
      block.below, "start", of: label, spec.variables, parameters)
    guard parser.findings.all.isEmpty else { throw Diagnostics(parser.findings.all) }
    return (spec, starts)
  }
}
