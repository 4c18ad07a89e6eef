#include "common/flags.h"

#include <cstdlib>
#include <iostream>
#include <map>

#include "absl/flags/commandlineflag.h"
#include "absl/flags/parse.h"
#include "absl/flags/reflection.h"
#include "absl/flags/usage.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace treatywire {
namespace {

absl::string_view BaseName(absl::string_view path) { return path.substr(path.rfind('/') + 1); }

// Abseil prints its help too, but then exits with 1 and lists the flags by source file.
void PrintHelp(absl::string_view program, absl::string_view purpose) {
  std::map<std::string, const absl::CommandLineFlag*> flags;
  for (const auto& [name, flag] : absl::GetAllFlags()) {
    // Abseil's own (--flagfile, --undefok, …) stay usable and unlisted.
    if (!absl::StrContains(flag->Filename(), "absl/flags/")) flags.emplace(name, flag);
  }
  std::cout << program << " " << ProjectVersion() << ": " << purpose << "\n\nFlags:\n";
  for (const auto& [name, flag] : flags) {
    std::cout << "  --" << name << "  (default: \"" << flag->DefaultValue() << "\")\n      " << flag->Help()
              << "\n";
  }
  std::cout << "  --help\n      Prints this.\n  --version\n      Prints the version.\n";
}

void HandleHelpAndVersion(int argc, char** argv, absl::string_view purpose) {
  for (int i = 1; i < argc && absl::string_view(argv[i]) != "--"; ++i) {
    const absl::string_view argument = argv[i];
    if (argument == "--help" || argument == "-help") {
      PrintHelp(BaseName(argv[0]), purpose);
    } else if (argument == "--version") {
      std::cout << BaseName(argv[0]) << " " << ProjectVersion() << "\n";
    } else {
      continue;
    }
    std::cout.flush();
    std::exit(std::cout.good() ? EXIT_SUCCESS : EXIT_FAILURE);
  }
}

}  // namespace

absl::string_view ProjectVersion() { return TREATYWIRE_VERSION; }

std::vector<std::string> ParseFlags(int argc, char** argv, absl::string_view purpose, Arguments arguments) {
  HandleHelpAndVersion(argc, argv, purpose);
  absl::SetProgramUsageMessage(purpose);
  const std::vector<char*> rest = absl::ParseCommandLine(argc, argv);
  if (arguments == Arguments::kNone && rest.size() > 1) {
    std::cerr << "ERROR: unexpected argument \"" << rest[1] << "\"; --help lists the flags\n";
    std::exit(EXIT_FAILURE);
  }
  return {rest.begin() + 1, rest.end()};
}

}  // namespace treatywire
