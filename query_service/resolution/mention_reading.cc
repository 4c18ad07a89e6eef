#include "query_service/resolution/mention_reading.h"

#include <algorithm>
#include <utility>

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

MentionTraits WithoutDates(MentionTraits traits) {
  traits.origin.reset();
  traits.origin_names_act = false;
  traits.published.reset();
  traits.to_come = false;
  return traits;
}

void ReadOrigin(const GatheredMention& gathered, MentionTraits& traits) {
  traits.origin = gathered.signature_event;
  traits.origin_names_act = traits.origin.has_value();
  if (!traits.origin) traits.origin = gathered.origin_event;
  if (!traits.origin) traits.origin = gathered.signed_date;
}

// All that is compared, in a form that is equal just where the traits are.
std::string SignatureOf(const MentionTraits& traits) {
  std::string signature =
      absl::StrCat(traits.slug(), "|", traits.known.view(), "|", absl::StrJoin(traits.parties, ","), "|",
                   static_cast<int>(traits.scope), "|", traits.kind, "|", traits.subject);
  for (const NameWords& name : traits.names) {
    absl::StrAppend(&signature, "|", name.words().joined(), "/", name.topic().joined(), "/", name.noun(), "/",
                    name.proper() ? "p" : "", name.distinctive() ? "d" : "");
  }
  if (!traits.bases.empty()) absl::StrAppend(&signature, "|to:", absl::StrJoin(traits.bases, ","));
  if (traits.origin) {
    absl::StrAppend(&signature, "|@", traits.origin->days.first, ":", traits.origin->days.last, ":",
                    traits.origin->edtf, traits.origin_names_act ? "s" : "");
  }
  return signature;
}

void AppendPart(absl::string_view part, std::string& key) { absl::StrAppend(&key, part.size(), ":", part); }

void AppendDate(const std::optional<ClaimedDate>& date, std::string& key) {
  if (!date) {
    key.push_back('-');
    return;
  }
  absl::StrAppend(&key, date->days.first, ",", date->days.last, ",", date->possible.first, ",",
                  date->possible.last, ",");
  AppendPart(date->edtf, key);
}

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

std::string TextOf(const GatheredMention& gathered) {
  std::string key = UndatedTextOf(gathered);
  AppendDate(gathered.signed_date, key);
  AppendDate(gathered.signature_event, key);
  AppendDate(gathered.origin_event, key);
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

MentionReader::Memory::Reading MentionReader::Memory::Find(const Digest& key) {
  if (const auto it = young_.find(key); it != young_.end()) return it->second;
  const auto it = old_.find(key);
  if (it == old_.end()) return nullptr;
  Reading reading = std::move(it->second);
  old_.erase(it);
  Keep(key, reading);
  return reading;
}

void MentionReader::Memory::Keep(const Digest& key, Reading reading) {
  if (young_.size() == kMaxKept) {
    old_ = std::move(young_);
    young_.clear();
  }
  young_.insert_or_assign(key, std::move(reading));
}

std::shared_ptr<const MentionReading> MentionReader::Read(const GatheredMention& gathered,
                                                          std::optional<Day> published) {
  std::string text = TextOf(gathered);
  const Digest key = digest_.Of(text);
  std::shared_ptr<const MentionReading> reading = readings_.Find(key);
  if (reading == nullptr) {
    reading = ReadAnew(gathered, std::nullopt);
    readings_.Keep(key, reading);
  }
  if (!reading->is_enough || !reading->is_unnamed || !published) return reading;
  // "The defence treaty" of this year's papers may be another than that of papers thirty years old.
  const Day year = LastDayOfYear(*published);
  absl::StrAppend(&text, "in", year, gathered.to_come ? "new" : "");
  const Digest key_of_year = digest_.Of(text);
  std::shared_ptr<const MentionReading> of_year = readings_.Find(key_of_year);
  if (of_year == nullptr) {
    of_year = ReadAnew(gathered, year);
    readings_.Keep(key_of_year, of_year);
  }
  return of_year;
}

std::shared_ptr<const MentionReading> MentionReader::ReadAnew(const GatheredMention& gathered,
                                                              std::optional<Day> year) {
  const Digest undated_key = digest_.Of(UndatedTextOf(gathered));
  const std::shared_ptr<const MentionReading> undated = undated_.Find(undated_key);
  auto reading = std::make_shared<MentionReading>();
  MentionTraits& traits = reading->traits;
  traits = undated != nullptr ? WithoutDates(undated->traits) : UndatedTraitsOf(gathered);
  ReadOrigin(gathered, traits);
  std::string signature = SignatureOf(traits);
  // What says so little that it would not match its like ("a treaty of Russia's") is its article's alone.
  reading->is_enough = MatchMentions(traits, traits).strength == MatchStrength::kStrong;
  reading->is_unnamed = traits.known.empty() && traits.names.empty() && !traits.origin;
  if (year) {
    traits.published = year;
    traits.to_come = gathered.to_come;
    absl::StrAppend(&signature, "|in:", *year, gathered.to_come ? "new" : "");
  }
  signature += "#0";
  traits.signature = SharedText(signature);
  if (undated == nullptr) undated_.Keep(undated_key, reading);
  return reading;
}

}  // namespace treatywire::query
