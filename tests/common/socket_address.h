// Socket addresses for tests.
#ifndef TREATYWIRE_TESTS_COMMON_SOCKET_ADDRESS_H_
#define TREATYWIRE_TESTS_COMMON_SOCKET_ADDRESS_H_

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>

#include <cstdint>

namespace treatywire {

// Of IPv4; `text` as in "192.0.2.1".
inline sockaddr_storage FourAddress(const char* text, int port) {
  sockaddr_storage storage = {};
  auto* address = reinterpret_cast<sockaddr_in*>(&storage);
  address->sin_family = AF_INET;
  address->sin_port = htons(static_cast<uint16_t>(port));
  EXPECT_EQ(inet_pton(AF_INET, text, &address->sin_addr), 1) << text;
  return storage;
}

}  // namespace treatywire

#endif  // TREATYWIRE_TESTS_COMMON_SOCKET_ADDRESS_H_
