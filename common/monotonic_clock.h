// Time for deadlines, timeouts and intervals: it goes on evenly, whatever is done to the machine's clock.
//
//   const absl::Time give_up = MonotonicNow() + absl::Seconds(5);
//
// A wall clock set back by an hour would make a service wait an hour longer before it connects again, keeps a
// page or reads its access file; one set forward would expire everything at once. What is to be compared with
// what others call a time (a certificate's, a publish time) or shown to people (a log line's) is absl::Now's.
#ifndef TREATYWIRE_COMMON_MONOTONIC_CLOCK_H_
#define TREATYWIRE_COMMON_MONOTONIC_CLOCK_H_

#include <chrono>

#include "absl/time/clock.h"
#include "absl/time/time.h"

namespace treatywire {

// The wall clock's time when it was first asked for, plus what has passed since. Comparable with its own
// values in this process alone. From any thread.
inline absl::Time MonotonicNow() {
  struct Start {
    absl::Time wall = absl::Now();
    std::chrono::steady_clock::time_point steady = std::chrono::steady_clock::now();
  };
  static const Start start;
  return start.wall + absl::FromChrono(std::chrono::steady_clock::now() - start.steady);
}

}  // namespace treatywire

#endif  // TREATYWIRE_COMMON_MONOTONIC_CLOCK_H_
