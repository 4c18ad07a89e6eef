// How long to wait before the next attempt: longer each time, and never in step with other clients.
#ifndef TREATYWIRE_INGEST_SERVICE_DELIVERY_BACKOFF_H_
#define TREATYWIRE_INGEST_SERVICE_DELIVERY_BACKOFF_H_

#include <algorithm>

#include "absl/time/time.h"

namespace treatywire::ingest {

// The n-th delay after a Reset is `initial` * 2^n, at most `maximum`, less up to a half by chance: replicas
// that lost the same server come back at different times. Not thread-safe.
class Backoff {
 public:
  Backoff(absl::Duration initial, absl::Duration maximum)
      : initial_(std::min(initial, maximum)), maximum_(maximum), next_(initial_) {}

  // `chance` in [0, 1): a uniform random number.
  absl::Duration Next(double chance) {
    const absl::Duration delay = next_;
    next_ = std::min(next_ * 2, maximum_);
    return delay * (1.0 - chance / 2);
  }

  void Reset() { next_ = initial_; }

 private:
  const absl::Duration initial_;
  const absl::Duration maximum_;
  absl::Duration next_;
};

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_DELIVERY_BACKOFF_H_
