#include "common/flags.h"

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <map>
#include <set>
#include <utility>

#include "absl/flags/commandlineflag.h"
#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/flags/reflection.h"
#include "absl/flags/usage.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "common/small_file.h"
#include "common/utf8.h"

// Read by ParseFlags before the others are parsed; here so that Abseil knows it and --help lists it.
ABSL_FLAG(std::string, config, "", "file of flags, a line \"name = value\" each; the command line wins");

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

// Abseil's own (--flagfile, --undefok, …) are no matter of a configuration file.
absl::CommandLineFlag* FindOwnFlag(absl::string_view name) {
  absl::CommandLineFlag* flag = absl::FindCommandLineFlag(name);
  return flag != nullptr && !absl::StrContains(flag->Filename(), "absl/flags/") ? flag : nullptr;
}

// "name" and "value" of a line; an empty name where it has no "=".
std::pair<absl::string_view, absl::string_view> SplitLine(absl::string_view line) {
  const size_t equals = line.find('=');
  if (equals == absl::string_view::npos) return {};
  return {absl::StripAsciiWhitespace(line.substr(0, equals)),
          absl::StripAsciiWhitespace(line.substr(equals + 1))};
}

// The file that --config names, if any; the last one counts, as for all flags.
std::string ConfigFile(int argc, char** argv) {
  std::string file;
  for (int i = 1; i < argc && absl::string_view(argv[i]) != "--"; ++i) {
    absl::string_view argument = argv[i];
    if (!absl::ConsumePrefix(&argument, "--") && !absl::ConsumePrefix(&argument, "-")) continue;
    if (absl::ConsumePrefix(&argument, "config=")) file = std::string(argument);
    if (argument == "config" && i + 1 < argc) file = argv[i + 1];
  }
  return file;
}

// Longer than any value that is meant; a line is shown where it is at fault.
constexpr size_t kMaxLineBytes = 4096;

// Other bytes would hide in a path or a message, as the zeros of UTF-16 would.
bool IsPrintable(absl::string_view line) {
  const auto is_control = [](char c) {
    return absl::ascii_iscntrl(static_cast<unsigned char>(c)) && c != '\t';
  };
  return IsValidUtf8(line) && std::none_of(line.begin(), line.end(), is_control);
}

absl::Status SetFlagsFromFile(const std::string& file) {
  const absl::StatusOr<std::string> text = ReadSmallFile(file);
  if (!text.ok()) {
    return absl::Status(text.status().code(), absl::StrCat("--config: ", text.status().message()));
  }
  return SetFlagsFromConfig(file, *text);
}

}  // namespace

absl::Status SetFlagsFromConfig(absl::string_view name, absl::string_view text) {
  std::set<absl::string_view> seen;
  int number = 0;
  absl::ConsumePrefix(&text, "\xEF\xBB\xBF");  // the byte order mark that editors of Windows write
  for (absl::string_view line : absl::StrSplit(text, '\n')) {
    ++number;
    line = absl::StripAsciiWhitespace(line);
    if (line.empty() || line[0] == '#') continue;
    const auto fault = [&, at = number](absl::string_view what) {
      return absl::InvalidArgumentError(absl::StrCat(name, ":", at, ": ", what));
    };
    if (line.size() > kMaxLineBytes) return fault(absl::StrCat("has more than ", kMaxLineBytes, " bytes"));
    if (!IsPrintable(line)) return fault("holds a control character or is not UTF-8");
    const auto [flag_name, value] = SplitLine(line);
    if (flag_name.empty()) return fault("is no line \"name = value\"");
    absl::CommandLineFlag* flag = flag_name == "config" ? nullptr : FindOwnFlag(flag_name);
    if (flag == nullptr) return fault(absl::StrCat("there is no flag \"", flag_name, "\""));
    if (!seen.insert(flag_name).second) return fault(absl::StrCat("\"", flag_name, "\" is set again"));
    std::string error;
    if (!flag->ParseFrom(value, &error)) {
      return fault(absl::StrCat("\"", value, "\" is no value of \"", flag_name, "\"",
                                error.empty() ? "" : ": ", error));
    }
  }
  return absl::OkStatus();
}

absl::Status CheckFlagRange(absl::string_view name, int64_t value, int64_t min, int64_t max) {
  if (value >= min && value <= max) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat("--", name, " must be ", min, " to ", max));
}

absl::Status CheckFlagRange(absl::string_view name, absl::Duration value, absl::Duration min,
                            absl::Duration max) {
  if (value >= min && value <= max) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat("--", name, " must be ", absl::FormatDuration(min), " to ", absl::FormatDuration(max)));
}

absl::string_view ProjectVersion() { return TREATYWIRE_VERSION; }

std::vector<std::string> ParseFlags(int argc, char** argv, absl::string_view purpose, Arguments arguments) {
  HandleHelpAndVersion(argc, argv, purpose);
  absl::SetProgramUsageMessage(purpose);
  if (const std::string file = ConfigFile(argc, argv); !file.empty()) {
    if (const absl::Status status = SetFlagsFromFile(file); !status.ok()) {
      std::cerr << "ERROR: " << status.message() << "\n";
      std::exit(EXIT_FAILURE);
    }
  }
  const std::vector<char*> rest = absl::ParseCommandLine(argc, argv);
  if (arguments == Arguments::kNone && rest.size() > 1) {
    std::cerr << "ERROR: unexpected argument \"" << rest[1] << "\"; --help lists the flags\n";
    std::exit(EXIT_FAILURE);
  }
  return {rest.begin() + 1, rest.end()};
}

}  // namespace treatywire
