/// The number of bytes before the first that is not part of UTF-8 text, or is 0; nil if all are text.
public func textPrefix(of bytes: some Sequence<UInt8>) -> Int? {
  var decoder = UTF8()
  var iterator = bytes.makeIterator()
  var count = 0
  while true {
    switch decoder.decode(&iterator) {
    case .scalarValue("\0"), .error: return count
    case .scalarValue(let scalar): count += UTF8.width(scalar)
    case .emptyInput: return nil
    }
  }
}
