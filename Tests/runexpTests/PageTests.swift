import Foundation
import Testing

/// index.html as the program writes it.
@Suite struct PageTests {
  private func page(_ spec: String, _ options: String...) throws -> (String, Workshop) {
    let shop = try Workshop()
    try shop.write(spec, to: "a.txt")
    let run = try shop.run(["a.txt"] + options)
    #expect(run.status == 0)
    return (String(decoding: shop.files("output/a")["index.html"] ?? Data(), as: UTF8.self), shop)
  }

  private let bowl = """
    # Why <here>?
    title A & B
    function f(x, y) = x^2 + 3*y^2
      critical-points
      start (1, 2)
    function line(x) = x^2
      start (1)
    method gradient rate=[0.1, 0.2]
    method newton
    plot convergence
    """

  @Test func everyLinkAndPictureIsAFileOfTheFolder() throws {
    let (html, shop) = try page(bowl, "--formats", "png,svg")
    let files = shop.files("output/a")
    let paths = html.matches(of: /(?:href|src)="([^"#:]+)"/).map { String($0.output.1) }
    #expect(paths.count > 10)
    for path in paths { #expect(files[path] != nil, "\(path)") }
    // A table or picture that no link leads to would be lost.
    for name in files.keys where name != "index.html" && !name.hasSuffix(".txt") {
      #expect(paths.contains(name), "\(name)")
    }
    #expect(html.contains("<title>A &amp; B</title>"))
    #expect(html.contains("<p class=\"lead\">Why &lt;here&gt;?</p>"))
    #expect(html.contains(">summary.csv</a>"))
  }

  @Test func pathsHaveTheNumbersOfTheTraces() throws {
    let (html, shop) = try page(bowl)
    // f has two variables and a viewer, line has one and none.
    #expect(html.matches(of: /class="viewer"/).count == 1)
    let trace = String(
      decoding: shop.files("output/a")["f/traces/newton.csv"] ?? Data(), as: UTF8.self)
    let rows = trace.split(separator: "\n").dropFirst().map {
      $0.split(separator: ",", omittingEmptySubsequences: false)
    }
    #expect(rows.map { $0[3] } == ["1", "0"])
    #expect(
      html.contains(
        "[\"newton\",\"1\",\"p1\",2,\"converged at a minimum (m1)\",0,[1,0],[2,0],[13,0],[12.1655,0],[1,null]]"
      ))
  }

  @Test func aSpecWithoutTracesHasNoViewer() throws {
    for line in ["trace off", "trace ends"] {
      let (html, _) = try page(bowl + "\n" + line)
      #expect(!html.contains("class=\"viewer\""), "\(line)")
      #expect(html.contains("<h2>Summary</h2>"))
    }
    #expect(try page(bowl + "\ntrace every=3").0.contains("class=\"sparse\""))
  }

  @Test func withoutPlotsNoPageIsMadeAndTheOneThereIsStays() throws {
    let (html, shop) = try page(bowl)
    try shop.write(bowl.replacing("3*y", with: "4*y"), to: "a.txt")
    #expect(try shop.run("a.txt", "--no-plots").status == 0)
    #expect(shop.files("output/a")["index.html"] == Data(html.utf8))
    let (none, _) = try page(bowl, "--no-plots")
    #expect(none == "")
  }
}
