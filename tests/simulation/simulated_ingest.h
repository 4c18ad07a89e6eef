// One life of an ingest service, without gRPC, threads and clock: identity, extraction and delivery, driven
// by simulated time.
#ifndef TREATYWIRE_TESTS_SIMULATION_SIMULATED_INGEST_H_
#define TREATYWIRE_TESTS_SIMULATION_SIMULATED_INGEST_H_

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "ingest_service/delivery/delivery_driver.h"
#include "ingest_service/extraction/extractor.h"
#include "tests/simulation/simulated_query.h"

namespace treatywire {

// Reads articles, each text once: extraction is a pure function.
class ReadArticles {
 public:
  ReadArticles();
  // The article prepared and read; `article` has an id.
  const treatywire::v1::ExtractedArticle& Read(const treatywire::v1::Article& article);

 private:
  const std::unique_ptr<const ingest::Extractor> extractor_;
  std::map<std::string, treatywire::v1::ExtractedArticle> read_;  // by the article, serialised
};

// Destroyed: killed. What it had sent may arrive all the same.
class SimulatedIngest {
 public:
  // `query` gives the query service as it is now; nullptr: it is down.
  SimulatedIngest(ReadArticles* articles, std::function<std::shared_ptr<SimulatedQuery>()> query,
                  SimulatedTime* time, const SimulatedClock* clock, const Faults* faults);
  ~SimulatedIngest();
  SimulatedIngest(const SimulatedIngest&) = delete;
  SimulatedIngest& operator=(const SimulatedIngest&) = delete;

  using Done = std::function<void(absl::StatusOr<ingest::Delivery>)>;
  void Ingest(const treatywire::v1::Article& article, absl::Time deadline, const Done& done);

 private:
  class Stream;

  void Run(std::vector<ingest::DeliveryDriver::Completion> completions);
  void Tick();
  // Sees to it that Tick is called when the driver wants it.
  void ScheduleTick();
  void After(absl::Duration delay, std::function<void()> action);

  ReadArticles* const articles_;
  const std::function<std::shared_ptr<SimulatedQuery>()> query_;
  SimulatedTime* const time_;
  const SimulatedClock* const clock_;
  const Faults* const faults_;
  const std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
  absl::Time read_at_ = absl::InfinitePast();  // when the last article is read
  absl::Time tick_at_ = absl::InfiniteFuture();
  ingest::DeliveryDriver driver_;
};

}  // namespace treatywire

#endif  // TREATYWIRE_TESTS_SIMULATION_SIMULATED_INGEST_H_
