// One log line a call: {"message":"request","service":…,"method":…,"code":…,"duration_seconds":…,"peer":…,…}.
#ifndef TREATYWIRE_COMMON_REQUEST_LOG_H_
#define TREATYWIRE_COMMON_REQUEST_LOG_H_

#include "common/request_observer.h"

namespace treatywire {

// "NOT_FOUND".
absl::string_view CodeName(grpc::StatusCode code);

// Errors of the server's own (INTERNAL, UNKNOWN, DATA_LOSS) are warnings; probes and reflection are debug
// messages, so that an idle service's log is quiet.
class RequestLog final : public RequestObserver {
 public:
  void OnEnd(const FinishedRequest& request) override;
};

}  // namespace treatywire

#endif  // TREATYWIRE_COMMON_REQUEST_LOG_H_
