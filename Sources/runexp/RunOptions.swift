import ArgumentParser
import CVectorMath
import CairoCanvas
import Diagnostics
import Foundation

/// What `run` and `merge` are told alike: of what specs, where to, how, and what to say of it.
struct RunOptions: ParsableArguments {
  @OptionGroup var arguments: SpecArguments
  @OptionGroup var pictures: PictureArguments

  @Option(name: .shortAndLong, help: "The folder for results.", completion: .directory)
  var output = Run.defaultOutput

  @Option(name: .shortAndLong, help: "Chunks at a time (default: all cores).")
  var jobs: Int?

  @Flag(name: .customLong("no-plots"), help: "Draw nothing; keep the pictures there are.")
  var skipsPlots = false

  @Flag(name: .shortAndLong, help: "Print no summary.")
  var quiet = false

  @Flag(name: .shortAndLong, help: "Say what each part took.")
  var verbose = false

  @Option(help: "auto, always or never: the bar on standard error.")
  var progress = "auto"

  func validate() throws {
    if let jobs, jobs < 1 { throw ValidationError("--jobs needs a number of 1 or more.") }
    guard ["auto", "always", "never"].contains(progress) else {
      throw ValidationError("--progress is auto, always or never.")
    }
  }

  /// A stamp tells of the default folder alone: other folders are for comparisons.
  var isIntoDefault: Bool {
    URL(fileURLWithPath: output).standardizedFileURL.path
      == URL(fileURLWithPath: Run.defaultOutput).standardizedFileURL.path
  }

  /// How many chunks at a time.
  var workers: Int {
    let slurm = ProcessInfo.processInfo.environment["SLURM_CPUS_PER_TASK"].flatMap { Int($0) }
    let wanted = jobs ?? slurm ?? ProcessInfo.processInfo.activeProcessorCount
    return min(max(1, wanted), 4096)
  }

  /// How progress is shown.
  var progressMode: Progress.Mode {
    if progress == "always" { return .bar }
    if progress == "never" || quiet { return .never }
    return isatty(STDERR_FILENO) != 0 ? .bar : verbose ? .lines : .never
  }

  /// Says what a part took, if that is wanted.
  func report(_ part: String, _ watch: Stopwatch) { report(part, watch.duration) }

  /// Says what a part took, to a tenth of a millisecond, if that is wanted.
  func report(_ part: String, _ duration: Duration) {
    guard verbose else { return }
    let time = duration.components
    let tenths = (Double(time.seconds) * 1e4 + Double(time.attoseconds) * 1e-14).rounded()
    complain("\(part): \(tenths / 10) ms")
  }

  // MARK: - What has to be there

  /// Says so before the long part if the processor is none that programs are compiled for.
  ///
  /// The environment may ask for the kernels of another instruction set.
  func findKernels() throws {
    guard vm_machine_supported() else {
      complain(
        "runexp needs a processor with fused multiply-add: x86-64-v3 (2013 or later) or arm64.")
      throw ExitStatus.software
    }
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
  func findFont() throws {
    guard let font = SystemFont.found else {
      complain("error: \(CairoError.noFont.sentence)")
      throw ExitStatus.of(CairoError.noFont)
    }
    if let warning = font.warning { complain(warning) }
  }
}

/// Measures a part of the work.
struct Stopwatch {
  private let begin = ContinuousClock.now

  /// The time since it was made.
  var duration: Duration { ContinuousClock.now - begin }

  /// The time that many pieces of work take together.
  struct Sum {
    private(set) var duration = Duration.zero

    /// Does a piece of work.
    mutating func add(_ body: () throws -> Void) rethrows {
      let watch = Stopwatch()
      try body()
      duration += watch.duration
    }
  }
}
