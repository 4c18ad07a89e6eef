#include "common/connection_shares.h"

#include <algorithm>
#include <utility>

#include "common/peer_host.h"

namespace treatywire {
namespace {

// Whether `connection` is still with `peer`.
bool Stands(int connection, const std::string& peer) {
  sockaddr_storage now = {};
  socklen_t size = sizeof(now);
  return getpeername(connection, reinterpret_cast<sockaddr*>(&now), &size) == 0 && GrpcNameOf(now) == peer;
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
  taken_.emplace(connection, Taken{std::move(host), GrpcNameOf(peer), place});
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
