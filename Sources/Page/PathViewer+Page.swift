import Diagnostics
import Figures

/// A viewer as the template and the script take it.
extension PathViewer {
  /// What the script draws from: runs with their numbers to six digits.
  var json: String {
    let ends = [window.x, window.y].flatMap { [$0.lowerBound, $0.upperBound] }
    let names = readings.map { $0.label.plain.json }.joined(separator: ",")
    return
      "{\"function\":\(function.json),\"window\":[\(ends.map(formatNumber).joined(separator: ","))],"
      + "\"size\":[\(ContourMap.width),\(ContourMap.height)],\"names\":[\(names)],\"runs\":[\n"
      + runs.map(\.json).joined(separator: ",\n") + "]}"
  }

  /// What the template shows of it.
  func context(number: Int) -> [String: Any] {
    let frame = Frame(window)
    let axes = frame.axes(x: readings[0].label, y: readings[1].label)
    return [
      "number": number, "name": function, "box": Frame.box, "width": ContourMap.width,
      "height": ContourMap.height,
      "label":
        "Lines of \(function) over \(readings[0].label.plain) and \(readings[1].label.plain), and the "
        + "paths of \(counted(runs.count, "run")) on it; the text below tells of the one chosen",
      "lines": map.lines.enumerated().map { place, line in
        [
          "part": 100 * place / max(1, map.lines.count - 1), "path": line.path,
          "title": title(line),
        ] as [String: Any]
      },
      "ticks": frame.ticks, "axes": axes, "minima": minima.map(frame.place),
      "starts": starts.map(frame.place),
      "isSparse": every > 1, "readings": readings.map(\.label.html), "note": note, "data": json,
    ]
  }

  private func title(_ line: ContourMap.Line) -> String {
    let name = map.origin == nil ? function : "\(function) \u{2212} \(function)*"
    return "\(name) = \(line.label.plain)"
  }

  /// What there is besides the runs that are shown, and what the lines are.
  private var note: String {
    var parts: [String] = []
    let labels = map.lines.map(\.label.caret)
    if map.isTooDense {
      parts.append("The lines of \(function) are too dense to be shown.")
    } else if let origin = map.origin {
      parts.append(
        "Lines where \(function) is above its least value, \(ReadNumber.text(formatNumber(origin))), by "
          + "\(labels.joined(separator: ", ")).")
    } else if !labels.isEmpty {
      parts.append("Lines where \(function) is \(labels.joined(separator: ", ")).")
    }
    if every > 1 {
      parts.append(
        "The traces keep iterates \(every) apart and the last of each run; dots lead from one to the next."
      )
    }
    if runs.count < allRuns {
      parts.append(
        "The first \(runs.count) of \(allRuns) runs from named starts; the traces have all.")
    }
    if isThinned {
      parts.append(
        "Of long runs the iterates that can be told apart and some of the others; the traces have all that were kept."
      )
    }
    return parts.joined(separator: " ")
  }
}

extension RichText {
  /// The characters, raised ones as signs of their own: 10⁻³.
  fileprivate var caret: String {
    runs.map { run in
      run.place == .raised
        ? String(run.text.map { RichText.raised[$0] ?? $0 }) : run.text
    }.joined()
  }

  private static let raised: [Character: Character] = [
    "0": "⁰", "1": "¹", "2": "²", "3": "³", "4": "⁴", "5": "⁵", "6": "⁶", "7": "⁷", "8": "⁸",
    "9": "⁹", "-": "⁻", "\u{2212}": "⁻",
  ]
}

extension PathViewer.Run {
  /// The run in as few characters as will do: consecutive iterations as 0, and a column that has one value but in
  /// the last row, where no step was taken, as that value.
  fileprivate var json: String {
    let isConsecutive = iterations == Array(0..<iterations.count)
    let columns = numbers.map { column in
      let texts = column.map(ReadNumber.json)
      if texts.count > 2, let first = texts.first, first != "null", texts.last == "null",
        texts.dropLast().allSatisfy({ $0 == first }), Double(first) != nil
      {
        return first
      }
      return "[" + texts.joined(separator: ",") + "]"
    }
    let head = [method.json, rate.json, start.json, "\(color)", ending.json]
    let steps = isConsecutive ? "0" : "[" + iterations.map(String.init).joined(separator: ",") + "]"
    return "[" + (head + [steps] + columns).joined(separator: ",") + "]"
  }
}

/// The frame of a viewer, in the units of its lines.
private struct Frame {
  /// Room for the numbers and names left of the frame and below it.
  static let box = "-110 -12 1125 872"

  let window: Window

  init(_ window: Window) { self.window = window }

  private func x(_ value: Double) -> Int {
    let part = (value - window.x.lowerBound) / (window.x.upperBound - window.x.lowerBound)
    return Int((max(-9, min(9, part)) * Double(ContourMap.width)).rounded())
  }

  private func y(_ value: Double) -> Int {
    let part = (window.y.upperBound - value) / (window.y.upperBound - window.y.lowerBound)
    return Int((max(-9, min(9, part)) * Double(ContourMap.height)).rounded())
  }

  /// A marker, and where its name stands: beside it, on the side where there is room.
  func place(_ marker: Marker) -> [String: Any] {
    let (x, y) = (x(marker.x), y(marker.y))
    let isRight = x > ContourMap.width * 9 / 10
    return [
      "x": x, "y": y, "text": marker.label, "textX": isRight ? x - 14 : x + 14,
      "textY": y < 40 ? y + 28 : y - 10, "anchor": isRight ? "end" : "start",
    ]
  }

  var ticks: [[String: Any]] {
    let height = ContourMap.height
    let (across, up) = (Ticks(window.x, count: 5), Ticks(window.y, count: 5))
    return zip(across.values, across.labels).map { value, label in
      let x = x(value)
      return [
        "path": "M\(x) \(height)v8", "x": x, "y": height + 34, "anchor": "middle",
        "text": Frame.text(label, across),
      ]
    }
      + zip(up.values, up.labels).map { value, label in
        let y = y(value)
        return [
          "path": "M0 \(y)h-8", "x": -14, "y": y + 8, "anchor": "end",
          "text": Frame.text(label, up),
        ]
      }
  }

  private static func text(_ label: String, _ ticks: Ticks) -> String {
    ticks.exponent == 0 ? label : "\(label)e\(ticks.exponent)"
  }

  func axes(x: RichText, y: RichText) -> [[String: Any]] {
    [
      ["x": ContourMap.width / 2, "y": ContourMap.height + 80, "text": x.svg],
      ["x": -92, "y": ContourMap.height / 2, "text": y.svg],
    ]
  }
}
