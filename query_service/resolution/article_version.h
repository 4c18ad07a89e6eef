// One version of an article as the record keeps it: what was extracted, read into mentions.
#ifndef TREATYWIRE_QUERY_SERVICE_RESOLUTION_ARTICLE_VERSION_H_
#define TREATYWIRE_QUERY_SERVICE_RESOLUTION_ARTICLE_VERSION_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "query_service/resolution/day_span.h"
#include "query_service/resolution/mention_reading.h"
#include "query_service/resolution/message_packing.h"
#include "query_service/resolution/shared_list.h"
#include "query_service/resolution/source_text.h"
#include "query_service/resolution/text_blocks.h"
#include "treatywire/v1/event.pb.h"

namespace treatywire::query {

// Its lists and texts are the article's, and live as long.
struct Mention {
  absl::string_view local_id;
  absl::Span<const int> events;  // indexes of the article's events about it
  std::shared_ptr<const MentionReading> reading;

  const MentionTraits& traits() const { return reading->traits; }
  absl::string_view signature() const { return reading->traits.signature.view(); }
};

// What filters ask of an event, ready to compare.
class EventFacts {
 public:
  EventFacts(treatywire::v1::EventType type, treatywire::v1::Modality modality, std::optional<DaySpan> days)
      : type_(InOneByte(type)), modality_(InOneByte(modality)), has_days_(days.has_value()) {
    if (days) days_ = *days;
  }

  treatywire::v1::EventType type() const { return static_cast<treatywire::v1::EventType>(type_); }
  treatywire::v1::Modality modality() const { return static_cast<treatywire::v1::Modality>(modality_); }
  // As stated; nullptr where the event has no date.
  const DaySpan* days() const { return has_days_ ? &days_ : nullptr; }

 private:
  // A value of a later version that does not fit is none that a filter could ask for: unspecified.
  static uint8_t InOneByte(int value) {
    return value >= 0 && value <= UINT8_MAX ? static_cast<uint8_t>(value) : uint8_t{0};
  }

  DaySpan days_;
  uint8_t type_;
  uint8_t modality_;
  bool has_days_;
};
EventFacts FactsOf(const treatywire::v1::AgreementEvent& event);

// Any thread may call any method but LetGo.
struct ArticleVersion {
  uint64_t revision = 0;
  std::optional<int64_t> publish_micros;  // since 1970
  std::optional<Day> publish_day;         // UTC
  SharedList<Mention> mentions;           // by first event
  SharedList<int> mention_of_event;       // index into `mentions`
  SharedList<EventFacts> facts;           // of each event

  ArticleVersion() = default;
  explicit ArticleVersion(treatywire::v1::ExtractedArticle extraction);
  ~ArticleVersion();
  ArticleVersion(const ArticleVersion&) = delete;
  ArticleVersion& operator=(const ArticleVersion&) = delete;

  // What the log holds. It is kept as its bytes, for of most articles nobody asks for it; from the first call
  // on it is there for as long as the version. It has an event for each of `facts`, whatever the bytes.
  const treatywire::v1::ExtractedArticle& extraction() const;
  // The same, unpacked for the caller alone where it is not there: for those who go through all articles.
  std::shared_ptr<const treatywire::v1::ExtractedArticle> Unpack() const;
  // Keeps the bytes alone from now on, until somebody asks. To be called by who made the version, before
  // another thread has it; what was returned by extraction() is gone with it.
  void LetGo();

  // Read when first asked for: of most articles nobody does.
  const SourceText& source() const;

  const treatywire::v1::Article& article() const { return extraction().article(); }
  // "articles/{article_id}".
  absl::string_view name() const { return Text(kName); }
  absl::string_view id() const;
  absl::string_view publisher() const { return Text(kPublisher); }  // as the article has it
  // The extraction, packed by ExtractionPacker.
  absl::string_view packed() const { return Text(kPacked); }
  size_t event_count() const { return facts.size(); }

  // What a version keeps of texts.
  struct Parts {
    absl::string_view id;
    absl::string_view publisher;
    absl::string_view packed;
    absl::Span<const absl::string_view> local_ids;  // of each mention
  };
  // To be called once, by who makes the version, before all that needs any of it.
  void Keep(const Parts& parts, TextBlocks& blocks);
  // The mentions, with the events that are about each; for `mentions`, once the caller has set their
  // readings. After Keep.
  std::vector<Mention> MakeMentions(absl::Span<const std::vector<int>> events);

 private:
  enum TextIndex : size_t { kName, kPublisher, kPacked, kFirstLocalId };

  absl::string_view Text(size_t index) const { return texts_.empty() ? absl::string_view() : texts_[index]; }
  std::unique_ptr<const treatywire::v1::ExtractedArticle> Unpacked() const;

  TextBlocks::Texts texts_;         // by TextIndex
  SharedList<int> mention_events_;  // of the first mention, then of the next
  mutable std::atomic<const treatywire::v1::ExtractedArticle*> unpacked_ = nullptr;
  mutable std::atomic<const SourceText*> source_ = nullptr;
};

// Packs the extractions of all articles of the process: what they have in common is kept once.
MessagePacker& ExtractionPacker();

// Reads what the log holds. For one thread; what it returns is a function of the arguments alone, and it
// never fails, whatever the extraction holds.
class ArticleReader {
 public:
  std::shared_ptr<ArticleVersion> Read(treatywire::v1::ExtractedArticle extraction, uint64_t revision);

 private:
  // The mentions without their readings, and in `gathered` what these are read of.
  std::vector<Mention> GatherMentions(const treatywire::v1::ExtractedArticle& extraction,
                                      ArticleVersion& version, std::vector<GatheredMention>& gathered);
  void ReadMentions(const treatywire::v1::ExtractedArticle& extraction, ArticleVersion& version);

  MentionReader mentions_;
  TextBlocks texts_;
};

// The same for one article.
std::shared_ptr<const ArticleVersion> ReadArticleVersion(treatywire::v1::ExtractedArticle extraction,
                                                         uint64_t revision);

// Earlier published first, unknown times last; then by article id. The order in which answers list and number
// sources, and that settles ties.
bool PublishedBefore(const ArticleVersion& a, const ArticleVersion& b);

}  // namespace treatywire::query

#endif  // TREATYWIRE_QUERY_SERVICE_RESOLUTION_ARTICLE_VERSION_H_
