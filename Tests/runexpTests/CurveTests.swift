import Foundation
import Testing

/// Curves and surfaces as a user gets them.
@Suite struct CurveTests {
  private let spec = """
    title Waves
    function wave(x) = sin(x)
      domain -3 .. 5
      start (1)
      plot curve taylor=[1, 2, 3] paths=newton
      plot curve with=line taylor=1 about=0 as=beside
        window x = -1 .. 1
    function line(t) = t
      start (1)
    function bowl(x, y) = x^2 + 4*y^2 + 1
      minimum (0, 0)
      start (1, 2)
      plot curve axes=y at=p1 as=slice paths=newton
    method newton
    plot surface paths=newton
    stop iterations=30
    """

  private func caption(_ files: [String: Data], _ name: String) -> [String] {
    files[name].map { String(decoding: $0, as: UTF8.self) }?.split(separator: "\n").map(String.init)
      ?? []
  }

  @Test func aRunWritesCurvesAndSurfaces() throws {
    let shop = try Workshop()
    try shop.write(spec, to: "a.txt")
    let run = try shop.run("a.txt")
    #expect(run.status == 0)
    #expect(
      run.errors == """
        note: wave has no figure 'surface': it needs two variables, or the names of two
        note: line has no figure 'surface': it needs two variables, or the names of two

        """)
    let files = shop.files("output/a")
    for name in ["wave/curve", "wave/beside", "bowl/slice", "bowl/surface"] {
      #expect(files[name + ".png"] != nil && files[name + ".txt"] != nil, "\(name)")
    }
    // Newton's step from 1 is f'/-f'' = cot 1 = 0.642, to 1.642, and on to π/2.
    #expect(
      caption(files, "wave/curve.txt") == [
        "Waves, wave", "f(x) = sin(x)", "window: x = -3 .. 5, upwards -1.141 .. 1.156",
        "f seen: -1 .. 1",
        "at x = 1: f = 0.841471, f' = 0.540302, f'' = -0.841471, f''' = -0.540302",
        "order 1: 0.841471 + 0.540302 (x - 1)",
        "order 2: 0.841471 + 0.540302 (x - 1) - 0.420735 (x - 1)^2",
        "order 3: 0.841471 + 0.540302 (x - 1) - 0.420735 (x - 1)^2 - 0.0900504 (x - 1)^3",
        "steps newton from p1: 3 iterations, converged",
      ])
    let beside = caption(files, "wave/beside.txt")
    #expect(beside[1] == "wave(x) = sin(x),   line(t) = t")
    #expect(beside.contains("at x = 0: wave = 0, wave' = 1"))
    #expect(beside.contains("at x = 0: line = 0, line' = 1"))
    let slice = caption(files, "bowl/slice.txt")
    #expect(slice.contains("f seen: 2 .. 102"))
    #expect(slice.contains("The line through x = 1."))
    #expect(slice.contains("no steps: they leave the line"))
    let surface = caption(files, "bowl/surface.txt")
    #expect(surface.contains("path newton from p1: 1 iteration, converged"))
  }

  @Test func picturesDoNotDependOnJobs() throws {
    let shop = try Workshop()
    try shop.write(spec, to: "a.txt")
    #expect(try shop.run("a.txt", "--jobs", "1", "-o", "one").status == 0)
    #expect(try shop.run("a.txt", "--jobs", "3", "-o", "three").status == 0)
    #expect(shop.files("one") == shop.files("three"))
  }

  @Test func anExpansionAboutAnUnknownMinimumIsANote() throws {
    let shop = try Workshop()
    try shop.write(
      """
      function f(x) = x^2
        start (1)
      method newton
      plot curve taylor=1 about=minimum
      """, to: "a.txt")
    let run = try shop.run("a.txt")
    #expect(run.status == 0)
    #expect(
      run.errors
        == "note: f has no figure 'curve': no minimum is known to take Taylor polynomials about\n")
  }
}
