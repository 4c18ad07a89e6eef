#include "common/clogged_connections.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>

#include <cerrno>
#include <optional>
#include <string>
#include <utility>

#include "common/descriptor.h"
#include "common/peer_host.h"
#include "tests/common/socket_address.h"

namespace treatywire {
namespace {

constexpr absl::Duration kInTime = absl::Milliseconds(1);
constexpr absl::Duration kTooLate = absl::Milliseconds(-1);

// A server's side of connections, and their clients'.
class CloggedConnectionsTest : public testing::Test {
 protected:
  struct Accepted {
    Descriptor client;
    std::optional<Descriptor> server;
    std::string peer;
  };

  CloggedConnectionsTest()
      : listening_(socket(AF_INET, SOCK_STREAM, 0)), address_(FourAddress("127.0.0.1", 0)) {
    socklen_t size = sizeof(sockaddr_in);
    EXPECT_EQ(bind(listening_.number(), reinterpret_cast<sockaddr*>(&address_), size), 0);
    EXPECT_EQ(listen(listening_.number(), 16), 0);
    EXPECT_EQ(getsockname(listening_.number(), reinterpret_cast<sockaddr*>(&address_), &size), 0);
  }

  Descriptor Connect() {
    Descriptor client(socket(AF_INET, SOCK_STREAM, 0));
    EXPECT_EQ(connect(client.number(), reinterpret_cast<sockaddr*>(&address_), sizeof(sockaddr_in)), 0);
    return client;
  }
  Accepted Accept(bool tell = true) { return Accept(Connect(), tell); }
  Accepted Accept(Descriptor client, bool tell = true) {
    sockaddr_storage peer = {};
    socklen_t size = sizeof(peer);
    Descriptor server(accept(listening_.number(), reinterpret_cast<sockaddr*>(&peer), &size));
    if (tell) clogged_.Took(server.number(), peer);
    return {std::move(client), std::move(server), GrpcNameOf(peer)};
  }

  void End(const std::string& peer, absl::Duration time_left, size_t calls, const char* type = "unary") {
    FinishedRequest request;
    request.name = {"treatywire.v1.AgreementService", "GetAgreement", type};
    request.peer = peer;
    request.time_left = time_left;
    for (size_t i = 0; i < calls; ++i) clogged_.OnEnd(request);
  }

  static bool IsOpen(const Accepted& accepted) {
    char byte = 0;
    return recv(accepted.client.number(), &byte, 1, MSG_DONTWAIT) < 0 && errno == EAGAIN;
  }

  const Descriptor listening_;
  sockaddr_storage address_;
  CloggedConnections clogged_;
};

TEST_F(CloggedConnectionsTest, ConnectionWhoseCallsAreTooLateIsClosed) {
  const Accepted late = Accept();
  const Accepted other = Accept();
  End(late.peer, kTooLate, CloggedConnections::kCalls - 1);
  EXPECT_TRUE(IsOpen(late));
  EXPECT_EQ(clogged_.closed(), 0);

  End(late.peer, kTooLate, 1);
  EXPECT_FALSE(IsOpen(late));
  EXPECT_TRUE(IsOpen(other));
  EXPECT_EQ(clogged_.closed(), 1);
}

TEST_F(CloggedConnectionsTest, SomeCallsInTimeKeepAConnectionOpen) {
  const Accepted accepted = Accept();
  constexpr size_t kKept = CloggedConnections::kInTime + 1;
  for (int i = 0; i < 10; ++i) {
    End(accepted.peer, kTooLate, CloggedConnections::kCalls - kKept);
    End(accepted.peer, kInTime, kKept);
  }
  EXPECT_TRUE(IsOpen(accepted));

  End(accepted.peer, kTooLate, CloggedConnections::kCalls - CloggedConnections::kInTime);
  End(accepted.peer, kInTime, CloggedConnections::kInTime);
  EXPECT_FALSE(IsOpen(accepted));
}

TEST_F(CloggedConnectionsTest, CallsAreCountedFromOneThatIsTooLateOn) {
  const Accepted accepted = Accept();
  End(accepted.peer, kInTime, 10 * CloggedConnections::kCalls);
  End(accepted.peer, kTooLate, CloggedConnections::kCalls);
  EXPECT_FALSE(IsOpen(accepted));
}

TEST_F(CloggedConnectionsTest, CallsWithoutDeadlineAreInTime) {
  const Accepted accepted = Accept();
  End(accepted.peer, absl::InfiniteDuration(), 10 * CloggedConnections::kCalls);
  EXPECT_TRUE(IsOpen(accepted));
}

TEST_F(CloggedConnectionsTest, StreamsAreNotCounted) {
  const Accepted accepted = Accept();
  End(accepted.peer, kTooLate, 10 * CloggedConnections::kCalls, "server_stream");
  EXPECT_TRUE(IsOpen(accepted));
}

TEST_F(CloggedConnectionsTest, ConnectionThatHasItsNumberByNowStaysOpen) {
  Accepted gone = Accept();
  const int number = gone.server->number();
  Descriptor client = Connect();
  gone.server.reset();
  const Accepted next = Accept(std::move(client), /*tell=*/false);
  ASSERT_EQ(next.server->number(), number);
  End(gone.peer, kTooLate, CloggedConnections::kCalls);
  EXPECT_TRUE(IsOpen(next));
  EXPECT_EQ(clogged_.closed(), 0);
}

TEST_F(CloggedConnectionsTest, NextConnectionWithItsNumberIsCountedAnew) {
  Accepted gone = Accept();
  const int number = gone.server->number();
  End(gone.peer, kTooLate, CloggedConnections::kCalls - 1);
  Descriptor client = Connect();
  gone.server.reset();
  const Accepted next = Accept(std::move(client));
  ASSERT_EQ(next.server->number(), number);
  End(next.peer, kTooLate, CloggedConnections::kCalls - 1);
  EXPECT_TRUE(IsOpen(next));
  End(next.peer, kTooLate, 1);
  EXPECT_FALSE(IsOpen(next));
}

TEST_F(CloggedConnectionsTest, CallsOfPeersThatNobodyToldOfAreIgnored) {
  const Accepted accepted = Accept(/*tell=*/false);
  for (const std::string& peer : {accepted.peer, std::string("inproc"), std::string()}) {
    End(peer, kTooLate, CloggedConnections::kCalls);
  }
  EXPECT_TRUE(IsOpen(accepted));
  EXPECT_EQ(clogged_.closed(), 0);
}

}  // namespace
}  // namespace treatywire
