// What counts as one host, wherever hosts are told apart: for shares of connections (connection_shares.h) and
// for what a client may have under way (call_limit.h).
//
//   HostOf("ipv6:%5B2001:db8::1%5D:41234") == HostOf("ipv6:%5B2001:db8::2%5D:80")
//
// It is an address of IPv4, also where it is written as one of IPv6, or a network of 64 bits of IPv6, of
// which one machine may have all addresses. As bytes of the address: 4, or 8.
#ifndef TREATYWIRE_COMMON_PEER_HOST_H_
#define TREATYWIRE_COMMON_PEER_HOST_H_

#include <sys/socket.h>

#include <string>

#include "absl/strings/string_view.h"

namespace treatywire {

// Of a peer of IPv4 or IPv6, as the system tells it.
std::string HostOf(const sockaddr_storage& peer);

// Of a peer as gRPC names it: "ipv4:192.0.2.1:41234", "ipv6:%5B2001:db8::1%5D:41234". Any other, such as
// "unix:/run/socket", is a host by itself: as it is.
std::string HostOf(absl::string_view peer);

// gRPC's name of a peer that the system tells of, which tells it from all others that there are at a time.
// (But for an address of one interface, "fe80::1%eth0", of which gRPC names the interface too.)
std::string GrpcNameOf(const sockaddr_storage& peer);

}  // namespace treatywire

#endif  // TREATYWIRE_COMMON_PEER_HOST_H_
