/// `1 point`, `2 points`.
public func counted(_ number: Int, _ word: String) -> String {
  "\(number) \(word)\(number == 1 ? "" : "s")"
}

/// `a, b and c`, or with another word before the last.
public func list(_ words: [String], _ conjunction: String = "and") -> String {
  guard let last = words.last, words.count > 1 else { return words.first ?? "nothing" }
  return words.dropLast().joined(separator: ", ") + " \(conjunction) " + last
}

/// `a, b and c`, or the first few and the last of many: `w[1], w[2], w[3], … and w[100]`.
public func shortList(_ words: [String]) -> String {
  guard words.count > 8, let last = words.last else { return list(words) }
  return words.prefix(3).joined(separator: ", ") + ", … and " + last
}
