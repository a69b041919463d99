import CMemory
import CairoCanvas
import Diagnostics
import Figures
import Foundation
import Page
import Results
import Running
import Specs

/// The page of an experiment, index.html: made from its spec and from what lies in its folder, so that no run is
/// repeated for it and it says what the tables say.
struct ExperimentPage {
  static let name = "index.html"

  let file: SpecFile
  let folder: URL
  let workers: Int

  /// More rows of a table than this are left to its file.
  private static let mostRows = 60
  /// The bytes of viewers and lists of critical points, of all functions together.
  private static let room = 260_000
  /// More coordinates than this are left to the file.
  private static let mostCoordinates = 4

  /// What it shows of each function by itself, which asks for the tables and traces alone: figures may be drawn meanwhile.
  func functions() throws -> [PageFunction] {
    prefer_large_pages()
    var room = ExperimentPage.room
    return try file.plan.functions.map { try function($0, &room) }
  }

  /// The bytes of the page.
  ///
  /// - Parameters:
  ///   - functions: what `functions` gave.
  ///   - files: the files of the folder that belong to the results.
  func bytes(_ functions: [PageFunction], files: Set<String>) -> [UInt8] {
    let specName = URL(fileURLWithPath: file.path).lastPathComponent
    var content = PageContent(
      title: file.experiment.title ?? file.name, specName: specName, spec: file.text,
      summary: summary)
    content.functions = zip(functions, file.plan.functions).map { shown, plan in
      var page = shown
      let name = plan.function.name
      page.figures = figures(in: files) { $0.hasPrefix(name + "/") }
      let traces = plan.methods.map { "\(name)/traces/\($0.label).csv" }
      page.files = links(
        ["\(name)/runs.csv", "\(name)/critical-points.csv"] + traces, in: files)
      return page
    }
    content.figures = figures(in: files) { !$0.contains("/") }
    content.files =
      links(["summary.csv"], in: files) + [
        // Which is written last.
        PageFile(ResultFolder.manifestName, path: ResultFolder.manifestName)
      ]
    return Array(content.html.utf8)
  }

  private func function(_ plan: FunctionPlan, _ room: inout Int) throws -> PageFunction {
    let function = plan.function
    var page = PageFunction(
      name: function.name, formula: function.label(named: function.name).shown)
    let folder = folder.appendingPathComponent(function.name)
    if room > 0 {
      page.viewer = try ViewerData(plan, file.plan, folder: folder, workers: workers).viewer()
      page.criticalPoints = criticalPoints(function)
      room -= (page.viewer?.size ?? 0) + (page.criticalPoints?.size ?? 0)
    } else {
      page.notes = [
        "There is no room here for its paths and critical points; its tables have them."
      ]
    }
    return page
  }

  /// Links to those of some files that there are.
  private func links(_ paths: [String], in files: Set<String>) -> [PageFile] {
    paths.filter(files.contains).map { path in
      PageFile(path.split(separator: "/").last.map { String($0) } ?? path, path: path)
    }
  }

  // MARK: - Tables

  /// summary.csv with the endings and points that occur.
  private var summary: PageTable {
    guard let table = CSVFile(folder.appendingPathComponent("summary.csv")) else {
      return PageTable(caption: "", columns: [], rows: [])
    }
    let (rows, count) = table.rows(atMost: ExperimentPage.mostRows)
    let counted = Set(Ending.allCases.map(\.rawValue) + PointKind.allCases.map(\.rawValue))
    let isOne = file.plan.functions.count == 1
    let hidden: Set = ["dimension", "median_evaluations", "median_operations"]
    let shown = table.heads.indices.filter { place in
      let head = table.heads[place]
      if counted.contains(head) { return rows.contains { $0[place] != "0" } }
      return !hidden.contains(head) && !(isOne && head == "function")
    }
    let words: Set = ["function", "method", "rate"]
    return PageTable(
      caption: "How the runs ended and at what, for each rate of each method"
        + ExperimentPage.rest(rows.count, of: count, in: "summary.csv"),
      columns: shown.map { place in
        let head = table.heads[place]
        let isWord = words.contains(head) || file.experiment.optionColumns.contains(head)
        return PageTable.Column(
          head.replacing("_", with: " "), isNumeric: !isWord || head == "rate")
      },
      rows: rows.map { row in
        shown.map { counted.contains(table.heads[$0]) && row[$0] == "0" ? "·" : row[$0] }
      })
  }

  private func criticalPoints(_ function: FunctionSpec) -> PageTable? {
    let place = folder.appendingPathComponent(function.name)
    guard function.criticalPoints != nil,
      let table = CSVFile(place.appendingPathComponent("critical-points.csv"))
    else { return nil }
    let (rows, count) = table.rows(atMost: ExperimentPage.mostRows)
    let hasRoom = function.dimension <= ExperimentPage.mostCoordinates
    let shown = table.heads.indices.filter { place in
      let head = table.heads[place]
      return !["gradient_norm", "determinant"].contains(head)
        && (hasRoom || !function.variables.contains(head))
    }
    let caption = lines(place.appendingPathComponent("critical-points.txt")).dropFirst()
    return PageTable(
      caption: caption.joined(separator: "; ")
        + ExperimentPage.rest(rows.count, of: count, in: "critical-points.csv"),
      columns: shown.map { place in
        let head = table.heads[place]
        return PageTable.Column(
          ["min_eigenvalue": "λ min", "max_eigenvalue": "λ max"][head]
            ?? head.replacing("_", with: " "), isNumeric: !["label", "kind"].contains(head))
      }, rows: rows.map { row in shown.map { row[$0] } })
  }

  private static func rest(_ shown: Int, of all: Int, in file: String) -> String {
    shown < all ? "; the first \(shown) of \(all) rows of \(file)" : ""
  }

  // MARK: - Figures

  /// The figures whose names pass, in the order of the plan, with what their captions say.
  private func figures(in files: Set<String>, _ isWanted: (String) -> Bool) -> [PageFigure] {
    Drawing.names(of: file.plan).filter(isWanted).compactMap { name in
      let captionFile = name + ".txt"
      guard files.contains(captionFile) else { return nil }
      let pictures = PictureFormat.allCases.map(\.rawValue).filter {
        files.contains("\(name).\($0)")
      }
      let shown = ["png", "svg"].first(where: pictures.contains).map { "\(name).\($0)" }
      return PageFigure(
        name: String(name.split(separator: "/").last ?? ""),
        picture: shown.map { path in
          let size = pictureSize(path)
          return (path, size.width, size.height)
        }, caption: lines(folder.appendingPathComponent(captionFile)),
        captionFile: PageFile("the rest of the caption", path: captionFile),
        files: pictures.filter { "\(name).\($0)" != shown }.map {
          PageFile($0.uppercased(), path: "\(name).\($0)")
        })
    }
  }

  /// The size that a PNG says it has; 0 of any other file.
  private func pictureSize(_ path: String) -> (width: Int, height: Int) {
    guard path.hasSuffix(".png"),
      let file = try? FileHandle(forReadingFrom: folder.appendingPathComponent(path)),
      let head = try? file.read(upToCount: 24), head.count == 24
    else { return (0, 0) }
    try? file.close()
    func number(_ range: Range<Int>) -> Int { head[range].reduce(0) { $0 << 8 | Int($1) } }
    return (number(16..<20), number(20..<24))
  }

  private func lines(_ url: URL) -> [String] {
    let text = try? String(contentsOf: url, encoding: .utf8)
    return (text ?? "").split(separator: "\n").map(String.init)
  }
}
