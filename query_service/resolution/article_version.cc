#include "query_service/resolution/article_version.h"

#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

namespace treatywire::query {
namespace {

namespace v1 = ::treatywire::v1;

constexpr absl::string_view kNamePrefix = "articles/";

void ReadPublishTime(const v1::Article& article, ArticleVersion& version) {
  if (!article.has_publish_time()) return;
  const google::protobuf::Timestamp& time = article.publish_time();
  version.publish_micros = time.seconds() * 1'000'000 + time.nanos() / 1'000;
  version.publish_day = DayOfSeconds(time.seconds());
}

// What sets a mention's reading apart from one that others share.
struct Distinction {
  bool is_alone = false;  // it is its article's alone
  bool to_come = false;
  int number = 0;  // how many mentions of the article have its traits before it
};

std::shared_ptr<const MentionReading> Distinguished(const MentionReading& reading,
                                                    const ArticleVersion& version,
                                                    const Distinction& distinction) {
  auto own = std::make_shared<MentionReading>(reading);
  std::string signature(absl::StripSuffix(reading.traits.signature.view(), "#0"));
  if (distinction.is_alone) {
    own->traits.published = version.publish_day;
    own->traits.to_come = distinction.to_come;
    absl::StrAppend(&signature, "|of:", version.id());
  }
  absl::StrAppend(&signature, "#", distinction.number);
  own->traits.signature = SharedText(signature);
  return own;
}

// What `made` points to, or what another thread has put there before.
template <typename T>
const T& KeepFirst(std::unique_ptr<const T> made, std::atomic<const T*>& place) {
  const T* present = nullptr;
  if (place.compare_exchange_strong(present, made.get(), std::memory_order_acq_rel)) return *made.release();
  return *present;
}

}  // namespace

MessagePacker& ExtractionPacker() {
  static auto* const packer = new MessagePacker();
  return *packer;
}

EventFacts FactsOf(const v1::AgreementEvent& event) {
  std::optional<DaySpan> days;
  if (event.has_date()) {
    if (const std::optional<ClaimedDate> date = ClaimedDateOf(event.date())) days = date->days;
  }
  return {event.type(), event.modality(), days};
}

ArticleVersion::ArticleVersion(v1::ExtractedArticle extraction)
    : unpacked_(new v1::ExtractedArticle(std::move(extraction))) {}

ArticleVersion::~ArticleVersion() {
  delete unpacked_.load();
  delete source_.load();
}

// Bytes that come of a file may be any: the events are as many as are asked for all the same.
std::unique_ptr<const v1::ExtractedArticle> ArticleVersion::Unpacked() const {
  auto extraction = std::make_unique<v1::ExtractedArticle>();
  if (!extraction->ParseFromString(ExtractionPacker().Unpack(packed()))) extraction->Clear();
  auto& events = *extraction->mutable_events();
  const auto count = static_cast<int>(facts.size());
  if (events.size() > count) events.DeleteSubrange(count, events.size() - count);
  while (events.size() < count) events.Add();
  return extraction;
}

const v1::ExtractedArticle& ArticleVersion::extraction() const {
  if (const auto* present = unpacked_.load(std::memory_order_acquire)) return *present;
  return KeepFirst(Unpacked(), unpacked_);
}

std::shared_ptr<const v1::ExtractedArticle> ArticleVersion::Unpack() const {
  if (const auto* present = unpacked_.load(std::memory_order_acquire)) {
    return {std::shared_ptr<const void>(), present};  // owned by this
  }
  return Unpacked();
}

void ArticleVersion::LetGo() { delete unpacked_.exchange(nullptr); }

const SourceText& ArticleVersion::source() const {
  if (const auto* present = source_.load(std::memory_order_acquire)) return *present;
  return KeepFirst(std::make_unique<const SourceText>(ReadSourceText(*Unpack())), source_);
}

void ArticleVersion::Keep(const Parts& parts, TextBlocks& blocks) {
  const std::string name = absl::StrCat(kNamePrefix, parts.id);
  std::vector<absl::string_view> texts = {name, parts.publisher, parts.packed};  // by TextIndex
  texts.insert(texts.end(), parts.local_ids.begin(), parts.local_ids.end());
  texts_ = blocks.Add(texts);
}

std::vector<Mention> ArticleVersion::MakeMentions(absl::Span<const std::vector<int>> events) {
  std::vector<int> all_events;
  for (const std::vector<int>& of_mention : events) {
    all_events.insert(all_events.end(), of_mention.begin(), of_mention.end());
  }
  mention_events_ = SharedList<int>(all_events);
  std::vector<Mention> made(events.size());
  size_t begin = 0;
  for (size_t i = 0; i < made.size(); ++i) {
    made[i].local_id = Text(kFirstLocalId + i);
    made[i].events = mention_events_.span().subspan(begin, events[i].size());
    begin += events[i].size();
  }
  return made;
}

absl::string_view ArticleVersion::id() const { return absl::StripPrefix(name(), kNamePrefix); }

std::shared_ptr<ArticleVersion> ArticleReader::Read(v1::ExtractedArticle extraction, uint64_t revision) {
  auto version = std::make_shared<ArticleVersion>(std::move(extraction));
  const v1::ExtractedArticle& read = version->extraction();
  version->revision = revision;
  ReadPublishTime(read.article(), *version);
  ReadMentions(read, *version);
  std::vector<EventFacts> facts;
  facts.reserve(static_cast<size_t>(read.events_size()));
  for (const v1::AgreementEvent& event : read.events()) facts.push_back(FactsOf(event));
  version->facts = SharedList<EventFacts>(facts);
  return version;
}

std::vector<Mention> ArticleReader::GatherMentions(const v1::ExtractedArticle& extraction,
                                                   ArticleVersion& version,
                                                   std::vector<GatheredMention>& gathered) {
  absl::flat_hash_map<absl::string_view, int> index_of;
  std::vector<absl::string_view> local_ids;
  std::vector<std::vector<int>> events;
  std::vector<int> mention_of_event;
  mention_of_event.reserve(static_cast<size_t>(extraction.events_size()));
  for (int i = 0; i < extraction.events_size(); ++i) {
    const v1::AgreementEvent& event = extraction.events(i);
    const absl::string_view local_id = event.agreement().local_id();
    const auto [it, is_new] = index_of.try_emplace(local_id, static_cast<int>(gathered.size()));
    if (is_new) {
      gathered.emplace_back();
      local_ids.push_back(local_id);
      events.emplace_back();
    }
    const auto mention = static_cast<size_t>(it->second);
    events[mention].push_back(i);
    mention_of_event.push_back(it->second);
    Gather(event, version.publish_day, gathered[mention]);
  }
  for (int i = 0; i < extraction.events_size(); ++i) {
    GatherAliases(extraction.events(i),
                  gathered[static_cast<size_t>(mention_of_event[static_cast<size_t>(i)])]);
  }
  version.mention_of_event = SharedList<int>(mention_of_event);
  version.Keep({.id = extraction.article().article_id(),
                .publisher = extraction.article().publisher(),
                .packed = ExtractionPacker().Pack(extraction.SerializeAsString()),
                .local_ids = local_ids},
               texts_);
  return version.MakeMentions(events);
}

void ArticleReader::ReadMentions(const v1::ExtractedArticle& extraction, ArticleVersion& version) {
  std::vector<GatheredMention> gathered;
  std::vector<Mention> mentions = GatherMentions(extraction, version, gathered);
  absl::flat_hash_map<absl::string_view, int> rank;  // by signature, which the reader keeps
  for (size_t i = 0; i < mentions.size(); ++i) {
    std::shared_ptr<const MentionReading> reading = mentions_.Read(gathered[i], version.publish_day);
    const int number = mentions.size() == 1 ? 0 : rank[reading->traits.signature.view()]++;
    if (!reading->is_enough || number > 0) {
      reading =
          Distinguished(*reading, version,
                        {.is_alone = !reading->is_enough, .to_come = gathered[i].to_come, .number = number});
    }
    mentions[i].reading = std::move(reading);
  }
  version.mentions = SharedList<Mention>(mentions);
}

std::shared_ptr<const ArticleVersion> ReadArticleVersion(v1::ExtractedArticle extraction, uint64_t revision) {
  return ArticleReader().Read(std::move(extraction), revision);
}

bool PublishedBefore(const ArticleVersion& a, const ArticleVersion& b) {
  if (a.publish_micros != b.publish_micros) {
    if (!a.publish_micros || !b.publish_micros) return a.publish_micros.has_value();
    return *a.publish_micros < *b.publish_micros;
  }
  return a.id() < b.id();
}

}  // namespace treatywire::query
