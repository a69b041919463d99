import Diagnostics
import Expressions

extension SpecParser {
  /// The starts of a function in the order of the plan: points, then grids, then random ones.
  mutating func starts(of draft: FunctionDraft, _ lines: [StartLine]) -> Starts {
    let spec = draft.spec
    for line in lines.map(\.line) {
      guard findings.spend(spec.dimension, at: line.place) else { return Starts() }
    }
    var points: [Start] = []
    var labels: Set<String> = []
    let minima = Set(spec.minima)
    for case .points(let line) in lines where !findings.isClosed {
      let before = points.count
      readPoints(line, spec, minima, &points, &labels)
      guard isAllowed(points.count - before, line) else { return Starts() }
    }
    let grids = lines.compactMap { if case .grid(let line) = $0 { line } else { nil } }
    let randoms = lines.compactMap { if case .random(let line) = $0 { line } else { nil } }
    var sets: [any StartSet] = []
    func add(_ set: (any StartSet)?, _ line: SpecLine) {
      guard let set, isAllowed(set.count, line), findings.spend(labels.count, at: line.place) else {
        return
      }
      if let taken = labels.filter(set.hasLabel).min() {
        findings.report(SpecProblem.duplicateName(taken, kind: "start"), at: line.place)
      }
      sets.append(set)
    }
    for (number, line) in grids.enumerated() where isReading {
      let prefix = grids.count > 1 ? "g\(number + 1)-" : "g"
      add(readGrid(line, spec, prefix: prefix), line)
    }
    for (number, line) in randoms.enumerated() where isReading {
      let prefix = randoms.count > 1 ? "r\(number + 1)-" : "r"
      add(readRandom(line, spec, prefix: prefix), line)
    }
    return Starts(points: points, sets: sets)
  }

  /// Whether there is room for more starts, and for more errors.
  private var isReading: Bool { !findings.isClosed && startCount <= limits[.runs] }

  /// Counts starts, each at least a run; once they are too many, the line is reported.
  private mutating func isAllowed(_ count: Int, _ line: SpecLine) -> Bool {
    startCount += count
    guard startCount > limits[.runs] else { return true }
    findings.report(
      LimitProblem(
        "with this line there are \(startCount) starts", name: .runs, limit: limits[.runs]),
      at: line.place)
    return false
  }

  private mutating func readPoints(
    _ line: SpecLine, _ spec: FunctionSpec, _ minima: Set<[Double]>, _ points: inout [Start],
    _ labels: inout Set<String>
  ) {
    guard line.rest.count > 0 else {
      findings.report(SpecProblem.missing("a point", example: "start (-3, -3)"), at: line.rest.end)
      return
    }
    for item in line.rest.items where !findings.isClosed {
      var text = item
      var label = "p\(points.count + 1)"
      if let equals = item.firstIndex(of: "=") {
        let name = item[0..<equals].trimmed
        if !name.isName(allowingHyphen: true) {
          findings.report(SpecProblem.badName(name.string), at: name.place(at: 0))
        }
        label = name.string
        text = item[equals + 1..<item.count].trimmed
      }
      guard let position = findings.point(text, spec.name, spec.variables) else { continue }
      if !labels.insert(label.lowercased()).inserted {
        findings.report(SpecProblem.duplicateName(label, kind: "start"), at: item.place(at: 0))
      }
      if minima.contains(position) {
        findings.warn(SpecProblem.startIsMinimum(label), at: item.place(at: 0))
      }
      points.append(Start(label: label, position: position, isPoint: true))
    }
  }

  /// `grid 9`, `grid 9 x 8`, or ranges with their spacings; the last variable runs fastest.
  private mutating func readGrid(_ line: SpecLine, _ spec: FunctionSpec, prefix: String)
    -> GridStarts?
  {
    let dimension = spec.variables.count
    var axes: [NumberRange] = []
    if line.rest.firstIndex(of: "=") != nil {
      let before = findings.all.count
      let ranges = findings.namedRanges(line.rest.items, spec.variables, needsCount: true)
      for (index, name) in spec.variables.enumerated() {
        guard let range = ranges.first(where: { $0.index == index }) else {
          if findings.all.count == before {
            findings.report(
              SpecProblem.missing(
                "the range of \(name)",
                example: "\(name) = -5 .. 5 linear 9, or \(name) = 0 to hold it"),
              at: line.rest.end)
          }
          return nil
        }
        axes.append(range.range)
      }
    } else {
      let words = line.rest.words
      let parts =
        words.count == 1
        ? words[0].split { $0 == "x" }
        : words.enumerated().filter { $0.offset % 2 == 0 }.map(\.element)
      let hasSigns = words.enumerated().allSatisfy {
        $0.offset % 2 == 0 || $0.element.string == "x"
      }
      guard !parts.isEmpty, hasSigns, words.count % 2 == 1 else {
        findings.report(
          SpecProblem.missing("the size of the grid", example: "grid 8 x 8"),
          at: line.rest.place(at: 0))
        return nil
      }
      guard parts.count == 1 || parts.count == dimension else {
        findings.report(
          SpecProblem.wrongGrid(
            found: parts.count, function: spec.name, variables: spec.variables),
          at: parts[0].place(at: 0))
        return nil
      }
      var counts: [Int] = []
      for part in parts {
        guard let value = findings.constant(part) else { return nil }
        let what = "a grid has 1 point or more along each variable"
        guard let count = findings.count(value, from: 1, what: what, at: part.place(at: 0)) else {
          return nil
        }
        counts.append(count)
      }
      if counts.count == 1 { counts = Array(repeating: counts[0], count: dimension) }
      axes = zip(spec.domain, counts).map { NumberRange(bounds: $0, count: $1) }
    }
    let size = axes.reduce(1.0) { $0 * Double($1.count) }
    guard size <= Double(limits[.runs]) else {
      findings.report(
        LimitProblem(
          "the grid has \(formatNumber(size)) points", name: .runs, limit: limits[.runs]),
        at: line.place)
      return nil
    }
    let held = axes.indices.filter { axes[$0].bounds.lowerBound == axes[$0].bounds.upperBound }
    return GridStarts(prefix: prefix, axes: axes.map(\.points), held: Set(held))
  }

  /// `random N seed=S`, then `in` with ranges that stand in place of the domain's.
  private mutating func readRandom(_ line: SpecLine, _ spec: FunctionSpec, prefix: String)
    -> RandomStarts?
  {
    let example = "random 100 seed=1"
    let words = line.rest.words
    guard let first = words.first, first.firstIndex(of: "=") == nil else {
      findings.report(
        SpecProblem.missing("the number of starts", example: example), at: line.rest.place(at: 0))
      return nil
    }
    let split = words.firstIndex { $0.string == "in" } ?? words.count
    guard split > 1 else {
      findings.report(SpecProblem.missing("the seed", example: example), at: first.end)
      return nil
    }
    let options = findings.options(
      Array(words[1..<split]), of: "random", Starts.randomOptions)
    var box = spec.domain
    if split < words.count, let index = line.rest.places.firstIndex(of: words[split].place(at: 0)) {
      let ranges = line.rest[index + words[split].count..<line.rest.count].trimmed.items
      for (index, range) in findings.namedRanges(ranges, spec.variables, needsCount: false) {
        box[index] = range.bounds
      }
    }
    guard let value = findings.constant(first),
      let count = findings.count(
        value, from: 1, what: "there is 1 random start or more", at: first.place(at: 0))
    else { return nil }
    guard count <= limits[.runs] else {
      findings.report(
        LimitProblem("there are \(count) random starts", name: .runs, limit: limits[.runs]),
        at: line.place)
      return nil
    }
    guard let number = options.number("seed") else { return nil }
    return RandomStarts(prefix: prefix, sides: [count], seed: UInt64(number), box: box)
  }
}
