// A unary call that is answered once, by whichever thread has the answer, or ends when its caller goes away.
//
//   grpc::ServerUnaryReactor* IngestArticle(grpc::CallbackServerContext* context, const grpc::ByteBuffer*
//   request,
//                                           grpc::ByteBuffer* response) override {
//     const auto call = UnaryCall::Start(response);
//     Compute(..., [call](absl::StatusOr<IngestArticleResponse> result) { call->Answer(result); });
//     return call.get();
//   }
//
// gRPC's default reactor holds the server's shutdown until it is finished; this one finishes by itself when
// the call is cancelled, and an answer that comes later goes nowhere.
#ifndef TREATYWIRE_COMMON_UNARY_CALL_H_
#define TREATYWIRE_COMMON_UNARY_CALL_H_

#include <google/protobuf/message.h>
#include <grpcpp/server_context.h>
#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/server_callback.h>

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/call_limit.h"
#include "common/request_observer.h"
#include "common/wire_response.h"

namespace treatywire {

// Every method may be called from any thread. Owns itself until gRPC is done with it and everybody who may
// answer has let go.
class UnaryCall final : public grpc::ServerUnaryReactor, public std::enable_shared_from_this<UnaryCall> {
 public:
  // `response` is gRPC's, for the answer.
  static std::shared_ptr<UnaryCall> Start(grpc::ByteBuffer* response);

  explicit UnaryCall(grpc::ByteBuffer* response) : response_(response) {}

  // Answers with the message or the error; without effect once answered or cancelled.
  template <typename Response>
  void Answer(const absl::StatusOr<Response>& result) {
    result.ok() ? Finish(*result) : Fail(result.status());
  }
  template <typename Message>
  void Answer(absl::StatusOr<WireResponse<Message>> result) {
    result.ok() ? FinishWire(std::move(result->shared), std::move(result->bytes)) : Fail(result.status());
  }
  void Fail(const absl::Status& status);

  // Keeps `place` until the call is over and everybody who may answer has let go, with the bytes of the
  // answer while gRPC has them. To be called before the call is given to gRPC.
  void Keep(std::shared_ptr<CallLimit::Place> place) { place_ = std::move(place); }

  // Has `observers`, which must outlive the call, told of it, with its caller. As Keep.
  void Observe(const RequestObservers* observers, const MethodName& name,
               const grpc::ServerContextBase& context, std::string peer);

  // Whether an answer would still be heard.
  bool wanted() const { return !over_; }
  // Place::CheckUnsent of the place that is kept; OK where none is.
  absl::Status CheckUnsent() const { return place_ != nullptr ? place_->CheckUnsent() : absl::OkStatus(); }

  // Has `react` called once, on any thread, when the caller goes away before the answer; at once where it has
  // gone already. It must not hold the call. One a call.
  void WhenCancelled(std::function<void()> react);

  void OnCancel() override;
  void OnDone() override;
  // That gRPC may react on the thread at hand. It is for gRPC's own reactors, whose reactions are as short as
  // these. Others it sends through one more thread, a call after the other, which under load falls behind by
  // more than a thousand calls: they are answered, but still count among their clients'.
  bool InternalInlineable() override { return true; }

 private:
  void Finish(const google::protobuf::Message& message);
  void FinishWire(std::vector<SharedBytes> shared, std::string serialized);
  // Gives gRPC the end of the call; under mutex_, once.
  void End(const grpc::Status& status);

  std::mutex mutex_;
  grpc::ByteBuffer* const response_;  // not to be touched once over_
  std::atomic<bool> over_{false};     // changed under mutex_
  bool cancelled_ = false;            // guarded by mutex_, as is react_
  std::function<void()> react_;
  std::optional<ObservedRequest> observed_;  // guarded by mutex_ once set
  std::shared_ptr<CallLimit::Place> place_;  // its bytes are counted under mutex_
  std::shared_ptr<UnaryCall> self_;
};

// When the caller gives up, by MonotonicNow; InfiniteFuture where it set no deadline.
absl::Time DeadlineOf(const grpc::CallbackServerContext& context);

}  // namespace treatywire

#endif  // TREATYWIRE_COMMON_UNARY_CALL_H_
