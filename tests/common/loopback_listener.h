// A port of this machine, for tests of what is done with a server's connections.
#ifndef TREATYWIRE_TESTS_COMMON_LOOPBACK_LISTENER_H_
#define TREATYWIRE_TESTS_COMMON_LOOPBACK_LISTENER_H_

#include <gtest/gtest.h>
#include <sys/socket.h>

#include <utility>

#include "common/descriptor.h"
#include "tests/common/socket_address.h"

namespace treatywire {

// Both sides of a connection.
struct LoopbackConnection {
  Descriptor client;
  Descriptor server;
  sockaddr_storage peer;  // the client, as the server sees it
};

class LoopbackListener {
 public:
  LoopbackListener() : listening_(socket(AF_INET, SOCK_STREAM, 0)), address_(FourAddress("127.0.0.1", 0)) {
    socklen_t size = sizeof(sockaddr_in);
    EXPECT_EQ(bind(listening_.number(), reinterpret_cast<sockaddr*>(&address_), size), 0);
    EXPECT_EQ(listen(listening_.number(), 16), 0);
    EXPECT_EQ(getsockname(listening_.number(), reinterpret_cast<sockaddr*>(&address_), &size), 0);
  }

  // A client at the address `from`, which waits to be accepted.
  Descriptor Connect(const char* from = "127.0.0.1") const {
    Descriptor client(socket(AF_INET, SOCK_STREAM, 0));
    const sockaddr_storage source = FourAddress(from, 0);
    EXPECT_EQ(bind(client.number(), reinterpret_cast<const sockaddr*>(&source), sizeof(sockaddr_in)), 0);
    EXPECT_EQ(connect(client.number(), reinterpret_cast<const sockaddr*>(&address_), sizeof(sockaddr_in)), 0);
    return client;
  }
  // Accepts the one that has waited for the longest: `client`.
  LoopbackConnection Accept(Descriptor client) const {
    sockaddr_storage peer = {};
    socklen_t size = sizeof(peer);
    Descriptor server(accept(listening_.number(), reinterpret_cast<sockaddr*>(&peer), &size));
    return {std::move(client), std::move(server), peer};
  }

 private:
  const Descriptor listening_;
  sockaddr_storage address_;
};

}  // namespace treatywire

#endif  // TREATYWIRE_TESTS_COMMON_LOOPBACK_LISTENER_H_
