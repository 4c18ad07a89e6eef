// How the gRPC adapters answer reads: not before the revision that the caller asks for, and off gRPC's
// threads, but for answers that are ready: to hand one to another thread takes longer than to copy it.
//
//   grpc::ServerUnaryReactor* GetParty(grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
//                                      grpc::ByteBuffer* response) override {
//     return reads_->Answer<GetPartyRequest>(context, request, response,
//                                            [this](const GetPartyRequest& r) { return service_->Get(r); });
//   }
#ifndef TREATYWIRE_QUERY_SERVICE_ADAPTERS_READ_CALL_H_
#define TREATYWIRE_QUERY_SERVICE_ADAPTERS_READ_CALL_H_

#include <grpcpp/server_context.h>
#include <grpcpp/support/server_callback.h>

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "common/call_admission.h"
#include "common/monotonic_clock.h"
#include "common/raw_message.h"
#include "common/unary_call.h"
#include "common/work_pool.h"
#include "query_service/event_log/log_id.h"
#include "query_service/request_validation.h"
#include "query_service/revision_waiters.h"

namespace treatywire::query {

// Every method may be called from any thread. Outlives the calls: the server is shut down before.
class ReadCalls {
 public:
  struct Options {
    // How long a read waits for min_revision where its client set no deadline.
    absl::Duration default_wait = absl::Seconds(10);
    // How long it waits at most, whatever its client's deadline.
    absl::Duration max_wait = absl::Minutes(1);
    std::function<absl::Time()> now = &MonotonicNow;
    std::string log_id = {};  // of the event log (LogIdText): reads that expect another are refused
  };

  // All must outlive it. Reads are UNAVAILABLE until `ready` is true.
  ReadCalls(RevisionWaiters* waiters, WorkPool* pool, CallAdmission* admission,
            const std::atomic<bool>* ready, Options options)
      : waiters_(waiters), pool_(pool), admission_(admission), ready_(ready), options_(std::move(options)) {}

  // Runs `logic`, a function from a Request to a StatusOr of the response, on the pool, once the request's
  // min_revision, if it has one, is reached. DEADLINE_EXCEEDED where it is not in time; RESOURCE_EXHAUSTED
  // where the client has too many calls under way or the pool has too much to do; the error of
  // AccessPolicy::Check before anything else, and of CheckLogId before any wait.
  template <typename Request, typename Logic>
  grpc::ServerUnaryReactor* Answer(grpc::CallbackServerContext* context, const grpc::ByteBuffer* bytes,
                                   grpc::ByteBuffer* response, Logic logic) {
    const auto never = [](const Request& r) -> std::optional<decltype(logic(r))> { return std::nullopt; };
    return Answer<Request>(context, bytes, response, std::move(logic), never);
  }
  // The same, but first asks `ready`, on gRPC's thread, for an answer that takes no more than copying; it
  // returns nullopt where there is none.
  template <typename Request, typename Logic, typename Ready>
  grpc::ServerUnaryReactor* Answer(grpc::CallbackServerContext* context, const grpc::ByteBuffer* bytes,
                                   grpc::ByteBuffer* response, Logic logic, const Ready& ready) {
    const auto call = UnaryCall::Start(response);
    if (const absl::Status refusal = Begin<Request>(*context, *call); !refusal.ok()) {
      call->Fail(refusal);
      return call.get();
    }
    const auto request = std::make_shared<Request>();
    absl::Status validity = ParseRequest(*bytes, request.get());
    // A request that is at fault shall not wait to be told so.
    if (validity.ok()) validity = Validate(*request);
    if (validity.ok()) validity = CheckLogId(request->log_id(), options_.log_id);
    if (validity.ok() && *ready_ && request->min_revision() == 0) {
      if (auto answer = ready(*request)) {
        call->Answer(*std::move(answer));
        return call.get();
      }
    }
    Start(*context, call, validity, request->min_revision(), [call, request, logic = std::move(logic)] {
      if (!call->wanted()) return;
      // What came before it may have been answered meanwhile, and not been taken.
      const absl::Status unsent = call->CheckUnsent();
      unsent.ok() ? call->Answer(logic(*request)) : call->Fail(unsent);
    });
    return call.get();
  }

  // Whether the index is.
  bool ready() const { return *ready_; }

  // CallAdmission::Begin.
  template <typename Request>
  absl::Status Begin(const grpc::CallbackServerContext& context, UnaryCall& call) {
    return admission_->Begin<Request>(context, call);
  }
  // A place for another sort of call.
  template <typename Request>
  absl::StatusOr<std::shared_ptr<CallLimit::Place>> Admit(const grpc::CallbackServerContext& context) {
    return admission_->Admit<Request>(context);
  }

 private:
  void Start(const grpc::CallbackServerContext& context, const std::shared_ptr<UnaryCall>& call,
             absl::Status validity, uint64_t min_revision, const std::function<void()>& compute);
  void Queue(const std::shared_ptr<UnaryCall>& call, const std::function<void()>& compute) const;
  absl::Time WaitDeadline(const grpc::CallbackServerContext& context) const;

  RevisionWaiters* const waiters_;
  WorkPool* const pool_;
  CallAdmission* const admission_;
  const std::atomic<bool>* const ready_;
  const Options options_;
};

// UNAVAILABLE, with reason REBUILDING: the index is not ready.
absl::Status RebuildingError();

}  // namespace treatywire::query

#endif  // TREATYWIRE_QUERY_SERVICE_ADAPTERS_READ_CALL_H_
