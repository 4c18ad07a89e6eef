// kill -9 of both services under load: every promise of docs/guarantees.md holds over it.
//
//   crash_test --kills=1000 --seed=7
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <random>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "tests/crash/crash_run.h"

namespace treatywire {
namespace {

// Of one log: enough to come by every state, few enough that a start does not take longer and longer.
constexpr int kKillsOfOneLog = 50;

int kills = 8;  // for ./test
unsigned seed = std::random_device()();

TEST(CrashTest, EveryPromiseHoldsOverKillsOfBothServices) {
  for (int done = 0; done < kills; done += kKillsOfOneLog, ++seed) {
    const int now = std::min(kKillsOfOneLog, kills - done);
    const CrashOutcome outcome = CrashRun({.seed = seed, .kills = now}).Run();
    std::printf(
        "seed %u: %d kills (query %d, ingest %d, %d of them twice, while starting); %zu writes attempted, "
        "%zu "
        "acknowledged, %zu revisions, %zu reads, %zu watch streams; %zu violations\n",
        seed, now, outcome.kills_of_query, outcome.kills_of_ingest, outcome.kills_while_starting,
        outcome.attempts, outcome.acknowledged, outcome.revisions, outcome.reads, outcome.watch_streams,
        outcome.violations.size());
    std::fflush(stdout);
    ASSERT_THAT(outcome.violations, testing::IsEmpty())
        << "again with: tests/crash/run --kills=" << now << " --seed=" << seed;
    EXPECT_GT(outcome.acknowledged, 0);
    EXPECT_GT(outcome.reads, 0);
  }
}

}  // namespace

// What is left of the command line after GoogleTest's flags.
bool ParseArguments(int argc, char** argv) {
  for (int i = 1; i < argc; ++i) {
    absl::string_view argument = argv[i];
    const bool known = (absl::ConsumePrefix(&argument, "--kills=") && absl::SimpleAtoi(argument, &kills)) ||
                       (absl::ConsumePrefix(&argument, "--seed=") && absl::SimpleAtoi(argument, &seed));
    if (known) continue;
    std::fprintf(stderr, "crash_test: unknown argument '%s'; --kills=N and --seed=N are known\n", argv[i]);
    return false;
  }
  return true;
}

}  // namespace treatywire

int main(int argc, char** argv) {
  testing::InitGoogleMock(&argc, argv);
  return treatywire::ParseArguments(argc, argv) ? RUN_ALL_TESTS() : 2;
}
