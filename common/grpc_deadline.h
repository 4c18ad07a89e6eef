// Deadlines for gRPC. It takes times of the wall clock too, but what they are once somebody has set that
// clock depends on when it looks; and absl::Now() itself notices only after seconds that it was set.
#ifndef TREATYWIRE_COMMON_GRPC_DEADLINE_H_
#define TREATYWIRE_COMMON_GRPC_DEADLINE_H_

#include <grpc/support/time.h>

#include "absl/time/time.h"

namespace treatywire {

// The time in `from_now`, by the clock that nobody sets.
//
//   server->Shutdown(GrpcDeadlineIn(absl::Seconds(20)));
inline gpr_timespec GrpcDeadlineIn(absl::Duration from_now) {
  if (from_now == absl::InfiniteDuration()) return gpr_inf_future(GPR_CLOCK_MONOTONIC);
  return gpr_time_add(gpr_now(GPR_CLOCK_MONOTONIC),
                      gpr_time_from_nanos(absl::ToInt64Nanoseconds(from_now), GPR_TIMESPAN));
}

// How long it is until then; infinite where `deadline` is gRPC's word for none.
inline absl::Duration TimeUntil(gpr_timespec deadline) {
  if (gpr_time_cmp(deadline, gpr_inf_future(deadline.clock_type)) == 0) return absl::InfiniteDuration();
  const gpr_timespec left = gpr_time_sub(deadline, gpr_now(deadline.clock_type));
  return absl::Seconds(left.tv_sec) + absl::Nanoseconds(left.tv_nsec);
}

}  // namespace treatywire

#endif  // TREATYWIRE_COMMON_GRPC_DEADLINE_H_
