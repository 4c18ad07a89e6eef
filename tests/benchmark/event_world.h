// Extractions of a made-up world of agreements, of any number, the same for the same seed on every machine.
//
//   EventWorld world({.agreements = 5000});
//   std::vector<v1::LogRecord> records = world.Next(10000);   // at least so many events, revisions in turn
//
// Shaped as the extractor shapes them: two or three agreements an article, two events each, titles, dates of
// every precision, evidence of some twenty words. Two parties have about ten agreements; news is about some
// far more often than about others. Conventions, the only agreements of that kind and the first to come, have
// kConventionEntries acts each.
#ifndef TREATYWIRE_TESTS_BENCHMARK_EVENT_WORLD_H_
#define TREATYWIRE_TESTS_BENCHMARK_EVENT_WORLD_H_

#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "treatywire/v1/event.pb.h"
#include "treatywire/v1/event_log_service.pb.h"

namespace treatywire::benchmark {

class EventWorld {
 public:
  struct Settings {
    uint64_t seed = 20251206;
    size_t agreements = 5000;  // of two parties; at most kMaxAgreements
  };
  static constexpr size_t kMaxAgreements = 100000;
  static constexpr size_t kConventions = 20;
  static constexpr size_t kConventionEntries = 50;

  explicit EventWorld(const Settings& settings) : settings_(settings), random_(settings.seed) {}

  // The next articles, with at least `events` events together.
  std::vector<v1::LogRecord> Next(size_t events);
  // How many events came so far.
  size_t events() const { return events_; }

  // The parties of an agreement of two.
  std::pair<std::string, std::string> PartiesOf(size_t agreement) const;
  // A word that stands in about one sentence in two hundred, or, for a rarer one, in two thousand.
  std::string OneWord(bool rare);

 private:
  uint64_t Below(uint64_t limit) { return random_() % limit; }
  v1::ExtractedArticle Begin();
  void Finish(v1::ExtractedArticle article, std::vector<v1::LogRecord>& records);
  v1::ExtractedArticle ConventionArticle(size_t convention);
  v1::ExtractedArticle NewsArticle();
  v1::AgreementMention MentionOf(size_t agreement, const std::string& local_id);
  void AddEvent(const v1::AgreementMention& mention, v1::EventType type, const std::string& actor,
                const std::string& date, v1::ExtractedArticle& article);
  std::string Sentence(const v1::AgreementMention& mention, v1::EventType type, const std::string& date);
  std::string Date(int first_year, int years);

  const Settings settings_;
  std::mt19937_64 random_;
  uint64_t articles_ = 0;
  size_t events_ = 0;
};

}  // namespace treatywire::benchmark

#endif  // TREATYWIRE_TESTS_BENCHMARK_EVENT_WORLD_H_
