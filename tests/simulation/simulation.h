// Both services' logic in one thread, with simulated time, transport and disk: clients write, read and watch
// while requests and answers are lost and repeated, streams break, disks fill up and fail and both services
// crash, at points that a seed decides. When the faults are over everything must come to its end; the history
// is then checked against the log on the disk (tests/history).
//
//   Simulation(seed, &articles).Run().violations
//
// What runs is the production code of delivery (DeliveryDriver), of publishing (PublishSession, LogWriter),
// of the index and its image, of reads at a revision, of retraction and of watches; extraction runs once for
// each text. What is simulated is EventLog, the stream and the calls between them, time, and the processes'
// lives.
#ifndef TREATYWIRE_TESTS_SIMULATION_SIMULATION_H_
#define TREATYWIRE_TESTS_SIMULATION_SIMULATION_H_

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "tests/history/history_checks.h"
#include "tests/simulation/simulated_ingest.h"

namespace treatywire {

struct SimulationOutcome {
  size_t operations = 0;  // of the history
  size_t acknowledged = 0;
  size_t crashes = 0;
  size_t restores = 0;  // starts of the query service that began with an image of the index
  size_t revisions = 0;
  Violations violations;
  History history;  // for who looks into a violation
};

class Simulation {
 public:
  // `articles` may be shared by simulations that run one after the other.
  Simulation(unsigned seed, ReadArticles* articles);
  ~Simulation();

  // To be called once.
  SimulationOutcome Run();

 private:
  class Impl;
  const std::unique_ptr<Impl> impl_;
};

}  // namespace treatywire

#endif  // TREATYWIRE_TESTS_SIMULATION_SIMULATION_H_
