/// Finite numbers in order, by their bits: several times faster than by comparisons where there are thousands.
///
/// A radix sort of eleven bits at a time, from the last to the first; digits that all numbers share are passed over. −0
/// becomes 0.
func increasing(_ numbers: [Double]) -> [Double] {
  guard numbers.count > 1000 else { return numbers.map { $0 + 0 }.sorted() }
  let sign: UInt64 = 1 << 63
  var keys = numbers.map { number in
    let bits = (number + 0).bitPattern
    // Negative numbers increase as their sizes fall.
    return bits & sign == 0 ? bits | sign : ~bits
  }
  var sorted = keys
  for shift: UInt64 in stride(from: 0, to: 64, by: 11) {
    var places = [Int](repeating: 0, count: 1 << 11)
    for key in keys { places[Int(key >> shift & 0x7ff)] += 1 }
    if places.contains(keys.count) { continue }
    var next = 0
    for digit in places.indices { (places[digit], next) = (next, next + places[digit]) }
    for key in keys {
      let digit = Int(key >> shift & 0x7ff)
      sorted[places[digit]] = key
      places[digit] += 1
    }
    swap(&keys, &sorted)
  }
  return keys.map { Double(bitPattern: $0 & sign == 0 ? ~$0 : $0 ^ sign) }
}
