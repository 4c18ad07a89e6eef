#include "query_service/resolution/article_version.h"

#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "query_service/resolution/agreement_naming.h"
#include "query_service/resolution/mention_matching.h"
#include "query_service/resolution/named_base.h"
#include "query_service/resolution/party_directory.h"

namespace treatywire::query {
namespace {

namespace v1 = ::treatywire::v1;

// What the events of one local_id say together.
struct Gathered {
  v1::AgreementMention mention;  // the first one, completed from the others
  std::vector<std::string> titles;
  std::optional<ClaimedDate> signed_date;
  std::optional<ClaimedDate> signature_event;
  std::optional<ClaimedDate> origin_event;
  bool to_come = true;  // by all that is told of it
};

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

void AddTitle(absl::string_view title, std::vector<std::string>& titles) {
  constexpr size_t kMaxTitles = 16;
  if (title.empty() || titles.size() == kMaxTitles) return;
  if (std::find(titles.begin(), titles.end(), title) == titles.end()) titles.emplace_back(title);
}

// The more precise of two; the first where they are equal.
void KeepPreciser(const std::optional<ClaimedDate>& date, std::optional<ClaimedDate>& kept) {
  if (!date || date->stands_in) return;
  if (!kept || date->days.width() < kept->days.width()) kept = date;
}

void Gather(const v1::AgreementEvent& event, std::optional<Day> published, Gathered& gathered) {
  gathered.to_come = gathered.to_come && IsStepAhead(event, published);
  const v1::AgreementMention& mention = event.agreement();
  v1::AgreementMention& merged = gathered.mention;
  for (const v1::PartyRef& party : mention.parties()) *merged.add_parties() = party;
  if (merged.kind() == v1::AGREEMENT_KIND_UNSPECIFIED) merged.set_kind(mention.kind());
  if (merged.subject() == v1::SUBJECT_UNSPECIFIED) merged.set_subject(mention.subject());
  if (merged.known_agreement().empty()) {
    merged.set_known_agreement(mention.known_agreement());
    merged.set_known_base(mention.known_base());
  }
  if (mention.multilateral()) merged.set_multilateral(true);
  AddTitle(mention.title(), gathered.titles);
  if (mention.has_signed_date()) KeepPreciser(ClaimedDateOf(mention.signed_date()), gathered.signed_date);
  if (event.modality() != v1::MODALITY_ASSERTED || !event.has_date()) return;
  if (event.type() == v1::EVENT_TYPE_SIGNED)
    KeepPreciser(ClaimedDateOf(event.date()), gathered.signature_event);
  if (event.type() == v1::EVENT_TYPE_CONCLUDED)
    KeepPreciser(ClaimedDateOf(event.date()), gathered.origin_event);
}

std::vector<std::string> PartyIds(const v1::AgreementMention& mention) {
  std::vector<std::string> ids;
  for (const v1::PartyRef& party : mention.parties()) {
    if (!party.party_id().empty()) ids.push_back(party.party_id());
  }
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  return ids;
}

Scope ScopeOf(const std::vector<std::string>& parties, bool multilateral) {
  std::vector<absl::string_view> seats;
  for (const std::string& party : parties) seats.push_back(SeatOf(party));
  std::sort(seats.begin(), seats.end());
  seats.erase(std::unique(seats.begin(), seats.end()), seats.end());
  if (multilateral || seats.size() > 2) return Scope::kMultilateral;
  return seats.size() == 2 ? Scope::kBilateral : Scope::kIncomplete;
}

void AddBase(std::string slug, std::vector<std::string>& bases) {
  if (std::find(bases.begin(), bases.end(), slug) == bases.end()) bases.push_back(std::move(slug));
}

// What the mention's names and the lexicon say that it belongs to. Reads all but slug and slug_rank.
void ReadBases(const std::string& known_base, MentionTraits& traits) {
  if (!known_base.empty()) AddBase(Slug(known_base), traits.bases);
  const bool pair = traits.scope == Scope::kBilateral;
  for (const NameWords& name : traits.names) {
    traits.amends = traits.amends || NamesAmendment(name.text);
    const std::optional<NamedBase> named = BaseNamedIn(name.text);
    if (!named) continue;
    for (const std::string& title : named->names) {
      AddBase(Slug(title), traits.bases);
      MentionTraits base;
      base.parties = traits.parties;
      base.scope = traits.scope;
      base.subject = traits.subject;
      base.names = {ReadName(title, pair ? traits.parties : std::vector<std::string>())};
      if (!base.names[0].topic.empty()) AddBase(ChooseSlug(base).slug, traits.bases);
    }
  }
}

MentionTraits TraitsOf(const Gathered& gathered) {
  MentionTraits traits;
  traits.known = gathered.mention.known_agreement();
  traits.parties = PartyIds(gathered.mention);
  traits.scope = ScopeOf(traits.parties, gathered.mention.multilateral());
  traits.kind = gathered.mention.kind();
  traits.subject = gathered.mention.subject();
  const bool pair = traits.scope == Scope::kBilateral;
  for (const std::string& title : gathered.titles) {
    NameWords name = ReadName(title, pair ? traits.parties : std::vector<std::string>());
    if (!name.topic.empty()) traits.names.push_back(std::move(name));
  }
  traits.origin = gathered.signature_event;
  traits.origin_names_act = traits.origin.has_value();
  if (!traits.origin) traits.origin = gathered.origin_event;
  if (!traits.origin) traits.origin = gathered.signed_date;
  ReadBases(gathered.mention.known_base(), traits);
  const SlugChoice slug = ChooseSlug(traits);
  traits.slug = slug.slug;
  traits.slug_rank = slug.rank;
  return traits;
}

// All that is compared, in a form that is equal just where the traits are.
std::string SignatureOf(const MentionTraits& traits) {
  std::string signature =
      absl::StrCat(traits.slug, "|", traits.known, "|", absl::StrJoin(traits.parties, ","), "|",
                   static_cast<int>(traits.scope), "|", traits.kind, "|", traits.subject);
  for (const NameWords& name : traits.names) {
    absl::StrAppend(&signature, "|", absl::StrJoin(name.words, " "), "/", absl::StrJoin(name.topic, " "), "/",
                    name.noun, "/", name.proper ? "p" : "", name.distinctive() ? "d" : "");
  }
  if (!traits.bases.empty()) absl::StrAppend(&signature, "|to:", absl::StrJoin(traits.bases, ","));
  if (traits.origin) {
    absl::StrAppend(&signature, "|@", traits.origin->days.first, ":", traits.origin->days.last, ":",
                    traits.origin->edtf, traits.origin_names_act ? "s" : "");
  }
  return signature;
}

void ReadPublishTime(ArticleVersion& version) {
  if (!version.article().has_publish_time()) return;
  const google::protobuf::Timestamp& time = version.article().publish_time();
  version.publish_micros = time.seconds() * 1'000'000 + time.nanos() / 1'000;
  version.publish_day = DayOfSeconds(time.seconds());
}

// The signature of a mention that the article has, with what of it depends on the time of publication.
std::string TimedSignature(const ArticleVersion& version, bool to_come, MentionTraits& traits) {
  std::string signature = SignatureOf(traits);
  // What says so little that it would not match its like ("a treaty of Russia's") is its article's alone.
  if (MatchMentions(traits, traits).strength != MatchStrength::kStrong) {
    absl::StrAppend(&signature, "|of:", version.id());
    traits.published = version.publish_day;
    traits.to_come = to_come;
    return signature;
  }
  // "The defence treaty" of this year's papers may be another than that of papers thirty years old.
  const bool unnamed = traits.known.empty() && traits.names.empty() && !traits.origin;
  if (!unnamed || !version.publish_day) return signature;
  traits.published = LastDayOfYear(*version.publish_day);
  traits.to_come = to_come;
  absl::StrAppend(&signature, "|in:", *traits.published, to_come ? "new" : "");
  return signature;
}

void ReadMentions(ArticleVersion& version) {
  absl::flat_hash_map<absl::string_view, int> index_of;
  std::vector<Gathered> gathered;
  for (int i = 0; i < version.extraction.events_size(); ++i) {
    const v1::AgreementEvent& event = version.extraction.events(i);
    const auto [it, is_new] =
        index_of.try_emplace(event.agreement().local_id(), static_cast<int>(version.mentions.size()));
    if (is_new) {
      version.mentions.emplace_back().local_id = event.agreement().local_id();
      gathered.emplace_back();
    }
    version.mentions[it->second].events.push_back(i);
    version.mention_of_event.push_back(it->second);
    Gather(event, version.publish_day, gathered[it->second]);
  }
  // Aliases after all titles, so that the names' order does not hang on which event carries them.
  for (const v1::AgreementEvent& event : version.extraction.events()) {
    for (const std::string& alias : event.agreement().aliases()) {
      AddTitle(alias, gathered[index_of[event.agreement().local_id()]].titles);
    }
  }
  absl::flat_hash_map<std::string, int> rank;
  for (size_t i = 0; i < version.mentions.size(); ++i) {
    Mention& mention = version.mentions[i];
    mention.traits = TraitsOf(gathered[i]);
    const std::string signature = TimedSignature(version, gathered[i].to_come, mention.traits);
    const int number = rank[signature]++;
    mention.signature = absl::StrCat(signature, "#", number);
  }
}

}  // namespace

EventFacts FactsOf(const v1::AgreementEvent& event) {
  EventFacts facts = {.type = event.type(), .modality = event.modality(), .days = std::nullopt};
  if (!event.has_date()) return facts;
  if (const std::optional<ClaimedDate> date = ClaimedDateOf(event.date())) facts.days = date->days;
  return facts;
}

bool MentionTraits::has_proper_name() const {
  return std::any_of(names.begin(), names.end(), [](const NameWords& name) { return name.proper; });
}

std::shared_ptr<const ArticleVersion> ReadArticleVersion(v1::ExtractedArticle extraction, uint64_t revision) {
  auto version = std::make_shared<ArticleVersion>();
  version->extraction = std::move(extraction);
  version->revision = revision;
  version->name = absl::StrCat("articles/", version->id());
  ReadPublishTime(*version);
  ReadMentions(*version);
  version->facts.reserve(static_cast<size_t>(version->extraction.events_size()));
  for (const v1::AgreementEvent& event : version->extraction.events())
    version->facts.push_back(FactsOf(event));
  return version;
}

const SourceText& ArticleVersion::source() const {
  absl::call_once(source_once_, [this] { source_ = ReadSourceText(extraction); });
  return source_;
}

bool PublishedBefore(const ArticleVersion& a, const ArticleVersion& b) {
  if (a.publish_micros != b.publish_micros) {
    if (!a.publish_micros || !b.publish_micros) return a.publish_micros.has_value();
    return *a.publish_micros < *b.publish_micros;
  }
  return a.id() < b.id();
}

}  // namespace treatywire::query
