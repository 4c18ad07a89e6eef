// News-like English of any amount, the same for the same seed on every machine.
//
//   NewsGenerator news(7);
//   const std::string article = news.Article(NewsKind::kAgreements, 5000);
#ifndef TREATYWIRE_TESTS_BENCHMARK_NEWS_GENERATOR_H_
#define TREATYWIRE_TESTS_BENCHMARK_NEWS_GENERATOR_H_

#include <cstddef>
#include <cstdint>
#include <random>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace treatywire::benchmark {

enum class NewsKind {
  // Diplomatic news: of ten sentences about seven say something of an agreement (signed, ratified, denounced,
  // ...).
  kAgreements,
  // Everything else: business, sport, weather, courts, culture, home affairs. Names countries, offices and
  // dates as
  // news does, but no agreement between states.
  kGeneral,
};

class NewsGenerator {
 public:
  explicit NewsGenerator(uint64_t seed) : random_(seed) {}

  // Paragraphs of two to four sentences, blank lines between them, at least `bytes` long and at most a
  // paragraph longer. The first line is a headline.
  std::string Article(NewsKind kind, size_t bytes);

 private:
  using Words = absl::Span<const absl::string_view>;

  uint64_t Below(uint64_t limit) { return random_() % limit; }
  absl::string_view OneOf(Words words) { return words[Below(words.size())]; }
  // Replaces "{country}", "{noun}" and so on in a pattern, of one of `patterns`, by words at random.
  std::string Sentence(Words patterns);
  std::string Fill(absl::string_view slot);

  std::mt19937_64 random_;
};

}  // namespace treatywire::benchmark

#endif  // TREATYWIRE_TESTS_BENCHMARK_NEWS_GENERATOR_H_
