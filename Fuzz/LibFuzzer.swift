#if LIBFUZZER
/// What libFuzzer calls for every input, once in a program built with `-sanitize=fuzzer`.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  Checks.run(Array(UnsafeBufferPointer(start: start, count: count)))
  return 0
}
#endif
