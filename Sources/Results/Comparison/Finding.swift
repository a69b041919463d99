/// One thing in which two results depart.
public struct Finding: Sendable, Equatable {
  /// What departs.
  public enum Kind: String, Sendable, CaseIterable {
    /// A cell of the first row of a run that departs.
    case value
    /// A row has more or fewer cells than its table has columns.
    case cells
    /// Rows that only A has.
    case onlyInA = "only-in-a"
    /// Rows that only B has.
    case onlyInB = "only-in-b"
    /// A start that has another name in B.
    case renamed
    /// A column that only A has.
    case columnOnlyInA = "column-only-in-a"
    /// A column that only B has.
    case columnOnlyInB = "column-only-in-b"
    /// The columns stand in another order.
    case columnOrder = "column-order"
    /// The first line of a text that departs.
    case line
    /// A file that is neither a table nor a text has other bytes.
    case bytes
    /// A file that only A has.
    case fileOnlyInA = "file-only-in-a"
    /// A file that only B has.
    case fileOnlyInB = "file-only-in-b"
  }

  /// What departs.
  public let kind: Kind
  /// The file, within the folders.
  public var file: String
  /// The run or the key of the row, as a filter: `method=newton rate=1 start=p1`.
  public var run = ""
  /// The row within the run, as `iteration=3`; empty where the run is one row.
  public var row = ""
  /// The column.
  public var column = ""
  /// What A has.
  public var a = ""
  /// What B has.
  public var b = ""
  /// The lines of both files, where there are lines.
  public var lineA: Int?
  /// See `lineA`.
  public var lineB: Int?
  /// By how much, where both are numbers.
  public var gap: Gap?
  /// How many rows of the run depart, or are on one side only.
  public var rows = 0

  /// Creates a finding.
  public init(_ kind: Kind, in file: String) {
    self.kind = kind
    self.file = file
  }
}

/// What counts as a difference.
public struct ComparisonRules: Sendable {
  /// How far numbers may lie apart.
  public var tolerances = Tolerances()
  /// The columns that name a row, in place of those that the heads suggest.
  public var keys: [String] = []
  /// Columns that are not compared.
  public var ignoredColumns: Set<String> = []
  /// Whether only how runs end is compared: `ending`, `point` and `limit` of runs.csv.
  public var isOfEndingsOnly = false
  /// Whether only tables are compared.
  public var isOfTablesOnly = false
  /// Whether files of other bytes differ though their numbers are the same.
  public var isOfBytes = false
  /// Whether pictures are left aside.
  public var ignoresPictures = false
  /// Files that are left aside, by their paths within the folders.
  public var ignoredFiles: Set<String> = []
  /// The most runs that are looked ahead for the partner of one, and that wait for theirs.
  public var lookAhead = 500_000

  /// Creates rules by which everything that is not equal is a difference.
  public init() {}
}
