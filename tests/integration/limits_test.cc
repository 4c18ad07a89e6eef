// The table of limits in docs/operations.md against the programs: each flag that it names exists with the
// default and maximum that it says, takes that maximum, and refuses one more.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "absl/time/time.h"
#include "tests/integration/child_process.h"
#include "tests/query_service/event_log/temporary_directory.h"

namespace treatywire {
namespace {

struct Limit {
  std::string flag;  // without "--"
  std::string value_if_not_given;
  std::string maximum;  // empty: none
};

std::vector<Limit> LimitsOfTheDocument() {
  std::ifstream file(absl::StrCat(TREATYWIRE_SOURCE_DIR, "/docs/operations.md"));
  std::vector<Limit> limits;
  for (std::string line; std::getline(file, line);) {
    const std::vector<std::string> cells = absl::StrSplit(line, '|');
    if (cells.size() != 7) continue;
    const std::string flag(absl::StripAsciiWhitespace(cells[2]));
    if (!absl::StartsWith(flag, "`--")) continue;
    limits.push_back({flag.substr(3, flag.size() - 4), std::string(absl::StripAsciiWhitespace(cells[3])),
                      std::string(absl::StripAsciiWhitespace(cells[4]))});
  }
  return limits;
}

// "  --NAME  (default: "VALUE")" of the program's --help: values by name.
std::map<std::string, std::string> DefaultsOf(const std::string& program) {
  ChildProcess process(program, {"--help"});
  std::map<std::string, std::string> defaults;
  // Its help has empty lines; the last line is known.
  for (std::string line; !absl::StrContains(line, "Prints the version");) {
    line = process.ReadLine();
    absl::string_view rest = absl::StripAsciiWhitespace(line);
    if (!absl::ConsumePrefix(&rest, "--")) continue;
    const std::vector<std::string> parts = absl::StrSplit(rest, absl::MaxSplits("  (default: \"", 1));
    if (parts.size() == 2) defaults[parts[0]] = std::string(absl::StripSuffix(parts[1], "\")"));
  }
  return defaults;
}

std::string OneMore(const std::string& value) {
  int64_t number = 0;
  if (absl::SimpleAtoi(value, &number)) return absl::StrCat(number + 1);
  absl::Duration duration;
  EXPECT_TRUE(absl::ParseDuration(value, &duration)) << value;
  return absl::FormatDuration(duration + absl::Nanoseconds(1));
}

class LimitsTest : public testing::TestWithParam<const char*> {
 protected:
  // Started with a fault that ends it after its flags are read: what it says of them.
  std::string ErrorsWith(const std::string& argument) const {
    std::vector<std::string> arguments = {"--listen=127.0.0.1:0", argument, "--log_severity=error"};
    const bool query = absl::EndsWith(GetParam(), "query_service");
    // A folder that cannot be made, a lexicon that is not there.
    arguments.push_back(query ? "--data_dir=/dev/null/x" : "--lexicon_dir=/dev/null/x");
    ChildProcess process(GetParam(), arguments);
    EXPECT_EQ(process.Wait(), 1);
    return process.ReadErrors();
  }
};

TEST_P(LimitsTest, FlagsAreAsTheDocumentSays) {
  const std::map<std::string, std::string> defaults = DefaultsOf(GetParam());
  size_t found = 0;
  for (const Limit& limit : LimitsOfTheDocument()) {
    const auto flag = defaults.find(limit.flag);
    if (flag == defaults.end()) continue;  // the other program's
    ++found;
    EXPECT_EQ(flag->second, limit.value_if_not_given) << limit.flag;
    if (limit.maximum.empty()) continue;
    const std::string name = absl::StrCat("--", limit.flag);
    EXPECT_THAT(ErrorsWith(absl::StrCat(name, "=", limit.maximum)), testing::Not(testing::HasSubstr(name)));
    EXPECT_THAT(ErrorsWith(absl::StrCat(name, "=", OneMore(limit.maximum))),
                testing::HasSubstr(absl::StrCat(name, " must be ")));
  }
  EXPECT_GE(found, 5);
}

// A limit that is not in the table is a limit that nobody knows.
TEST_P(LimitsTest, EveryFlagOfALimitIsInTheDocument) {
  std::vector<std::string> documented;
  for (const Limit& limit : LimitsOfTheDocument()) documented.push_back(limit.flag);
  for (const auto& [flag, value] : DefaultsOf(GetParam())) {
    if (!absl::StartsWith(flag, "max_")) continue;
    EXPECT_THAT(documented, testing::Contains(flag)) << "default " << value;
  }
}

INSTANTIATE_TEST_SUITE_P(Programs, LimitsTest, testing::Values(QUERY_SERVICE_PROGRAM, INGEST_SERVICE_PROGRAM),
                         [](const auto& program) {
                           return absl::EndsWith(program.param, "query_service") ? "Query" : "Ingest";
                         });

}  // namespace
}  // namespace treatywire
