/// A run that has not met its partner in the other table.
struct WaitingRun {
  let place: RowReader.Place
  var rows: Int
  /// The hash of what it is found by.
  let join: UInt64
  /// The hash of its label.
  let label: UInt64
}

/// The runs of one table that wait for their partners, in the order of the file.
struct WaitingRuns {
  private var runs: [WaitingRun?] = []
  private var first = 0
  /// Where the runs of a key stand; nearly always one.
  private var places: [UInt64: [Int]] = [:]
  /// How many wait.
  private(set) var count = 0

  /// Those that wait.
  var all: [WaitingRun] { runs[first...].compactMap { $0 } }

  /// Whether one of a key waits.
  func has(_ join: UInt64) -> Bool { places[join] != nil }

  mutating func add(_ run: WaitingRun) {
    places[run.join, default: []].append(runs.count)
    runs.append(run)
    count += 1
  }

  /// Takes away the first one of a key.
  mutating func take(_ join: UInt64) -> WaitingRun? {
    guard let place = places[join]?.removeFirst() else { return nil }
    if places[join]?.isEmpty == true { places[join] = nil }
    defer { runs[place] = nil }
    count -= 1
    return runs[place]
  }

  /// Takes away the one that waits longest.
  mutating func takeFirst() -> WaitingRun? {
    while first < runs.count, runs[first] == nil { first += 1 }
    let run = first < runs.count ? runs[first].flatMap { take($0.join) } : nil
    if first > runs.count / 2, first > 1000 { compact() }
    return run
  }

  private mutating func compact() {
    let shift = first
    runs.removeFirst(shift)
    first = 0
    places = places.mapValues { $0.map { $0 - shift } }
  }
}
