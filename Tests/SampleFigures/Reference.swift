import Foundation

/// A file of `Tests/Reference` that tests compare with, and write anew where RECORD is set.
public enum Reference {
  /// Whether references are to be written anew.
  public static var isRecorded: Bool { ProcessInfo.processInfo.environment["RECORD"] != nil }

  /// The place of a file.
  public static func url(_ path: String) -> URL {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Reference/\(path)")
  }

  /// Writes a file anew, its folder with it.
  public static func record(_ data: Data, as path: String) throws {
    let place = url(path)
    try FileManager.default.createDirectory(
      at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
    try data.write(to: place)
  }
}
