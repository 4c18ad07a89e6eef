#include "common/clogged_connections.h"

#include <fcntl.h>

#include <utility>

#include "common/descriptor.h"
#include "common/logging.h"
#include "common/monotonic_clock.h"
#include "common/peer_host.h"

namespace treatywire {
namespace {

constexpr absl::Duration kLeastLogInterval = absl::Seconds(10);

bool IsWith(const Descriptor& connection, const std::string& peer) {
  sockaddr_storage now = {};
  socklen_t size = sizeof(now);
  return getpeername(connection.number(), reinterpret_cast<sockaddr*>(&now), &size) == 0 &&
         GrpcNameOf(now) == peer;
}

}  // namespace

void CloggedConnections::Took(int connection, const sockaddr_storage& peer) {
  std::string name = GrpcNameOf(peer);
  const std::lock_guard lock(mutex_);
  std::string& peer_of_number = peers_[connection];
  // Of the one that had this number, unless its client has come back meanwhile, with another.
  const auto before = connections_.find(peer_of_number);
  if (before != connections_.end() && before->second.descriptor == connection) {
    BeginAnew(before->second);
    connections_.erase(before);
  }
  peer_of_number = name;
  Connection& taken = connections_[std::move(name)];
  BeginAnew(taken);
  taken.descriptor = connection;
}

void CloggedConnections::OnEnd(const FinishedRequest& request) {
  int descriptor = -1;
  if (Count(request, &descriptor)) Close(descriptor, request.peer);
}

void CloggedConnections::BeginAnew(Connection& connection) {
  if (connection.calls > 0) --counted_connections_;
  connection.calls = connection.in_time = 0;
}

// Of a stream the beginning alone could be late.
bool CloggedConnections::Count(const FinishedRequest& request, int* descriptor) {
  const bool in_time = request.time_left > absl::ZeroDuration();
  if (request.name.type != "unary" || (in_time && counted_connections_ == 0)) return false;
  const std::lock_guard lock(mutex_);
  const auto found = connections_.find(request.peer);
  if (found == connections_.end()) return false;
  Connection& connection = found->second;
  if (in_time && connection.calls == 0) return false;
  if (++connection.calls == 1) ++counted_connections_;
  if (in_time) ++connection.in_time;
  if (connection.calls < kCalls) return false;
  const bool clogged = connection.in_time <= kInTime;
  BeginAnew(connection);
  *descriptor = connection.descriptor;
  return clogged;
}

void CloggedConnections::Close(int descriptor, const std::string& peer) {
  // One of our own: the number that we were told of may be another connection's at any time.
  const Descriptor own(fcntl(descriptor, F_DUPFD_CLOEXEC, 0));
  if (own.number() < 0 || !IsWith(own, peer) || shutdown(own.number(), SHUT_RDWR) != 0) return;
  ++closed_;
  const absl::Time now = MonotonicNow();
  {
    const std::lock_guard lock(mutex_);
    if (now - logged_ < kLeastLogInterval) return;
    logged_ = now;
  }
  Log(Severity::kWarning, "connection closed: its calls come too late to be answered",
      {{"peer", peer}, {"closed", closed_.load()}});
}

}  // namespace treatywire
