import Diagnostics
import Expressions
import Methods

extension Experiment {
  /// Reads a spec.
  ///
  /// - Parameters:
  ///   - text: the whole file, without a byte order mark.
  ///   - limits: the bounds on formulas, runs and trace rows.
  ///   - table: reads the file of a `data` line. A `Problem` that it throws is reported at the file's
  ///     name in the spec, `Diagnostics` are reported as they are.
  /// - Returns: the experiment, and what is legal but odd.
  /// - Throws: `Diagnostics`: every mistake of the file, in order.
  public static func parse(
    _ text: String, limits: Limits = Limits(),
    table: TableSource = { _, _ in throw SpecProblem.noTables }
  ) throws -> (experiment: Experiment, warnings: Diagnostics) {
    var parser = SpecParser(limits: limits)
    parser.read(SpecLine.lines(of: text), table: table)
    return try parser.finish()
  }

  /// A hash of what a spec says, the same for every process: a changed comment does not change it.
  public static func hash(of text: String) -> UInt64 { SpecLine.hash(of: text) }

  /// The hash of what the runs themselves rest on: not of titles, figures, expectations and lists of critical points.
  public static func hashOfRuns(of text: String) -> UInt64 {
    SpecLine.hash(
      of: text, leavingOut: ["title", "plot", "window", "expect", "critical-points"])
  }
}

/// Reads directives into an experiment: one method a directive, each in the file of its subject.
struct SpecParser {
  static let directives = Directive.names
  static let subdirectives = Dictionary(
    Directive.all.map { ($0.name, $0.below.map(\.name)) },
    uniquingKeysWith: { $0 + $1.filter(Set($1).subtracting($0).contains) })

  /// A directive with the indented lines below it.
  struct Block {
    let line: SpecLine
    var below: [SpecLine] = []
  }

  /// A start line that waits until the dimensions are known.
  enum StartLine {
    case points(SpecLine)
    case grid(SpecLine)
    case random(SpecLine)

    var line: SpecLine {
      switch self {
      case .points(let line), .grid(let line), .random(let line): line
      }
    }
  }

  /// A function whose starts and figures wait for the top-level ones.
  struct FunctionDraft {
    let line: SpecLine
    var spec: FunctionSpec
    var starts: [StartLine]
    var plots: [Block]
    /// Where the literature starts, for a function of the library.
    var usualStarts: [[Double]] = []
  }

  /// A method whose label waits for the others'.
  struct MethodDraft {
    let line: SpecLine
    let direction: Direction
    /// The options, one value each.
    let values: OptionValues
    /// The kind with what tells it from others of its kind.
    let kind: String
    /// The label, where `as=` gives one.
    let label: String?
    let rates: [RateChoice]?
  }

  let limits: Limits
  var findings: Findings
  var experiment = Experiment()
  var functions: [FunctionDraft] = []
  /// Their names, case aside.
  var functionNames: Set<String> = []
  var methods: [MethodDraft] = []
  /// Where each of the experiment's methods was typed.
  var methodPlaces: [Place] = []
  /// The options that were given as lists, where each was first.
  var listedOptions: [(name: String, place: Place)] = []
  var sharedStarts: [StartLine] = []
  var sharedPlots: [Block] = []
  var expectLines: [SpecLine] = []
  var sharedCriticalPoints: CriticalPointRules?
  /// Whether every function could be read, so that what none of them has is truly not there.
  var areFunctionsKnown = true
  /// Whether every method could be read, so that one that is missed is truly not there.
  var areMethodsKnown = true
  /// The names that methods written in the spec give to what is theirs.
  var methodNames: [SourceText] = []
  /// Where the traces are asked for.
  var tracePlace: Place?
  var sharedRates: (values: [RateChoice], place: Place)?
  /// The first words of the lines that begin a directive, known or not.
  var words: Set<String> = []
  /// How many starts all functions together have so far.
  var startCount = 0
  /// What paths of figures may be called.
  var methodLabels: Set<String> = []
  var windowPlaces: [String: Place] = [:]
  var tableNames: Set<String> = []
  /// The tables that could not be read: no formula is told that they are not there.
  var lostTables: Set<String> = []

  init(limits: Limits, budget: Budget? = nil) {
    self.limits = limits
    findings = Findings(limits: limits, budget: budget)
  }

  mutating func read(_ lines: [SpecLine], table: TableSource) {
    if lines.isEmpty { findings.report(SpecProblem.empty, at: nil) }
    var seen: Set<String> = []
    let blocks = blocks(lines)
    // Formulas need the tables, wherever these stand.
    for block in blocks where block.line.word == "data" && !findings.isClosed {
      readData(block.line, table)
    }
    for block in blocks where !findings.isClosed {
      let line = block.line
      let isSingle = Directive.all.contains { $0.name == line.word && $0.isSingle }
      if isSingle, !seen.insert(line.word).inserted {
        findings.report(SpecProblem.duplicateDirective(line.word), at: line.place)
        continue
      }
      switch line.word {
      case "title": readTitle(line)
      case "function": readFunction(block)
      case "method": readMethod(block)
      case "rates":
        // Bad rates are rates all the same: no method is told to get some.
        sharedRates = (findings.rates(line) ?? [.number(.nan)], line.place)
      case "start": sharedStarts.append(.points(line))
      case "grid": sharedStarts.append(.grid(line))
      case "random": sharedStarts.append(.random(line))
      case "stop": readStop(line)
      case "trace": readTrace(block)
      case "critical-points": sharedCriticalPoints = readCriticalPoints(line)
      case "plot": sharedPlots.append(block)
      case "expect": expectLines.append(line)
      default: break
      }
    }
  }

  /// Directives with what is indented below; what cannot stand where it does is reported and left out.
  private mutating func blocks(_ lines: [SpecLine]) -> [Block] {
    var blocks: [Block] = []
    var isOwnerKnown = false
    for line in lines where !findings.isClosed {
      if line.isIndented {
        guard isOwnerKnown, let owner = blocks.last else {
          if words.isEmpty {
            findings.report(SpecProblem.indentedFirst(line.word), at: line.place)
          }
          words.insert(line.word)
          continue
        }
        // A window belongs to the figure above it, also where that is indented itself.
        let allowed = SpecParser.subdirectives[owner.line.word] ?? []
        let isWindowOfPlot =
          line.word == "window" && owner.below.last?.word == "plot"
          || line.word == "window" && owner.below.last?.word == "window"
        guard allowed.contains(line.word) || isWindowOfPlot else {
          let sign = String(line.word.prefix(1))
          findings.report(
            "+-*/^<>=".contains(sign)
              ? SpecProblem.operatorBegins(sign)
              : SpecProblem.misplacedSubdirective(
                line.word, owner: owner.line.word, allowed: allowed), at: line.place)
          continue
        }
        blocks[blocks.count - 1].below.append(line)
        continue
      }
      words.insert(line.word)
      isOwnerKnown = SpecParser.directives.contains(line.word)
      if isOwnerKnown {
        blocks.append(Block(line: line))
      } else {
        let owners = SpecParser.subdirectives.filter { $0.value.contains(line.word) }.keys.sorted()
        findings.report(
          owners.isEmpty
            ? SpecProblem.unknownDirective(
              line.word, suggestion: suggestion(for: line.word, among: SpecParser.directives),
              allowed: SpecParser.directives)
            : SpecProblem.notIndented(line.word, owners: owners),
          at: line.place)
      }
    }
    return blocks
  }

  private mutating func readTitle(_ line: SpecLine) {
    guard line.rest.count > 0 else {
      findings.report(
        SpecProblem.missing("the title", example: "title Squished paraboloid"), at: line.rest.end)
      return
    }
    experiment.title = line.rest.string
  }

  /// Puts the parts together once all lines are read.
  mutating func finish() throws -> (experiment: Experiment, warnings: Diagnostics) {
    if !findings.isClosed {
      finishMethods()
      finishFunctions()
      checkHessians()
      checkTraceColumns()
      checkWrittenMethods()
      checkDifferences()
      finishExpectations()
    }
    // A directive that is misspelt may be the one that is missed.
    if !findings.isClosed, !words.isEmpty, words.isSubset(of: SpecParser.directives) {
      if !words.contains("function") { findings.report(SpecProblem.noFunction, at: nil) }
      if !words.contains("method") { findings.report(SpecProblem.noMethod, at: nil) }
    }
    var errors = findings.all.filter { $0.severity == .error && !misses(lostTables, $0.problem) }
    if findings.isFull {
      errors.append(Diagnostic(SpecProblem.tooManyProblems(Findings.most), at: nil))
    }
    guard errors.isEmpty else { throw Diagnostics(errors) }
    return (experiment, Diagnostics(findings.all))
  }

  private func misses(_ tables: Set<String>, _ problem: any Problem) -> Bool {
    guard case FormulaProblem.unknownTable(let name, _) = problem else { return false }
    return tables.contains(name)
  }
}
