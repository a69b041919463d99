import Figures

/// All that the page of an experiment shows: text in, one HTML file out (`html`).
///
/// Its words may hold anything; they are escaped where they are written. Pictures and tables are named by their
/// paths from the page, beside which they lie.
public struct PageContent: Sendable {
  /// The headline.
  public var title: String
  /// The name of the spec's file.
  public var specName: String
  /// The text of the spec.
  public var spec: String
  /// What was counted, one row per function, method and rate.
  public var summary: PageTable
  /// The functions in the order of the spec.
  public var functions: [PageFunction] = []
  /// The figures over all functions.
  public var figures: [PageFigure] = []
  /// The tables that belong to no function.
  public var files: [PageFile] = []

  /// A page without functions and figures.
  public init(title: String, specName: String, spec: String, summary: PageTable) {
    self.title = title
    self.specName = specName
    self.spec = spec
    self.summary = summary
  }
}

/// What a page shows of a function.
public struct PageFunction: Sendable {
  /// The name that results are filed under.
  public var name: String
  /// f(x) = …, as a textbook sets it.
  public var formula: RichText
  /// Where its paths can be followed; nil for a function of other than two variables, and where none is on record.
  public var viewer: PathViewer?
  /// Its critical points, if they were listed.
  public var criticalPoints: PageTable?
  /// What there was no room for, in sentences.
  public var notes: [String] = []
  /// Its figures.
  public var figures: [PageFigure] = []
  /// Its tables.
  public var files: [PageFile] = []

  /// A function without figures.
  public init(name: String, formula: RichText) {
    self.name = name
    self.formula = formula
  }
}

/// A table for people.
public struct PageTable: Sendable {
  /// A column: its head, and whether it holds numbers, which stand right.
  public struct Column: Sendable {
    /// The head.
    public var head: String
    /// Whether it holds numbers.
    public var isNumeric: Bool

    /// A column.
    public init(_ head: String, isNumeric: Bool) {
      self.head = head
      self.isNumeric = isNumeric
    }
  }

  /// What it shows, in a sentence.
  public var caption: String
  /// The columns.
  public var columns: [Column]
  /// The fields, as tables hold them: numbers are rounded to six digits when they are written.
  public var rows: [[String]]

  /// About how many bytes of a page it takes.
  public var size: Int { rows.reduce(1_000) { $0 + $1.reduce(12) { $0 + $1.utf8.count + 5 } } }

  /// A table.
  public init(caption: String, columns: [Column], rows: [[String]]) {
    self.caption = caption
    self.columns = columns
    self.rows = rows
  }
}

/// A figure with its caption.
public struct PageFigure: Sendable {
  /// Its name, by which its files go.
  public var name: String
  /// The picture that is shown, and its size in pixels where that is known; nil where none of its files can be.
  public var picture: (path: String, width: Int, height: Int)?
  /// The lines of its caption: what it shows, then the particulars.
  public var caption: [String]
  /// The file of the caption.
  public var captionFile: PageFile
  /// Its other pictures.
  public var files: [PageFile]

  /// A figure.
  public init(
    name: String, picture: (path: String, width: Int, height: Int)?, caption: [String],
    captionFile: PageFile, files: [PageFile]
  ) {
    self.captionFile = captionFile
    self.name = name
    self.picture = picture
    self.caption = caption
    self.files = files
  }
}

/// A file beside the page.
public struct PageFile: Sendable {
  /// What the link says.
  public var label: String
  /// The path from the page.
  public var path: String

  /// A file.
  public init(_ label: String, path: String) {
    self.label = label
    self.path = path
  }

  /// The path as a reference: whatever is no plain letter, digit or mark is escaped.
  var reference: String { path.reference }
}

extension String {
  /// A path as a reference in a page.
  var reference: String {
    let plain = Set(
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/".utf8)
    return utf8.reduce(into: "") { text, byte in
      if plain.contains(byte) {
        text.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        let digits = String(byte, radix: 16, uppercase: true)
        text += "%" + (digits.count < 2 ? "0" : "") + digits
      }
    }
  }
}
