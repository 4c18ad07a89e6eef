// What a mention says of its agreement, read once for all mentions that say the same.
//
// News says little that is new: most mentions repeat a title, parties and a date that were read before.
//
//   MentionReader reader;
//   GatheredMention gathered;
//   Gather(event, gathered);                                       // of each event of the mention
//   std::shared_ptr<const MentionReading> reading = reader.Read(gathered);
#ifndef TREATYWIRE_QUERY_SERVICE_RESOLUTION_MENTION_READING_H_
#define TREATYWIRE_QUERY_SERVICE_RESOLUTION_MENTION_READING_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/string_view.h"
#include "query_service/resolution/day_span.h"
#include "query_service/resolution/keyed_digest.h"
#include "query_service/resolution/name_words.h"
#include "query_service/resolution/shared_list.h"
#include "query_service/resolution/shared_text.h"
#include "treatywire/v1/event.pb.h"

namespace treatywire::query {

// How the parties that a mention names bound it.
enum class Scope : uint8_t {
  kBilateral,     // just two parties, which tell it apart from other pairs' agreements
  kMultilateral,  // more than two, or open to more: the article names some of them
  kIncomplete,    // one party or none: the article leaves the others out
};

// What resolution compares of a mention. Equal traits are one for it, however many articles have them.
// Ordered so that no room is left between them: the record keeps hundreds of thousands.
struct MentionTraits {
  SharedText known;     // id of a well-known agreement
  SharedTexts parties;  // ids, sorted, unique
  treatywire::v1::AgreementKind kind = treatywire::v1::AGREEMENT_KIND_UNSPECIFIED;
  treatywire::v1::Subject subject = treatywire::v1::SUBJECT_UNSPECIFIED;
  SharedList<NameWords> names;  // titles and aliases with words of their own; the title first
  // Slugs that the agreement may have which this one says it is a protocol or an amendment to, the most
  // telling first.
  SharedTexts bases;
  // Begins with the slug. Equal for mentions of equal traits, unless these say too little to tell an
  // agreement by, or one article has several of them: those differ by their rank in it, since an article
  // tells two agreements apart for a reason.
  SharedText signature;
  uint32_t slug_bytes = 0;
  Scope scope = Scope::kIncomplete;
  int8_t slug_rank = 0;           // how telling the slug is; larger is better
  bool amends = false;            // it says that it amends another
  bool origin_names_act = false;  // the date is a signature's
  // Of a mention that has `published`: it is only talked of, or meant to be signed. Nothing that was there
  // long before is meant.
  bool to_come = false;
  // When the article was published, of a mention that says so little that it is its article's alone, or the
  // year's last day of one that says no more than parties and subject: nothing that came into being long
  // after can be meant.
  std::optional<Day> published;
  std::optional<ClaimedDate> origin;  // when it was signed or from when it dates

  bool is_protocol() const { return kind == treatywire::v1::AGREEMENT_KIND_PROTOCOL; }
  bool has_proper_name() const;
  // The name an agreement of this mention alone has, without "agreements/".
  absl::string_view slug() const { return signature.view().substr(0, slug_bytes); }
};

struct MentionReading {
  MentionTraits traits;
  bool is_enough = false;  // it says enough to tell its agreement by
};

// What the events of an article that are about one agreement say of it together. Refers to the events, which
// must outlive it.
struct GatheredMention {
  std::vector<absl::string_view> parties;  // ids
  treatywire::v1::AgreementKind kind = treatywire::v1::AGREEMENT_KIND_UNSPECIFIED;
  treatywire::v1::Subject subject = treatywire::v1::SUBJECT_UNSPECIFIED;
  bool multilateral = false;
  absl::string_view known;
  absl::string_view known_base;
  std::vector<absl::string_view> titles;  // then aliases
  std::optional<ClaimedDate> signed_date;
  std::optional<ClaimedDate> signature_event;
  std::optional<ClaimedDate> origin_event;
  bool to_come = true;  // by all that is told of it
};

// Adds all that the event, of an article of the day `published`, says of its agreement but aliases, which go
// in after all titles, so that the names' order does not hang on which event carries them.
void Gather(const treatywire::v1::AgreementEvent& event, std::optional<Day> published,
            GatheredMention& gathered);
void GatherAliases(const treatywire::v1::AgreementEvent& event, GatheredMention& gathered);

// Remembers all readings that it made, each once: the record holds them anyway, for its history forgets no
// article. Used by one thread at a time; what it returns is a function of the arguments alone.
class MentionReader {
 public:
  using Reading = std::shared_ptr<const MentionReading>;  // never nullptr

  // The reading of a mention of an article of the day `published`, whose signature no other of its article
  // has yet. What does not say enough is its article's alone.
  Reading Read(const GatheredMention& gathered, std::optional<Day> published);

 private:
  struct Wanted;
  struct BySignature {
    using is_transparent = void;
    size_t operator()(const Reading& reading) const;
    size_t operator()(const Wanted& wanted) const;
  };
  struct IsWanted {
    using is_transparent = void;
    bool operator()(const Reading& a, const Reading& b) const;
    bool operator()(const Reading& reading, const Wanted& wanted) const;
  };

  const KeyedDigest digest_;
  absl::flat_hash_set<Reading, BySignature, IsWanted> readings_;
  // Of each that says all but the dates, one; by a digest, for the text is as long as what is read of it.
  absl::flat_hash_map<Digest, const MentionReading*> undated_;
};

}  // namespace treatywire::query

#endif  // TREATYWIRE_QUERY_SERVICE_RESOLUTION_MENTION_READING_H_
