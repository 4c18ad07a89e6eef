// One version of an article as the record keeps it: what was extracted, read into mentions.
#ifndef TREATYWIRE_QUERY_SERVICE_RESOLUTION_ARTICLE_VERSION_H_
#define TREATYWIRE_QUERY_SERVICE_RESOLUTION_ARTICLE_VERSION_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/base/call_once.h"
#include "absl/strings/string_view.h"
#include "query_service/resolution/day_span.h"
#include "query_service/resolution/name_words.h"
#include "query_service/resolution/source_text.h"
#include "treatywire/v1/event.pb.h"

namespace treatywire::query {

// How the parties that a mention names bound it.
enum class Scope {
  kBilateral,     // just two parties, which tell it apart from other pairs' agreements
  kMultilateral,  // more than two, or open to more: the article names some of them
  kIncomplete,    // one party or none: the article leaves the others out
};

// What resolution compares of a mention. Equal traits are one for it, however many articles have them.
struct MentionTraits {
  std::string known;                 // id of a well-known agreement
  std::vector<std::string> parties;  // ids, sorted, unique
  Scope scope = Scope::kIncomplete;
  treatywire::v1::AgreementKind kind = treatywire::v1::AGREEMENT_KIND_UNSPECIFIED;
  treatywire::v1::Subject subject = treatywire::v1::SUBJECT_UNSPECIFIED;
  std::vector<NameWords> names;  // titles and aliases with words of their own; the title first
  // Slugs that the agreement may have which this one says it is a protocol or an amendment to, the most
  // telling first; and whether it says that it amends it.
  std::vector<std::string> bases;
  bool amends = false;
  std::optional<ClaimedDate> origin;  // when it was signed or from when it dates
  bool origin_names_act = false;      // the date is a signature's
  // When the article was published, of a mention that says so little that it is its article's alone, or the
  // year's last day of one that says no more than parties and subject: nothing that came into being long
  // after can be meant.
  std::optional<Day> published;
  // Of such a mention: it is only talked of, or meant to be signed. Nothing that was there long before is
  // meant.
  bool to_come = false;
  std::string slug;   // the name an agreement of this mention alone has, without "agreements/"
  int slug_rank = 0;  // how telling the slug is; larger is better

  bool is_protocol() const { return kind == treatywire::v1::AGREEMENT_KIND_PROTOCOL; }
  bool has_proper_name() const;
};

struct Mention {
  std::string local_id;
  MentionTraits traits;
  std::vector<int> events;  // indexes of the article's events about it
  // Equal for mentions of equal traits, unless these say too little to tell an agreement by, or one article
  // has several of them: those differ by their rank in it, since an article tells two agreements apart for a
  // reason.
  std::string signature;
};

// What filters ask of an event, ready to compare.
struct EventFacts {
  treatywire::v1::EventType type = treatywire::v1::EVENT_TYPE_UNSPECIFIED;
  treatywire::v1::Modality modality = treatywire::v1::MODALITY_UNSPECIFIED;
  std::optional<DaySpan> days;  // as stated
};
EventFacts FactsOf(const treatywire::v1::AgreementEvent& event);

struct ArticleVersion {
  treatywire::v1::ExtractedArticle extraction;
  uint64_t revision = 0;
  std::string name;                       // "articles/{article_id}"
  std::optional<int64_t> publish_micros;  // since 1970
  std::optional<Day> publish_day;         // UTC
  std::vector<Mention> mentions;          // by first event
  std::vector<int> mention_of_event;      // index into `mentions`
  std::vector<EventFacts> facts;          // of each event

  ArticleVersion() = default;
  ArticleVersion(const ArticleVersion&) = delete;
  ArticleVersion& operator=(const ArticleVersion&) = delete;

  // Read when first asked for: of most articles nobody does. Any thread may call.
  const SourceText& source() const;

  const treatywire::v1::Article& article() const { return extraction.article(); }
  absl::string_view id() const { return extraction.article().article_id(); }

 private:
  mutable absl::once_flag source_once_;
  mutable SourceText source_;
};

// Reads what the log holds at `revision`. A pure function; never fails, whatever the extraction holds.
std::shared_ptr<const ArticleVersion> ReadArticleVersion(treatywire::v1::ExtractedArticle extraction,
                                                         uint64_t revision);

// Earlier published first, unknown times last; then by article id. The order in which answers list and number
// sources, and that settles ties.
bool PublishedBefore(const ArticleVersion& a, const ArticleVersion& b);

}  // namespace treatywire::query

#endif  // TREATYWIRE_QUERY_SERVICE_RESOLUTION_ARTICLE_VERSION_H_
