// kill -9 of both services under load: every promise of docs/guarantees.md holds over it.
//
//   crash_test --kills=1000 --seed=7
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <random>

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "tests/crash/crash_run.h"

ABSL_FLAG(int, kills, 8, "how many processes to kill in all");
ABSL_FLAG(unsigned, seed, std::random_device()(),
          "of what is sent and killed; of the first log, the next has one more");

namespace treatywire {
namespace {

// Of one log: enough to come by every state, few enough that a start does not take longer and longer.
constexpr int kKillsOfOneLog = 50;

TEST(CrashTest, EveryPromiseHoldsOverKillsOfBothServices) {
  const int kills = absl::GetFlag(FLAGS_kills);
  unsigned seed = absl::GetFlag(FLAGS_seed);
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

}  // namespace treatywire

int main(int argc, char** argv) {
  testing::InitGoogleMock(&argc, argv);
  absl::ParseCommandLine(argc, argv);  // GoogleTest has taken its own
  return RUN_ALL_TESTS();
}
