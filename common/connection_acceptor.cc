#include "common/connection_acceptor.h"

#include <grpcpp/security/server_credentials.h>
#include <grpcpp/server_builder.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <limits>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "common/clogged_connections.h"
#include "common/connection_shares.h"
#include "common/descriptor.h"
#include "common/logging.h"
#include "common/monotonic_clock.h"
#include "common/server.h"
#include "common/status_macros.h"

namespace treatywire {
namespace {

// What the system keeps to send, beyond what is on its way. What waits with it cannot be overtaken: by a
// short answer, such as a refusal, that gRPC would send before the rest of a long one.
constexpr int kMaxUnsentBytes = 256 << 10;

using Acceptor = grpc::experimental::ExternalConnectionAcceptor;

struct SocketAddress {
  sockaddr_storage storage = {};
  socklen_t size = 0;
  sockaddr* get() { return reinterpret_cast<sockaddr*>(&storage); }
};

int PortOf(SocketAddress& address) {
  return ntohs(address.storage.ss_family == AF_INET6
                   ? reinterpret_cast<sockaddr_in6*>(address.get())->sin6_port
                   : reinterpret_cast<sockaddr_in*>(address.get())->sin_port);
}

void SetPort(int port, SocketAddress& address) {
  const uint16_t network_order = htons(static_cast<uint16_t>(port));
  if (address.storage.ss_family == AF_INET6) {
    reinterpret_cast<sockaddr_in6*>(address.get())->sin6_port = network_order;
  } else {
    reinterpret_cast<sockaddr_in*>(address.get())->sin_port = network_order;
  }
}

absl::Status CannotListen(const std::string& listen, absl::string_view reason) {
  return absl::UnavailableError(absl::StrCat("cannot listen on ", listen, ": ", reason));
}

absl::StatusOr<std::vector<SocketAddress>> Resolve(const std::string& listen) {
  const absl::StatusOr<ListenAddress> address = ParseListenAddress(listen);
  if (!address.ok()) return address.status();
  absl::string_view host = address->host;
  if (absl::ConsumePrefix(&host, "[")) host.remove_suffix(1);
  addrinfo hints = {};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
  addrinfo* found = nullptr;
  const int error =
      getaddrinfo(std::string(host).c_str(), std::to_string(address->port).c_str(), &hints, &found);
  if (error != 0) return CannotListen(listen, gai_strerror(error));
  std::vector<SocketAddress> addresses;
  for (const addrinfo* each = found; each != nullptr; each = each->ai_next) {
    SocketAddress& copy = addresses.emplace_back();
    std::memcpy(&copy.storage, each->ai_addr, each->ai_addrlen);
    copy.size = each->ai_addrlen;
  }
  freeaddrinfo(found);
  return addresses;
}

// All addresses of this machine, of IPv6 and IPv4.
bool IsWildcard(SocketAddress& address) {
  if (address.storage.ss_family == AF_INET6) {
    return IN6_IS_ADDR_UNSPECIFIED(&reinterpret_cast<sockaddr_in6*>(address.get())->sin6_addr);
  }
  return reinterpret_cast<sockaddr_in*>(address.get())->sin_addr.s_addr == htonl(INADDR_ANY);
}

SocketAddress EveryAddress(int port) {
  SocketAddress address;
  auto* any = reinterpret_cast<sockaddr_in6*>(address.get());
  any->sin6_family = AF_INET6;
  any->sin6_addr = in6addr_any;
  address.size = sizeof(sockaddr_in6);
  SetPort(port, address);
  return address;
}

void Set(const Descriptor& socket, int level, int option, int value) {
  // An option that the system refuses leaves a socket that works.
  setsockopt(socket.number(), level, option, &value, sizeof(value));
}

// A socket that listens on `address`, or errno's text. Accepted sockets inherit its options.
absl::StatusOr<Descriptor> ListenOn(SocketAddress address, absl::Duration unacknowledged_timeout) {
  const int family = address.storage.ss_family;
  Descriptor listening(socket(family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  if (listening.number() < 0) return absl::UnavailableError(strerror(errno));
  Set(listening, SOL_SOCKET, SO_REUSEADDR, 1);
  Set(listening, IPPROTO_TCP, TCP_NODELAY, 1);
  Set(listening, IPPROTO_TCP, TCP_NOTSENT_LOWAT, kMaxUnsentBytes);
  if (unacknowledged_timeout > absl::ZeroDuration()) {
    const int64_t milliseconds = absl::ToInt64Milliseconds(unacknowledged_timeout);
    Set(listening, IPPROTO_TCP, TCP_USER_TIMEOUT,
        static_cast<int>(std::min<int64_t>(milliseconds, std::numeric_limits<int>::max())));
  }
  if (family == AF_INET6) Set(listening, IPPROTO_IPV6, IPV6_V6ONLY, IsWildcard(address) ? 0 : 1);
  if (bind(listening.number(), address.get(), address.size) != 0 ||
      listen(listening.number(), SOMAXCONN) != 0) {
    return absl::UnavailableError(strerror(errno));
  }
  return listening;
}

// Listens on all addresses of options.listen. Where the port is 0 the first gets a free one, and the others
// the same. An address that cannot be had, such as IPv6's of "localhost" on a machine without, is passed over
// where another can.
absl::StatusOr<std::vector<Descriptor>> ListenOnAll(const ConnectionAcceptor::Options& options, int* port) {
  TW_ASSIGN_OR_RETURN(std::vector<SocketAddress> addresses, Resolve(options.listen));
  *port = PortOf(addresses.front());
  std::vector<Descriptor> listening;
  absl::Status failure;
  if (IsWildcard(addresses.front())) addresses.insert(addresses.begin(), EveryAddress(*port));
  for (SocketAddress& address : addresses) {
    SetPort(*port, address);
    absl::StatusOr<Descriptor> socket = ListenOn(address, options.unacknowledged_timeout);
    if (!socket.ok()) {
      failure = socket.status();
      continue;
    }
    SocketAddress bound;
    bound.size = sizeof(bound.storage);
    getsockname(socket->number(), bound.get(), &bound.size);
    *port = PortOf(bound);
    listening.push_back(*std::move(socket));
    if (IsWildcard(address)) break;  // takes those that follow too
  }
  if (listening.empty()) return CannotListen(options.listen, failure.message());
  return listening;
}

// Descriptors from this number on are not for connections. The system gives the lowest that is free, so that
// so many are open where a connection gets this one.
int FirstReservedDescriptor() {
  rlimit limit = {};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return std::numeric_limits<int>::max();
  const int files = static_cast<int>(std::min<rlim_t>(limit.rlim_cur, std::numeric_limits<int>::max()));
  return files - std::min(ConnectionAcceptor::kReservedDescriptors, files / 4);
}

class ListeningAcceptor final : public ConnectionAcceptor {
 public:
  ListeningAcceptor(std::vector<Descriptor> listening, int port, std::unique_ptr<Acceptor> grpc,
                    Descriptor stop, std::shared_ptr<CloggedConnections> clogged)
      : listening_(std::move(listening)),
        port_(port),
        grpc_(std::move(grpc)),
        stop_(std::move(stop)),
        clogged_(std::move(clogged)) {}

  ~ListeningAcceptor() override { Stop(); }

  void Start() override {
    thread_ = std::thread([this] { Run(); });
  }

  void Stop() override {
    std::call_once(stopped_, [this] {
      const uint64_t one = 1;
      [[maybe_unused]] const ssize_t written = write(stop_.number(), &one, sizeof(one));
      if (thread_.joinable()) thread_.join();
      listening_.clear();
    });
  }

  int port() const override { return port_; }

 private:
  // How long is waited where accept fails, as for want of descriptors or memory.
  static constexpr int kPauseMilliseconds = 100;
  static constexpr absl::Duration kLeastLogInterval = absl::Seconds(10);

  void Run() {
    std::vector<pollfd> events = {{stop_.number(), POLLIN, 0}};
    for (const Descriptor& socket : listening_) events.push_back({socket.number(), POLLIN, 0});
    while (true) {
      poll(events.data(), events.size(), -1);
      if (events[0].revents != 0) return;
      bool exhausted = false;
      for (size_t i = 1; i < events.size(); ++i) {
        if (events[i].revents != 0 && !AcceptAll(events[i].fd)) exhausted = true;
      }
      if (exhausted) poll(events.data(), 1, kPauseMilliseconds);
    }
  }

  // Until none waits. False where accept failed for a reason that may stay for a while.
  bool AcceptAll(int listening) {
    const int first_reserved = FirstReservedDescriptor();
    while (true) {
      Descriptor connection(accept4(listening, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC));
      if (connection.number() < 0) {
        if (errno == EAGAIN || errno == EWOULDBLOCK) return true;
        if (errno == EINTR || errno == ECONNABORTED) continue;
        LogRefusal(strerror(errno));
        return false;
      }
      SocketAddress peer;
      peer.size = sizeof(peer.storage);
      // Reset already; gRPC would log an error for each.
      if (getpeername(connection.number(), peer.get(), &peer.size) != 0) continue;
      if (connection.number() >= first_reserved) {
        LogRefusal("too many are open");
      } else if (!shares_.Take(connection.number(), peer.storage, first_reserved / kHostsShare)) {
        LogRefusal("too many are open from one host");
      } else {
        if (clogged_ != nullptr) clogged_->Took(connection.number(), peer.storage);
        HandOver(listening, std::move(connection));
      }
    }
  }

  void HandOver(int listening, Descriptor connection) {
    Acceptor::NewConnectionParameters parameters;
    parameters.listener_fd = listening;
    parameters.fd = connection.Release();
    grpc_->HandleNewConnection(&parameters);
  }

  void LogRefusal(absl::string_view reason) {
    const absl::Time now = MonotonicNow();
    ++refused_;
    if (now - logged_ < kLeastLogInterval) return;
    logged_ = now;
    Log(Severity::kWarning, "connections not taken",
        {{"port", port_}, {"reason", reason}, {"count", std::exchange(refused_, 0)}});
  }

  std::vector<Descriptor> listening_;
  const int port_;
  const std::unique_ptr<Acceptor> grpc_;
  const Descriptor stop_;                              // an eventfd
  const std::shared_ptr<CloggedConnections> clogged_;  // may be null
  std::thread thread_;
  std::once_flag stopped_;
  // The thread's.
  ConnectionShares shares_;
  absl::Time logged_ = absl::InfinitePast();
  int64_t refused_ = 0;  // since then
};

}  // namespace

absl::StatusOr<std::unique_ptr<ConnectionAcceptor>> ConnectionAcceptor::Listen(const Options& options,
                                                                               grpc::ServerBuilder* builder) {
  int port = 0;
  TW_ASSIGN_OR_RETURN(std::vector<Descriptor> listening, ListenOnAll(options, &port));
  Descriptor stop(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
  if (stop.number() < 0) return CannotListen(options.listen, strerror(errno));
  auto grpc = builder->experimental().AddExternalConnectionAcceptor(
      grpc::ServerBuilder::experimental_type::ExternalConnectionType::FROM_FD, options.credentials);
  return std::make_unique<ListeningAcceptor>(std::move(listening), port, std::move(grpc), std::move(stop),
                                             options.clogged);
}

}  // namespace treatywire
