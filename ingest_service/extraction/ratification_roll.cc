#include "ingest_service/extraction/ratification_roll.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/match.h"
#include "absl/types/span.h"
#include "ingest_service/extraction/agreement_before.h"
#include "ingest_service/extraction/one_of.h"
#include "ingest_service/extraction/party_list.h"

namespace treatywire::ingest {
namespace {

namespace v1 = treatywire::v1;

// Longest item, longest label between items, and longest line above them.
constexpr uint32_t kMaxItemTokens = 40;
constexpr uint32_t kMaxLabelTokens = 5;
constexpr uint32_t kMaxLeadTokens = 60;
// Words of an item that say nothing of a ratification: with more it tells something else.
constexpr int kMaxOtherWords = 2;
constexpr double kConfidence = 0.7;

// How a party stands to the agreement.
struct Standing {
  v1::EventType type = v1::EVENT_TYPE_RATIFIED;
  v1::Modality modality = v1::MODALITY_ASSERTED;
};

bool IsDone(absl::string_view word) {
  return IsOneOf(word,
                 {"ratified", "ratifies",   "ratification", "approved", "approves",  "approval", "passed",
                  "adopted",  "accepted",   "done",         "yes",      "deposited", "deposit",  "voted",
                  "assented", "consented",  "consent",      "endorsed", "completed", "complete", "finished",
                  "green",    "instrument", "backed",       "cleared"});
}

bool IsExpected(absl::string_view word) {
  return IsOneOf(word, {"expected", "due", "pending", "scheduled", "planned", "awaiting", "awaits", "awaited",
                        "will", "outstanding", "foreseen", "soon", "must", "probably", "likely"});
}

// A step on the way: its day, once past, is not that of the consent.
bool IsStep(absl::string_view word) { return IsOneOf(word, {"bill", "tabled", "before", "submitted"}); }

bool IsVote(absl::string_view word) { return IsOneOf(word, {"vote", "votes", "next", "referendum"}); }

bool IsToCome(absl::string_view word) { return IsExpected(word) || IsStep(word) || IsVote(word); }

bool IsOfParliament(absl::string_view word) {
  return IsOneOf(word, {"parliament", "parliaments", "senate", "congress", "assembly", "house", "chamber",
                        "chambers", "lawmakers", "deputies", "voted", "vote", "referendum", "cabinet"}) ||
         absl::StartsWith(word, "ratif");
}

bool IsRefused(absl::string_view word) {
  return IsOneOf(word, {"rejected", "rejects", "refused", "refuses", "defeated", "against"});
}

bool IsDenied(absl::string_view word) {
  return IsOneOf(word, {"not", "never", "no", "nothing", "none", "n't"});
}

// Words between that tell neither.
bool IsFiller(absl::string_view word) {
  return IsOneOf(word,
                 {"yet",       "parliament", "parliaments", "senate",   "congress",  "assembly", "house",
                  "lower",     "upper",      "chamber",     "both",     "chambers",  "votes",    "law",
                  "president", "signed",     "light",       "date",     "set",       "so",       "far",
                  "cabinet",   "government", "lawmakers",   "deputies", "unanimous", "gave",     "its",
                  "his",       "their",      "year",        "autumn",   "spring",    "summer",   "winter",
                  "down",      "committee",  "to",          "the",      "a",         "is",       "was"});
}

class RollReader {
 public:
  RollReader(const Annotation& a, const NewsDay& news, const std::vector<ReadEvent>& told,
             Discourse* discourse, std::vector<ReadEvent>* out)
      : a_(a), news_(news), discourse_(discourse), out_(out) {
    told_.reserve(told.size());
    for (const ReadEvent& event : told) told_.push_back(&event);
    std::stable_sort(told_.begin(), told_.end(), IsBefore);
  }

  void ReadBlock(size_t index) {
    const Block& block = a_.document.blocks[index];
    if (block.first_sentence >= block.last_sentence) return;
    if (block.kind == BlockKind::kListItem) {
      if (agreement_ >= 0) ReadItem(block, /*labelled=*/!labelled_.empty());
      return;
    }
    if (block.kind == BlockKind::kTableRow) {
      if (agreement_ >= 0) ReadRow(block);
      return;
    }
    if (block.kind == BlockKind::kTitle) return;
    if (ReadLabel(block)) return;
    // "Chile (2018), Peru (2019)" below a label
    if (agreement_ >= 0 && !labelled_.empty() && ReadSequence(block)) return;
    ReadLead(index, block);
  }

 private:
  // "Done", "Signed, not ratified": how those that follow stand. Returns whether the block is such a label.
  bool ReadLabel(const Block& block) {
    const TokenSpan words = a_.document.TokensOf(block);
    if (words.size() > kMaxLabelTokens || a_.norm(words.end - 1) == ".") return false;
    std::vector<Standing> standings;
    bool act = false;
    Standing part;
    bool told = false;
    const auto close = [&] {
      if (told) standings.push_back(part);
      part = Standing();
      told = false;
    };
    for (uint32_t t = words.begin; t < words.end; ++t) {
      if (a_.at[t].party >= 0 || a_.at[t].date >= 0) return false;
      const absl::string_view word = a_.norm(t);
      if (IsOneOf(word, {",", "but", "and"})) close();
      if (IsDenied(word)) part.modality = v1::MODALITY_DENIED;
      if (IsToCome(word) || word == "open") part.modality = v1::MODALITY_PLANNED;
      if (IsRefused(word)) part.type = v1::EVENT_TYPE_REJECTED;
      if (word == "signed" || word == "signatories") part.type = v1::EVENT_TYPE_SIGNED;
      act = act || word == "signed" || absl::StartsWith(word, "ratif");
      told = told || IsDone(word) || IsToCome(word) || IsRefused(word) || word == "signed" || word == "open";
    }
    close();
    if (standings.empty()) return false;
    if (agreement_ < 0 && act) agreement_ = AgreementBefore(a_, words.begin, discourse_);
    labelled_ = std::move(standings);
    return true;
  }

  // "The convention must be ratified by all members.": what a list that follows is a roll of.
  void ReadLead(size_t index, const Block& block) {
    agreement_ = -1;
    labelled_.clear();
    const bool leads = IsItem(index + 1) || (IsShort(index + 1) && IsItem(index + 2));
    if (!leads && block.kind != BlockKind::kHeading) return;
    TokenSpan words = a_.document.TokensOf(block);
    words.begin = std::max(words.begin, words.end - std::min(words.end, kMaxLeadTokens));
    const bool of_ratification =
        std::any_of(a_.document.tokens.begin() + words.begin, a_.document.tokens.begin() + words.end,
                    [](const Token& token) {
                      return absl::StartsWith(token.norm, "ratif") ||
                             IsOneOf(token.norm, {"parliaments", "consent", "approval", "legislatures"});
                    });
    // "The Harbour Convention: where it stands" may lead to anything.
    weak_ = !of_ratification && NamesAgreement(words);
    if (of_ratification || weak_) agreement_ = AgreementBefore(a_, words.end, discourse_);
  }

  bool NamesAgreement(TokenSpan words) const {
    for (uint32_t t = words.begin; t < words.end; ++t) {
      if (a_.at[t].instrument >= 0 || a_.at[t].known >= 0) return true;
    }
    return false;
  }

  bool IsItem(size_t index) const {
    if (index >= a_.document.blocks.size()) return false;
    const BlockKind kind = a_.document.blocks[index].kind;
    return kind == BlockKind::kListItem || kind == BlockKind::kTableRow;
  }

  bool IsShort(size_t index) const {
    if (index >= a_.document.blocks.size()) return false;
    const Block& block = a_.document.blocks[index];
    return block.first_sentence < block.last_sentence &&
           a_.document.TokensOf(block).size() <= kMaxLabelTokens;
  }

  // "| Fiji | approved (3 May 2004) |" of a table whose columns tell no act.
  void ReadRow(const Block& block) {
    const Told read = ToldIn(block.first_sentence, block.last_sentence);
    const TokenSpan head = a_.document.sentences[block.first_sentence].tokens;
    const PartyList parties = ReadPartyList(a_, head.begin, head.end);
    if (!read.empty() || parties.ids.empty() || parties.next < head.end) return;
    // "| Fiji | approved | 3 May 2004 |"; a date alone may be of anything.
    int day = -1;
    for (uint32_t s = block.first_sentence + 1; s < block.last_sentence; ++s) {
      const TokenSpan cell = a_.document.sentences[s].tokens;
      if (day < 0 && IsDateAlone(cell)) day = DateIn(cell);
    }
    for (uint32_t s = block.first_sentence + 1; s < block.last_sentence; ++s) {
      const TokenSpan cell = a_.document.sentences[s].tokens;
      if (cell.size() <= kMaxItemTokens && !IsDateAlone(cell))
        ReadParts(block, parties, cell, DateIn(cell) < 0 ? day : -1);
    }
  }

  bool IsDateAlone(TokenSpan words) const {
    for (uint32_t t = words.begin; t < words.end; ++t) {
      if (a_.token(t).is_word && a_.at[t].date < 0) return false;
    }
    return true;
  }

  // "Fiji: approved (3 May 2004)", "3 May 2004: Fiji and Tonga".
  void ReadItem(const Block& block, bool labelled) {
    const TokenSpan words = a_.document.TokensOf(block);
    if (words.size() > kMaxItemTokens) return;
    PartyList parties = ReadPartyList(a_, words.begin, words.end);
    TokenSpan value = {parties.next, words.end};
    int day = -1;
    if (parties.ids.empty()) {
      day = a_.at[words.begin].date;
      if (day < 0 || a_.dates[day].tokens.end >= words.end) return;
      const uint32_t mark = a_.dates[day].tokens.end;
      if (!IsOneOf(a_.norm(mark), {":", "-", ","})) return;
      parties = FirstParties({mark + 1, words.end});
      value = {mark + 1, words.end};
      if (parties.ids.empty()) return;
    }
    if (labelled && day < 0 && !HasDate(value) && IsBare(value)) {
      for (const Standing& standing : labelled_) Add(block, parties, standing, -1);
      return;
    }
    ReadParts(block, parties, value, day);
  }

  // The parts of an item, each with its own day: "approved on 3 May, deposited on 2 June".
  void ReadParts(const Block& block, const PartyList& parties, TokenSpan value, int day) {
    TokenSpan part = {value.begin, value.begin};
    for (uint32_t t = value.begin; t <= value.end; ++t) {
      const bool separates =
          t == value.end || a_.norm(t) == ";" || (a_.norm(t) == "," && HasDate({part.begin, t}) && day < 0);
      if (!separates || (t < value.end && a_.at[t].date >= 0)) continue;
      part.end = t;
      const int own = day >= 0 ? day : DateIn(part);
      if (const std::optional<Standing> standing = StandingIn(part, own); standing)
        Add(block, parties, *standing, own);
      part.begin = t + 1;
    }
  }

  // What the words say of a ratification; nullopt where they tell something else, or nothing.
  std::optional<Standing> StandingIn(TokenSpan words, int date) const {
    Standing standing;
    bool done = false;
    bool refused = false;
    bool denied = false;
    bool signs = false;
    bool expected = false;
    bool step = false;
    bool vote = false;
    bool of_parliament = false;
    int other = 0;
    for (uint32_t t = words.begin; t < words.end; ++t) {
      const absl::string_view word = a_.norm(t);
      if (a_.at[t].date >= 0 || a_.at[t].party >= 0 || !a_.token(t).is_word || a_.token(t).is_number)
        continue;
      if (word == "down" && done) refused = true;  // "voted down"
      done = done || IsDone(word);
      refused = refused || IsRefused(word);
      denied = denied || IsDenied(word);
      signs = signs || word == "signed";
      expected = expected || IsExpected(word);
      step = step || IsStep(word);
      vote = vote || IsVote(word);
      of_parliament = of_parliament || IsOfParliament(word);
      const bool known = IsDone(word) || IsToCome(word) || IsRefused(word) || IsDenied(word) ||
                         IsFiller(word) || a_.IsFunctionWord(t);
      if (!known) ++other;
    }
    if (other > kMaxOtherWords || (weak_ && !of_parliament)) return std::nullopt;
    const bool to_come = expected || step || vote;
    const bool past = date >= 0 && !IsAhead(date);
    if (step && past && !vote && !expected && !done && !refused) return std::nullopt;
    if (!done && !to_come && !refused && !denied && (date < 0 || other > 0)) return std::nullopt;
    if (signs && !done && !to_come && !refused) standing.type = v1::EVENT_TYPE_SIGNED;
    if (refused) {
      standing.type = v1::EVENT_TYPE_REJECTED;
    } else if (denied) {
      standing.modality = v1::MODALITY_DENIED;
    } else if (to_come && (expected || !done || !past)) {
      standing.modality = v1::MODALITY_PLANNED;
    }
    return standing;
  }

  bool IsAhead(int date) const {
    const UncertainDate& day = a_.dates[date].date;
    return news_.written && day.earliest && *day.earliest > *news_.written;
  }

  // "Chile (2018), Peru (2019), Ghana" in a paragraph that says nothing else. Returns whether it is so.
  bool ReadSequence(const Block& block) {
    const TokenSpan words = a_.document.TokensOf(block);
    std::vector<std::pair<PartyList, int>> found;
    for (uint32_t t = words.begin; t < words.end;) {
      const PartyList parties = ReadPartyList(a_, t, words.end);
      if (!parties.ids.empty()) {
        found.emplace_back(parties, -1);
        t = parties.next;
        continue;
      }
      const int date = a_.at[t].date;
      if (date >= 0 && !found.empty() && (found.back().second < 0 || found.back().second == date)) {
        found.back().second = date;
      } else if (date >= 0 || (a_.token(t).is_word && !IsOneOf(a_.norm(t), {"and", "in", "on"}))) {
        return false;
      }
      ++t;
    }
    for (const auto& [parties, date] : found) {
      for (const Standing& standing : labelled_) Add(block, parties, standing, date);
    }
    return !found.empty();
  }

  PartyList FirstParties(TokenSpan words) const {
    for (uint32_t t = words.begin; t < words.end; ++t) {
      const int32_t p = a_.at[t].party;
      if (p < 0 || a_.parties[p].ids.empty()) continue;
      PartyList list = ReadPartyList(a_, t, words.end);
      if (!list.ids.empty()) return list;
      list.ids = a_.parties[p].ids;  // "expected in Togo"
      list.mentions = {p};
      return list;
    }
    return {};
  }

  bool HasDate(TokenSpan words) const { return DateIn(words) >= 0; }

  int DateIn(TokenSpan words) const {
    for (uint32_t t = words.begin; t < words.end; ++t) {
      const int32_t date = a_.at[t].date;
      if (date >= 0 && !a_.dates[date].date.empty()) return date;
    }
    return -1;
  }

  bool IsBare(TokenSpan words) const {
    for (uint32_t t = words.begin; t < words.end; ++t) {
      if (a_.token(t).is_word) return false;
    }
    return true;
  }

  void Add(const Block& block, const PartyList& parties, const Standing& standing, int date) {
    if (out_->size() >= kMaxEvents) return;
    ReadEvent event;
    event.type = standing.type;
    event.modality = standing.modality;
    event.agreement = agreement_;
    event.actors = parties.ids;
    event.actor_mentions = parties.mentions;
    event.cue = a_.document.TokensOf(block);
    event.sentence = block.first_sentence;
    event.whole_block = true;
    event.confidence = kConfidence;
    if (date >= 0) SetDay(a_.dates[date], &event);
    if (IsTold(event)) return;
    discourse_->TellMembers(agreement_);
    if (event.modality != v1::MODALITY_DENIED && event.type != v1::EVENT_TYPE_REJECTED)
      discourse_->AddParties(agreement_, parties.ids);
    out_->push_back(std::move(event));
  }

  void SetDay(const DateMention& mention, ReadEvent* event) const {
    const bool later = event->modality == v1::MODALITY_PLANNED && !mention.future_date.empty();
    event->date = later ? mention.future_date : mention.date;
    event->date_surface = mention.surface;
    const bool ahead = news_.written && event->date.earliest && *event->date.earliest > *news_.written;
    if (ahead && event->modality == v1::MODALITY_ASSERTED) event->modality = v1::MODALITY_PLANNED;
  }

  // Whether the event reader has told it of the sentence: that it names the party and the day, or no day.
  bool IsTold(const ReadEvent& event) const {
    const Told told = ToldIn(event.sentence, event.sentence + 1);
    return std::any_of(told.begin(), told.end(), [&](const ReadEvent* other) {
      const bool consent = other->type == v1::EVENT_TYPE_APPROVED || other->type == v1::EVENT_TYPE_DEPOSITED;
      const bool same = other->type == event.type || (consent && event.type == v1::EVENT_TYPE_RATIFIED);
      return same && other->actors == event.actors &&
             (event.date.empty() || other->date_surface == event.date_surface);
    });
  }

  using Told = absl::Span<const ReadEvent* const>;

  static bool IsBefore(const ReadEvent* a, const ReadEvent* b) { return a->sentence < b->sentence; }

  // What has been told of the sentences from number `first` up to `last`.
  Told ToldIn(uint32_t first, uint32_t last) const {
    const auto begin = [this](uint32_t sentence) {
      return std::lower_bound(told_.begin(), told_.end(), sentence,
                              [](const ReadEvent* event, uint32_t s) { return event->sentence < s; });
    };
    const auto from = begin(first);
    return absl::MakeConstSpan(told_).subspan(from - told_.begin(), begin(last) - from);
  }

  const Annotation& a_;
  const NewsDay& news_;
  std::vector<const ReadEvent*> told_;  // by sentence
  Discourse* discourse_;
  std::vector<ReadEvent>* out_;
  int agreement_ = -1;
  bool weak_ = false;               // nothing above the items speaks of ratification
  std::vector<Standing> labelled_;  // as the label above tells
};

}  // namespace

std::vector<ReadEvent> ReadRatificationRolls(const Annotation& annotation, const NewsDay& news,
                                             const std::vector<ReadEvent>& told, Discourse* discourse) {
  std::vector<ReadEvent> events;
  RollReader reader(annotation, news, told, discourse, &events);
  for (size_t b = 0; b < annotation.document.blocks.size() && events.size() < kMaxEvents; ++b)
    reader.ReadBlock(b);
  return events;
}

}  // namespace treatywire::ingest
