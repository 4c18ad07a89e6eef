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
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "query_service/resolution/day_span.h"
#include "query_service/resolution/name_words.h"
#include "treatywire/v1/event.pb.h"

namespace treatywire::query {

// How the parties that a mention names bound it.
enum class Scope {
  kBilateral,     // just two parties, which tell it apart from other pairs' agreements
  kMultilateral,  // more than two, or open to more: the article names some of them
  kIncomplete,    // one party or none: the article leaves the others out
};

// Names that never change: copies share them.
class SharedNames {
 public:
  SharedNames() = default;
  explicit SharedNames(std::vector<NameWords> names)
      : names_(names.empty() ? nullptr : std::make_shared<const std::vector<NameWords>>(std::move(names))) {}

  const NameWords* begin() const { return names_ == nullptr ? nullptr : names_->data(); }
  const NameWords* end() const { return begin() + size(); }
  size_t size() const { return names_ == nullptr ? 0 : names_->size(); }
  bool empty() const { return names_ == nullptr; }
  const NameWords& front() const { return *begin(); }
  const NameWords& operator[](size_t index) const { return begin()[index]; }

 private:
  std::shared_ptr<const std::vector<NameWords>> names_;  // nullptr: none
};

// What resolution compares of a mention. Equal traits are one for it, however many articles have them.
struct MentionTraits {
  std::string known;                 // id of a well-known agreement
  std::vector<std::string> parties;  // ids, sorted, unique
  Scope scope = Scope::kIncomplete;
  treatywire::v1::AgreementKind kind = treatywire::v1::AGREEMENT_KIND_UNSPECIFIED;
  treatywire::v1::Subject subject = treatywire::v1::SUBJECT_UNSPECIFIED;
  SharedNames names;  // titles and aliases with words of their own; the title first
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

struct MentionReading {
  MentionTraits traits;
  // Equal for mentions of equal traits, unless these say too little to tell an agreement by, or one article
  // has several of them: those differ by their rank in it, since an article tells two agreements apart for a
  // reason.
  std::string signature;
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

// Remembers the readings of the latest mentions. Used by one thread at a time; what it returns is a function
// of the arguments alone.
class MentionReader {
 public:
  // The reading of a mention of an article of the day `published`, whose signature no other of its article
  // has yet. `is_enough` tells whether the mention says enough to tell its agreement by; what does not is its
  // article's alone.
  std::shared_ptr<const MentionReading> Read(const GatheredMention& gathered, std::optional<Day> published,
                                             bool* is_enough);

 private:
  struct Known {
    std::shared_ptr<const MentionReading> reading;
    bool is_enough = false;
    bool is_unnamed = false;  // nothing but parties and subject, so that the year of publication counts
  };
  // Of the latest that were asked for. Two generations: what nobody asked for in a whole one is forgotten.
  template <typename T>
  class Memory {
   public:
    // nullptr where it is not known. Valid until the next call, as what Keep returns.
    const T* Find(const std::string& key);
    const T& Keep(std::string key, T value);

   private:
    static constexpr size_t kMaxKept = 1 << 15;
    absl::flat_hash_map<std::string, T> young_;
    absl::flat_hash_map<std::string, T> old_;
  };

  // All that is read but when it was signed or from when it dates.
  const MentionTraits& Undated(const GatheredMention& gathered);
  // `year`: the last day of that of publication, where it counts.
  Known ReadAnew(const GatheredMention& gathered, std::optional<Day> year);

  Memory<Known> readings_;         // by all that is read
  Memory<MentionTraits> undated_;  // by all but the dates, in which an agreement's mentions differ most
};

}  // namespace treatywire::query

#endif  // TREATYWIRE_QUERY_SERVICE_RESOLUTION_MENTION_READING_H_
