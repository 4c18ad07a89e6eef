#include "query_service/resolution/mention_reading.h"

#include <algorithm>
#include <utility>

#include "absl/hash/hash.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "query_service/resolution/agreement_naming.h"
#include "query_service/resolution/mention_matching.h"
#include "query_service/resolution/named_base.h"
#include "query_service/resolution/party_directory.h"

namespace treatywire::query {
namespace {

namespace v1 = ::treatywire::v1;

// Whether the event is a step towards an agreement that is not there yet when it is published.
bool IsStepAhead(const v1::AgreementEvent& event, std::optional<Day> published) {
  const bool ahead = event.modality() == v1::MODALITY_PLANNED || event.modality() == v1::MODALITY_POSSIBLE;
  switch (event.type()) {
    case v1::EVENT_TYPE_INITIALLED:
    case v1::EVENT_TYPE_ADOPTED:
    case v1::EVENT_TYPE_SIGNED:
      return ahead;
    case v1::EVENT_TYPE_PROPOSED:
    case v1::EVENT_TYPE_NEGOTIATED: {
      if (ahead || !event.has_date()) return true;
      constexpr Day kRecent = 366;
      const std::optional<ClaimedDate> date = ClaimedDateOf(event.date());
      return !date || (published && date->days.last >= *published - kRecent);
    }
    default:
      return false;
  }
}

void AddTitle(absl::string_view title, std::vector<absl::string_view>& titles) {
  constexpr size_t kMaxTitles = 16;
  if (title.empty() || titles.size() == kMaxTitles) return;
  if (std::find(titles.begin(), titles.end(), title) == titles.end()) titles.push_back(title);
}

// Whether the id may be one that is not there yet: among many, nobody looks for it.
bool IsNews(absl::string_view id, const std::vector<absl::string_view>& ids) {
  constexpr size_t kFew = 16;
  return !id.empty() && (ids.size() > kFew || std::find(ids.begin(), ids.end(), id) == ids.end());
}

// The more precise of two; the first where they are equal.
void KeepPreciser(std::optional<ClaimedDate> date, std::optional<ClaimedDate>& kept) {
  if (!date || date->stands_in) return;
  if (!kept || date->days.width() < kept->days.width()) kept = std::move(date);
}

std::vector<std::string> PartyIds(const GatheredMention& gathered) {
  std::vector<std::string> ids(gathered.parties.begin(), gathered.parties.end());
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  return ids;
}

Scope ScopeOf(const SharedTexts& parties, bool multilateral) {
  std::vector<absl::string_view> seats;
  for (const absl::string_view party : parties) seats.push_back(SeatOf(party));
  std::sort(seats.begin(), seats.end());
  seats.erase(std::unique(seats.begin(), seats.end()), seats.end());
  if (multilateral || seats.size() > 2) return Scope::kMultilateral;
  return seats.size() == 2 ? Scope::kBilateral : Scope::kIncomplete;
}

void AddBase(std::string slug, std::vector<std::string>& bases) {
  if (std::find(bases.begin(), bases.end(), slug) == bases.end()) bases.push_back(std::move(slug));
}

// What the mention's names and the lexicon say that it belongs to. `named_parties`: those that its names do
// not count as topic. Reads all but slug and slug_rank.
void ReadBases(absl::string_view known_base, absl::Span<const std::string> named_parties,
               MentionTraits& traits) {
  std::vector<std::string> bases;
  if (!known_base.empty()) AddBase(Slug(known_base), bases);
  for (const NameWords& name : traits.names) {
    traits.amends = traits.amends || NamesAmendment(name.text());
    const std::optional<NamedBase> named = BaseNamedIn(name.text());
    if (!named) continue;
    for (const std::string& title : named->names) {
      AddBase(Slug(title), bases);
      MentionTraits base;
      base.parties = traits.parties;
      base.scope = traits.scope;
      base.subject = traits.subject;
      base.names = SharedList<NameWords>({ReadName(title, named_parties)});
      if (!base.names[0].topic().empty()) AddBase(ChooseSlug(base).slug, bases);
    }
  }
  traits.bases = SharedTexts(bases);
}

// All but when it was signed or from when it dates.
MentionTraits UndatedTraitsOf(const GatheredMention& gathered) {
  MentionTraits traits;
  traits.known = SharedText(gathered.known);
  std::vector<std::string> named_parties = PartyIds(gathered);
  traits.parties = SharedTexts(named_parties);
  traits.scope = ScopeOf(traits.parties, gathered.multilateral);
  traits.kind = gathered.kind;
  traits.subject = gathered.subject;
  if (traits.scope != Scope::kBilateral) named_parties.clear();
  std::vector<NameWords> names;
  for (const absl::string_view title : gathered.titles) {
    NameWords name = ReadName(title, named_parties);
    if (!name.topic().empty()) names.push_back(std::move(name));
  }
  traits.names = SharedList<NameWords>(names);
  ReadBases(gathered.known_base, named_parties, traits);
  const SlugChoice slug = ChooseSlug(traits);
  traits.signature = SharedText(slug.slug);  // the rest follows
  traits.slug_bytes = static_cast<uint32_t>(slug.slug.size());
  traits.slug_rank = static_cast<int8_t>(slug.rank);
  return traits;
}

// What a mention says beside what others may say who date their agreements otherwise.
struct Dating {
  std::optional<ClaimedDate> origin;
  bool origin_names_act = false;
  std::optional<Day> year;  // the last day of that of publication, where it counts
  bool to_come = false;     // where the year counts
};

Dating DatingOf(const GatheredMention& gathered) {
  Dating dating;
  dating.origin = gathered.signature_event;
  dating.origin_names_act = dating.origin.has_value();
  if (!dating.origin) dating.origin = gathered.origin_event;
  if (!dating.origin) dating.origin = gathered.signed_date;
  return dating;
}

// `traits` as a mention of that dating has them, whatever theirs.
MentionTraits Dated(MentionTraits traits, const Dating& dating) {
  traits.origin = dating.origin;
  traits.origin_names_act = dating.origin_names_act;
  traits.published = dating.year;
  traits.to_come = dating.to_come;
  return traits;
}

// All that is compared, in a form that is equal just where the traits are. Of `traits`, dates do not count.
std::string SignatureOf(const MentionTraits& traits, const Dating& dating) {
  std::string signature =
      absl::StrCat(traits.slug(), "|", traits.known.view(), "|", absl::StrJoin(traits.parties, ","), "|",
                   static_cast<int>(traits.scope), "|", traits.kind, "|", traits.subject);
  for (const NameWords& name : traits.names) {
    absl::StrAppend(&signature, "|", name.words().joined(), "/", name.topic().joined(), "/", name.noun(), "/",
                    name.proper() ? "p" : "", name.distinctive() ? "d" : "");
  }
  if (!traits.bases.empty()) absl::StrAppend(&signature, "|to:", absl::StrJoin(traits.bases, ","));
  if (dating.origin) {
    absl::StrAppend(&signature, "|@", dating.origin->days.first, ":", dating.origin->days.last, ":",
                    dating.origin->edtf, dating.origin_names_act ? "s" : "");
  }
  if (dating.year) absl::StrAppend(&signature, "|in:", *dating.year, dating.to_come ? "new" : "");
  return signature + "#0";
}

// Whether `a` is `undated` of that dating. The signatures are the same: of most that differ, these do.
bool IsSame(const MentionTraits& a, const MentionTraits& undated, const Dating& dating) {
  return a.known == undated.known && a.parties == undated.parties && a.kind == undated.kind &&
         a.subject == undated.subject && a.names == undated.names && a.bases == undated.bases &&
         a.slug_bytes == undated.slug_bytes && a.scope == undated.scope && a.slug_rank == undated.slug_rank &&
         a.amends == undated.amends && a.origin == dating.origin &&
         a.origin_names_act == dating.origin_names_act && a.published == dating.year &&
         a.to_come == dating.to_come;
}

// What says so little that it would not match its like ("a treaty of Russia's") is its article's alone.
bool IsEnough(const MentionTraits& traits) {
  return MatchMentions(traits, traits).strength == MatchStrength::kStrong;
}

void AppendPart(absl::string_view part, std::string& key) { absl::StrAppend(&key, part.size(), ":", part); }

// Different for gathered mentions of which anything but dates differs.
std::string UndatedTextOf(const GatheredMention& gathered) {
  std::string key = absl::StrCat(static_cast<int>(gathered.kind), ",", static_cast<int>(gathered.subject),
                                 gathered.multilateral ? "m" : "", ",", gathered.parties.size(), ",",
                                 gathered.titles.size(), ",");
  AppendPart(gathered.known, key);
  AppendPart(gathered.known_base, key);
  for (const absl::string_view party : gathered.parties) AppendPart(party, key);
  for (const absl::string_view title : gathered.titles) AppendPart(title, key);
  return key;
}

}  // namespace

bool MentionTraits::has_proper_name() const {
  return std::any_of(names.begin(), names.end(), [](const NameWords& name) { return name.proper(); });
}

void Gather(const v1::AgreementEvent& event, std::optional<Day> published, GatheredMention& gathered) {
  gathered.to_come = gathered.to_come && IsStepAhead(event, published);
  const v1::AgreementMention& mention = event.agreement();
  for (const v1::PartyRef& party : mention.parties()) {
    if (IsNews(party.party_id(), gathered.parties)) gathered.parties.push_back(party.party_id());
  }
  if (gathered.kind == v1::AGREEMENT_KIND_UNSPECIFIED) gathered.kind = mention.kind();
  if (gathered.subject == v1::SUBJECT_UNSPECIFIED) gathered.subject = mention.subject();
  if (gathered.known.empty()) {
    gathered.known = mention.known_agreement();
    gathered.known_base = mention.known_base();
  }
  gathered.multilateral = gathered.multilateral || mention.multilateral();
  AddTitle(mention.title(), gathered.titles);
  if (mention.has_signed_date()) KeepPreciser(ClaimedDateOf(mention.signed_date()), gathered.signed_date);
  if (event.modality() != v1::MODALITY_ASSERTED || !event.has_date()) return;
  if (event.type() == v1::EVENT_TYPE_SIGNED)
    KeepPreciser(ClaimedDateOf(event.date()), gathered.signature_event);
  if (event.type() == v1::EVENT_TYPE_CONCLUDED)
    KeepPreciser(ClaimedDateOf(event.date()), gathered.origin_event);
}

void GatherAliases(const v1::AgreementEvent& event, GatheredMention& gathered) {
  for (const std::string& alias : event.agreement().aliases()) AddTitle(alias, gathered.titles);
}

struct MentionReader::Wanted {
  absl::string_view signature;
  const MentionTraits& undated;
  const Dating& dating;
};

size_t MentionReader::BySignature::operator()(const Reading& reading) const {
  return absl::HashOf(reading->traits.signature.view());
}
size_t MentionReader::BySignature::operator()(const Wanted& wanted) const {
  return absl::HashOf(wanted.signature);
}
bool MentionReader::IsWanted::operator()(const Reading& a, const Reading& b) const { return a == b; }
bool MentionReader::IsWanted::operator()(const Reading& reading, const Wanted& wanted) const {
  return reading->traits.signature.view() == wanted.signature &&
         IsSame(reading->traits, wanted.undated, wanted.dating);
}

MentionReader::Reading MentionReader::Read(const GatheredMention& gathered, std::optional<Day> published) {
  // By all but the dates, in which an agreement's mentions differ most.
  const MentionReading*& known = undated_[digest_.Of(UndatedTextOf(gathered))];
  MentionTraits anew;
  if (known == nullptr) anew = UndatedTraitsOf(gathered);
  const MentionTraits& undated = known != nullptr ? known->traits : anew;
  Dating dating = DatingOf(gathered);
  const bool is_unnamed = undated.known.empty() && undated.names.empty() && !dating.origin;
  // "The defence treaty" of this year's papers may be another than that of papers thirty years old.
  if (is_unnamed && published && IsEnough(Dated(undated, dating))) {
    dating.year = LastDayOfYear(*published);
    dating.to_come = gathered.to_come;
  }
  const std::string signature = SignatureOf(undated, dating);
  if (const auto it = readings_.find(Wanted{signature, undated, dating}); it != readings_.end()) return *it;
  auto reading = std::make_shared<MentionReading>();
  reading->traits = Dated(undated, dating);
  reading->is_enough = dating.year || IsEnough(reading->traits);
  reading->traits.signature = SharedText(signature);
  if (known == nullptr) known = reading.get();
  return *readings_.insert(std::move(reading)).first;
}

}  // namespace treatywire::query
