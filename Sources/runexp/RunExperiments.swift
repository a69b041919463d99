import ArgumentParser
import CMemory

/// The command.
@main
struct RunExperiments: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "runexp",
    abstract: "Experiments on how optimisation methods move.",
    discussion: """
      Reads specs that list functions, methods, rates and starts, runs everything on all cores, and \
      writes tables, traces and pictures to output/SPECNAME. 'runexp SPEC' is 'runexp run SPEC'.

      Exit status: 0 done (a run that diverges is a result, not a failure), 1 a comparison found a difference \
      or an expectation is broken, 64 wrong usage, 65 an error in a spec or its data, 66 no such input, 69 no font \
      for figures, 73 cannot create the output, 74 reading or writing failed.
      """,
    version: Versions.runexp,
    subcommands: [
      Run.self, Merge.self, Check.self, Diff.self, Verify.self, Inspect.self, Explain.self,
      List.self,
    ],
    defaultSubcommand: Run.self)

  static func main() async {
    keep_freed_memory()
    await main(nil)
  }
}
