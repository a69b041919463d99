/// Keeps what chunks gave as bytes, so that they need not be made again.
///
/// Workers call it at the same time.
public protocol ChunkStore: Sendable {
  /// How many runs a chunk has; the number of a chunk means nothing without it.
  var chunkSize: Int { get }
  /// What is kept of a chunk; nil where it has to be made.
  func bytes(of chunk: Int) throws -> [UInt8]?
  /// Keeps what a chunk gave, if that is worth it.
  func keep(_ chunk: Int, _ bytes: () -> [UInt8]) throws
  /// Forgets everything, once the results stand in their place.
  func remove()
}
