// How many connections each host (peer_host.h) has, so that one takes no more than its share of a process's.
//
//   ConnectionShares shares;
//   if (!shares.Take(connection, peer, most)) close(connection);
//
// Whoever serves a connection closes it without a word here. So what stands is asked of the system: a
// descriptor whose other side is no longer who it was when it was taken is another one's by now.
#ifndef TREATYWIRE_COMMON_CONNECTION_SHARES_H_
#define TREATYWIRE_COMMON_CONNECTION_SHARES_H_

#include <sys/socket.h>

#include <cstddef>
#include <list>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/container/node_hash_map.h"

namespace treatywire {

// For one thread.
class ConnectionShares {
 public:
  // Of a host that has its share, so many connections are looked at for one that has gone when it asks for
  // one more, in turn: looking costs a system call.
  static constexpr size_t kLooks = 1024;

  // Counts the descriptor `connection`, which `peer` has just opened. False, and not counted, where its host
  // has `most` already.
  bool Take(int connection, const sockaddr_storage& peer, size_t most);

 private:
  struct Taken {
    std::string host;
    std::string peer;
    std::list<int>::iterator place;  // in its host's list
  };

  // Counts it no longer.
  void Forget(int connection);
  // Looks at the `host`'s connections that were not looked at for the longest time.
  void ForgetWhatIsGone(const std::string& host);

  absl::flat_hash_map<int, Taken> taken_;
  absl::node_hash_map<std::string, std::list<int>> by_host_;  // none is empty
};

}  // namespace treatywire

#endif  // TREATYWIRE_COMMON_CONNECTION_SHARES_H_
