import Diagnostics
import Foundation

/// What changed from one table to the other, in numbers and in a few sentences.
public struct TableChanges: Sendable {
  /// The file, within the folders.
  public let file: String
  /// How many findings there are.
  public internal(set) var findings = 0
  /// How many runs, or rows of other tables, both have.
  public private(set) var common = 0
  /// How many of them depart.
  public internal(set) var departing = 0
  /// How many only A has.
  public internal(set) var onlyA = 0
  /// How many only B has.
  public internal(set) var onlyB = 0
  /// How many starts have another name.
  public internal(set) var renamed = 0
  /// Whether lines end with CRLF in one of them alone, which is no difference.
  public internal(set) var hasOtherLineEnds = false
  /// The columns of both.
  var columns: Set<String> = []

  private let kind: TableShape.Kind
  private let word: String
  private struct Group {
    let name: [String]
    var count = 0
    /// How runs ended otherwise, in the order in which that was first seen.
    var transitions: [(kind: Transition, count: Int)] = []
  }
  private var groups: [Group] = []
  private var places: [[String]: Int] = [:]
  private var present = -1
  private var widest: (gap: Gap, column: String)?

  init(file: String, shape: TableShape) {
    self.file = file
    kind = shape.kind
    word = shape.rowWord
  }

  /// Counts a run that both have.
  mutating func count(_ keys: inout KeyReader, _ row: UnsafeRawBufferPointer) {
    common += 1
    guard kind == .runs else { return }
    let name = keys.group(row)
    if present < 0 || groups[present].name != name {
      present = places[name] ?? groups.count
      if present == groups.count {
        groups.append(Group(name: name))
        places[name] = present
      }
    }
    groups[present].count += 1
  }

  /// Notes a row that departs.
  mutating func note(_ departures: [RowComparison.Departure], _ transition: Transition?) {
    for departure in departures {
      guard let gap = departure.gap, gap.relative.isFinite else { continue }
      if gap.relative > widest?.gap.relative ?? -1 { widest = (gap, departure.column) }
    }
    guard let transition, groups.indices.contains(present) else { return }
    if let place = groups[present].transitions.firstIndex(where: { $0.kind == transition }) {
      groups[present].transitions[place].count += 1
    } else {
      groups[present].transitions.append((transition, 1))
    }
  }

  /// What changed, in the words of the field; empty where nothing did.
  public var sentences: [String] {
    var sentences = groups.flatMap { group in
      merged(group.transitions).map { sentence(group, $0, $1) }
    }
    if departing > 0 {
      let ends = kind == .runs && sentences.isEmpty ? "; all end as before" : ""
      let most = widest.map {
        "; the largest relative departure is \(shortNumber($0.gap.relative)), in \($0.column)"
      }
      sentences.append(
        "\(departing) of \(counted(common, word)) depart\(departing == 1 ? "s" : "")"
          + (most ?? "") + ends)
    }
    if onlyA > 0 { sentences.append("\(counted(onlyA, word)) only in A") }
    if onlyB > 0 { sentences.append("\(counted(onlyB, word)) only in B") }
    if renamed > 0 {
      sentences.append(
        "\(counted(renamed, word)) from \(renamed == 1 ? "a start" : "starts") of another name")
    }
    return sentences
  }

  /// What is said of lines that end otherwise.
  public var note: String? {
    hasOtherLineEnds ? "the lines of one of them end with CRLF, which is no difference" : nil
  }

  /// Transitions that differ only in what is not said count as one.
  private func merged(_ transitions: [(kind: Transition, count: Int)]) -> [(Transition, Int)] {
    var merged: [(kind: Transition, count: Int)] = []
    for (kind, count) in transitions {
      let words = TableChanges.words(kind, isPlural: true)
      let same = merged.firstIndex { TableChanges.words($0.kind, isPlural: true) == words }
      if let same { merged[same].count += count } else { merged.append((kind, count)) }
    }
    return merged.map { ($0.kind, $0.count) }
  }

  private func sentence(_ group: Group, _ kind: Transition, _ count: Int) -> String {
    let isOnlyRate = groups.count { $0.name.first == group.name.first } == 1
    let method = group.name.first ?? ""
    let rate = group.name.last ?? ""
    let name = isOnlyRate ? method : "\(method) rate \(rate)"
    let words = TableChanges.words(kind, isPlural: count != 1 && count != group.count)
    if count == group.count { return "\(name) now \(words)" }
    return "\(count) of \(counted(group.count, "\(name) run")) now \(words)"
  }

  /// `oscillates instead of converged`, `reach m2 instead of m1`.
  private static func words(_ transition: Transition, isPlural: Bool) -> String {
    let (from, to) = (transition.from, transition.to)
    func verb(_ plural: String, _ singular: String) -> String { isPlural ? plural : singular }
    if from.ending != to.ending {
      let ends = "\(verb("end", "ends")) \(to.ending)"
      let words = [
        "converged": verb("converge", "converges"), "stalled": verb("stall", "stalls"),
        "crawling": verb("crawl", "crawls"), "oscillating": verb("oscillate", "oscillates"),
        "diverged": verb("diverge", "diverges"),
      ]
      return "\(words[to.ending] ?? ends) instead of \(from.ending)"
    }
    if !from.limit.isEmpty, !to.limit.isEmpty, from.limit != to.limit {
      return "\(verb("reach", "reaches")) \(to.limit) instead of \(from.limit)"
    }
    if from.point != to.point {
      return "\(verb("end", "ends")) \(place(to.point)) instead of \(place(from.point))"
    }
    return to.limit.isEmpty
      ? "\(verb("reach", "reaches")) none of the listed points instead of \(from.limit)"
      : "\(verb("reach", "reaches")) \(to.limit) instead of none of the listed points"
  }

  private static func place(_ point: String) -> String {
    switch point {
    case "minimum", "maximum", "saddle": "at a \(point)"
    case "degenerate": "at a degenerate point"
    case "unknown": "at a point of unknown kind"
    default: point
    }
  }
}

/// A number to two digits, for texts that people read.
func shortNumber(_ value: Double) -> String {
  formatNumber(Double(String(format: "%.1e", value)) ?? value)
}
