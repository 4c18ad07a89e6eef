// Who is told of every call that a server takes: the request log (request_log.h) and the metrics (metrics.h).
#ifndef TREATYWIRE_COMMON_REQUEST_OBSERVER_H_
#define TREATYWIRE_COMMON_REQUEST_OBSERVER_H_

#include <grpcpp/support/status_code_enum.h>

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace grpc {
class ServerContextBase;
namespace experimental {
class ServerInterceptorFactoryInterface;
}  // namespace experimental
}  // namespace grpc

namespace treatywire {

// Of "/package.Service/Method"; views of `path`.
std::pair<absl::string_view, absl::string_view> ServiceAndMethod(absl::string_view path);

// "treatywire.v1.PartyService", "GetParty", "unary"; "unknown" for a method that no program has. Views of
// what is there as long as the program.
struct MethodName {
  absl::string_view service;
  absl::string_view method;
  absl::string_view
      type;  // "unary", "client_stream", "server_stream" or "bidi_stream", as Prometheus' names have it
};

// A call that is over.
struct FinishedRequest {
  MethodName name;
  std::string peer;      // gRPC's name of it: "ipv4:127.0.0.1:41234"
  std::string trace_id;  // of the W3C traceparent that the client sent; empty where it sent none
  grpc::StatusCode code = grpc::StatusCode::CANCELLED;  // CANCELLED where the client left before an answer
  // From then to the client's deadline; infinite where it set none, below 0 where it had passed.
  absl::Duration time_left = absl::InfiniteDuration();
  absl::Duration duration;  // from when the server saw the call to when gRPC was done with it
  uint64_t received_messages = 0;
  uint64_t sent_messages = 0;
};

// Methods are called from any thread, of gRPC's, and must not block.
class RequestObserver {
 public:
  virtual ~RequestObserver() = default;
  virtual void OnStart(const MethodName& /*name*/) {}
  virtual void OnEnd(const FinishedRequest& /*request*/) {}
};

using RequestObservers = std::vector<std::shared_ptr<RequestObserver>>;

// One call, of which `observers` are told when this is made and when it goes. Its parts are set once each, by
// one thread after another; messages are counted by any.
class ObservedRequest {
 public:
  // `observers` must outlive it.
  ObservedRequest(const RequestObservers* observers, const MethodName& name);
  ~ObservedRequest();
  ObservedRequest(const ObservedRequest&) = delete;
  ObservedRequest& operator=(const ObservedRequest&) = delete;

  // `peer` is context.peer(), which is not free.
  void SetCaller(const grpc::ServerContextBase& context, std::string peer);
  void set_code(grpc::StatusCode code) { request_.code = code; }
  void CountReceived() { ++received_; }
  void CountSent() { ++sent_; }

 private:
  const RequestObservers& observers_;
  const absl::Time start_;
  FinishedRequest request_;
  std::atomic<uint64_t> received_{0};
  std::atomic<uint64_t> sent_{0};
};

// Has `observers` told of each call of the server that is built with it, but for unary ones of the services
// `told_elsewhere` (call_admission.h): where gRPC 1.51 has an interceptor for a call, each step of it goes
// through the completion queue twice.
std::unique_ptr<grpc::experimental::ServerInterceptorFactoryInterface> ObserveRequests(
    std::shared_ptr<const RequestObservers> observers, std::vector<std::string> told_elsewhere = {});

}  // namespace treatywire

#endif  // TREATYWIRE_COMMON_REQUEST_OBSERVER_H_
