#if !LIBFUZZER
import Foundation

/// Writes the present input to `fuzz-failure.bin` when the program traps, or works on it for too long.
enum Watchdog {
  /// What handlers of signals may read: plain memory.
  private struct State {
    let bytes: UnsafeMutablePointer<UInt8>
    let capacity: Int
    var count = 0
    var number = 0
    /// The input at the last tick, and the time that the program had then.
    var numberAtTick = -1
    var timeAtTick = clock_t(0)
  }

  /// Seconds of the processor that an input may take, as `clock` counts them.
  private static let patience = clock_t(2_000_000)
  private nonisolated(unsafe) static var state = State(
    bytes: .allocate(capacity: 1 << 20), capacity: 1 << 20)

  /// Begins to watch; the handlers have a stack of their own, for recursion without an end.
  static func start() {
    let size = 1 << 16
    var stack = stack_t()
    stack.ss_sp = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 16)
    stack.ss_size = size
    sigaltstack(&stack, nil)
    for signal in [SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGABRT, SIGFPE] {
      handle(signal, flags: Int32(SA_ONSTACK) | Int32(bitPattern: UInt32(SA_RESETHAND))) { signal in
        Watchdog.save("the program stopped")
        raise(signal)
      }
    }
    handle(SIGALRM, flags: Int32(SA_ONSTACK) | Int32(SA_RESTART)) { _ in Watchdog.tick() }
    alarm(1)
  }

  /// Tells which input comes next.
  static func watch(_ input: [UInt8]) {
    state.count = min(input.count, state.capacity)
    input.withUnsafeBufferPointer { buffer in
      if let base = buffer.baseAddress { state.bytes.update(from: base, count: state.count) }
    }
    state.number += 1
  }

  private static func handle(
    _ signal: Int32, flags: Int32, _ body: @escaping @convention(c) (Int32) -> Void
  ) {
    var action = sigaction()
    #if canImport(Darwin)
    action.__sigaction_u.__sa_handler = body
    #else
    action.__sigaction_handler.sa_handler = body
    #endif
    action.sa_flags = flags
    sigaction(signal, &action, nil)
  }

  private static func tick() {
    alarm(1)
    if state.number != state.numberAtTick {
      state.numberAtTick = state.number
      state.timeAtTick = clock()
    }
    guard clock() - state.timeAtTick > patience else { return }
    save("an input takes too long")
    _exit(70)
  }

  /// Calls only what a handler of signals may call.
  private static func save(_ why: StaticString) {
    let file = open("fuzz-failure.bin", O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    _ = Foundation.write(file, state.bytes, state.count)
    _ = Foundation.write(2, why.utf8Start, why.utf8CodeUnitCount)
    let tail: StaticString = "; the input is in fuzz-failure.bin\n"
    _ = Foundation.write(2, tail.utf8Start, tail.utf8CodeUnitCount)
    close(file)
  }
}
#endif
