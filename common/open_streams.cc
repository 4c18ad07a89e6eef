#include "common/open_streams.h"

#include "absl/strings/str_cat.h"
#include "common/grpc_status.h"
#include "common/status.h"

namespace treatywire {
namespace {

class RefusedStream final : public RawStream {
 public:
  explicit RefusedStream(const absl::Status& status) { Finish(ToGrpcStatus(status)); }
  void OnDone() override { delete this; }
};

}  // namespace

RawStream* RefuseStream(const absl::Status& status) { return new RefusedStream(status); }

absl::Status CheckRoomForStream(size_t open, size_t most, bool draining) {
  if (draining) {
    return WithErrorInfo(absl::UnavailableError("the server is draining"),
                         treatywire::v1::ERROR_REASON_DRAINING);
  }
  if (open < most) return absl::OkStatus();
  return WithRetryDelay(
      WithErrorInfo(absl::ResourceExhaustedError(absl::StrCat("all ", most, " streams are in use")),
                    treatywire::v1::ERROR_REASON_TOO_MANY_STREAMS),
      absl::Seconds(1));
}

}  // namespace treatywire
