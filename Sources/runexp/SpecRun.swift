import CairoCanvas
import Diagnostics
import Foundation
import Page
import Results
import Running
import Specs

/// The run of one spec, from the look at what is there to the last file: the order in which things are done.
struct SpecRun {
  let file: SpecFile
  let options: RunOptions
  /// Whether what is up to date is done again, too.
  var isForced = false

  /// The folder of the results.
  var place: URL { URL(fileURLWithPath: options.output).appendingPathComponent(file.name) }

  /// Makes what is not up to date; what an interrupted run left is used again.
  func make() async throws {
    if isUpToDate() { return }
    let folder = try ResultFolder(place)
    if try hasRemadePage(folder) { return }
    let stamp = file.runStamp
    let size = file.plan.chunkSize(workers: options.workers)
    let log = try ChunkLog(
      place.appendingPathComponent(SpecRun.logName),
      ChunkLog.Header(chunkSize: size) { stamp.with(Versions.build) },
      isAnew: isForced, delay: SpecRun.delay)
    sayWhatIsTaken(from: log, of: file.plan.chunks(size: log.chunkSize).count)
    try await makeResults(in: folder, log)
  }

  /// The finished chunks of a run that was not finished.
  private static let logName = ".unfinished.chunks"

  /// A chunk that is done sooner is soon done again, so that a short run keeps nothing.
  ///
  /// The environment may say otherwise.
  private static var delay: Duration {
    let seconds = ProcessInfo.processInfo.environment["RUNEXP_KEEP_AFTER"].flatMap { Double($0) }
    return .seconds(min(max(0, seconds ?? 2), 1e9))
  }

  /// Says how much an interrupted run left.
  func sayWhatIsTaken(from log: ChunkLog, of count: Int) {
    guard log.oldCount > 0 else { return }
    complain(
      "\(file.path): \(log.oldCount) of \(counted(count, "chunk")) are taken from the interrupted run"
    )
  }

  /// Makes the results, from what a store has of chunks or gets; nothing of it is left in the end.
  func makeResults(in folder: ResultFolder, _ store: any ChunkStore) async throws {
    // From here on the results may be those of another spec or version than the stamp says.
    if options.isIntoDefault { try? FileManager.default.removeItem(at: file.stampPlace) }
    try reportDifferentiation()
    let compiling = Stopwatch()
    let runner = try Runner(file.plan)
    for function in file.plan.functions {
      for complaint in try KnownMinima(of: function.function).complaints {
        complain("\(file.path): warning: \(complaint)")
      }
    }
    options.report("compile", compiling)
    let searching = Stopwatch()
    var searches: [CriticalPointSearch?] = []
    for function in file.plan.functions.map(\.function) {
      searches.append(
        try function.criticalPoints.flatMap { try CriticalPointSearch(function, $0) })
    }
    options.report("search critical points", searching)
    var data = ChartData(file.plan, isWanted: !options.skipsPlots)
    let summary = try await makeRuns(runner, store, &searches, &data, folder)
    data.summary = summary
    let drawing = Drawing(file.plan, folder, data, options.pictures, workers: options.workers)
    if !options.skipsPlots {
      let watch = Stopwatch()
      let page = ExperimentPage(file: file, folder: folder.url, workers: options.workers)
      async let functions = page.functions()
      for note in try await drawing.draw() { complain(note) }
      try folder.settle()
      options.report("draw", watch)
      try writePage(page, try await functions, folder, of: Set(folder.files))
    }
    try folder.finishManifest(
      Versions.lines + (file.hasFigures ? [Versions.font] : []),
      keeping: options.skipsPlots
        ? Drawing.possibleFiles(of: file.plan).union([ExperimentPage.name]) : [])
    if !options.skipsPlots, options.isIntoDefault {
      try file.stamp.recording(folder.files, in: folder.url).write(to: file.stampPlace)
    }
    store.remove()
    if !options.quiet {
      if let title = file.experiment.title { print(title) }
      print(summary.table)
    }
    if options.verbose { complain("\(folder.changedCount) of \(folder.files.count) files changed") }
  }

  /// Whether nothing has to be done, which is said in a line.
  func isUpToDate() -> Bool {
    guard options.isIntoDefault, !isForced else { return false }
    switch file.state {
    case .upToDate: break
    case .outdatedPage where options.skipsPlots: break
    default: return false
    }
    if !options.quiet { print("\(file.path): up to date") }
    return true
  }

  /// Makes the page anew where that is all there is to do: no run is repeated, no figure redrawn.
  ///
  /// - Parameter folder: keeps others from writing it since before the state is looked at.
  private func hasRemadePage(_ folder: ResultFolder) throws -> Bool {
    guard options.isIntoDefault, !isForced, !options.skipsPlots,
      case .outdatedPage(let reason) = file.state,
      let old = Stamp(reading: file.stampPlace)
    else { return false }
    try? FileManager.default.removeItem(at: file.stampPlace)
    let page = ExperimentPage(file: file, folder: folder.url, workers: options.workers)
    try writePage(page, try page.functions(), folder, of: old.fileNames)
    try folder.settle()
    try file.stamp.with(filesOf: old).recording([ExperimentPage.name], in: folder.url)
      .write(to: file.stampPlace)
    if !options.quiet {
      print("\(file.path): the page was made anew, as \(reason); all else is up to date")
    }
    return true
  }

  /// Makes all runs; rows go to their files as they come, in the order of the plan.
  private func makeRuns(
    _ runner: Runner, _ store: any ChunkStore, _ searches: inout [CriticalPointSearch?],
    _ charts: inout ChartData, _ folder: ResultFolder
  ) async throws -> Summary {
    let plan = file.plan
    var summary = Summary(plan)
    var bar = Progress(options.progressMode, total: plan.runCount)
    var done = 0
    let running = Stopwatch()
    var writing = Stopwatch.Sum()
    let tables = plan.functions.map { RunTable($0) }
    let traces = plan.functions.indices.map {
      TraceTable(
        plan.functions[$0], rules: plan.experiment.trace, columns: runner.columns[$0])
    }
    for (index, function) in plan.functions.enumerated() {
      let name = function.function.name
      try folder.append(tables[index].header.bytes, to: "\(name)/runs.csv")
      for path in tracePaths(function, plan.experiment) {
        try folder.append(traces[index].header.bytes, to: path)
      }
    }
    // Rows become text where they are made, on all cores; here they are only appended.
    try await runner.run(workers: options.workers, store: store) { result in
      let function = result.chunk.function
      return Rows(
        result: result, runs: tables[function].rows(result).bytes,
        traces: traces[function].rows(result).bytes)
    } receive: { rows in
      let chunk = rows.result.chunk
      let function = plan.functions[chunk.function]
      let name = function.function.name
      try writing.add {
        try folder.append(rows.runs, to: "\(name)/runs.csv")
        if !rows.traces.isEmpty {
          let label = function.methods[chunk.method].label
          try folder.append(rows.traces, to: "\(name)/traces/\(label).csv")
        }
      }
      summary.count(rows.result, plan)
      searches[chunk.function]?.add(rows.result)
      charts.add(rows.result)
      done += rows.result.outcomes.count
      bar.show(done)
    }
    bar.clear()
    for (index, function) in plan.functions.enumerated() {
      charts.criticalPoints[index] = searches[index]?.finish()
      try writing.add {
        try writeCriticalPoints(function, charts.criticalPoints[index], folder)
        try folder.finish("\(function.function.name)/runs.csv")
        for path in tracePaths(function, plan.experiment) { try folder.finish(path) }
      }
    }
    try writing.add {
      try folder.write(summary.csv.bytes, to: "summary.csv")
      try folder.settle()
    }
    options.report("run", running.duration - writing.duration)
    options.report("write", writing.duration)
    return summary
  }

  /// Says what the derivatives of the functions alone take: programs make their own, with what they need besides.
  private func reportDifferentiation() throws {
    guard options.verbose else { return }
    let watch = Stopwatch()
    for function in file.plan.functions.map(\.function) {
      let model = try function.model().model
      _ = model.gradient
      if function.dimension <= FunctionSpec.greatestHessian { _ = model.hessian }
    }
    options.report("differentiate", watch)
  }

  /// Writes the list of a function, if it is wanted, and which of its points each run reached.
  private func writeCriticalPoints(
    _ plan: FunctionPlan, _ found: CriticalPoints?, _ folder: ResultFolder
  ) throws {
    let function = plan.function
    guard function.criticalPoints != nil else { return }
    let table = CriticalPointTable(function, found)
    var counts: [Int] = []
    if let found {
      var limits = LimitColumn(plan, found)
      try folder.rewrite("\(function.name)/runs.csv") { limits.fill($0) }
      counts = limits.counts
    } else {
      complain("note: " + (table.caption.last ?? ""))
    }
    try folder.write(table.csv(runs: counts).bytes, to: "\(function.name)/critical-points.csv")
    let caption = table.caption.map { $0 + "\n" }.joined()
    try folder.write(Array(caption.utf8), to: "\(function.name)/critical-points.txt")
  }

  /// Writes the page of what lies in the folder.
  private func writePage(
    _ page: ExperimentPage, _ functions: [PageFunction], _ folder: ResultFolder,
    of files: Set<String>
  ) throws {
    let watch = Stopwatch()
    try folder.write(page.bytes(functions, files: files), to: ExperimentPage.name)
    options.report("make the page", watch)
  }

  private func tracePaths(_ function: FunctionPlan, _ experiment: Experiment) -> [String] {
    guard experiment.tracedCount(function.function.starts) > 0 else { return [] }
    return function.methods.map { "\(function.function.name)/traces/\($0.label).csv" }
  }

  /// Ends with the status of what is wrong with files or pictures, once it was said.
  func reportingProblems(_ body: () async throws -> Void) async throws {
    do {
      try await body()
    } catch let problem as FileProblem {
      complain("error: \(problem.sentence)")
      throw ExitStatus.of(problem)
    } catch let problem as CairoError {
      complain("error: \(problem.sentence)")
      throw ExitStatus.of(problem)
    }
  }
}

/// The rows of a chunk as text.
private struct Rows: Sendable {
  let result: ChunkResult
  let runs: [UInt8]
  let traces: [UInt8]
}
