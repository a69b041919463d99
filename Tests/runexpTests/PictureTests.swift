import Foundation
import Testing

/// The files, colours and letters of pictures, as a user asks for them.
@Suite struct PictureTests {
  private func bowl() throws -> Workshop {
    let shop = try Workshop()
    try shop.write(
      """
      function f(x, y) = x^2 + y^2
      method newton
      start (1, 2)
      plot determinant
      plot convergence
      """, to: "bowl.txt")
    return shop
  }

  private let tables = ["f/runs.csv", "f/traces/newton.csv", "manifest.txt", "summary.csv"]

  private func names(_ endings: String...) -> [String] {
    (tables + ["index.html"]
      + ["f/convergence", "f/determinant"].flatMap { name in endings.map { "\(name).\($0)" } })
      .sorted()
  }

  @Test func everyFormatThatIsAskedForIsAFileAndOthersGo() throws {
    let shop = try bowl()
    #expect(try shop.run("bowl.txt", "--formats", "pdf,png,svg").status == 0)
    let all = shop.files("output/bowl")
    #expect(all.keys.sorted() == names("pdf", "png", "svg", "txt"))
    #expect(all["f/determinant.pdf"]?.starts(with: Data("%PDF".utf8)) == true)
    #expect(all["f/determinant.svg"]?.starts(with: Data("<?xml".utf8)) == true)

    #expect(try shop.run("bowl.txt", "--formats", "svg").status == 0)
    let lines = shop.files("output/bowl")
    #expect(lines.keys.sorted() == names("svg", "txt"))
    for (name, bytes) in lines where !["index.html", "manifest.txt"].contains(name) {
      #expect(bytes == all[name], "\(name)")
    }

    #expect(try shop.run("bowl.txt", "--no-plots").status == 0)
    #expect(shop.files("output/bowl") == lines)
    #expect(try shop.run("bowl.txt").status == 0)
    #expect(shop.files("output/bowl").keys.sorted() == names("png", "txt"))
  }

  @Test func picturesDoNotDependOnJobs() throws {
    let shop = try bowl()
    for jobs in ["1", "4"] {
      let run = try shop.run(
        "bowl.txt", "--formats", "png,svg,pdf", "--theme", "dark", "-j", jobs, "-o", jobs)
      #expect(run.status == 0)
    }
    #expect(shop.files("1").count == 13)
    #expect(shop.files("1") == shop.files("4"))
  }

  @Test func aDarkThemeChangesPicturesAndNothingElse() throws {
    let shop = try bowl()
    #expect(try shop.run("bowl.txt").status == 0)
    let light = shop.files("output/bowl")
    #expect(try shop.run("bowl.txt", "--theme", "dark").status == 0)
    let dark = shop.files("output/bowl")
    for (name, bytes) in light {
      #expect((bytes != dark[name]) == name.hasSuffix(".png"), "\(name)")
    }
  }

  @Test func whatPicturesCannotBeIsWrongUsage() throws {
    let shop = try bowl()
    for formats in ["jpg", "", "png,", "png,png", "png svg", "PNG"] {
      let run = try shop.run("bowl.txt", "--formats", formats)
      #expect(run.status == 64)
      #expect(
        run.errors.hasPrefix(
          "Error: --formats is png, svg, pdf or several of them with commas between, each once.\n"))
    }
    let run = try shop.run("check", "bowl.txt", "--theme", "grey")
    #expect(run.status == 64)
    #expect(run.errors.hasPrefix("Error: --theme is light or dark.\n"))
    #expect(shop.files("output").isEmpty)
  }

  @Test func picturesOfOtherKindsWouldBeRedone() throws {
    let shop = try bowl()
    #expect(try shop.run("bowl.txt", "--formats", "svg,png").status == 0)
    func state(_ options: String...) throws -> String {
      try String(shop.run(["check", "bowl.txt"] + options).output.split(separator: "; ")[1])
    }
    #expect(try state("--formats", "png,svg") == "up to date\n")
    #expect(try state() == "would be redone: formats png,svg → png\n")
    #expect(
      try state("--theme", "dark") == "would be redone: formats png,svg → png, theme light → dark\n"
    )
    // Where there are no pictures, neither matters.
    try shop.write("function f(x) = x^2\nmethod newton\nstart (1)", to: "bare.txt")
    #expect(try shop.run("bare.txt").status == 0)
    #expect(try shop.run("check", "bare.txt", "--theme", "dark").output.hasSuffix("; up to date\n"))
  }

  // MARK: Fonts

  private func fonts(_ shop: Workshop, _ rules: String) throws -> [String: String] {
    try shop.write(
      "<?xml version=\"1.0\"?><fontconfig>\(rules)</fontconfig>", to: "fonts.conf")
    return ["FONTCONFIG_FILE": shop.folder.appendingPathComponent("fonts.conf").path]
  }

  @Test func withoutAnyFontThereAreTablesButNoFigures() throws {
    let shop = try bowl()
    let none = try fonts(shop, "<cachedir>cache</cachedir>")
    let run = try shop.run(["bowl.txt"], environment: none)
    #expect(run.status == 69)
    #expect(
      run.errors
        == "error: there is no font for figures; install DejaVu Sans (Debian: sudo apt-get install "
        + "fonts-dejavu-core; macOS: brew install --cask font-dejavu), or run without figures by --no-plots\n"
    )
    #expect(shop.files("output").isEmpty)
    let bare = try shop.run(["bowl.txt", "--no-plots"], environment: none)
    #expect(bare.status == 0)
    #expect(bare.errors == "")
    #expect(shop.files("output/bowl").keys.sorted() == tables)
    try shop.write("function f(x) = x^2\nmethod newton\nstart (1)", to: "bare.txt")
    #expect(try shop.run(["bare.txt"], environment: none).status == 0)
  }

  @Test func anotherFontIsTakenWithAWarning() throws {
    let shop = try bowl()
    let other = try fonts(
      shop,
      """
      <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
      <include ignore_missing="yes">/opt/homebrew/etc/fonts/fonts.conf</include>
      <include ignore_missing="yes">/usr/local/etc/fonts/fonts.conf</include>
      <selectfont><rejectfont><pattern>
        <patelt name="family"><string>DejaVu Sans</string></patelt>
      </pattern></rejectfont></selectfont>
      """)
    let run = try shop.run(["bowl.txt"], environment: other)
    #expect(run.status == 0)
    let manifest = String(
      decoding: shop.files("output/bowl")["manifest.txt"] ?? Data(), as: UTF8.self)
    let font = try #require(manifest.firstMatch(of: /\nfont (.+) ([0-9]+\.[0-9]+)\n/))
    #expect(font.1 != "DejaVu Sans")
    #expect(
      run.errors
        == "warning: the font DejaVu Sans is missing and figures are written in \(font.1), in which texts "
        + "may meet; install DejaVu Sans (Debian: sudo apt-get install fonts-dejavu-core; macOS: brew install "
        + "--cask font-dejavu)\n")
    let before = shop.files("output/bowl")["f/determinant.png"]
    let back = try shop.run("bowl.txt")
    #expect(back.errors == "")
    #expect(shop.files("output/bowl")["f/determinant.png"] != before)
  }
}
