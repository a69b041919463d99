import Figures
import Foundation
import Mustache

extension PageContent {
  /// The page: one file without network, times or facts of the machine.
  ///
  /// The same content gives the same bytes. A longer spec than `mostSpecBytes` is cut, and the page says so.
  public var html: String {
    Template.page.render(context)
  }

  /// How much of a spec is shown.
  public static let mostSpecBytes = 40_000

  private var context: [String: Any] {
    var figureNumber = 0
    let functions = self.functions.enumerated().map { number, function in
      function.context(number: number, &figureNumber)
    }
    let (text, isCut) = shownSpec
    let hasViewer = self.functions.contains { $0.viewer != nil }
    return [
      "title": title.cut(to: 300),
      "style": Template.style + (hasViewer ? "\n" + Template.viewerStyle : ""),
      "colors": colorRules,
      "lead": SpecText.lead(text), "functions": functions,
      "hasFigures": !figures.isEmpty, "figures": figures.map { $0.context(&figureNumber) },
      "summary": summary.context, "files": files.map(\.context),
      "specName": specName, "specNote": isCut ? ["the beginning of a longer file"] : [],
      "spec": SpecText.html(text),
      "script": Template.script + (hasViewer ? Template.viewerScript : ""),
    ]
  }

  /// The spec as far as there is room for it, in whole lines.
  private var shownSpec: (text: String, isCut: Bool) {
    guard spec.utf8.count > PageContent.mostSpecBytes else { return (spec, false) }
    let bytes = spec.utf8.prefix(PageContent.mostSpecBytes)
    let end = bytes.lastIndex(of: UInt8(ascii: "\n")) ?? bytes.startIndex
    return (String(decoding: spec.utf8[..<end], as: UTF8.self), true)
  }

  /// The colours of runs as `--c0`, `--c1`, …; all viewers of a page share them.
  private var colorRules: String {
    let viewers = functions.compactMap(\.viewer)
    guard let colors = viewers.first?.colors else { return "" }
    let used = Set(viewers.flatMap { $0.runs.map(\.color) }).sorted()
    func rules(_ hexadecimal: (Int) -> String) -> String {
      used.map { "--c\($0):\(hexadecimal($0))" }.joined(separator: ";")
    }
    let light = rules { colors[$0].light.hexadecimal }
    let dark = rules { colors[$0].dark.hexadecimal }
    return ":root{\(light)}\n@media screen and (prefers-color-scheme:dark){:root{\(dark)}}"
  }
}

extension PageFunction {
  /// More characters of a formula than this end in …; the spec has all of it.
  private static let mostOfFormula = 2_000

  fileprivate func context(number: Int, _ figureNumber: inout Int) -> [String: Any] {
    [
      "name": name, "reference": name.reference,
      "formula": formula.cut(to: PageFunction.mostOfFormula).html,
      "viewer": viewer.map { [$0.context(number: number)] } ?? [],
      "criticalPoints": criticalPoints.map { [$0.context] } ?? [],
      "notes": notes, "hasFigures": !figures.isEmpty,
      "figures": figures.map { $0.context(&figureNumber) }, "hasFiles": !files.isEmpty,
      "files": files.map(\.context),
    ]
  }
}

extension PageTable {
  fileprivate var context: [String: Any] {
    [
      "caption": caption,
      "columns": columns.map { ["head": $0.head, "isText": !$0.isNumeric] as [String: Any] },
      "rows": rows.map { row in
        [
          "first": ReadNumber.text(row.first ?? ""),
          "cells": zip(row, columns).dropFirst().map { field, column in
            [
              "text": column.isNumeric ? ReadNumber.text(field) : field,
              "isText": !column.isNumeric,
            ]
              as [String: Any]
          },
        ] as [String: Any]
      },
    ]
  }
}

extension PageFigure {
  /// More lines than this are left to the file of the caption.
  private static let mostLines = 6
  /// And of a line more characters than this.
  private static let mostOfLine = 300

  fileprivate func context(_ number: inout Int) -> [String: Any] {
    number += 1
    let caption = caption.map { $0.cut(to: PageFigure.mostOfLine) }
    let title = caption.first ?? ""
    let lines = caption.dropFirst()
    let isLong = lines.count > PageFigure.mostLines
    var context: [String: Any] = [
      "number": number, "name": name, "title": title,
      "alt": ([name + " of " + title] + lines.prefix(2)).joined(separator: "; "),
      "lines": Array(lines.prefix(PageFigure.mostLines)), "hasLines": !lines.isEmpty,
      "rest": isLong ? [captionFile.context] : [],
      "files": files.map(\.context),
    ]
    if let picture {
      var shown: [String: Any] = ["source": picture.path.reference]
      if picture.width > 0 { shown["size"] = [["width": picture.width, "height": picture.height]] }
      context["picture"] = [shown]
    }
    return context
  }
}

extension PageFile {
  fileprivate var context: [String: Any] { ["label": label, "reference": reference] }
}

/// The spec on the page.
private enum SpecText {
  /// The text with its comments set back.
  static func html(_ text: String) -> String {
    text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map { line in
      var isQuoted = false
      let comment = line.firstIndex { character in
        if character == "\"" { isQuoted.toggle() }
        return character == "#" && !isQuoted
      }
      guard let comment else { return String(line).escaped }
      return String(line[..<comment]).escaped + "<i>" + String(line[comment...]).escaped + "</i>"
    }.joined(separator: "\n")
  }

  /// The paragraphs of the comment that the spec begins with, as HTML.
  static func lead(_ text: String) -> [String] {
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .prefix { $0.hasPrefix("#") }.map { $0.drop { $0 == "#" || $0 == " " } }
    return lines.split(separator: "").map { paragraph in
      let parts = paragraph.joined(separator: " ").split(
        separator: "`", omittingEmptySubsequences: false)
      return parts.enumerated().map { place, part in
        let isCode = place % 2 == 1 && place < parts.count - 1
        let mark = place % 2 == 1 && !isCode ? "`" : ""
        return isCode ? "<code>\(String(part).escaped)</code>" : mark + String(part).escaped
      }.joined()
    }
  }
}

/// The templates, which are part of the program.
private enum Template {
  static let style = text(PackageResources.page_css).trimmingCharacters(in: .newlines)
  static let viewerStyle = text(PackageResources.viewer_css).trimmingCharacters(in: .newlines)
  static let script = bare(PackageResources.tables_js)
  static let viewerScript = bare(PackageResources.viewer_js)
  /// The page with its parts.
  static let page = Parts()

  struct Parts: Sendable {
    private let library: MustacheLibrary

    init() {
      let texts = [
        "page": PackageResources.page_mustache, "table": PackageResources.table_mustache,
        "figure": PackageResources.figure_mustache,
      ]
      library = MustacheLibrary(
        templates: texts.compactMapValues { try? MustacheTemplate(string: Template.text($0)) })
    }

    func render(_ context: [String: Any]) -> String {
      library.render(context, withTemplate: "page") ?? ""
    }
  }

  /// A script without its comments and indentation, which every page would carry.
  private static func bare(_ bytes: [UInt8]) -> String {
    text(bytes).split(separator: "\n").map { $0.drop { $0 == " " } }
      .filter { !$0.hasPrefix("//") }.map { $0 + "\n" }.joined()
  }

  fileprivate static func text(_ bytes: [UInt8]) -> String {
    String(decoding: bytes, as: UTF8.self)
  }
}
