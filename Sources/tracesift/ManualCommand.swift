import ArgumentParser
import Report

/// Writes the pages for `man`; for who packages or installs the program, so it is not among the commands of `--help`.
struct ManualCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "manual", abstract: "Write the manual's pages.",
    discussion: """
      Examples:
        tracesift manual --list                       the names of the pages
        tracesift manual tracesift-scan.1 | man -l -  one of them
        tracesift manual tracesift.1 > tracesift.1    into a file
      """, shouldDisplay: false)

  @Flag(name: .long, help: "The names of all pages.")
  var list = false

  @Argument(help: ArgumentHelp("The page to write.", valueName: "PAGE"))
  var page = "tracesift.1"

  func run() throws {
    // The description that `--experimental-dump-help` prints, which completion scripts are made of, too.
    let description = try JSONReader.read(Array(Tracesift._dumpHelp().utf8))
    guard let command = description["command"] else { throw ExitStatus.failed }
    let pages = ManualPage.pages(command)
    let text = list ? pages.map { $0.fileName + "\n" }.joined() : pages.first { $0.fileName == page }?.text
    guard let text else {
      throw ValidationError("There is no page \(page); --list names them.")
    }
    do throws(OutputError) { try Output.standard.write(Array(text.utf8)) } catch {
      throw OutputMessage.status(error)
    }
  }
}
