import Diagnostics

/// What can be wrong with a spec, apart from its formulas.
public enum SpecProblem: Problem {
  case empty
  case notText(byte: Int)
  case unknownDirective(String, suggestion: String, allowed: [String])
  case indentedFirst(String)
  case notIndented(String, owners: [String])
  case operatorBegins(String)
  case misplacedSubdirective(String, owner: String, allowed: [String])
  case missing(String, example: String)
  case unexpected(String, example: String)
  case tooManyProblems(Int)
  case longName(count: Int, most: Int)
  case badName(String)
  case reservedName(String, meaning: String)
  case duplicateName(String, kind: String)
  case duplicateDirective(String)
  case unknownVariable(String, variables: [String])
  case unknownOption(String, owner: String, suggestion: String, allowed: [String])
  case notAnOption(String, example: String)
  case duplicateOption(String)
  case listEndsWithComma(String, example: String)
  case optionWithoutValue(String, example: String)
  case excludedOption(String, by: String)
  case optionWithoutOther(String, needs: String)
  case notAValue(String, option: String, suggestion: String, accepts: String)
  case outOfRange(String, what: String)
  case notAWholeNumber(String, what: String)
  case emptyRange(low: Double, high: Double)
  case rangeWithoutCount(String)
  case unknownSpacing(String, suggestion: String)
  case logRangeNotPositive
  case rangeTooFine(count: Double)
  case tooManyNumbers
  case equalItems(String)
  case wrongDimension(found: Int, function: String, variables: [String])
  case unknownFunction(String, suggestion: String)
  case notAFamily(String)
  case noPlaceForLocals(String)
  case wrongGrid(found: Int, function: String, variables: [String])
  case notAPoint(String)
  case unknownMethod(String, suggestion: String, allowed: [String])
  case severalMethods
  case methodWithoutRate(String)
  case ratesUnused
  case ratesTwice(String)
  case equalLabels(String, kind: String)
  case columnIsVariable(String, function: String)
  case unknownPlot(String, suggestion: String, allowed: [String])
  case optionsOfSeveralPlots
  case notTwoAxes(Int)
  case notOneAxis(Int)
  case unknownCurve(String, suggestion: String, allowed: [String])
  case noCurve(String, variables: [String])
  case windowOfChart(String)
  case columnOfWords(String)
  case unknownAxis(String, from: String, suggestion: String, allowed: [String])
  case figureOfAll(String)
  case unknownStart(String, suggestion: String, allowed: [String])
  case unknownPath(String, suggestion: String, allowed: [String])
  case methodOfFigure([String])
  case rateOfFigure(String, rates: [String])
  case noLargestRate(String)
  case noTables
  case notASumOfSquares(method: String, function: String)
  case exactSquares(String)
  case noLipschitz(String, Double)
  case noMinimumForPolyak(String)
  case rateOfOwn(String)
  case noSearchAlong(String, rate: String)
  case builtInMethod(String)
  case rateNotNamed(String)
  case unusedName(String)
  case scaleOfNumbers
  case severalMoves
  case methodWithoutMove(String)
  case nameOfFunction(String, function: String)
  case columnsOfNothing
  case mixedColumns(String)
  case columnThere(String)
  case unknownColumn(String, suggestion: String, allowed: [String])
  case columnTooLarge(String, function: String, dimension: Int)
  case unknownRate(String, suggestion: String, allowed: [String])
  case wrongRateArguments(String, usage: String, found: Int)
  case rateArgumentOutOfRange(String, usage: String)
  case hessianTooLarge(method: String, function: String, dimension: Int, others: [String])
  case rateHessianTooLarge(rate: String, function: String, dimension: Int, others: [String])
  case noFunction
  case noMethod
  case noStart(String)
  case noPossibleFigure(String, reason: String)
  case notShowable(low: Double, high: Double, variable: String)
  case noLimitAtAll
  case startIsMinimum(String)
  case tooManyTraceRows(rows: Int, limit: Int)

  /// See `Problem`.
  public var sentence: String {
    switch self {
    case .empty: "the spec is empty; begin with: function f(x, y) = x^2 + y^2"
    case .notText(let byte): "this is not a text file (byte \(byte) is not UTF-8 text)"
    case .unknownDirective(let word, let suggestion, let allowed):
      "unknown directive '\(word)'" + advice(suggestion, allowed)
    case .indentedFirst(let word):
      "'\(word)' is indented, but no directive stands above it; remove the blanks before it"
    case .notIndented(let word, let owners):
      "'\(word)' belongs to the \(owners.joined(separator: " or ")) above it; put blanks before it"
    case .operatorBegins(let word):
      "a line goes on where the one above ended with an operator; put the '\(word)' there"
    case .misplacedSubdirective(let word, let owner, let allowed):
      allowed.isEmpty
        ? "'\(owner)' takes no indented lines; to begin a directive, remove the blanks before it"
        : "'\(word)' cannot stand below '\(owner)', which takes \(list(allowed))"
    case .missing(let what, let example): "\(what) is missing here; write for example: \(example)"
    case .tooManyProblems(let count):
      "the file was read until \(count) errors were found; there may be more"
    case .longName(let count, let most):
      "a name that files are called by has at most \(most) bytes, but this has \(count)"
    case .unexpected(let text, let example): "unexpected '\(text)'; write for example: \(example)"
    case .badName(let text):
      (text.isEmpty ? "a name is missing here" : "'\(text)' is not a name")
        + "; names are a letter, then letters, digits and _ (labels also -)"
    case .reservedName(let name, let meaning):
      "'\(name)' is already \(meaning); choose another name"
    case .builtInMethod(let name):
      "'\(name)' is a method that comes along; choose another name for one of your own"
    case .rateNotNamed(let name):
      "no formula of '\(name)' names the rate, so it takes none; write for example: step -rate*gradient"
    case .unusedName(let name): "no other line of the method uses '\(name)'; leave it out"
    case .scaleOfNumbers:
      "scale= multiplies what a rule such as cauchy gives; write the product in place of a number"
    case .severalMoves: "a method has one step or one direction; this is the second"
    case .methodWithoutMove(let name):
      "the method '\(name)' goes nowhere; add a line such as: step -rate*gradient"
    case .nameOfFunction(let name, let function):
      "'\(name)' is a name in the function \(function) already; choose another"
    case .columnsOfNothing: "without traces there are no columns; leave out 'off' or this line"
    case .mixedColumns(let name):
      "columns= either chooses all columns or adds some; write +\(name) to add it, or no + at all"
    case .columnThere(let name): "the column '\(name)' is there anyway"
    case .unknownColumn(let name, let suggestion, let allowed):
      "there is no quantity '\(name)'"
        + (suggestion.isEmpty ? "; there is \(list(allowed))" : suggestion)
    case .columnTooLarge(let name, let function, let dimension):
      "'\(name)' works with matrices, and \(function) has too many variables for these: "
        + "\(dimension), where \(FunctionSpec.greatestHessian) is the most"
    case .duplicateName(let name, let kind): "the \(kind) '\(name)' is there already"
    case .duplicateDirective(let word): "'\(word)' is there already; one line is enough"
    case .unknownVariable(let name, let variables):
      "there is no variable '\(name)'; the function has \(shortList(variables))"
    case .unknownOption(let name, let owner, let suggestion, let allowed):
      "'\(owner)' has no option '\(name)'"
        + (suggestion.isEmpty ? "; it takes \(list(allowed))" : suggestion)
    case .notAnOption(let text, let example):
      "'\(text)' is not an option; write NAME=VALUE with blanks inside brackets only, "
        + "for example \(example)"
    case .duplicateOption(let name): "the option '\(name)' is given twice"
    case .listEndsWithComma(let name, let example):
      "the value of '\(name)' ends with a comma; write lists without blanks, for example \(example)"
    case .optionWithoutValue(let name, let example):
      "the option '\(name)' needs a value without blanks around =, for example \(example)"
    case .excludedOption(let name, let rival):
      "'\(name)' makes no sense beside '\(rival)'; keep one of them"
    case .optionWithoutOther(let name, let other):
      "'\(name)' counts only beside \(other); write one of them too, or leave '\(name)' out"
    case .notAValue(let text, let option, let suggestion, let accepts):
      "'\(text)' is no value of '\(option)'"
        + (suggestion.isEmpty ? "; it takes \(accepts)" : suggestion)
    case .outOfRange(let text, let what): "\(text) is out of range; \(what)"
    case .notAWholeNumber(let text, let what): "\(text) is not a whole number; \(what)"
    case .emptyRange(let low, let high):
      "the range \(formatNumber(low)) .. \(formatNumber(high)) is empty; its end must be above its start"
    case .rangeWithoutCount(let text):
      "the range '\(text)' needs a count; write linear 9, log 9 or by 0.1 behind it"
    case .unknownSpacing(let word, let suggestion):
      "'\(word)' is no spacing"
        + (suggestion.isEmpty ? "; write linear 9, log 9 or by 0.1" : suggestion)
    case .logRangeNotPositive: "a range with 'log' needs both ends above 0"
    case .rangeTooFine(let count):
      "the range would have \(formatNumber(count)) points; at most 1000000 are allowed"
    case .tooManyNumbers: "with this range the list has more than 1000000 numbers"
    case .equalItems(let item):
      "the list has \(item) already; leave one of them out"
    case .wrongDimension(let found, let function, let variables):
      "this point has \(counted(found, "coordinate")), but \(function) has "
        + "\(counted(variables.count, "variable")): \(shortList(variables))"
    case .unknownFunction(let name, let suggestion):
      "the library has no function '\(name)'"
        + (suggestion.isEmpty
          ? "; 'runexp list functions' lists it, and one of your own is written: "
            + "function \(name)(x, y) = x^2 + y^2" : suggestion)
    case .notAFamily(let name): "'\(name)' has a fixed number of variables; leave out the brackets"
    case .noPlaceForLocals(let name):
      "'\(name)' is a function of the library, so nothing could use a local name"
    case .wrongGrid(let found, let function, let variables):
      "this grid has \(counted(found, "side")), but \(function) has "
        + "\(counted(variables.count, "variable")): \(shortList(variables))"
    case .notAPoint(let text):
      (text.isEmpty ? "a point is missing here" : "'\(text)' is not a point")
        + "; write \(SpecProblem.namedPoint(text) ?? "(-3, -3), or name = (-3, -3)")"
    case .unknownMethod(let word, let suggestion, let allowed):
      "unknown method '\(word)'"
        + (suggestion.isEmpty
          ? "; there are \(shortList(allowed)); 'runexp list methods' has them all" : suggestion)
    case .severalMethods: "a line has one method; write the next on a line of its own"
    case .methodWithoutRate(let name):
      "the method '\(name)' needs a rate; write rate=0.1 behind it, or a line: rates 0.05, 0.1, 0.5"
    case .ratesUnused: "no method is without a rate of its own, so these rates serve none"
    case .ratesTwice(let name): "the method '\(name)' has its rates already"
    case .equalLabels(let label, let kind):
      "two \(kind)s are called '\(label)' (case aside); name one of them with as=NAME"
    case .columnIsVariable(let name, let function):
      "a list makes '\(name)' a column of the results, but \(function) has a variable of that name; "
        + "rename the variable"
    case .unknownPlot(let word, let suggestion, let allowed):
      "unknown figure '\(word)'" + advice(suggestion, allowed)
    case .optionsOfSeveralPlots:
      "figures share a line only without options; write each with options on a line of its own"
    case .notTwoAxes(let count):
      "a figure lies in two different coordinates, but here \(count == 1 ? "is one" : "are \(count)")"
    case .notOneAxis(let count):
      "this figure lies along one coordinate, but here are \(count)"
    case .unknownCurve(let word, let suggestion, let allowed):
      "no function here is called '\(word)'" + advice(suggestion, allowed)
    case .noCurve(let name, let variables):
      "'\(name)' has \(variables.count) variables, so it is no curve beside this one; a function beside it has "
        + "one variable, or the one that axes= names"
    case .windowOfChart(let kind):
      "the figure '\(kind)' has no window: its axes are not the variables; leave this line out"
    case .columnOfWords(let name):
      "the column '\(name)' holds words, which have no place on an axis; colours tell by=rate, by=method or "
        + "by=start apart"
    case .unknownAxis(let name, let from, let suggestion, let allowed):
      "\(from) has no column '\(name)'"
        + (suggestion.isEmpty
          ? "; there are \(shortList(allowed)); 'runexp list columns' has them all" : suggestion)
    case .figureOfAll(let kind):
      "the figure '\(kind)' is over all functions; begin its line without blanks"
    case .unknownStart(let word, let suggestion, let allowed):
      "no start is called '\(word)'" + advice(suggestion, allowed)
    case .unknownPath(let word, let suggestion, let allowed):
      "no method is called '\(word)'" + advice(suggestion, allowed)
    case .methodOfFigure(let labels):
      "the figure shows the runs of one method; say which, for example method=\(labels[0])"
    case .rateOfFigure(let method, let rates):
      "'\(method)' has \(rates.count) rates (\(shortList(rates))), and the figure shows one; "
        + "say which, for example rate=0.1"
    case .noLargestRate(let method):
      "'\(method)' finds the length of its steps itself, so it has no largest rate"
    case .hessianTooLarge(let method, let function, let dimension, let others):
      "'\(method)' needs the Hessian, but \(function) has \(dimension) variables and at most "
        + "\(FunctionSpec.greatestHessian) can be calculated with; \(shortList(others)) "
        + "\(others.count == 1 ? "does" : "do") without it"
    case .rateHessianTooLarge(let rate, let function, let dimension, let others):
      "with differences the rate '\(rate)' needs the Hessian, but \(function) has \(dimension) variables and at "
        + "most \(FunctionSpec.greatestHessian) can be calculated with; \(shortList(others)) do without it"
    case .noLipschitz(let name, let bound):
      "the rate 'lipschitz' needs a largest eigenvalue above 0, but in the domain of \(name) it is "
        + "\(formatNumber(bound)); write below the function: lipschitz 10"
    case .noMinimumForPolyak(let name):
      "the rate 'polyak' needs the least value of \(name); write below the function: minimum (a, b)"
    case .rateOfOwn(let name): "'\(name)' finds the length of its steps itself and takes no rate"
    case .noSearchAlong(let name, let rate):
      "'\(name)' has no single direction, which '\(rate)' needs; give it a number or a rule such as cauchy"
    case .unknownRate(let word, let suggestion, let allowed):
      "unknown rate '\(word)'"
        + (suggestion.isEmpty
          ? "; there are \(shortList(allowed)); 'runexp list rates' has them all" : suggestion)
    case .wrongRateArguments(let name, let usage, let found):
      "the rate '\(name)' is written \(usage), but here it has \(counted(found, "number"))"
    case .rateArgumentOutOfRange(let text, let usage):
      "\(text) cannot stand in \(usage); lengths are above 0"
    case .notASumOfSquares(let method, let function):
      "'\(method)' needs a sum of squares, and \(function) is none as it is typed; write it as "
        + "u^2 + 3*v^2, or sum(r in NAME: (…)^2)/2"
    case .exactSquares(let method):
      "'\(method)' is built from the exact derivatives of the squares, so differences are not for it; "
        + "leave the option out, or take newton or trust-region"
    case .noTables:
      "no data can be read here; save the spec to a file beside the data, and run that"
    case .noFunction: "the spec has no function; write for example: function f(x, y) = x^2 + y^2"
    case .noMethod: "the spec has no method; write for example: method newton"
    case .noStart(let name):
      "the function '\(name)' has no start; write for example: start (1, 1), or grid 8 x 8"
    case .noPossibleFigure(let kind, let reason):
      "no function can have the figure '\(kind)': \(reason)"
    case .notShowable(let low, let high, let variable):
      "a figure cannot show \(variable) = \(formatNumber(low)) .. \(formatNumber(high)), which is too "
        + "narrow or too wide for an axis; change the domain, or give the figure a window"
    case .noLimitAtAll: "iterations=off needs a limit on evaluations, or a run might never end"
    case .startIsMinimum(let label): "the start \(label) is a known minimum"
    case .tooManyTraceRows(let rows, let limit):
      "the traces could have \(rows) rows, more than the limit of \(limit); add one of the lines "
        + "'trace every=100', 'trace ends' or 'trace off', or any other trace line to accept it"
    }
  }
}

/// The word that was probably meant, else all that there are.
private func advice(_ suggestion: String, _ allowed: [String]) -> String {
  if !suggestion.isEmpty || allowed.isEmpty { return suggestion }
  return allowed.count == 1 ? "; there is only \(allowed[0])" : "; there are \(list(allowed))"
}

extension SpecProblem {
  /// `west (-2, 3)` as it is to be written.
  private static func namedPoint(_ text: String) -> String? {
    let parts = text.split(separator: "(", maxSplits: 1)
    guard parts.count == 2, text.hasSuffix(")") else { return nil }
    let name = parts[0].split { " :=".contains($0) }
    guard name.count == 1, name[0].allSatisfy({ $0.isLetter || $0.isNumber || "-_".contains($0) })
    else { return nil }
    return "\(name[0]) = (\(parts[1])"
  }
}
