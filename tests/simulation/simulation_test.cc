// Seeds of simulated faults: every promise of docs/guarantees.md holds over each.
//
//   simulation_test --seeds=10000 --seed=1        the seeds 1 to 10000
//   simulation_test --seeds=1 --seed=4711 --show  one, with its history
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "common/logging.h"
#include "common/monotonic_clock.h"
#include "tests/simulation/simulation.h"

namespace treatywire {
namespace {

int seeds = 100;  // for ./test
unsigned first_seed = 1;
bool show = false;

TEST(SimulationTest, EveryPromiseHoldsWhateverTheSeed) {
  SetLogSink([](absl::string_view) {});  // failures are what is simulated
  ReadArticles articles;
  SimulationOutcome sum;
  const absl::Time start = MonotonicNow();
  for (unsigned seed = first_seed; seed - first_seed < static_cast<unsigned>(seeds); ++seed) {
    const SimulationOutcome outcome = Simulation(seed, &articles).Run();
    sum.operations += outcome.operations;
    sum.acknowledged += outcome.acknowledged;
    sum.crashes += outcome.crashes;
    sum.revisions += outcome.revisions;
    if (show) {
      for (const Operation& op : outcome.history) std::printf("%s\n", op.ToString().c_str());
    }
    ASSERT_THAT(outcome.violations, testing::IsEmpty())
        << "again with: tests/simulation/run --seeds=1 --seed=" << seed << " --show";
  }
  std::printf(
      "%d seeds from %u: %zu operations, %zu writes acknowledged, %zu revisions, %zu crashes; %.1f s\n",
      seeds, first_seed, sum.operations, sum.acknowledged, sum.revisions, sum.crashes,
      absl::ToDoubleSeconds(MonotonicNow() - start));
}

TEST(SimulationTest, SameSeedGivesTheSameHistory) {
  SetLogSink([](absl::string_view) {});  // failures are what is simulated
  ReadArticles articles;
  const auto history = [&articles] {
    std::vector<std::string> lines;
    for (const Operation& op : Simulation(first_seed, &articles).Run().history)
      lines.push_back(op.ToString());
    return lines;
  };
  EXPECT_EQ(history(), history());
}

}  // namespace

// What is left of the command line after GoogleTest's flags.
bool ParseArguments(int argc, char** argv) {
  for (int i = 1; i < argc; ++i) {
    absl::string_view argument = argv[i];
    const bool known = (absl::ConsumePrefix(&argument, "--seeds=") && absl::SimpleAtoi(argument, &seeds)) ||
                       (absl::ConsumePrefix(&argument, "--seed=") && absl::SimpleAtoi(argument, &first_seed));
    if (known) continue;
    show = argument == "--show";
    if (show) continue;
    std::fprintf(stderr, "simulation_test: unknown argument '%s'; --seeds=N, --seed=N and --show are known\n",
                 argv[i]);
    return false;
  }
  return true;
}

}  // namespace treatywire

int main(int argc, char** argv) {
  testing::InitGoogleMock(&argc, argv);
  return treatywire::ParseArguments(argc, argv) ? RUN_ALL_TESTS() : 2;
}
