import Diagnostics
import Expressions
import Methods

/// What filters may speak of: the columns of runs.csv and `function`, and the names that stand in them.
struct FilterColumns {
  private let functions: [String]
  private let methods: [String]
  private let options: [String]
  private let optionTexts: [String: Set<String>]
  private let rates: [String]
  private let starts: [Starts]
  private let startLabels: Set<String>
  private let variables: [String]
  private let variableNames: Set<String>
  /// Whether the functions are known, and so all columns and starts.
  private let areFunctionsKnown: Bool
  /// The steps that looking up a name takes.
  let cost: Int
  private let areMethodsKnown: Bool

  init(
    _ functions: [FunctionSpec], _ methods: [MethodSpec], options: [String],
    areFunctionsKnown: Bool = true, areMethodsKnown: Bool = true
  ) {
    self.functions = functions.map(\.name)
    self.methods = methods.map(\.label)
    self.options = options
    optionTexts = Dictionary(
      uniqueKeysWithValues: options.map { option in
        (option, Set(methods.compactMap { $0.options[option] }))
      })
    var seen: Set<String> = []
    rates = methods.flatMap { $0.rates.map(\.text) }.filter { seen.insert($0).inserted }
    starts = functions.map(\.starts)
    startLabels = Set(starts.flatMap { $0.points.map(\.label) })
    variables = functions.flatMap(\.variables)
    variableNames = Set(variables)
    cost = 1 + methods.count + rates.count + functions.count + startLabels.count
    self.areFunctionsKnown = areFunctionsKnown
    self.areMethodsKnown = areMethodsKnown
  }

  /// What a column holds, and whether it is known before the run; nil where there is none.
  func column(_ name: String) -> (content: RunColumn.Content, isGiven: Bool)? {
    if name == "function" { return (areFunctionsKnown ? .word(functions) : .text, true) }
    if options.contains(name) { return (.rate, true) }
    if variableNames.contains(name) { return (.number, false) }
    if name.hasPrefix("start_"), variableNames.contains(String(name.dropFirst(6))) {
      return (.number, true)
    }
    if !name.contains("*"), let column = RunColumn.all.first(where: { $0.name == name }) {
      return (column.content, column.isGiven)
    }
    return areFunctionsKnown && areMethodsKnown ? nil : (.text, false)
  }

  /// The names of all columns, or of those that are known before the run.
  func names(given: Bool) -> [String] {
    ["function"]
      + RunColumn.all.filter { !given || $0.isGiven }.flatMap { column -> [String] in
        let names =
          column.name.contains("*")
          ? variables.map { column.name.replacing("*", with: $0) } : [column.name]
        return column.name == "method" ? names + options : names
      }
  }

  /// A rule as tables write it, however its blanks were typed.
  func rule(_ text: String) -> String {
    rates.first { $0.filter { $0 != " " } == text.filter { $0 != " " } } ?? text
  }

  /// What is wrong with a word in a column; nil if nothing is.
  func problem(with word: String, in column: String, _ content: RunColumn.Content)
    -> (any Problem)?
  {
    func isKnown(_ names: some Sequence<String>) -> Bool {
      let pattern = Filter.Value.text(word)
      let condition = Filter.Condition(
        column: column, comparison: .equal, values: [pattern], text: "")
      return names.contains { condition.holds(for: .text($0)) }
    }
    switch content {
    case .number, .text: return nil
    case .method:
      guard areMethodsKnown, !isKnown(methods) else { return nil }
      return SpecProblem.unknownPath(
        word, suggestion: suggestion(for: word, among: methods), allowed: methods)
    case .start:
      let labels = starts.flatMap { $0.points.map(\.label) }
      let isOfSet = starts.contains { $0.sets.contains { $0.hasLabel(word) } }
      let mayBeOfSet = word.contains("*") && starts.contains { !$0.sets.isEmpty }
      guard areFunctionsKnown, !startLabels.contains(word), !isOfSet, !mayBeOfSet, !isKnown(labels)
      else { return nil }
      return SpecProblem.unknownStart(
        word, suggestion: suggestion(for: word, among: labels), allowed: labels)
    case .rate:
      let texts = optionTexts[column].map { $0.sorted() } ?? rates
      guard areMethodsKnown, !isKnown(texts) else { return nil }
      let hint = suggestion(for: word, among: texts)
      return column == "rate"
        ? FilterProblem.unknownRate(word, suggestion: hint, allowed: texts)
        : SpecProblem.notAValue(word, option: column, suggestion: hint, accepts: shortList(texts))
    case .word(let words):
      guard !isKnown(words) else { return nil }
      let hint = suggestion(for: word, among: words)
      return column == "function"
        ? SpecProblem.unknownCurve(word, suggestion: hint, allowed: words)
        : SpecProblem.notAValue(word, option: column, suggestion: hint, accepts: list(words))
    }
  }
}

extension Filter {
  /// Reads a filter that chooses runs before they are made.
  ///
  /// - Throws: `Diagnostics`: its mistakes, in order.
  public init(parsing text: String, for experiment: Experiment, limits: Limits = Limits()) throws {
    var findings = Findings(limits: limits)
    let columns = FilterColumns(
      experiment.functions, experiment.methods, options: experiment.optionColumns)
    let filter = findings.filter(SourceText(text), columns, given: true)
    guard let filter, findings.all.isEmpty else { throw Diagnostics(findings.all) }
    self = filter
  }
}

extension Findings {
  /// Reads comparisons; nil where something is wrong with them, which is then reported, of each of them.
  ///
  /// - Parameter given: whether only columns may stand there that are known before the run.
  mutating func filter(_ text: SourceText, _ columns: FilterColumns, given: Bool = false) -> Filter?
  {
    guard spend(text.count, at: text.place(at: 0)), isClosed(text) else { return nil }
    var conditions: [Filter.Condition] = []
    var isGood = true
    var next = text.skippingBlanks(from: 0)
    while next < text.count, !isClosed {
      guard let head = text.comparisonHead(at: next) else {
        let piece = text.filterPiece(at: next)
        let shown = piece.isEmpty ? text[next..<next + 1] : text[piece]
        report(FilterProblem.noComparison(shown.string), at: text.place(at: next))
        return nil
      }
      guard let (pieces, end) = valuePieces(text, head) else { return nil }
      next = end
      if let condition = condition(text, head, pieces, columns, given: given) {
        conditions.append(condition)
      } else {
        isGood = false
      }
    }
    return isGood && !isClosed ? Filter(conditions: conditions) : nil
  }

  /// Whether every quote and bracket has its other one.
  private mutating func isClosed(_ text: SourceText) -> Bool {
    var open: [Int] = []
    var quote: Int?
    for (index, scalar) in text.scalars.enumerated() {
      if scalar == "\"" { quote = quote == nil ? index : nil }
      if quote != nil { continue }
      if scalar == "(" || scalar == "[" { open.append(index) }
      if scalar == ")" || scalar == "]" { _ = open.popLast() }
    }
    guard let first = quote ?? open.first else { return true }
    report(FilterProblem.unclosed(text.string(first..<first + 1)), at: text.place(at: first))
    return false
  }

  /// The values behind a comparison, and where the next one begins.
  private mutating func valuePieces(_ text: SourceText, _ head: SourceText.ComparisonHead)
    -> (pieces: [SourceText], next: Int)?
  {
    var pieces: [SourceText] = []
    var next = text.skippingBlanks(from: head.end)
    while true {
      let piece = text.filterPiece(at: next)
      guard !piece.isEmpty else {
        let example = pieces.first?.string ?? "newton"
        report(
          FilterProblem.noValue(
            column: head.column, example: pieces.isEmpty ? "A,B" : "\(example),B"),
          at: text.place(at: next))
        return nil
      }
      pieces.append(text[piece])
      let comma = text.skippingBlanks(from: piece.upperBound)
      guard comma < text.count, text.scalars[comma] == "," else { return (pieces, comma) }
      next = text.skippingBlanks(from: comma + 1)
      if text.comparisonHead(at: next) != nil { return (pieces, next) }
    }
  }

  private mutating func condition(
    _ text: SourceText, _ head: SourceText.ComparisonHead, _ pieces: [SourceText],
    _ columns: FilterColumns, given: Bool
  ) -> Filter.Condition? {
    guard let column = columns.column(head.column) else {
      let names = columns.names(given: given)
      report(
        FilterProblem.unknownColumn(
          head.column, suggestion: suggestion(for: head.column, among: names), allowed: names),
        at: head.place)
      return nil
    }
    if given, !column.isGiven {
      report(
        FilterProblem.resultColumn(head.column, allowed: columns.names(given: true)),
        at: head.place)
      return nil
    }
    let isOrdered = ![.equal, .unequal].contains(head.comparison)
    let isOfNumbers = [.number, .rate].contains(column.content)
    if isOrdered, !isOfNumbers {
      report(FilterProblem.wordsAreNotOrdered(column: head.column), at: head.place)
      return nil
    }
    var values: [Filter.Value] = []
    guard spend(pieces.count * columns.cost, at: head.place) else { return nil }
    for piece in pieces where !isClosed {
      let value =
        isOfNumbers
        ? number(piece, head, column.content, columns, isOrdered: isOrdered)
        : word(piece, head, column.content, columns)
      if let value { values.append(value) }
    }
    guard values.count == pieces.count else { return nil }
    return Filter.Condition(
      column: head.column, comparison: head.comparison, values: values,
      text: head.column + head.comparison.rawValue
        + pieces.map(\.string).joined(separator: ","))
  }

  private mutating func word(
    _ piece: SourceText, _ head: SourceText.ComparisonHead, _ content: RunColumn.Content,
    _ columns: FilterColumns
  ) -> Filter.Value? {
    let typed = piece.unquoted.string
    let word = content == .rate ? columns.rule(typed) : typed
    if piece.distanceSign != nil, content != .text {
      report(FilterProblem.distanceOfWords(column: head.column), at: piece.place(at: 0))
      return nil
    }
    if let problem = columns.problem(with: word, in: head.column, content) {
      report(problem, at: piece.place(at: 0))
      return nil
    }
    return .text(word)
  }

  /// A number with or without a distance; in a column that rules stand in too, the text of one.
  private mutating func number(
    _ piece: SourceText, _ head: SourceText.ComparisonHead, _ content: RunColumn.Content,
    _ columns: FilterColumns, isOrdered: Bool
  ) -> Filter.Value? {
    let text = piece.unquoted.string
    if !isOrdered, piece.count > piece.unquoted.count || text == "nan" { return .text(text) }
    if text == "inf" { return .number(.infinity, distance: 0) }
    if text == "-inf" { return .number(-.infinity, distance: 0) }
    guard let sign = piece.distanceSign else {
      if content == .rate, !isOrdered, !piece.isConstant {
        return word(piece, head, content, columns)
      }
      return constant(piece).map { .number($0, distance: 0) }
    }
    guard !isOrdered else {
      report(FilterProblem.distanceIsOrdered, at: piece.place(at: sign.lowerBound))
      return nil
    }
    let width = piece[sign.upperBound..<piece.count]
    guard let middle = constant(piece[0..<sign.lowerBound]), let distance = constant(width) else {
      return nil
    }
    guard distance >= 0 else {
      report(FilterProblem.badDistance(width.string), at: width.place(at: 0))
      return nil
    }
    return .number(middle, distance: distance)
  }
}

extension SourceText {
  /// A column with what it is compared by.
  fileprivate struct ComparisonHead {
    let column: String
    let comparison: Filter.Comparison
    let place: Place
    /// Where the value may begin.
    let end: Int
  }

  /// The first place from another on that is no blank.
  fileprivate func skippingBlanks(from index: Int) -> Int {
    scalars[index...].firstIndex { !$0.properties.isWhitespace } ?? count
  }

  /// The text up to a blank, a comma or another sign, brackets and quotes kept whole.
  fileprivate func filterPiece(at start: Int, endingAt signs: Set<Unicode.Scalar> = []) -> Range<
    Int
  > {
    var depth = 0
    var isQuoted = false
    var end = start
    while end < count {
      let scalar = scalars[end]
      if scalar == "\"" { isQuoted.toggle() }
      if !isQuoted {
        if depth == 0, scalar == "," || scalar.properties.isWhitespace || signs.contains(scalar) {
          break
        }
        if scalar == "(" || scalar == "[" { depth += 1 }
        if scalar == ")" || scalar == "]" { depth = max(0, depth - 1) }
      }
      end += 1
    }
    return start..<end
  }

  /// `COLUMN OP` at a place; nil where none stands there.
  fileprivate func comparisonHead(at start: Int) -> ComparisonHead? {
    let name = filterPiece(at: start, endingAt: ["=", "!", "<", ">"])
    guard !name.isEmpty, scalars[name.lowerBound] != "\"" else { return nil }
    let sign = skippingBlanks(from: name.upperBound)
    let comparison = Filter.Comparison.allCases.first {
      scalars[sign...].starts(with: $0.rawValue.unicodeScalars)
    }
    guard let comparison else { return nil }
    return ComparisonHead(
      column: string(name).filter { !$0.isWhitespace }, comparison: comparison,
      place: place(at: start), end: sign + comparison.rawValue.unicodeScalars.count)
  }

  /// Where `±` or `+-` stands outside brackets.
  fileprivate var distanceSign: Range<Int>? {
    if let index = firstIndex(of: "±") { return index..<index + 1 }
    return firstIndex(of: "+-").map { $0..<$0 + 2 }
  }

  /// Whether it begins as a constant expression does, rather than as the name of a rule.
  fileprivate var isConstant: Bool {
    guard let value = try? Formula(parsing: self).constant() else { return false }
    return !value.isNaN
  }
}
