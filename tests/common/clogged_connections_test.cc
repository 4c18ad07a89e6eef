#include "common/clogged_connections.h"

#include <gtest/gtest.h>
#include <sys/socket.h>

#include <cerrno>
#include <optional>
#include <string>
#include <utility>

#include "common/descriptor.h"
#include "common/peer_host.h"
#include "tests/common/loopback_listener.h"

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

  Accepted Accept(bool tell = true) { return Accept(listener_.Connect(), tell); }
  Accepted Accept(Descriptor client, bool tell = true) {
    LoopbackConnection connection = listener_.Accept(std::move(client));
    if (tell) clogged_.Took(connection.server.number(), connection.peer);
    return {std::move(connection.client), std::move(connection.server), GrpcNameOf(connection.peer)};
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

  const LoopbackListener listener_;
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
  Descriptor client = listener_.Connect();
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
  Descriptor client = listener_.Connect();
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
