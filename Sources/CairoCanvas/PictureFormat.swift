/// A kind of file for pictures.
public enum PictureFormat: String, Sendable, CaseIterable {
  /// Pixels, one for each canvas unit.
  case png
  /// Lines and letters as outlines, which look the same in every viewer; a canvas unit is a CSS pixel.
  case svg
  /// Lines, and text that can be searched; a canvas unit is half a point, so that letters have the size of print.
  case pdf

  /// How many pixels of a mosaic a canvas unit is worth.
  var pixelsPerUnit: Double { self == .png ? 1 : 2 }
}
