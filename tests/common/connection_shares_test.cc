#include "common/connection_shares.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <unistd.h>

#include <cstring>
#include <utility>
#include <vector>

#include "tests/common/socket_address.h"

namespace treatywire {
namespace {

// A socket that is closed with its owner.
class Socket {
 public:
  explicit Socket(int number) : number_(number) {}
  ~Socket() {
    if (number_ >= 0) close(number_);
  }
  Socket(Socket&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Socket& operator=(Socket&&) = delete;
  int number() const { return number_; }

 private:
  int number_;
};

// A server's side of connections from addresses of this machine.
class ConnectionSharesTest : public testing::Test {
 protected:
  struct Accepted {
    Socket client;
    Socket server;
    sockaddr_storage peer;
  };

  ConnectionSharesTest()
      : listening_(socket(AF_INET, SOCK_STREAM, 0)), address_(FourAddress("127.0.0.1", 0)) {
    socklen_t size = sizeof(sockaddr_in);
    EXPECT_EQ(bind(listening_.number(), reinterpret_cast<sockaddr*>(&address_), size), 0);
    EXPECT_EQ(listen(listening_.number(), 16), 0);
    EXPECT_EQ(getsockname(listening_.number(), reinterpret_cast<sockaddr*>(&address_), &size), 0);
  }

  Accepted Connect(const char* from) {
    Socket client(socket(AF_INET, SOCK_STREAM, 0));
    const sockaddr_storage source = FourAddress(from, 0);
    EXPECT_EQ(bind(client.number(), reinterpret_cast<const sockaddr*>(&source), sizeof(sockaddr_in)), 0);
    EXPECT_EQ(connect(client.number(), reinterpret_cast<sockaddr*>(&address_), sizeof(sockaddr_in)), 0);
    Accepted accepted = {std::move(client), Socket(-1), {}};
    socklen_t size = sizeof(accepted.peer);
    Socket server(accept(listening_.number(), reinterpret_cast<sockaddr*>(&accepted.peer), &size));
    return {std::move(accepted.client), std::move(server), accepted.peer};
  }

  bool Take(const Accepted& connection, size_t most) {
    return shares_.Take(connection.server.number(), connection.peer, most);
  }

  const Socket listening_;
  sockaddr_storage address_;
  ConnectionShares shares_;
};

TEST_F(ConnectionSharesTest, HostGetsItsShareAndOthersGetTheirs) {
  std::vector<Accepted> connections;
  for (int i = 0; i < 3; ++i) {
    EXPECT_TRUE(Take(connections.emplace_back(Connect("127.0.0.1")), 3));
  }
  EXPECT_FALSE(Take(connections.emplace_back(Connect("127.0.0.1")), 3));
  EXPECT_TRUE(Take(connections.emplace_back(Connect("127.0.0.2")), 3));
}

TEST_F(ConnectionSharesTest, ConnectionThatWasClosedCountsNoLonger) {
  std::vector<Accepted> connections;
  EXPECT_TRUE(Take(connections.emplace_back(Connect("127.0.0.1")), 2));
  EXPECT_TRUE(Take(connections.emplace_back(Connect("127.0.0.1")), 2));
  const Accepted next = Connect("127.0.0.1");
  EXPECT_FALSE(Take(next, 2));
  connections.pop_back();
  EXPECT_TRUE(Take(next, 2));
}

TEST_F(ConnectionSharesTest, NumberOfAClosedConnectionMayBeAnothersByThen) {
  std::vector<Accepted> connections;
  EXPECT_TRUE(Take(connections.emplace_back(Connect("127.0.0.1")), 1));
  connections.clear();
  // The system gives the lowest numbers that are free, so that these are the closed one's.
  const Accepted other = Connect("127.0.0.2");
  EXPECT_TRUE(Take(other, 1));
  const Accepted same = Connect("127.0.0.1");
  EXPECT_TRUE(Take(same, 1));
  EXPECT_FALSE(Take(Connect("127.0.0.2"), 1));
}

TEST_F(ConnectionSharesTest, ConnectionThatTheOtherSideResetsCountsNoLonger) {
  std::vector<Accepted> connections;
  EXPECT_TRUE(Take(connections.emplace_back(Connect("127.0.0.1")), 1));
  {
    const linger at_once = {1, 0};
    const Socket client(std::move(connections.front().client));
    EXPECT_EQ(setsockopt(client.number(), SOL_SOCKET, SO_LINGER, &at_once, sizeof(at_once)), 0);
  }
  EXPECT_TRUE(Take(Connect("127.0.0.1"), 1));
}

TEST_F(ConnectionSharesTest, NothingIsTakenWhereThereAreNone) { EXPECT_FALSE(Take(Connect("127.0.0.1"), 0)); }

}  // namespace
}  // namespace treatywire
