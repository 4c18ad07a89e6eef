#include "common/peer_host.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <array>
#include <cstddef>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

namespace treatywire {
namespace {

constexpr size_t kMappedPrefixBytes = 12;  // RFC 4291, 2.5.5.2: ::ffff:0:0/96
constexpr size_t kNetworkBytes = 8;        // RFC 4291, 2.5.1: 64 bits for the interface

std::string Bytes(const void* data, size_t size) { return std::string(static_cast<const char*>(data), size); }

std::string NameOf(int family, const void* address) {
  std::array<char, INET6_ADDRSTRLEN> text = {};
  return inet_ntop(family, address, text.data(), text.size()) != nullptr ? text.data() : "";
}

std::string HostOf(const in6_addr& address) {
  if (!IN6_IS_ADDR_V4MAPPED(&address)) return Bytes(&address, kNetworkBytes);
  return Bytes(&address, sizeof(address)).substr(kMappedPrefixBytes);
}

// "192.0.2.1", as the system reads it. False where it is no address of `family`.
template <typename Address>
bool Read(int family, absl::string_view text, Address* address) {
  std::array<char, INET6_ADDRSTRLEN> terminated = {};
  if (text.size() >= terminated.size()) return false;
  std::copy(text.begin(), text.end(), terminated.begin());
  return inet_pton(family, terminated.data(), address) == 1;
}

// Without the brackets, which gRPC escapes, and without the name of an interface ("fe80::1%25eth0").
absl::string_view Unbracketed(absl::string_view address) {
  if (!absl::ConsumePrefix(&address, "%5B")) absl::ConsumePrefix(&address, "[");
  return address.substr(0, address.find_first_of("%]"));
}

}  // namespace

std::string HostOf(const sockaddr_storage& peer) {
  if (peer.ss_family == AF_INET6) return HostOf(reinterpret_cast<const sockaddr_in6&>(peer).sin6_addr);
  const in_addr& address = reinterpret_cast<const sockaddr_in&>(peer).sin_addr;
  return Bytes(&address, sizeof(address));
}

std::string HostOf(absl::string_view peer) {
  absl::string_view address = peer.substr(0, peer.rfind(':'));
  in_addr four = {};
  in6_addr six = {};
  if (absl::ConsumePrefix(&address, "ipv4:")) {
    if (Read(AF_INET, address, &four)) return Bytes(&four, sizeof(four));
  } else if (absl::ConsumePrefix(&address, "ipv6:")) {
    if (Read(AF_INET6, Unbracketed(address), &six)) return HostOf(six);
  }
  return std::string(peer);
}

std::string GrpcNameOf(const sockaddr_storage& peer) {
  if (peer.ss_family != AF_INET6) {
    const auto& four = reinterpret_cast<const sockaddr_in&>(peer);
    return absl::StrCat("ipv4:", NameOf(AF_INET, &four.sin_addr), ":", ntohs(four.sin_port));
  }
  const auto& six = reinterpret_cast<const sockaddr_in6&>(peer);
  if (IN6_IS_ADDR_V4MAPPED(&six.sin6_addr)) {
    return absl::StrCat("ipv4:", NameOf(AF_INET, &six.sin6_addr.s6_addr[kMappedPrefixBytes]), ":",
                        ntohs(six.sin6_port));
  }
  return absl::StrCat("ipv6:%5B", NameOf(AF_INET6, &six.sin6_addr), "%5D:", ntohs(six.sin6_port));
}

}  // namespace treatywire
