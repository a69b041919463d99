import Foundation
import Testing

/// `runexp inspect` as a user gets it; the numbers themselves are tested with `Inspection`.
@Suite struct InspectTests {
  private let spec = """
    function f(x, y) = x^2 - x*y/2 + (y/3)^2
      minimum (0, 0)
      start (-3, -3)
    function g(a) = log(a)
      start near = (2)
    method newton
    """

  private func run(_ arguments: String...) throws -> Finished {
    let shop = try Workshop()
    try shop.write(spec, to: "bowl.txt")
    return try shop.run(["inspect", "bowl.txt"] + arguments)
  }

  @Test func allThatIsKnownStandsOnOneSheet() throws {
    let run = try run("--function", "f", "--at", "x=-3,y=-3")
    #expect(run.status == 0)
    #expect(run.errors == "")
    #expect(
      run.output == """
        function          f(x, y)
        formula           x^2 - x*y/2 + (y/3)^2

        df/dx             2*x - y/2
        df/dy             -x/2 + 2*y/9
        d2f/dx^2          2
        d2f/dx dy         -1/2
        d2f/dy^2          2/9

        at                (-3, -3)   x and y
        f                 5.5
        gradient          (-4.5, 0.8333333333333334)
        |gradient|        4.576510072581994

        Hessian           2     -0.5
                          -0.5  0.2222222222222222
        inverse           1.142857142857143   2.5714285714285716
                          2.5714285714285716  10.285714285714286
        determinant       0.19444444444444442
        eigenvalues       value                vector
                          0.09124668051745448  (0.25340132485392686, 0.9673612399524155)
                          2.1309755417047676   (0.9673612399524155, -0.25340132485392686)
                          positive definite: f bends up in every direction
        condition         23.35400619091163

        Newton step       (3, 3)   downhill
        leads to          (0, 0)
        f there           0
        by the model      0
        |gradient| there  0
        angle             55.4914770123316   degrees between -gradient and the Newton step

        rates             rate              value                what it is
                          determinant       2.2677868380553634   1/|det H|^(1/n): right for a sphere of the same volume
                          cauchy            0.47167581844720924  g.g/g.Hg: to the model's minimum along the gradient
                          curvature         0.4692686426611945   1/max|eigenvalue|: as far as the steepest direction bears
                          armijo            0.5                  halves until f falls by 1e-4 of what the slope promises; accepted at trial 2
                          wolfe             0.21850711221876892  the strong Wolfe conditions: f falls enough and so does its slope; accepted at trial 1
                          polyak            0.26259946949602125  (f - minimum)/g.g: to where the tangent plane meets the known minimum
                          critical_rate     0.9433516368944185   2 g.g/g.Hg: above it the quadratic model rises along -g
                          2/max_eigenvalue  0.938537285322389    above it gradient descent leaves a minimum with this H

        """)
  }

  @Test func programsReadTheSameAsJSON() throws {
    let run = try run("--function", "f", "--at", "p1", "--format", "json")
    let object = try JSONSerialization.jsonObject(with: Data(run.output.utf8))
    let sheet = try #require(object as? [String: Any])
    #expect(sheet["f"] as? Double == 5.5)
    #expect(sheet["gradient_formula_y"] as? String == "-x/2 + 2*y/9")
    #expect(sheet["newton_step"] as? [Double] == [3, 3])
    #expect((sheet["hessian"] as? [[Double]])?[0] == [2, -0.5])
    let rates = try #require(sheet["rates"] as? [[String: Any]])
    #expect(rates.first { $0["rate"] as? String == "armijo" }?["value"] as? Double == 0.5)
  }

  @Test func whatIsNoNumberIsSaid() throws {
    let run = try run("--function", "g", "--at", "a=-2", "--format", "json")
    let object = try JSONSerialization.jsonObject(with: Data(run.output.utf8))
    let sheet = try #require(object as? [String: Any])
    #expect(sheet["f"] as? String == "nan")
    #expect(sheet["f_note"] as? String == "log(a) is nan for a = -2")
  }

  @Test(arguments: [
    ("f", "q1", "--at:1:1: error: no start is called 'q1'; did you mean 'p1'?"),
    ("f", "x=1", "--at:1:4: error: the coordinate y is missing here; write for example: y=1"),
    ("f", "x=1,z=2", "--at:1:5: error: there is no variable 'z'; the function has x and y"),
    ("f", "x=1,y=2,x=3", "--at:1:9: error: the coordinate 'x' is there already"),
    (
      "f", "(1, 2, 3)",
      "--at:1:1: error: this point has 3 coordinates, but f has 2 variables: x and y"
    ),
    ("f", "x=1,y=sine(2)", "--at:1:7: error: unknown function 'sine'; did you mean 'sin'?"),
    ("ff", "p1", "Error: bowl.txt has no function 'ff'; did you mean 'f'?"),
  ])
  func mistakesAreShown(function: String, at: String, error: String) throws {
    let run = try run("--function", function, "--at", at)
    #expect(run.status == 64)
    #expect(run.errors.split(separator: "\n").first.map(String.init) == error)
    #expect(run.output == "")
  }

  @Test func oneOfSeveralFunctionsMustBeNamed() throws {
    let run = try run("--at", "near")
    #expect(run.status == 64)
    #expect(
      run.errors.hasPrefix(
        "Error: bowl.txt has several functions; name one with --function: f or g.\n"))
  }
}
