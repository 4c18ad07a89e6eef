// Seeds of simulated faults: every promise of docs/guarantees.md holds over each.
//
//   simulation_test --seeds=10000 --seed=1        the seeds 1 to 10000
//   simulation_test --seeds=1 --seed=4711 --show  one, with its history
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "common/logging.h"
#include "common/monotonic_clock.h"
#include "tests/simulation/simulation.h"

ABSL_FLAG(int, seeds, 100, "how many seeds to run");
ABSL_FLAG(unsigned, seed, 1, "the first of them");
ABSL_FLAG(bool, show, false, "print the history of each");

namespace treatywire {
namespace {

TEST(SimulationTest, EveryPromiseHoldsWhateverTheSeed) {
  SetLogSink([](absl::string_view) {});  // failures are what is simulated
  ReadArticles articles;
  SimulationOutcome sum;
  const int seeds = absl::GetFlag(FLAGS_seeds);
  const unsigned first_seed = absl::GetFlag(FLAGS_seed);
  const absl::Time start = MonotonicNow();
  for (unsigned seed = first_seed; seed - first_seed < static_cast<unsigned>(seeds); ++seed) {
    const SimulationOutcome outcome = Simulation(seed, &articles).Run();
    sum.operations += outcome.operations;
    sum.acknowledged += outcome.acknowledged;
    sum.crashes += outcome.crashes;
    sum.restores += outcome.restores;
    sum.revisions += outcome.revisions;
    if (absl::GetFlag(FLAGS_show)) {
      for (const Operation& op : outcome.history) std::printf("%s\n", op.ToString().c_str());
    }
    ASSERT_THAT(outcome.violations, testing::IsEmpty())
        << "again with: tests/simulation/run --seeds=1 --seed=" << seed << " --show";
  }
  std::printf(
      "%d seeds from %u: %zu operations, %zu writes acknowledged, %zu revisions, %zu crashes, %zu starts "
      "with an "
      "image; %.1f s\n",
      seeds, first_seed, sum.operations, sum.acknowledged, sum.revisions, sum.crashes, sum.restores,
      absl::ToDoubleSeconds(MonotonicNow() - start));
}

TEST(SimulationTest, SameSeedGivesTheSameHistory) {
  SetLogSink([](absl::string_view) {});  // failures are what is simulated
  ReadArticles articles;
  const auto history = [&articles] {
    std::vector<std::string> lines;
    for (const Operation& op : Simulation(absl::GetFlag(FLAGS_seed), &articles).Run().history)
      lines.push_back(op.ToString());
    return lines;
  };
  EXPECT_EQ(history(), history());
}

}  // namespace

}  // namespace treatywire

int main(int argc, char** argv) {
  testing::InitGoogleMock(&argc, argv);
  absl::ParseCommandLine(argc, argv);  // GoogleTest has taken its own
  return RUN_ALL_TESTS();
}
