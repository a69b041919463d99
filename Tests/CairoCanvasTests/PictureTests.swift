import Figures
import Foundation
import SampleFigures
import Testing

@testable import CairoCanvas

/// Figures of every kind as pixels against the pictures of `Tests/Reference/images`.
///
/// The same Cairo and font give the same bytes; another version of either draws edges and letters a little
/// otherwise, which the tolerance allows. After a change that is meant, `make record` writes the pictures anew.
@Suite("Pictures") struct PictureTests {
  /// How far pixels may be from those on record, of 255: on average, and at the worst of them, where the edge of a
  /// letter lies a part of a pixel elsewhere.
  private static let tolerance = (mean: 1.0, maximum: 96)

  /// Where failures leave what was drawn, what was expected, and the difference.
  private static let folder = FileManager.default.temporaryDirectory
    .appendingPathComponent("runexp-pictures")

  @Test("are those on record", arguments: SampleFigure.all)
  func pictures(sample: SampleFigure) throws {
    let picture = try CairoPicture(
      .png, width: SampleFigure.size.width, height: SampleFigure.size.height)
    _ = sample.figure.draw(on: picture)
    let file = try picture.file()
    let path = "images/\(sample.name).png"
    if Reference.isRecorded { try Reference.record(Data(file), as: path) }
    let reference = try Array(Data(contentsOf: Reference.url(path)))
    #expect(reference.count < 30_000)
    let message = try Self.compare(
      Pixels(png: file), Pixels(png: reference), named: sample.name, in: Self.folder)
    if let message { Issue.record("\(message); after a change that is meant: make record") }
  }

  /// What is wrong with a picture, which then lies in the folder beside what was expected; nil if nothing is.
  private static func compare(
    _ actual: Pixels, _ expected: Pixels, named name: String, in folder: URL
  ) throws -> String? {
    var files = [("actual", actual), ("expected", expected)]
    let message: String
    if actual.width != expected.width || actual.rows != expected.rows {
      message =
        "is \(actual.width) x \(actual.rows), not \(expected.width) x \(expected.rows) pixels"
    } else {
      let difference = actual.difference(to: expected)
      guard difference.mean > tolerance.mean || difference.maximum > tolerance.maximum else {
        return nil
      }
      files.append(("difference", actual.differencePicture(to: expected)))
      let mean = (100 * difference.mean).rounded() / 100
      message =
        "differs by \(mean) of 255 on average (at most \(tolerance.mean)), "
        + "by \(difference.maximum) at the worst (at most \(tolerance.maximum))"
    }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for (kind, pixels) in files {
      try Data(pixels.png()).write(to: folder.appendingPathComponent("\(name)-\(kind).png"))
    }
    return "\(name) \(message); see \(folder.path)/\(name)-*.png"
  }

  // MARK: The comparison itself

  private static let two = Pixels(width: 2, colors: [0x102030, 0xffffff])

  @Test("come back from their files as they were, with a palette and without")
  func decoding() throws {
    #expect(try Pixels(png: Self.two.png()) == Self.two)
    let shades = Pixels(
      width: 200, colors: (0..<60_000).map { UInt32(truncatingIfNeeded: $0 &* 2_654_435_761) >> 8 })
    let file = shades.png()
    #expect(file[25] == 2)
    #expect(try Pixels(png: file) == shades)
    // A slope is shorter as differences from the row above.
    let slope = Pixels(
      width: 200, colors: (0..<60_000).map { UInt32($0 / 200 &+ $0 % 200 &* 7919) & 0xffffff })
    let sloped = slope.png()
    #expect(sloped.count < 20_000)
    #expect(try Pixels(png: sloped) == slope)
    #expect(throws: Pixels.Unreadable.self) { try Pixels(png: Array(file.prefix(99))) }
  }

  @Test("that differ too much are left for the eye, with what was expected and the difference")
  func failures() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "runexp-\(UUID())")
    defer { try? FileManager.default.removeItem(at: folder) }
    let near = Pixels(width: 2, colors: [0x112030, 0xfffffe])
    #expect(try Self.compare(Self.two, near, named: "near", in: folder) == nil)
    #expect(!FileManager.default.fileExists(atPath: folder.path))

    let far = Pixels(width: 2, colors: [0x102033, 0xffff00])
    #expect(
      try Self.compare(Self.two, far, named: "far", in: folder)
        == "far differs by 43.0 of 255 on average (at most 1.0), by 255 at the worst (at most 96); "
        + "see \(folder.path)/far-*.png")
    let files = try ["actual", "expected", "difference"].map { kind in
      try Pixels(
        png: Array(Data(contentsOf: folder.appendingPathComponent("far-\(kind).png"))))
    }
    #expect(files == [Self.two, far, Pixels(width: 2, colors: [0x00000c, 0x0000ff])])

    let wide = Pixels(width: 1, colors: [0x102030, 0xffffff])
    #expect(
      try Self.compare(Self.two, wide, named: "wide", in: folder)?.hasPrefix(
        "wide is 2 x 1, not 1 x 2 pixels") == true)
  }
}
