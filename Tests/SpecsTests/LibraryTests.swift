import Evaluation
import Expressions
import Testing
import TestSupport

@testable import Specs

@Suite struct LibraryTests {
  /// A function of the library, compiled with its derivatives.
  private struct Compiled {
    let function: FunctionSpec
    let evaluator: Evaluator

    init(_ name: String, _ dimension: Int) throws {
      let entry = try #require(Library.entry(name), "\(name)")
      let parsed = entry.function(name, dimension: entry.family == nil ? nil : dimension)
      function = try #require(parsed, "\(name)").function
      let model = try function.model().model
      evaluator = Evaluator(
        Program(
          computing: [model.value] + model.gradient + model.hessian.upper
            + [model.hessian.eigenvalues[0]],
          from: function.variables.indices.map { Input(.coordinate, $0) }))
    }

    func values(at point: [Double]) -> (f: Double, g: [Double], h: [Double], least: Double) {
      let found = evaluator.evaluate(point.map { [$0] }).map { $0[0] }
      let n = point.count
      return (
        found[0], Array(found[1...n]), Array(found[(n + 1)..<(found.count - 1)]), found.last ?? .nan
      )
    }
  }

  /// Every reference row of the library, by function and dimension.
  private func groups(_ table: String) throws -> [(
    name: String, dimension: Int, rows: [[String: String]]
  )] {
    var groups: [(name: String, dimension: Int, rows: [[String: String]])] = []
    for row in try ReferenceTable(table).rows {
      let (name, dimension) = (row["name"] ?? "", Int(row["dimension"] ?? "") ?? 0)
      if let last = groups.indices.last, groups[last].name == name,
        groups[last].dimension == dimension
      {
        groups[last].rows.append(row)
      } else {
        groups.append((name, dimension, [row]))
      }
    }
    return groups
  }

  @Test func everyFunctionIsInTheReferenceAndTheOtherWayRound() throws {
    let known = Set(try groups("library").map(\.name))
    #expect(known == Set(Library.names))
    #expect(Set(Library.names).count == Library.names.count)
    for row in try ReferenceTable("functions").rows { #expect(known.contains(row["name"] ?? "")) }
  }

  @Test func everyEntryIsWhole() throws {
    for entry in Library.all {
      let dimensions =
        entry.family.map { [$0.first, $0.first + $0.step, $0.first + 3 * $0.step] } ?? [0]
      for dimension in dimensions {
        let parsed = try #require(
          entry.function("f", dimension: dimension == 0 ? nil : dimension), "\(entry.name)")
        #expect(!parsed.starts.isEmpty, "\(entry.name)")
        if dimension > 0 { #expect(parsed.function.dimension == dimension) }
      }
      #expect(!entry.about.isEmpty && !entry.source.isEmpty, "\(entry.name)")
    }
  }

  @Test func valuesGradientsAndHessiansAreThoseOfTheLiterature() throws {
    for (name, dimension, rows) in try groups("library") {
      let compiled = try Compiled(name, dimension)
      #expect(compiled.function.dimension == dimension)
      for row in rows {
        let point = numbers(row["point"])
        let found = compiled.values(at: point)
        let (f, g, full) = (numbers(row["f"])[0], numbers(row["gradient"]), numbers(row["hessian"]))
        let h = (0..<dimension).flatMap { i in (i..<dimension).map { full[i * dimension + $0] } }
        let place: Comment = "\(name)[\(dimension)] at \(point)"
        #expect(abs(found.f - f) <= 1e-12 * max(abs(f), 1e-3), place)
        // Relative to the largest entry: some are differences of much larger ones.
        let slack = name == "schaffer2" ? 1e-11 : 1e-12
        let (gScale, hScale) = (largest(g), largest(h))
        for (value, truth) in zip(found.g, g) {
          #expect(abs(value - truth) <= slack * gScale, place)
        }
        for (value, truth) in zip(found.h, h) {
          #expect(abs(value - truth) <= slack * hScale, place)
        }
      }
    }
  }

  @Test func everyMinimumIsOne() throws {
    for (name, dimension, rows) in try groups("library-minima") {
      let compiled = try Compiled(name, dimension)
      for row in rows {
        let point = numbers(row["minimiser"])
        let depth = numbers(row["minimum"])[0]
        let found = compiled.values(at: point)
        let place: Comment = "\(name)[\(dimension)] at \(point)"
        // The doubles nearest to a minimiser may lie beside a narrow valley by their rounding.
        #expect(found.f - depth <= 1e-9 * max(abs(depth), 1), place)
        guard !["ackley", "drop-wave"].contains(name) else { continue }  // no derivative there
        let scale = largest(found.h) * max(1, largest(point))
        #expect(largest(found.g) <= 1e-13 * scale, place)
        #expect(found.least >= -1e-12 * largest(found.h), place)
      }
      let listed = rows.map { numbers($0["minimiser"]) }
      for minimum in compiled.function.minima {
        #expect(
          listed.contains {
            zip($0, minimum).allSatisfy { abs($0 - $1) <= 1e-12 * max(1, abs($0)) }
          },
          "\(name) has \(minimum), which the reference has not")
      }
    }
  }

  @Test func minimaOfTheSharedTableAreListed() throws {
    for row in try ReferenceTable("functions").rows where row["minimiser"] != "" {
      let entry = try #require(Library.entry(row["name"] ?? ""))
      let function = try #require(entry.function(entry.name)).function
      let point = numbers(row["minimiser"])
      #expect(
        function.minima.contains {
          zip($0, point).allSatisfy { abs($0 - $1) <= 1e-6 * max(1, abs($0)) }
        }, "\(entry.name) lacks \(point)")
    }
  }

  private func largest(_ values: [Double]) -> Double { values.reduce(0) { max($0, abs($1)) } }
}
