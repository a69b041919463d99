import Foundation

/// A bar on standard error with count, rate and time left; plain lines where there is no terminal.
struct Progress {
  /// When to show it.
  enum Mode {
    case bar
    case lines
    case never
  }

  private let mode: Mode
  private let total: Int
  private let begin = ContinuousClock.now
  private var last: ContinuousClock.Instant
  private var isShown = false

  init(_ mode: Mode, total: Int) {
    self.mode = mode
    self.total = total
    last = begin
  }

  /// Says how many runs are done; draws at most ten times a second.
  mutating func show(_ done: Int) {
    let now = ContinuousClock.now
    let pause: Duration = mode == .lines ? .seconds(5) : .milliseconds(100)
    guard mode != .never, now - last >= pause, done < total else { return }
    last = now
    let seconds =
      Double((now - begin).components.seconds)
      + Double((now - begin).components.attoseconds) * 1e-18
    let rate = Double(done) / seconds
    let left = Int((Double(total - done) / max(rate, 1e-9)).rounded(.up))
    let text = "\(done) of \(total) runs, \(Int(rate)) a second, \(Progress.time(left)) left"
    if mode == .lines {
      complain(text)
      return
    }
    isShown = true
    let filled = 24 * done / max(1, total)
    let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: 24 - filled)
    FileHandle.standardError.write(Data("\r\u{1B}[K\(bar) \(text)".utf8))
  }

  /// Removes the bar.
  func clear() {
    if isShown { FileHandle.standardError.write(Data("\r\u{1B}[K".utf8)) }
  }

  private static func time(_ seconds: Int) -> String {
    seconds < 60
      ? "\(seconds) s"
      : seconds < 3600
        ? "\(seconds / 60) min \(seconds % 60) s" : "\(seconds / 3600) h \(seconds % 3600 / 60) min"
  }
}
