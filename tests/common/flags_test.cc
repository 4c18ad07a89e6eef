#include "common/flags.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>
#include <string>
#include <vector>

#include "absl/flags/flag.h"

ABSL_FLAG(int, test_width, 3, "How wide.");

namespace treatywire {
namespace {

// ParseFlags with these arguments in a process of its own, which prints what it got on standard error.
[[noreturn]] void ParseAndExit(std::vector<std::string> arguments, Arguments expected) {
  arguments.insert(arguments.begin(), "/usr/bin/tool");
  std::vector<char*> argv;
  for (std::string& argument : arguments) argv.push_back(argument.data());
  std::cout.rdbuf(std::cerr.rdbuf());  // a death test sees standard error alone
  const std::vector<std::string> rest =
      ParseFlags(static_cast<int>(argv.size()), argv.data(), "Measures.", expected);
  std::cerr << "width=" << absl::GetFlag(FLAGS_test_width);
  for (const std::string& argument : rest) std::cerr << " rest=" << argument;
  std::cerr << "\n";
  std::exit(42);
}

TEST(FlagsDeathTest, SetsFlagsAndReturnsTheOtherArguments) {
  EXPECT_EXIT(ParseAndExit({"--test_width=7", "file"}, Arguments::kAny), testing::ExitedWithCode(42),
              "width=7 rest=file");
  EXPECT_EXIT(ParseAndExit({"--test_width", "7", "--", "--help"}, Arguments::kAny),
              testing::ExitedWithCode(42), "width=7 rest=--help");
}

TEST(FlagsDeathTest, HelpListsTheFlagsAndSucceeds) {
  EXPECT_EXIT(ParseAndExit({"--help"}, Arguments::kNone), testing::ExitedWithCode(0),
              "tool .*: Measures.*--test_width  .default: \"3\".*How wide.");
}

TEST(FlagsDeathTest, VersionSucceeds) {
  EXPECT_EXIT(ParseAndExit({"--version"}, Arguments::kNone), testing::ExitedWithCode(0),
              "tool [0-9]+[.][0-9]+[.][0-9]+\n");
}

TEST(FlagsDeathTest, UnknownFlagsBadValuesAndStrayArgumentsAreErrors) {
  EXPECT_EXIT(ParseAndExit({"--no_such_flag"}, Arguments::kNone), testing::ExitedWithCode(1), "no_such_flag");
  EXPECT_EXIT(ParseAndExit({"--test_width=wide"}, Arguments::kNone), testing::ExitedWithCode(1),
              "test_width");
  EXPECT_EXIT(ParseAndExit({"stray"}, Arguments::kNone), testing::ExitedWithCode(1),
              "unexpected argument \"stray\"");
}

}  // namespace
}  // namespace treatywire
