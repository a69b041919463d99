import Figures
import Foundation
import SampleFigures
import Testing

/// What figures of every kind draw, command by command, against `Tests/Reference/drawings`.
///
/// After a change that is meant, `make record` writes them anew, to be read as a diff.
@Suite("Transcripts") struct TranscriptTests {
  @Test("are those on record, command by command", arguments: SampleFigure.all)
  func commands(sample: SampleFigure) throws {
    let canvas = TranscriptCanvas(
      width: SampleFigure.size.width, height: SampleFigure.size.height)
    let caption = sample.figure.draw(on: canvas)
    let found = canvas.lines + caption.map { "caption \($0)" }
    let path = "drawings/\(sample.name).txt"
    if Reference.isRecorded {
      try Reference.record(Data((found.joined(separator: "\n") + "\n").utf8), as: path)
    }
    let text = try String(contentsOf: Reference.url(path), encoding: .utf8)
    #expect(text.utf8.count < 60_000)
    let expected = text.split(separator: "\n").map(String.init)
    guard found != expected else { return }
    let place = zip(found, expected).prefix { $0 == $1 }.count
    func line(_ lines: [String]) -> String { lines.dropFirst(place).first ?? "the end" }
    Issue.record(
      """
      \(sample.name), line \(place + 1) of \(path); after a change that is meant: make record
      on record: \(line(expected).prefix(300))
      drawn:     \(line(found).prefix(300))
      """)
  }

  @Test("are the same on every member of a group, with text measured by the group")
  func groups() {
    let size = SampleFigure.size
    func canvas() -> TranscriptCanvas { TranscriptCanvas(width: size.width, height: size.height) }
    let (alone, one, two) = (canvas(), canvas(), canvas())
    let figure = SampleFigure.all[0].figure
    let caption = figure.draw(on: alone)
    let group = CanvasGroup([one, two], measure: alone.width(of:style:))
    #expect(figure.draw(on: group) == caption)
    #expect(one.lines == alone.lines && two.lines == alone.lines)
    let narrow = CanvasGroup([one]) { text, _ in Double(text.count) }
    #expect(narrow.width(of: "four", style: TextStyle(size: 20, color: Color(0))) == 4)
  }

  @Test("of dark figures differ from those of light ones in colours alone")
  func themes() {
    for sample in SampleFigure.all {
      let drawn = [Theme.light, .dark].map { theme in
        var figure = sample.figure
        figure.theme = theme
        let canvas = TranscriptCanvas(
          width: SampleFigure.size.width, height: SampleFigure.size.height)
        let caption = figure.draw(on: canvas)
        return canvas.lines.filter { !$0.hasPrefix("mosaic") }.map {
          $0.replacing(/#[0-9a-f]{6}/, with: "#")
        } + caption
      }
      #expect(drawn[0] == drawn[1], "\(sample.name)")
    }
  }
}
