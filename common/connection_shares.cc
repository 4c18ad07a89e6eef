#include "common/connection_shares.h"

#include <netinet/in.h>

#include <algorithm>
#include <utility>

#include "common/peer_host.h"

namespace treatywire {
namespace {

std::string Bytes(const void* data, size_t size) { return std::string(static_cast<const char*>(data), size); }

// What tells a peer from any other: address and port.
std::string PeerOf(const sockaddr_storage& peer) {
  if (peer.ss_family == AF_INET6) {
    const auto& six = reinterpret_cast<const sockaddr_in6&>(peer);
    return Bytes(&six.sin6_addr, sizeof(six.sin6_addr)) + Bytes(&six.sin6_port, sizeof(six.sin6_port));
  }
  const auto& four = reinterpret_cast<const sockaddr_in&>(peer);
  return Bytes(&four.sin_addr, sizeof(four.sin_addr)) + Bytes(&four.sin_port, sizeof(four.sin_port));
}

// Whether `connection` is still with `peer`.
bool Stands(int connection, const std::string& peer) {
  sockaddr_storage now = {};
  socklen_t size = sizeof(now);
  return getpeername(connection, reinterpret_cast<sockaddr*>(&now), &size) == 0 && PeerOf(now) == peer;
}

}  // namespace

bool ConnectionShares::Take(int connection, const sockaddr_storage& peer, size_t most) {
  Forget(connection);  // the one that had this number
  std::string host = HostOf(peer);
  const auto has_its_share = [&] {
    const auto found = by_host_.find(host);
    return most == 0 || (found != by_host_.end() && found->second.size() >= most);
  };
  if (has_its_share()) {
    ForgetWhatIsGone(host);
    if (has_its_share()) return false;
  }
  std::list<int>& all = by_host_[host];
  const auto place = all.insert(all.end(), connection);
  taken_.emplace(connection, Taken{std::move(host), PeerOf(peer), place});
  return true;
}

void ConnectionShares::Forget(int connection) {
  const auto found = taken_.find(connection);
  if (found == taken_.end()) return;
  const auto host = by_host_.find(found->second.host);
  host->second.erase(found->second.place);
  if (host->second.empty()) by_host_.erase(host);
  taken_.erase(found);
}

void ConnectionShares::ForgetWhatIsGone(const std::string& host) {
  const auto found = by_host_.find(host);
  if (found == by_host_.end()) return;
  std::list<int>& all = found->second;
  for (size_t looks = std::min(all.size(), kLooks); looks > 0; --looks) {
    const int connection = all.front();
    if (Stands(connection, taken_.at(connection).peer)) {
      all.splice(all.end(), all, all.begin());
    } else {
      Forget(connection);  // `all` is gone with its last
    }
  }
}

}  // namespace treatywire
