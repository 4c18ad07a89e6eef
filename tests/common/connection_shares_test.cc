#include "common/connection_shares.h"

#include <gtest/gtest.h>
#include <sys/socket.h>

#include <utility>
#include <vector>

#include "common/descriptor.h"
#include "tests/common/loopback_listener.h"

namespace treatywire {
namespace {

// A server's side of connections from addresses of this machine.
class ConnectionSharesTest : public testing::Test {
 protected:
  LoopbackConnection Connect(const char* from) const { return listener_.Accept(listener_.Connect(from)); }

  bool Take(const LoopbackConnection& connection, size_t most) {
    return shares_.Take(connection.server.number(), connection.peer, most);
  }

  const LoopbackListener listener_;
  ConnectionShares shares_;
};

TEST_F(ConnectionSharesTest, HostGetsItsShareAndOthersGetTheirs) {
  std::vector<LoopbackConnection> connections;
  for (int i = 0; i < 3; ++i) {
    EXPECT_TRUE(Take(connections.emplace_back(Connect("127.0.0.1")), 3));
  }
  EXPECT_FALSE(Take(connections.emplace_back(Connect("127.0.0.1")), 3));
  EXPECT_TRUE(Take(connections.emplace_back(Connect("127.0.0.2")), 3));
}

TEST_F(ConnectionSharesTest, ConnectionThatWasClosedCountsNoLonger) {
  std::vector<LoopbackConnection> connections;
  EXPECT_TRUE(Take(connections.emplace_back(Connect("127.0.0.1")), 2));
  EXPECT_TRUE(Take(connections.emplace_back(Connect("127.0.0.1")), 2));
  const LoopbackConnection next = Connect("127.0.0.1");
  EXPECT_FALSE(Take(next, 2));
  connections.pop_back();
  EXPECT_TRUE(Take(next, 2));
}

TEST_F(ConnectionSharesTest, NumberOfAClosedConnectionMayBeAnothersByThen) {
  std::vector<LoopbackConnection> connections;
  EXPECT_TRUE(Take(connections.emplace_back(Connect("127.0.0.1")), 1));
  connections.clear();
  // The system gives the lowest numbers that are free, so that these are the closed one's.
  const LoopbackConnection other = Connect("127.0.0.2");
  EXPECT_TRUE(Take(other, 1));
  const LoopbackConnection same = Connect("127.0.0.1");
  EXPECT_TRUE(Take(same, 1));
  EXPECT_FALSE(Take(Connect("127.0.0.2"), 1));
}

TEST_F(ConnectionSharesTest, ConnectionThatTheOtherSideResetsCountsNoLonger) {
  std::vector<LoopbackConnection> connections;
  EXPECT_TRUE(Take(connections.emplace_back(Connect("127.0.0.1")), 1));
  {
    const linger at_once = {1, 0};
    const Descriptor client(std::move(connections.front().client));
    EXPECT_EQ(setsockopt(client.number(), SOL_SOCKET, SO_LINGER, &at_once, sizeof(at_once)), 0);
  }
  EXPECT_TRUE(Take(Connect("127.0.0.1"), 1));
}

TEST_F(ConnectionSharesTest, NothingIsTakenWhereThereAreNone) { EXPECT_FALSE(Take(Connect("127.0.0.1"), 0)); }

}  // namespace
}  // namespace treatywire
