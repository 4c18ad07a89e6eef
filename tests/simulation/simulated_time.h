// Time and chance of a simulation: one thread, and everything that happens follows from the seed.
#ifndef TREATYWIRE_TESTS_SIMULATION_SIMULATED_TIME_H_
#define TREATYWIRE_TESTS_SIMULATION_SIMULATED_TIME_H_

#include <cstdint>
#include <functional>
#include <map>
#include <random>
#include <utility>

#include "absl/time/time.h"

namespace treatywire {

class SimulatedTime {
 public:
  explicit SimulatedTime(unsigned seed) : random_(seed) {}

  absl::Time now() const { return now_; }

  // Runs `action` so much later, after what is due then already.
  void After(absl::Duration delay, std::function<void()> action) {
    actions_.emplace(std::pair(now_ + delay, ++last_action_), std::move(action));
  }
  // Goes on to the next action and runs it; false where there is none.
  bool Step() {
    if (actions_.empty()) return false;
    auto next = actions_.extract(actions_.begin());
    now_ = next.key().first;
    next.mapped()();
    return true;
  }

  // In [0, limit).
  size_t Below(size_t limit) { return random_() % limit; }
  bool Chance(double probability) { return (random_() >> 8) < probability * (1U << 24); }
  absl::Duration Between(absl::Duration least, absl::Duration most) {
    return least + (most - least) * (static_cast<double>(Below(1 << 16)) / (1 << 16));
  }

 private:
  std::mt19937 random_;  // the same everywhere, as the standard's distributions are not
  absl::Time now_ = absl::FromUnixSeconds(1'600'000'000);
  uint64_t last_action_ = 0;
  std::map<std::pair<absl::Time, uint64_t>, std::function<void()>> actions_;
};

// The clock by which a service's machine counts its waits, as it jumps ahead now and then: the machine was
// suspended, or moved to another host. It never goes back (common/monotonic_clock.h).
class SimulatedClock {
 public:
  explicit SimulatedClock(const SimulatedTime* time) : time_(time) {}

  absl::Time now() const { return time_->now() + ahead_; }
  // What it shows at `time` if it does not jump until then.
  absl::Time At(absl::Time time) const { return time + ahead_; }
  void JumpAhead(absl::Duration by) { ahead_ += by; }

 private:
  const SimulatedTime* const time_;
  absl::Duration ahead_ = absl::ZeroDuration();
};

}  // namespace treatywire

#endif  // TREATYWIRE_TESTS_SIMULATION_SIMULATED_TIME_H_
