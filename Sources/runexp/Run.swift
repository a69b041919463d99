import ArgumentParser
import CVectorMath
import CairoCanvas
import Diagnostics
import Foundation
import Page
import Results
import Running
import Specs

/// `runexp run SPEC…`: runs everything, writes the results, prints the summary.
struct Run: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run everything in the specs; write tables, traces and pictures.")

  /// Where results go if nobody says.
  static let defaultOutput = "output"

  @OptionGroup var arguments: SpecArguments
  @OptionGroup var pictures: PictureArguments

  @Option(name: .shortAndLong, help: "The folder for results.", completion: .directory)
  var output = defaultOutput

  @Option(name: .shortAndLong, help: "Chunks at a time (default: all cores).")
  var jobs: Int?

  @Option(
    help: "Only the runs that a filter chooses, without figures: 'method=newton start=p1,p2'.")
  var only: String?

  @Flag(name: .customLong("no-plots"), help: "Draw nothing; keep the pictures there are.")
  var skipsPlots = false

  @Flag(name: [.customShort("n"), .customLong("dry-run")], help: "Say what would run, and stop.")
  var isDry = false

  @Flag(name: .shortAndLong, help: "Print no summary.")
  var quiet = false

  @Flag(name: .shortAndLong, help: "Say what each part took.")
  var verbose = false

  @Flag(help: "Redo everything, also what is up to date.")
  var force = false

  @Option(help: "auto, always or never: the bar on standard error.")
  var progress = "auto"

  func validate() throws {
    if let jobs, jobs < 1 { throw ValidationError("--jobs needs a number of 1 or more.") }
    guard ["auto", "always", "never"].contains(progress) else {
      throw ValidationError("--progress is auto, always or never.")
    }
    if only != nil, isIntoDefault {
      throw ValidationError(
        "--only needs -o with a folder other than \(Run.defaultOutput), so that it never mixes with a full result."
      )
    }
  }

  func run() async throws {
    guard vm_machine_supported() else {
      complain(
        "runexp needs a processor with fused multiply-add: x86-64-v3 (2013 or later) or arm64.")
      throw ExitStatus.software
    }
    try findKernels()
    let parsing = Stopwatch()
    let (read, failure) = try arguments.read(pictures)
    report("parse", parsing)
    if let failure { throw failure }
    let files = try only.map { filter in try read.map { try $0.only(filter) } } ?? read
    if !isDry, !skipsPlots, files.contains(where: \.hasFigures) { try findFont() }
    var areExpectationsMet = true
    for file in files {
      if isDry {
        let (runs, steps) = (counted(file.plan.runCount, "run"), formatNumber(file.plan.stepLimit))
        print("\(file.path): \(runs), at most \(steps) steps")
        continue
      }
      do {
        try await run(file)
        areExpectationsMet = try meetsExpectations(file) && areExpectationsMet
      } catch let problem as FileProblem {
        complain("error: \(problem.sentence)")
        throw ExitStatus.of(problem)
      } catch let problem as CairoError {
        complain("error: \(problem.sentence)")
        throw ExitStatus.of(problem)
      }
    }
    if !areExpectationsMet { throw ExitStatus.different }
  }

  /// The environment may ask for the kernels of another instruction set.
  private func findKernels() throws {
    let name = String(cString: vm_tier_name(vm_best_tier()))
    if let wanted = ProcessInfo.processInfo.environment["RUNEXP_KERNELS"], wanted != name {
      let all = [VM_SCALAR, VM_AVX2, VM_AVX512, VM_NEON].filter(vm_tier_available)
      let names = all.map { String(cString: vm_tier_name($0)) }
      complain("error: RUNEXP_KERNELS is \(list(names, "or")) on this processor, not '\(wanted)'")
      throw ExitCode.validationFailure
    }
    if verbose { complain("kernels: \(name)") }
  }

  /// Says so before the long part if figures cannot be written, or in another font than they are made for.
  private func findFont() throws {
    guard let font = SystemFont.found else {
      complain("error: \(CairoError.noFont.sentence)")
      throw ExitStatus.of(CairoError.noFont)
    }
    if let warning = font.warning { complain(warning) }
  }

  private func run(_ file: SpecFile) async throws {
    if isUpToDate(file) { return }
    let folder = try ResultFolder(
      URL(fileURLWithPath: output).appendingPathComponent(file.name))
    if try hasRemadePage(file, folder) { return }
    // From here on the results may be those of another spec or version than the stamp says.
    if isIntoDefault { try? FileManager.default.removeItem(at: file.stampPlace) }
    let compiling = Stopwatch()
    let runner = try Runner(file.plan)
    for function in file.plan.functions {
      for complaint in try KnownMinima(of: function.function).complaints {
        complain("\(file.path): warning: \(complaint)")
      }
    }
    report("differentiate and compile", compiling)
    let searching = Stopwatch()
    var searches: [CriticalPointSearch?] = []
    for function in file.plan.functions.map(\.function) {
      searches.append(
        try function.criticalPoints.flatMap { try CriticalPointSearch(function, $0) })
    }
    report("search critical points", searching)
    let running = Stopwatch()
    var data = ChartData(file.plan, isWanted: !skipsPlots)
    let summary = try await makeRuns(file.plan, runner, &searches, &data, folder)
    data.summary = summary
    report("run and write", running)
    let drawing = Drawing(file.plan, folder, data, pictures, workers: workers)
    if !skipsPlots {
      let watch = Stopwatch()
      let page = ExperimentPage(file: file, folder: folder.url, workers: workers)
      async let functions = page.functions()
      for note in try await drawing.draw() { complain(note) }
      report("draw", watch)
      try writePage(page, try await functions, folder, of: Set(folder.files))
    }
    try folder.finishManifest(
      Versions.lines + (file.hasFigures ? [Versions.font] : []),
      keeping: skipsPlots ? Drawing.possibleFiles(of: file.plan).union([ExperimentPage.name]) : [])
    if !skipsPlots, isIntoDefault {
      try file.stamp.recording(folder.files, in: folder.url).write(to: file.stampPlace)
    }
    if !quiet {
      if let title = file.experiment.title { print(title) }
      print(summary.table)
    }
    if verbose { complain("\(folder.changedCount) of \(folder.files.count) files changed") }
  }

  /// A stamp tells of the default folder alone: other folders are for comparisons.
  var isIntoDefault: Bool {
    URL(fileURLWithPath: output).standardizedFileURL.path
      == URL(fileURLWithPath: Run.defaultOutput).standardizedFileURL.path
  }

  /// Whether nothing has to be done, which is said in a line.
  private func isUpToDate(_ file: SpecFile) -> Bool {
    guard isIntoDefault, !force else { return false }
    switch file.state {
    case .upToDate: break
    case .outdatedPage where skipsPlots: break
    default: return false
    }
    if !quiet { print("\(file.path): up to date") }
    return true
  }

  /// Makes the page anew where that is all there is to do: no run is repeated, no figure redrawn.
  ///
  /// - Parameter folder: keeps others from writing it since before the state is looked at.
  private func hasRemadePage(_ file: SpecFile, _ folder: ResultFolder) throws -> Bool {
    guard isIntoDefault, !force, !skipsPlots, case .outdatedPage(let reason) = file.state,
      let old = Stamp(reading: file.stampPlace)
    else { return false }
    try? FileManager.default.removeItem(at: file.stampPlace)
    let page = ExperimentPage(file: file, folder: folder.url, workers: workers)
    try writePage(page, try page.functions(), folder, of: old.fileNames)
    try file.stamp.with(filesOf: old).recording([ExperimentPage.name], in: folder.url)
      .write(to: file.stampPlace)
    if !quiet {
      print("\(file.path): the page was made anew, as \(reason); all else is up to date")
    }
    return true
  }

  /// Makes all runs; rows go to their files as they come, in the order of the plan.
  private func makeRuns(
    _ plan: Plan, _ runner: Runner, _ searches: inout [CriticalPointSearch?],
    _ charts: inout ChartData, _ folder: ResultFolder
  ) async throws -> Summary {
    var summary = Summary(plan)
    var bar = Progress(progressMode, total: plan.runCount)
    var done = 0
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
    try await runner.run(workers: workers) { result in
      let function = result.chunk.function
      return Rows(
        result: result, runs: tables[function].rows(result).bytes,
        traces: traces[function].rows(result).bytes)
    } receive: { rows in
      let chunk = rows.result.chunk
      let function = plan.functions[chunk.function]
      let name = function.function.name
      try folder.append(rows.runs, to: "\(name)/runs.csv")
      if !rows.traces.isEmpty {
        let label = function.methods[chunk.method].label
        try folder.append(rows.traces, to: "\(name)/traces/\(label).csv")
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
      try writeCriticalPoints(function, charts.criticalPoints[index], folder)
      try folder.finish("\(function.function.name)/runs.csv")
      for path in tracePaths(function, plan.experiment) { try folder.finish(path) }
    }
    try folder.write(summary.csv.bytes, to: "summary.csv")
    return summary
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
    report("make the page", watch)
  }

  private func tracePaths(_ function: FunctionPlan, _ experiment: Experiment) -> [String] {
    guard experiment.tracedCount(function.function.starts) > 0 else { return [] }
    return function.methods.map { "\(function.function.name)/traces/\($0.label).csv" }
  }

  private var workers: Int {
    let slurm = ProcessInfo.processInfo.environment["SLURM_CPUS_PER_TASK"].flatMap { Int($0) }
    let wanted = jobs ?? slurm ?? ProcessInfo.processInfo.activeProcessorCount
    return min(max(1, wanted), 4096)
  }

  private var progressMode: Progress.Mode {
    if progress == "always" { return .bar }
    if progress == "never" || quiet { return .never }
    return isatty(STDERR_FILENO) != 0 ? .bar : verbose ? .lines : .never
  }

  private func report(_ part: String, _ watch: Stopwatch) {
    if verbose { complain("\(part): \(watch.milliseconds) ms") }
  }
}

/// The rows of a chunk as text.
private struct Rows: Sendable {
  let result: ChunkResult
  let runs: [UInt8]
  let traces: [UInt8]
}

/// Measures a part of the work.
struct Stopwatch {
  private let begin = ContinuousClock.now

  /// The time since it was made, to a tenth of a millisecond.
  var milliseconds: Double {
    let time = (ContinuousClock.now - begin).components
    return (Double(time.seconds) * 1e4 + Double(time.attoseconds) * 1e-14).rounded() / 10
  }
}
