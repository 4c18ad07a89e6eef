#include "common/peer_host.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>

#include <string>

#include "tests/common/socket_address.h"

namespace treatywire {
namespace {

sockaddr_storage SixAddress(const char* text, int port) {
  sockaddr_storage storage = {};
  auto* address = reinterpret_cast<sockaddr_in6*>(&storage);
  address->sin6_family = AF_INET6;
  address->sin6_port = htons(static_cast<uint16_t>(port));
  EXPECT_EQ(inet_pton(AF_INET6, text, &address->sin6_addr), 1) << text;
  return storage;
}

TEST(PeerHostTest, AddressesOfOneNetworkOfIpv6AreOneHost) {
  EXPECT_EQ(HostOf(SixAddress("2001:db8::1", 1)), HostOf(SixAddress("2001:db8::2:3", 2)));
  EXPECT_NE(HostOf(SixAddress("2001:db8::1", 1)), HostOf(SixAddress("2001:db8:0:1::1", 1)));
}

TEST(PeerHostTest, AddressOfIpv4IsOneHostHoweverItIsWritten) {
  EXPECT_EQ(HostOf(FourAddress("192.0.2.1", 1)), HostOf(FourAddress("192.0.2.1", 2)));
  EXPECT_EQ(HostOf(FourAddress("192.0.2.1", 1)), HostOf(SixAddress("::ffff:192.0.2.1", 2)));
  EXPECT_NE(HostOf(FourAddress("192.0.2.1", 1)), HostOf(FourAddress("192.0.2.2", 1)));
}

TEST(PeerHostTest, NamesOfGrpcAreOfTheHostThatTheirAddressesAreOf) {
  EXPECT_EQ(HostOf("ipv4:192.0.2.1:41234"), HostOf(FourAddress("192.0.2.1", 1)));
  for (const char* name : {"ipv6:%5B2001:db8::7%5D:41234", "ipv6:[2001:db8::7]:41234"}) {
    EXPECT_EQ(HostOf(name), HostOf(SixAddress("2001:db8::1", 1))) << name;
  }
  EXPECT_EQ(HostOf("ipv6:%5B::ffff:192.0.2.1%5D:80"), HostOf(FourAddress("192.0.2.1", 1)));
  EXPECT_EQ(HostOf("ipv6:%5Bfe80::1%25eth0%5D:80"), HostOf(SixAddress("fe80::1", 1)));
  EXPECT_NE(HostOf("ipv6:%5B2001:db8:0:1::7%5D:41234"), HostOf("ipv6:%5B2001:db8:0:2::7%5D:41234"));
}

TEST(PeerHostTest, WhatIsNoAddressIsAHostByItself) {
  const std::string long_name = "ipv4:" + std::string(1000, '1') + ":80";
  for (const std::string& name :
       {std::string(), std::string("unix:/run/a"), std::string("inproc"), std::string("ipv4:"),
        std::string("ipv4:192.0.2:80"), std::string("ipv6:%5D:80"), long_name}) {
    EXPECT_EQ(HostOf(name), name);
  }
}

TEST(PeerHostTest, PeersOfTheSystemHaveTheNamesThatGrpcGivesThem) {
  EXPECT_EQ(GrpcNameOf(FourAddress("192.0.2.1", 41234)), "ipv4:192.0.2.1:41234");
  EXPECT_EQ(GrpcNameOf(SixAddress("::ffff:192.0.2.1", 80)), "ipv4:192.0.2.1:80");
  EXPECT_EQ(GrpcNameOf(SixAddress("2001:db8::7", 65535)), "ipv6:%5B2001:db8::7%5D:65535");
}

}  // namespace
}  // namespace treatywire
