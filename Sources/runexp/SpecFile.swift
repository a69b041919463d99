import ArgumentParser
import Diagnostics
import Foundation
import Results
import Specs

/// A spec that was read and found good.
struct SpecFile {
  /// The path as it was typed.
  let path: String
  /// The name that results are filed under: the file's name without its ending.
  let name: String
  /// What stands in it.
  let text: String
  private(set) var experiment: Experiment
  private(set) var plan: Plan
  private let data: [(path: String, hash: UInt64)]
  private let pictures: PictureArguments

  /// What results of it are made from; takes a look at every byte of this program.
  var stamp: Stamp {
    Stamp(
      spec: Experiment.hash(of: text), text: stableHash(text.utf8), data: data,
      versions: Versions.lines + [Versions.build] + (hasFigures ? pictures.lines : []))
  }
  /// What its runs are made from: figures, titles and the build of the program do not count.
  private(set) var runStamp: Stamp

  /// Where the last whole run into the default folder left its stamp.
  var stampPlace: URL { URL(fileURLWithPath: ".runexp").appendingPathComponent(name) }

  /// Whether the plan has figures.
  var hasFigures: Bool { !Drawing.names(of: plan).isEmpty }

  /// What the results of a spec are filed under.
  static func name(of path: String) -> String {
    URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
  }

  /// Reads, parses and plans a spec; prints what is wrong with it.
  ///
  /// - Parameter pictures: what its pictures are to be.
  /// - Throws: `ExitCode` 65, 66 or 74, after the errors were printed.
  init(reading path: String, limits: Limits, _ pictures: PictureArguments) throws {
    self.path = path
    self.pictures = pictures
    name = SpecFile.name(of: path)
    let text = try SpecFile.text(of: path, limits: limits)
    self.text = text
    do {
      var data = DataFiles(besideSpec: path, limits: limits)
      let (experiment, warnings) = try Experiment.parse(text, limits: limits) {
        try data.table(named: $0, from: $1)
      }
      self.experiment = experiment
      if !warnings.all.isEmpty { complain(warnings.rendered(path: path, text: text)) }
      plan = try Plan(experiment, limits: limits)
      let problems = Drawing.problems(of: plan)
      guard problems.isEmpty else { throw Diagnostics(problems) }
      self.data = data.hashes
      runStamp = Stamp(
        spec: Experiment.hashOfRuns(of: text), data: data.hashes, versions: Versions.numbers)
    } catch let error as Diagnostics {
      complain(error.rendered(path: path, text: text))
      throw ExitStatus.of(error)
    }
  }

  /// The same file with some of its runs.
  ///
  /// - Parameter filter: what chose them.
  func selecting(_ chosen: Experiment, by filter: String) throws -> SpecFile {
    var file = self
    file.runStamp = runStamp.with("only \(String(stableHash(filter.utf8), radix: 16))")
    file.experiment = chosen
    file.plan = try Plan(chosen, limits: .none)
    return file
  }

  private static func text(of path: String, limits: Limits) throws -> String {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      complain("\(path): error: there is no such file")
      throw ExitStatus.noInput
    }
    if isFolder.boolValue {
      complain("\(path): error: this is a folder; name a spec file in it")
      throw ExitStatus.noInput
    }
    let data: Data
    do {
      let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
      defer { try? handle.close() }
      let limit = limits[.fileBytes]
      data = try handle.read(upToCount: limit + 1) ?? Data()
      guard data.count <= limit else {
        let problem = LimitProblem("the file is too long", name: .fileBytes, limit: limit)
        complain("\(path): error: \(problem.sentence)")
        throw ExitStatus.dataError
      }
    } catch let exit as ExitCode {
      throw exit
    } catch {
      complain("\(path): error: cannot be read: \(String(cString: strerror(errno)))")
      throw ExitStatus.inputOutput
    }
    let bytes = data.starts(with: [0xEF, 0xBB, 0xBF]) ? data.dropFirst(3) : data
    guard let text = String(data: bytes, encoding: .utf8), !bytes.contains(0) else {
      let place = data.count - bytes.count + (textPrefix(of: bytes) ?? 0)
      complain("\(path): error: \(SpecProblem.notText(byte: place + 1).sentence)")
      throw ExitStatus.dataError
    }
    return text
  }
}
