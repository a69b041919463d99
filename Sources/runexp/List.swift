import ArgumentParser
import Diagnostics

/// `runexp list TOPIC`: what there is, one line each.
struct List: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say what can be typed: functions, methods, rates, plots, columns, ….",
    discussion: "Without a topic it lists the topics.")

  /// How tables are printed.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text
    case markdown
  }

  @Argument(
    help: "What to list.", completion: .list(Reference.topics.map(\.name) + [List.everything]))
  var topic: String?

  @Option(help: "text, one line each, or markdown.")
  var format = Format.text

  private static let everything = "all"

  func validate() throws {
    guard let topic, topic != List.everything, Reference.topic(topic) == nil else { return }
    let names = Reference.topics.map(\.name) + [List.everything]
    let advice = suggestion(for: topic, among: names)
    throw ValidationError(
      "There is no topic '\(topic)'"
        + (advice.isEmpty ? "; there are \(names.joined(separator: ", "))." : advice))
  }

  func run() {
    switch (topic, format) {
    case (nil, .text): print(Reference.overview.text)
    case (nil, .markdown): print(Reference.overview.markdown)
    case (List.everything?, .text):
      print(Reference.topics.map(\.table.text).joined(separator: "\n\n"))
    case (List.everything?, .markdown): print(Reference.page)
    case (let name?, let format):
      guard let table = Reference.topic(name)?.table else { return }
      print(format == .text ? table.text : table.markdown)
    }
  }
}
