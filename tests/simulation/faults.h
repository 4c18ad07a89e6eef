// What goes wrong in a simulation, and how often: drawn by its seed, so that some seeds have a little of all
// and others much of one.
#ifndef TREATYWIRE_TESTS_SIMULATION_FAULTS_H_
#define TREATYWIRE_TESTS_SIMULATION_FAULTS_H_

#include <cstddef>

#include "absl/time/time.h"
#include "tests/simulation/simulated_time.h"

namespace treatywire {

struct Faults {
  double lose_request = 0;        // of a call: it never comes
  double lose_answer = 0;         // of a call: it is done, and nobody hears
  double repeat_request = 0;      // of a call: it comes twice
  double break_stream = 0;        // at a message of the delivery stream: it ends
  double deliver_after_end = 0;   // of a message under way then: it comes all the same
  double disk_full = 0;           // at an append
  double fail_write = 0;          // at an append: nothing is written, the log stops
  double fail_sync = 0;           // at an append: the log stops, what it wrote is there or not
  double crash_after_append = 0;  // before anybody hears of it
  double write_image = 0;         // after a batch was applied: no fault, but what the next start begins with
  absl::Duration crash_query = absl::InfiniteDuration();   // about so often
  absl::Duration crash_ingest = absl::InfiniteDuration();  // about so often
  absl::Duration jump_clock = absl::InfiniteDuration();    // of one of the two, about so often
  absl::Duration slowest_message = absl::Milliseconds(5);

  static Faults Drawn(SimulatedTime* time) {
    const auto sometimes = [time](double most) {
      return time->Chance(0.5) ? 0.0 : most * static_cast<double>(time->Below(1000)) / 1000;
    };
    const auto every = [time] {
      return time->Chance(0.3) ? absl::InfiniteDuration()
                               : time->Between(absl::Milliseconds(300), absl::Seconds(10));
    };
    return {.lose_request = sometimes(0.3),
            .lose_answer = sometimes(0.3),
            .repeat_request = sometimes(0.2),
            .break_stream = sometimes(0.1),
            .deliver_after_end = sometimes(1),
            .disk_full = sometimes(0.3),
            .fail_write = sometimes(0.05),
            .fail_sync = sometimes(0.05),
            .crash_after_append = sometimes(0.1),
            .write_image = sometimes(0.3),
            .crash_query = every(),
            .crash_ingest = every(),
            .jump_clock = every(),
            .slowest_message = time->Between(absl::Milliseconds(1), absl::Milliseconds(500))};
  }
};

}  // namespace treatywire

#endif  // TREATYWIRE_TESTS_SIMULATION_FAULTS_H_
