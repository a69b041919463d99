import Figures
import Foundation
import SampleFigures
import Testing

@testable import CairoCanvas

/// SVG and PDF: the same drawing as the pixels, and the same bytes whenever it is drawn.
@Suite("Formats") struct FormatTests {
  private func file(_ format: PictureFormat, _ sample: SampleFigure = SampleFigure.all[0]) throws
    -> [UInt8]
  {
    let picture = try CairoPicture(
      format, width: SampleFigure.size.width, height: SampleFigure.size.height)
    _ = sample.figure.draw(on: picture)
    return try picture.file()
  }

  private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  @Test("have the same bytes whatever else is drawn before and at the same time")
  func deterministic() async throws {
    let alone = try [PictureFormat.svg, .pdf].map { try file($0) }
    let crowd = try await withThrowingTaskGroup(of: (Int, [[UInt8]]).self) { group in
      for number in 0..<12 {
        group.addTask {
          for sample in SampleFigure.all.prefix(number % 5) { _ = try file(.svg, sample) }
          return (number, try [PictureFormat.svg, .pdf].map { try file($0) })
        }
      }
      return try await group.reduce(into: []) { $0.append($1.1) }
    }
    let others = crowd.count { $0 != alone }
    #expect(others == 0)
  }

  @Test("of lines hold no time, and their text as outlines or as letters")
  func contents() throws {
    let svg = text(try file(.svg))
    #expect(svg.hasPrefix("<?xml"))
    #expect(svg.contains("width=\"360px\" height=\"300px\" viewBox=\"0 0 360 300\""))
    #expect(!svg.contains("<text") && !svg.contains("font-family"))
    let pdf = text(try file(.pdf))
    #expect(pdf.hasPrefix("%PDF"))
    #expect(pdf.contains("/ToUnicode") && pdf.contains("DejaVuSans"))
    #expect(pdf.contains("/MediaBox [ 0 0 180 150 ]"))
    #expect(!pdf.contains("Date"))
  }

  @Test("name everything that they refer to, in the order of its appearance")
  func names() throws {
    func words(after heads: [String], until end: Character, in svg: String) -> [String] {
      heads.flatMap { svg.components(separatedBy: $0).dropFirst() }.map {
        String($0.prefix { $0 != end })
      }
    }
    for sample in [SampleFigure.all[0], SampleFigure.all[8]] {
      let svg = text(try file(.svg, sample))
      let named = words(after: [" id=\""], until: "\"", in: svg)
      #expect(Set(named) == Set((1...named.count).map { "i\($0)" }), "\(sample)")
      let used =
        words(after: ["href=\"#"], until: "\"", in: svg)
        + words(after: ["url(#"], until: ")", in: svg)
      #expect(!used.isEmpty && Set(used).isSubset(of: named), "\(sample)")
    }
  }

  @Test("measure text alike, so that layouts are the same")
  func widths() throws {
    let pictures = try PictureFormat.allCases.map { try CairoPicture($0, width: 90, height: 90) }
    for isBold in [false, true] {
      for text in ["Sine valley", "f(x, y) = x²", "10"] {
        let style = TextStyle(size: 23, color: Color(0), isItalic: !isBold, isBold: isBold)
        let widths = pictures.map { $0.width(of: text, style: style) }
        #expect(abs(widths[1] - widths[0]) < 1e-3 && abs(widths[2] - widths[0]) < 1e-3, "\(widths)")
      }
    }
  }

  @Test("have colour bars without seams, each rectangle reaching beneath the next")
  func bars() throws {
    let picture = try CairoPicture(.svg, width: 100, height: 100)
    var mosaic = Mosaic(columns: 1, rows: 3, color: Color(0xff0000))
    mosaic.colors[1] = Color(0x00ff00)
    mosaic.colors[2] = Color(0x0000ff)
    picture.paint(mosaic, in: Box(x: 10, y: 20, width: 30, height: 60))
    let svg = text(try picture.file())
    #expect(!svg.contains("<image"))
    let tops = svg.matches(of: /d="M 10 (\d+) L 40 \d+ L 40 80 L 10 80 Z/).map { $0.1 }
    #expect(tops == ["20", "40", "60"])
  }

  @Test("show images with sharp pixels")
  func images() throws {
    let picture = try CairoPicture(.svg, width: 100, height: 100)
    picture.paint(
      Mosaic(columns: 2, rows: 2, color: Color(0x123456)),
      in: Box(x: 10, y: 20, width: 30, height: 60))
    let svg = text(try picture.file())
    #expect(
      svg.contains("<image style=\"image-rendering:optimizeSpeed;image-rendering:pixelated\" "))
    let encoded = try #require(svg.firstMatch(of: /base64,([^"]*)"/)?.1)
    let png = try #require(Data(base64Encoded: String(encoded)))
    #expect(
      try Pixels(png: Array(png)) == Pixels(width: 2, colors: .init(repeating: 0x123456, count: 4)))
  }

  @Test("renumber names by their first appearance and leave all else alone")
  func settled() {
    let before =
      "<g id=\"surface7\"><image id=\"image12\" x=\"#1\"/><use xlink:href=\"#image12\"/>"
      + "<g clip-path=\"url(#clip3)\"/><clipPath id=\"clip3\"/>"
    let after =
      "<g id=\"i1\"><image style=\"image-rendering:optimizeSpeed;image-rendering:pixelated\" id=\"i2\" "
      + "x=\"#1\"/><use xlink:href=\"#i2\"/><g clip-path=\"url(#i3)\"/><clipPath id=\"i3\"/>"
    #expect(text(SVGText.settled(Array(before.utf8))) == after)
    #expect(SVGText.settled([]) == [])
  }
}
