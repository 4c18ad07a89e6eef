// Both services as processes under load, killed at random points and started again, while clients go on; the
// history of it all is checked against the log that is there in the end (tests/history).
//
//   const CrashOutcome outcome = CrashRun({.seed = 7, .kills = 100}).Run();
//   EXPECT_THAT(outcome.violations, IsEmpty());
//
// The load: writers that send articles, corrections and retractions, each until it is acknowledged; a reader
// that reads at the revision of what was acknowledged; a watch that is resumed; and a reader that reads
// nothing of what it asks for. A seed decides what is sent, which service is killed, and after how many
// answers; when these come is the machine's.
#ifndef TREATYWIRE_TESTS_CRASH_CRASH_RUN_H_
#define TREATYWIRE_TESTS_CRASH_CRASH_RUN_H_

#include <cstddef>
#include <memory>
#include <string>

#include "tests/history/history_checks.h"

namespace treatywire {

struct CrashOptions {
  unsigned seed = 0;
  int kills = 10;
  int writers = 4;
};

struct CrashOutcome {
  int kills_of_query = 0;
  int kills_of_ingest = 0;
  int kills_while_starting = 0;  // of them
  size_t attempts = 0;           // to write
  size_t acknowledged = 0;       // of them
  size_t reads = 0;              // answered
  size_t watch_streams = 0;
  size_t revisions = 0;  // of the log
  Violations violations;
};

class CrashRun {
 public:
  explicit CrashRun(const CrashOptions& options);
  ~CrashRun();

  // To be called once.
  CrashOutcome Run();

 private:
  class Impl;
  const std::unique_ptr<Impl> impl_;
};

}  // namespace treatywire

#endif  // TREATYWIRE_TESTS_CRASH_CRASH_RUN_H_
