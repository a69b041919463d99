import Figures

extension String {
  /// The text, or as much of its beginning as has room.
  func cut(to length: Int) -> String { count > length ? prefix(length) + "…" : self }

  /// The text with what HTML takes for markup escaped, between tags and in quotes.
  var escaped: String {
    reduce(into: "") { text, character in
      switch character {
      case "&": text += "&amp;"
      case "<": text += "&lt;"
      case ">": text += "&gt;"
      case "\"": text += "&quot;"
      case "'": text += "&#39;"
      default: text.append(character)
      }
    }
  }
}

extension RichText {
  /// The text, or as many of its first runs as have room.
  func cut(to length: Int) -> RichText {
    guard plain.count > length else { return self }
    var (kept, count) = ([Run](), 0)
    for run in runs {
      guard count + run.text.count <= length else { break }
      kept.append(run)
      count += run.text.count
    }
    return RichText(runs: kept + [Run(text: " …")])
  }

  /// The text as HTML: slanted, raised and lowered parts, and roots with their bar.
  var html: String {
    var text = ""
    var isRoot = false
    for run in runs {
      if run.isOverlined != isRoot {
        text += isRoot ? "</span>" : "<span class=\"root\">"
        isRoot = run.isOverlined
      }
      text += run.marked(("<i>", "</i>"), raised: ("<sup>", "</sup>"), lowered: ("<sub>", "</sub>"))
    }
    return text + (isRoot ? "</span>" : "")
  }

  /// The text as parts of a text in SVG, which has no tags for raised and lowered ones.
  var svg: String {
    func shifted(_ by: String) -> (String, String) {
      ("<tspan dy=\"\(by)\" font-size=\"70%\">", "</tspan>")
    }
    var text = ""
    var height = Place.level
    for run in runs {
      // A shift stays for all that follows: back to the line with the next part.
      switch height {
      case .level: break
      case .raised: text += "<tspan dy=\".28em\">\u{200B}</tspan>"
      case .lowered: text += "<tspan dy=\"-.14em\">\u{200B}</tspan>"
      }
      height = run.place
      text += run.marked(
        ("<tspan font-style=\"italic\">", "</tspan>"), raised: shifted("-.4em"),
        lowered: shifted(".2em"))
    }
    return text
  }
}

extension RichText.Run {
  fileprivate func marked(
    _ italic: (String, String), raised: (String, String), lowered: (String, String)
  ) -> String {
    let inner = isItalic ? italic.0 + text.escaped + italic.1 : text.escaped
    return switch place {
    case .level: inner
    case .raised: raised.0 + inner + raised.1
    case .lowered: lowered.0 + inner + lowered.1
    }
  }
}
