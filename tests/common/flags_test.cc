#include "common/flags.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

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

// A file with that text.
std::string FileOf(const std::string& text) {
  std::string path = testing::TempDir() + "config-XXXXXX";
  const int file = mkstemp(path.data());
  EXPECT_EQ(write(file, text.data(), text.size()), static_cast<ssize_t>(text.size()));
  close(file);
  return path;
}

TEST(FlagsDeathTest, ConfigurationSetsFlagsAndTheCommandLineWins) {
  const std::string file = FileOf("# widths\n\n  test_width = 5\n");
  EXPECT_EXIT(ParseAndExit({"--config=" + file}, Arguments::kNone), testing::ExitedWithCode(42), "width=5");
  EXPECT_EXIT(ParseAndExit({"--config", file}, Arguments::kNone), testing::ExitedWithCode(42), "width=5");
  EXPECT_EXIT(ParseAndExit({"--test_width=6", "--config=" + file}, Arguments::kNone),
              testing::ExitedWithCode(42), "width=6");
  unlink(file.c_str());
}

TEST(FlagsDeathTest, ConfigurationThatCannotBeMeantEndsTheProgramWithItsLine) {
  const std::string file = FileOf("test_width = 5\nwidth = 6\n");
  EXPECT_EXIT(ParseAndExit({"--config=" + file}, Arguments::kNone), testing::ExitedWithCode(1),
              ":2: there is no flag \"width\"");
  unlink(file.c_str());
  EXPECT_EXIT(ParseAndExit({"--config=" + file}, Arguments::kNone), testing::ExitedWithCode(1),
              "--config: cannot read .*: No such file or directory");
  EXPECT_EXIT(ParseAndExit({"--config=/dev/zero"}, Arguments::kNone), testing::ExitedWithCode(1),
              "--config: /dev/zero is no regular file");
}

// As a ConfigMap that nobody has filled yet.
TEST(FlagsDeathTest, EmptyConfigurationSetsNothing) {
  const std::string file = FileOf("");
  EXPECT_EXIT(ParseAndExit({"--config=" + file}, Arguments::kNone), testing::ExitedWithCode(42), "width=3");
  unlink(file.c_str());
}

TEST(SetFlagsFromConfigTest, NamesTheLineAtFault) {
  absl::SetFlag(&FLAGS_test_width, 3);
  EXPECT_TRUE(SetFlagsFromConfig("c", "").ok());
  EXPECT_TRUE(SetFlagsFromConfig("c", "test_width=4\r\n#test_width=5").ok());
  EXPECT_EQ(absl::GetFlag(FLAGS_test_width), 4);
  EXPECT_TRUE(SetFlagsFromConfig("c", "\xEF\xBB\xBFtest_width\t=\t6").ok()) << "a byte order mark";
  EXPECT_EQ(absl::GetFlag(FLAGS_test_width), 6);
  const auto error_of = [](absl::string_view text) {
    const absl::Status status = SetFlagsFromConfig("c", text);
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
    return std::string(status.message());
  };
  EXPECT_EQ(error_of("\ntest_width"), "c:2: is no line \"name = value\"");
  EXPECT_EQ(error_of(std::string("test_width = 4\0", 15)), "c:1: holds a control character or is not UTF-8");
  EXPECT_EQ(error_of("test_width = \x1b[31m4"), "c:1: holds a control character or is not UTF-8");
  EXPECT_EQ(error_of("#\ntest_width = \xff"), "c:2: holds a control character or is not UTF-8");
  EXPECT_EQ(error_of("test_width = " + std::string(4084, '4')), "c:1: has more than 4096 bytes");
  EXPECT_EQ(error_of("= 4"), "c:1: is no line \"name = value\"");
  EXPECT_EQ(error_of("test_width = 4\ntest_width = 4"), "c:2: \"test_width\" is set again");
  EXPECT_THAT(error_of("test_width = wide"),
              testing::StartsWith("c:1: \"wide\" is no value of \"test_width\""));
  EXPECT_EQ(error_of("--test_width = 4"), "c:1: there is no flag \"--test_width\"");
  EXPECT_EQ(error_of("config = other"), "c:1: there is no flag \"config\"");
  EXPECT_EQ(error_of("flagfile = other"), "c:1: there is no flag \"flagfile\"");
}

}  // namespace
}  // namespace treatywire
