#include "common/shutdown_signal.h"

#include <gtest/gtest.h>

#include <csignal>
#include <thread>

#include "common/server.h"

namespace treatywire {
namespace {

TEST(ShutdownSignalTest, WaitReturnsASignalThatCameBefore) {
  ShutdownSignal signal;
  raise(SIGTERM);
  EXPECT_EQ(signal.Wait(), SIGTERM);
}

TEST(ShutdownSignalTest, WaitReturnsZeroWhereTheProgramAsksForIt) {
  ShutdownSignal signal;
  std::thread asker([&signal] { signal.Request(); });
  EXPECT_EQ(signal.Wait(), 0);
  asker.join();
}

TEST(ShutdownSignalTest, RequestMayComeBefore) {
  ShutdownSignal signal;
  signal.Request();
  signal.Request();
  EXPECT_EQ(signal.Wait(), 0);
}

// In a process of its own: the other tests' threads do not block the signals.
TEST(ShutdownSignalDeathTest, SignalToTheProcessEndsTheServerCleanly) {
  testing::GTEST_FLAG(death_test_style) = "threadsafe";
  EXPECT_EXIT(
      {
        ShutdownSignal signal;
        std::thread killer([] { kill(getpid(), SIGINT); });
        const absl::Status status = RunServer({}, signal);
        killer.join();
        std::_Exit(status.ok() ? 0 : 1);
      },
      testing::ExitedWithCode(0), "\"message\":\"draining\",\"signal\":2.*\"message\":\"stopped\"");
}

TEST(ShutdownSignalDeathTest, SecondSignalEndsTheProcessAtOnce) {
  testing::GTEST_FLAG(death_test_style) = "threadsafe";
  EXPECT_EXIT(
      {
        ShutdownSignal signal;
        raise(SIGTERM);
        signal.Wait();
        raise(SIGTERM);
      },
      testing::KilledBySignal(SIGTERM), "");
}

}  // namespace
}  // namespace treatywire
