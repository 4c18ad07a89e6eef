#include "ingest_service/extraction/standing_party.h"

#include <algorithm>
#include <cstdint>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/match.h"
#include "ingest_service/extraction/one_of.h"
#include "ingest_service/extraction/party_list.h"

namespace treatywire::ingest {
namespace {

// What a mention counts by where it stands.
constexpr int kInTitle = 4;
constexpr int kOwnerInTitle = 6;  // "Kenya's fishing agreements"
constexpr int kInLead = 2;
constexpr int kElsewhere = 1;
constexpr int kOfPublisher = 3;
// No more is had of words that only hint, nor of mentions far down.
constexpr int kMostHints = 4;
constexpr int kMostElsewhere = 6;
// Less is no evidence.
constexpr int kLeast = 5;
// Blocks after the title that lead into the article.
constexpr uint32_t kLeadBlocks = 1;

// What names more is a register, whose every line would have to be weighed.
constexpr size_t kMostMentions = 2000;

// Words between an owner and its agreements.
constexpr uint32_t kReachTokens = 6;
constexpr uint32_t kReachOfVerb = 10;
// An article that names so many may be about a pair.
constexpr size_t kMostOfPair = 3;
// Of whom a survey says so little each.
constexpr int kFewMentions = 3;

// What the article tells of one party.
struct Standing {
  int owner = 0;      // weighed
  int elsewhere = 0;  // mentions outside title and lead
  int owned = 0;      // mentions as owner
  int partner = 0;    // mentions as one "with" whom agreements are
  int surveyed = 0;   // times that its agreements are spoken of as several, weighed
};

class StandingFinder {
 public:
  explicit StandingFinder(const Annotation& annotation)
      : a_(annotation), is_partner_(annotation.parties.size(), false) {}

  PartyId Find(PartyId publisher) {
    MarkPartners();
    for (size_t s = 0; s < a_.document.sentences.size(); ++s) ReadSentence(a_.document.sentences[s]);
    publisher_ = publisher;
    if (!publisher.empty()) {
      Standing& own = Of(publisher);
      own.owner += kOfPublisher + std::min(hints_, kMostHints);
    }
    return Best();
  }

 private:
  Standing& Of(PartyId id) { return standings_[id]; }

  // "with [Chile], [Peru] and [Fiji]"
  void MarkPartners() {
    const auto size = static_cast<uint32_t>(a_.at.size());
    for (uint32_t t = 0; t + 1 < size; ++t) {
      if (a_.norm(t) != "with") continue;
      for (const int m : ReadPartyList(a_, t + 1, size).mentions) is_partner_[m] = true;
    }
  }

  void ReadSentence(const Sentence& sentence) {
    const Block& block = a_.document.blocks[sentence.block];
    for (uint32_t t = sentence.tokens.begin; t < sentence.tokens.end; ++t) {
      const int32_t p = a_.at[t].party;
      if (p < 0) {
        if (IsOwnWord(t)) ++hints_;
        if (a_.norm(t) == "our") ours_ += block.kind == BlockKind::kTitle ? 2 : 1;
        continue;
      }
      const PartyMention& mention = a_.parties[p];
      if (mention.tokens.begin == t) ReadMention(sentence, block, p);
      t = std::max(t, mention.tokens.end - 1);
    }
  }

  // "our treaties", "the country", "the republic"
  bool IsOwnWord(uint32_t t) const {
    if (IsOneOf(a_.norm(t), {"our", "we"})) return true;
    return t > 0 && a_.norm(t - 1) == "the" && IsOneOf(a_.norm(t), {"country", "republic"});
  }

  void ReadMention(const Sentence& sentence, const Block& block, int32_t p) {
    const PartyMention& mention = a_.parties[p];
    if (mention.ids.empty()) ++hints_;  // "cabinet", "parliament": somebody's
    if (mention.ids.size() != 1 || (mention.place && !mention.dateline)) return;
    Standing& standing = Of(mention.ids.front());
    if (is_partner_[p] || IsLabel(sentence, block, mention) || OwnsAlone(mention)) {
      ++standing.partner;
      return;
    }
    ++standing.owned;
    if (OwnsSeveral(sentence, mention))
      standing.surveyed += block.kind == BlockKind::kTitle ? 2 * kInLead
                           : sentence.block <= kLeadBlocks ? kInLead
                                                           : kElsewhere;
    if (block.kind == BlockKind::kTitle) {
      standing.owner +=
          mention.possessive || mention.role == PartyRole::kAdjective ? kOwnerInTitle : kInTitle;
    } else if (sentence.block <= kLeadBlocks && !mention.dateline) {
      standing.owner += kInLead;
    } else if (standing.elsewhere < kMostElsewhere) {
      ++standing.elsewhere;
      standing.owner += kElsewhere;
    }
  }

  // "Chile: …", "Peru. …", "And Fiji?" as a heading, a cell of a table.
  bool IsLabel(const Sentence& sentence, const Block& block, const PartyMention& mention) const {
    if (block.kind == BlockKind::kTableRow) return true;
    if (block.kind == BlockKind::kTitle) return false;
    const uint32_t next = mention.tokens.end;
    const bool ends = next >= sentence.tokens.end || !a_.token(next).is_word;
    return mention.tokens.begin == sentence.tokens.begin && ends && !IsOneOf(Next(next), {",", "-", "'s"});
  }

  // "Peru's, signed in 2013, …", "Peru's has lapsed": what Peru has with somebody.
  bool OwnsAlone(const PartyMention& mention) const {
    const uint32_t next = mention.tokens.end + 1;
    if (!mention.possessive || next >= a_.at.size()) return false;
    return IsOneOf(a_.norm(next), {",", "."}) || a_.IsAuxiliary(next) || a_.at[next].trigger >= 0;
  }

  // "[Kenya]'s fishing agreements", "[Swiss] trade deals", "[Fiji] has signed ten tax treaties", but not
  // those with one other.
  bool OwnsSeveral(const Sentence& sentence, const PartyMention& mention) const {
    const bool owner = mention.possessive || mention.role == PartyRole::kAdjective;
    const uint32_t end =
        std::min(sentence.tokens.end, mention.tokens.end + (owner ? kReachTokens : kReachOfVerb));
    bool acts = owner;
    for (uint32_t t = mention.tokens.end; t < end; ++t) {
      if (a_.at[t].party >= 0 || a_.IsClauseMark(t)) return false;
      if (owner && a_.IsFunctionWord(t) && a_.norm(t) != "'s") return false;
      acts = acts || a_.IsAuxiliary(t) || a_.at[t].trigger >= 0;
      if (a_.at[t].instrument < 0) continue;
      const uint32_t last = a_.instruments[a_.at[t].instrument].tokens.end;
      if (!absl::EndsWith(a_.norm(last - 1), "s")) {
        t = last - 1;
        continue;
      }
      if (!acts) return false;
      if (!IsOneOf(Next(last), {"with", "between"})) return true;
      return ReadPartyList(a_, last + 1, sentence.tokens.end).ids.size() != 1;
    }
    return false;
  }

  absl::string_view Next(uint32_t t) const { return t < a_.at.size() ? a_.norm(t) : absl::string_view(); }

  using Entry = std::pair<const PartyId, Standing>;

  PartyId Best() const {
    const Entry* best = nullptr;
    for (const auto& entry : standings_) {
      if (best == nullptr || IsAhead(entry, *best)) best = &entry;
    }
    return best != nullptr && IsPlain(*best) ? best->first : PartyId();
  }

  static bool IsAhead(const Entry& a, const Entry& b) {
    return std::make_tuple(a.second.owner, a.second.surveyed, b.first) >
           std::make_tuple(b.second.owner, b.second.surveyed, a.first);
  }

  // What tells of any other than `best`, each the most there is; `partner`: how many others are partners.
  Standing MostOfOthers(const Entry& best, int* total) const {
    Standing most;
    for (const auto& [id, standing] : standings_) {
      if (id == best.first) continue;
      *total = std::max(*total, standing.owner + standing.partner);
      most.owner = std::max(most.owner, standing.owner);
      most.owned = std::max(most.owned, standing.owned + standing.partner);
      most.surveyed = std::max(most.surveyed, standing.surveyed);
      most.partner += standing.partner > 0 ? 1 : 0;
    }
    return most;
  }

  // Whether the one that is named most as an owner is so by much, or by words that leave no doubt.
  bool IsPlain(const Entry& best) const {
    const Standing& found = best.second;
    // "our fishermen": of a state that is not the one named.
    if (ours_ > 1 && publisher_ != best.first) return false;
    if (found.partner * 3 > found.owned + 1) return false;
    int total = 0;
    const Standing others = MostOfOthers(best, &total);
    const bool surveyed = found.surveyed > 1 && found.surveyed > 2 * others.surveyed;
    if (surveyed && standings_.size() > kMostOfPair && found.owner >= others.owner) return true;
    if (found.owner < kLeast) return false;
    if (publisher_ == best.first && hints_ >= kMostHints && found.owner > total && others.partner > 0)
      return true;
    // "Chile left its treaty with Peru … Peru …": the other one of a pair, not one of many.
    const bool pair = others.owned > kFewMentions && 2 * others.owned > found.owned;
    return others.partner >= 2 && !pair && found.owner >= 2 * total;
  }

  const Annotation& a_;
  std::vector<bool> is_partner_;  // of each of Annotation::parties
  absl::flat_hash_map<PartyId, Standing> standings_;
  PartyId publisher_;
  int ours_ = 0;   // times "our" is said, twice for the title
  int hints_ = 0;  // that the writer's own state is spoken of
};

}  // namespace

PartyId FindStandingParty(const Annotation& annotation, PartyId publisher) {
  if (annotation.parties.size() > kMostMentions) return PartyId();
  return StandingFinder(annotation).Find(publisher);
}

}  // namespace treatywire::ingest
