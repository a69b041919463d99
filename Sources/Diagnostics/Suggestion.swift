/// The word of a list that was probably meant.
///
/// The distance counts inserted, deleted, replaced and swapped neighbouring characters
/// (Damerau–Levenshtein, optimal string alignment), case left aside. A word is suggested when it is
/// at most a third of its length away; of equally near ones the first of the list wins. Words of more
/// than 64 characters, and those behind the first thousand of the list, are left aside: nobody waits for
/// a suggestion.
///
/// - Returns: nil when nothing is near enough.
public func closestWord(to word: String, among words: some Sequence<String>) -> String? {
  var best: (word: String, distance: Int)?
  guard word.utf8.count <= 256, word.count <= 64 else { return nil }
  for candidate in words.prefix(1000) where candidate.utf8.count <= 256 && candidate.count <= 64 {
    let allowed = max(1, max(word.count, candidate.count) / 3)
    guard abs(word.count - candidate.count) <= allowed else { continue }
    let distance = editDistance(word.lowercased(), candidate.lowercased())
    if distance <= allowed, distance < best?.distance ?? .max, word.count > 1 || distance == 0 {
      best = (candidate, distance)
    }
  }
  return best?.word
}

/// `; did you mean 'sin'?` or nothing, to be put behind a sentence.
public func suggestion(for word: String, among words: some Sequence<String>) -> String {
  closestWord(to: word, among: words).map { "; did you mean '\($0)'?" } ?? ""
}

private func editDistance(_ first: String, _ second: String) -> Int {
  let a = Array(first)
  let b = Array(second)
  var beforePrevious = [Int](repeating: 0, count: b.count + 1)
  var previous = Array(0...b.count)
  for i in a.indices {
    var current = [i + 1] + [Int](repeating: 0, count: b.count)
    for j in b.indices {
      current[j + 1] = min(
        previous[j + 1] + 1, current[j] + 1, previous[j] + (a[i] == b[j] ? 0 : 1))
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
        current[j + 1] = min(current[j + 1], beforePrevious[j - 1] + 1)
      }
    }
    beforePrevious = previous
    previous = current
  }
  return previous[b.count]
}
