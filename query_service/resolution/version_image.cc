#include "query_service/resolution/version_image.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"

namespace treatywire::query {
namespace {

namespace v1 = ::treatywire::v1;

void WriteTexts(const SharedTexts& texts, ValueWriter& to) {
  to.Number(texts.size());
  for (const absl::string_view text : texts) to.Text(text);
}

SharedTexts ReadTexts(ValueReader& from) {
  std::vector<absl::string_view> texts;
  const size_t count = from.Count();
  for (size_t i = 0; i < count && from.ok(); ++i) texts.push_back(from.Text());
  return SharedTexts(texts);
}

void WriteDay(std::optional<Day> day, ValueWriter& to) {
  to.Flag(day.has_value());
  if (day) to.Signed(*day);
}

Day ReadAnyDay(ValueReader& from) { return from.SignedWithin<Day>(kEarliestDay, kLatestDay); }

std::optional<Day> ReadDay(ValueReader& from) {
  if (!from.Flag()) return std::nullopt;
  return ReadAnyDay(from);
}

void WriteSpan(const DaySpan& days, ValueWriter& to) {
  to.Signed(days.first);
  to.Signed(static_cast<int64_t>(days.last) - days.first);
}

DaySpan ReadSpan(ValueReader& from) {
  const Day first = ReadAnyDay(from);
  const auto width = from.SignedWithin<int64_t>(0, int64_t{kLatestDay} - first);
  return {.first = first, .last = static_cast<Day>(first + width)};
}

void WriteDate(const std::optional<ClaimedDate>& date, ValueWriter& to) {
  to.Flag(date.has_value());
  if (!date) return;
  WriteSpan(date->days, to);
  WriteSpan(date->possible, to);
  to.Text(date->edtf);
  to.Flag(date->stands_in);
}

std::optional<ClaimedDate> ReadDate(ValueReader& from) {
  if (!from.Flag()) return std::nullopt;
  ClaimedDate date;
  date.days = ReadSpan(from);
  date.possible = ReadSpan(from);
  date.edtf = std::string(from.Text());
  date.stands_in = from.Flag();
  return date;
}

void WriteFacts(const EventFacts& facts, ValueWriter& to) {
  to.Signed(facts.type());
  to.Signed(facts.modality());
  to.Flag(facts.days() != nullptr);
  if (facts.days() != nullptr) WriteSpan(*facts.days(), to);
}

EventFacts ReadFacts(ValueReader& from) {
  const auto type = static_cast<v1::EventType>(from.Int());
  const auto modality = static_cast<v1::Modality>(from.Int());
  std::optional<DaySpan> days;
  if (from.Flag()) days = ReadSpan(from);
  return {type, modality, days};
}

void WriteName(const NameWords& name, ValueWriter& to) {
  to.Text(name.text());
  to.Text(name.words().joined());
  to.Text(name.topic().joined());
  to.Text(name.own().joined());
  to.Text(name.slug().joined());
  to.Text(name.noun());
  to.Flag(name.proper());
}

NameWords ReadKeptName(ValueReader& from) {
  NameWords::Joined name;
  name.text = from.Text();
  name.words = from.Text();
  name.topic = from.Text();
  name.own = from.Text();
  name.slug = from.Text();
  name.noun = from.Text();
  name.proper = from.Flag();
  return NameWords(name);
}

// What mentions share that differ but in their dates.
void WriteUndated(const MentionTraits& traits, ValueWriter& to) {
  to.Text(traits.known.view());
  WriteTexts(traits.parties, to);
  to.Number(static_cast<uint64_t>(traits.scope));
  to.Signed(traits.kind);
  to.Signed(traits.subject);
  to.Number(traits.names.size());
  for (const NameWords& name : traits.names) WriteName(name, to);
  WriteTexts(traits.bases, to);
  to.Flag(traits.amends);
  to.Number(traits.slug_bytes);
  to.Signed(traits.slug_rank);
}

MentionTraits ReadUndated(ValueReader& from) {
  MentionTraits traits;
  traits.known = SharedText(from.Text());
  traits.parties = ReadTexts(from);
  traits.scope = static_cast<Scope>(from.NumberUpTo(static_cast<uint64_t>(Scope::kIncomplete)));
  traits.kind = static_cast<v1::AgreementKind>(from.Int());
  traits.subject = static_cast<v1::Subject>(from.Int());
  std::vector<NameWords> names;
  const size_t count = from.Count();
  for (size_t i = 0; i < count && from.ok(); ++i) names.push_back(ReadKeptName(from));
  traits.names = SharedList<NameWords>(names);
  traits.bases = ReadTexts(from);
  traits.amends = from.Flag();
  traits.slug_bytes = static_cast<uint32_t>(from.NumberUpTo(UINT32_MAX));
  traits.slug_rank = from.SignedWithin<int8_t>(INT8_MIN, INT8_MAX);
  return traits;
}

// The piece of memory that such mentions share; nullptr where there is none.
const void* SharedPieceOf(const MentionTraits& traits) {
  return traits.parties.empty() ? static_cast<const void*>(traits.names.begin())
                                : static_cast<const void*>(traits.parties.front().data());
}

void WriteDates(const MentionTraits& traits, ValueWriter& to) {
  WriteDate(traits.origin, to);
  to.Flag(traits.origin_names_act);
  WriteDay(traits.published, to);
  to.Flag(traits.to_come);
}

void ReadDates(ValueReader& from, MentionTraits& traits) {
  traits.origin = ReadDate(from);
  traits.origin_names_act = from.Flag();
  traits.published = ReadDay(from);
  traits.to_come = from.Flag();
}

// Which mention each event is of: with it, which events each of `mentions` has. Each has one at least.
std::vector<std::vector<int>> ReadEvents(ValueReader& from, size_t mentions, ArticleVersion& version) {
  std::vector<std::vector<int>> events_of(mentions);
  std::vector<int> mention_of_event;
  std::vector<EventFacts> facts;
  const size_t events = from.Count();
  if (events > 0 && mentions == 0) from.Fail();
  for (size_t i = 0; i < events && from.ok(); ++i) {
    const auto mention = static_cast<size_t>(from.NumberUpTo(mentions - 1));
    events_of[mention].push_back(static_cast<int>(i));
    mention_of_event.push_back(static_cast<int>(mention));
    facts.push_back(ReadFacts(from));
  }
  for (const std::vector<int>& of_mention : events_of) {
    if (of_mention.empty()) from.Fail();
  }
  version.mention_of_event = SharedList<int>(mention_of_event);
  version.facts = SharedList<EventFacts>(facts);
  return events_of;
}

}  // namespace

void VersionImageWriter::Write(const ArticleVersion& version, ValueWriter& to) {
  to.Number(version.revision);
  to.Text(version.id());
  to.Text(version.publisher());
  to.Flag(version.publish_micros.has_value());
  if (version.publish_micros) to.Signed(*version.publish_micros);
  WriteDay(version.publish_day, to);
  to.Text(version.packed());
  to.Number(version.mentions.size());
  for (const Mention& mention : version.mentions) {
    to.Text(mention.local_id);
    WriteReading(*mention.reading, to);
  }
  to.Number(version.facts.size());
  for (size_t i = 0; i < version.facts.size(); ++i) {
    to.Number(static_cast<uint64_t>(version.mention_of_event[i]));
    WriteFacts(version.facts[i], to);
  }
}

void VersionImageWriter::WriteReading(const MentionReading& reading, ValueWriter& to) {
  const auto [it, is_new] = readings_.try_emplace(&reading, readings_.size());
  to.Number(it->second);
  if (!is_new) return;
  const void* const piece = SharedPieceOf(reading.traits);
  const auto shared = undated_.find(piece);
  if (piece != nullptr && shared != undated_.end()) {
    to.Number(shared->second);
  } else {
    to.Number(undated_count_);
    WriteUndated(reading.traits, to);
    if (piece != nullptr) undated_.emplace(piece, undated_count_);
    ++undated_count_;
  }
  WriteDates(reading.traits, to);
  to.Text(reading.traits.signature.view());
  to.Flag(reading.is_enough);
}

bool VersionImageReader::AddDictionary(const std::string& dictionary) {
  const uint8_t number = ExtractionPacker().Adopt(dictionary);
  if (number == 0 || dictionaries_.size() > MessagePacker::kMaxDictionaries) return false;
  dictionaries_.push_back(number);
  return true;
}

std::string VersionImageReader::ReadPacked(ValueReader& from) const {
  std::string packed(from.Text());
  const size_t number = packed.empty() ? dictionaries_.size() : static_cast<unsigned char>(packed.front());
  if (number >= dictionaries_.size()) {
    from.Fail();
    return packed;
  }
  packed.front() = static_cast<char>(dictionaries_[number]);
  return packed;
}

std::shared_ptr<const ArticleVersion> VersionImageReader::Read(ValueReader& from) {
  const uint64_t revision = from.Number();
  const std::string id(from.Text());
  const std::string publisher(from.Text());
  std::optional<int64_t> publish_micros;
  if (from.Flag()) publish_micros = from.Signed();
  const std::optional<Day> publish_day = ReadDay(from);
  const std::string packed = ReadPacked(from);
  auto version = std::make_shared<ArticleVersion>();
  version->revision = revision;
  version->publish_micros = publish_micros;
  version->publish_day = publish_day;
  std::vector<absl::string_view> local_ids;
  std::vector<std::shared_ptr<const MentionReading>> readings;
  const size_t mentions = from.Count();
  for (size_t i = 0; i < mentions && from.ok(); ++i) {
    local_ids.push_back(from.Text());
    readings.push_back(ReadReading(from));
  }
  version->Keep({.id = id, .publisher = publisher, .packed = packed, .local_ids = local_ids}, texts_);
  std::vector<Mention> made = version->MakeMentions(ReadEvents(from, local_ids.size(), *version));
  for (size_t i = 0; i < made.size(); ++i) made[i].reading = std::move(readings[i]);
  version->mentions = SharedList<Mention>(made);
  return version;
}

std::shared_ptr<const MentionReading> VersionImageReader::ReadReading(ValueReader& from) {
  const auto number = static_cast<size_t>(from.NumberUpTo(readings_.size()));
  if (number < readings_.size()) return readings_[number];
  const auto undated = static_cast<size_t>(from.NumberUpTo(undated_.size()));
  if (undated == undated_.size()) undated_.push_back(ReadUndated(from));
  auto reading = std::make_shared<MentionReading>();
  reading->traits = undated_[undated];
  ReadDates(from, reading->traits);
  reading->traits.signature = SharedText(from.Text());
  if (reading->traits.slug_bytes > reading->traits.signature.view().size()) from.Fail();
  reading->is_enough = from.Flag();
  readings_.push_back(std::move(reading));
  return readings_.back();
}

}  // namespace treatywire::query
