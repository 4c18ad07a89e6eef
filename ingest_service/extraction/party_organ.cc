#include "ingest_service/extraction/party_organ.h"

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "ingest_service/extraction/one_of.h"
#include "ingest_service/extraction/party_reader.h"
#include "ingest_service/extraction/person_name.h"

namespace treatywire::ingest {
namespace {

bool IsOrganInPlural(absl::string_view noun) {
  return IsOneOf(noun, {"governments", "parliaments", "presidents", "premiers", "ministers", "leaders",
                        "heads", "chancellors", "ministries", "delegations", "embassies", "kings",
                        "ambassadors", "capitals", "legislatures"});
}

// No token begins there.
constexpr uint32_t kNoParagraph = 0xffffff00;
// How far behind an organ its partner is looked for.
constexpr uint32_t kReachTokens = 40;

class OrganReader {
 public:
  explicit OrganReader(Annotation* annotation) : a_(*annotation) {}

  void Read() {
    for (uint32_t s = 0; s < a_.document.sentences.size(); ++s) {
      const Sentence& sentence = a_.document.sentences[s];
      headline_ = a_.IsHeadline(s);
      // The items of a list tell of one thing each.
      const Block& block = a_.document.blocks[sentence.block];
      const bool item = block.kind == BlockKind::kListItem;
      if (item && !in_list_) before_list_ = spoken_of_;
      if (item && s == block.first_sentence) spoken_of_ = spoken_before_ = {};
      // The text goes on where it was before the list.
      if (!item && in_list_) spoken_of_ = before_list_;
      in_list_ = item;
      const bool paragraph = s == block.first_sentence && block.kind == BlockKind::kParagraph;
      paragraph_begin_ = paragraph ? sentence.tokens.begin : kNoParagraph;
      subject_ = {};
      place_ = {};
      for (; next_ < a_.parties.size() && a_.parties[next_].tokens.begin < sentence.tokens.end; ++next_)
        ReadMention(sentence, &a_.parties[next_]);
      if (subject_.empty() || subject_ == spoken_of_) continue;
      spoken_before_ = std::exchange(spoken_of_, subject_);
    }
    const size_t dropped =
        std::erase_if(a_.parties, [](const PartyMention& mention) { return mention.tokens.empty(); });
    if (dropped > 0) LayOutParties(&a_);
  }

 private:
  void ReadMention(const Sentence& sentence, PartyMention* mention) {
    const bool organ = mention->role == PartyRole::kBody || mention->role == PartyRole::kPerson;
    NoteOwner(*mention);
    if (mention->ids.empty() && organ) {
      if (IsOfAnother(sentence, *mention)) {
        mention->tokens.end = mention->tokens.begin;
      } else if (!IsOfSeveral(*mention)) {
        mention->ids = StateOf(sentence, *mention);
      }
      return;
    }
    if (mention->ids.size() != 1 || !mention->ids.front().is_state() ||
        mention->role == PartyRole::kAdjective)
      return;
    if (mention->place) {
      // "In Zimbabwe the president …"
      const uint32_t begin = mention->tokens.begin;
      if (place_.empty() && (begin <= sentence.tokens.begin + 2 || mention->dateline)) place_ = mention->ids;
    } else if (subject_.empty() && !IsGoverned(*mention) &&
               !(mention->possessive && mention->role == PartyRole::kName &&
                 IsPauseOrVerb(mention->tokens.end + 1))) {
      subject_ = mention->ids;
    }
  }

  // "Poland's, signed in 2013, …": what is Poland's is told of, not Poland.
  bool IsPauseOrVerb(uint32_t t) const {
    return t < a_.at.size() && (a_.norm(t) == "," || a_.IsAuxiliary(t));
  }

  PartyIds StateOf(const Sentence& sentence, const PartyMention& mention) const {
    if (PartyIds here = StateBefore(sentence, mention); !here.empty()) return here;
    if (!subject_.empty()) return subject_;
    if (PartyIds owner = OwnerOfName(mention); !owner.empty()) return owner;
    const uint32_t begin = mention.tokens.begin;
    const bool owned = begin > 0 && IsOneOf(a_.norm(begin - 1), {"its", "his", "her", "their"});
    // "The government has to bring a bill before it": a paragraph that opens so goes back to whom the article
    // is about, whoever the one before ended with.
    const bool opens = (begin == paragraph_begin_ || begin == paragraph_begin_ + 1) && !mention.possessive;
    PartyId about = a_.main_party();
    if (opens && !owned && a_.IsProminent(about)) return {about};
    // "The accord with Peru lapsed. Parliament …", of whom all accords are.
    if (!owned && place_.empty() && !a_.standing_party().empty()) return {a_.standing_party()};
    const PartyIds& state = owned || place_.empty() ? spoken_of_ : place_;
    // "France went first. In August the junta denounced its accords with Paris": not France's.
    return IsPartnerAfter(sentence, mention, state) ? spoken_before_ : state;
  }

  // "in Budapest the National Assembly"
  PartyIds StateBefore(const Sentence& sentence, const PartyMention& mention) const {
    uint32_t t = mention.tokens.begin;
    while (t > sentence.tokens.begin && IsOneOf(a_.norm(t - 1), {"the", ","})) --t;
    if (t <= sentence.tokens.begin || a_.at[t - 1].party < 0) return {};
    const PartyMention& place = a_.parties[a_.at[t - 1].party];
    return place.place && !place.dateline && place.ids.size() == 1 && place.ids.front().is_state()
               ? place.ids
               : PartyIds{};
  }

  // "The Senate", where the article has named one state's and no other's: "the Philippine Senate".
  PartyIds OwnerOfName(const PartyMention& mention) const {
    const auto found = owners_.find(a_.norm(mention.tokens.end - 1));
    return found == owners_.end() ? PartyIds{} : found->second;
  }

  // Chambers by names that not every state's parliament has.
  void NoteOwner(const PartyMention& mention) {
    if (mention.role != PartyRole::kBody || mention.ids.size() != 1) return;
    const absl::string_view name = a_.norm(mention.tokens.end - 1);
    if (mention.tokens.size() < 2 || !IsOneOf(name, {"senate", "congress", "assembly", "diet"})) return;
    const auto [known, added] = owners_.try_emplace(name, mention.ids);
    if (!added && known->second != mention.ids) known->second.clear();
  }

  // Whether the rest of the sentence tells what is done "with" the state.
  bool IsPartnerAfter(const Sentence& sentence, const PartyMention& organ, const PartyIds& state) const {
    if (state.empty()) return false;
    const uint32_t end = std::min(sentence.tokens.end, organ.tokens.end + kReachTokens);
    for (uint32_t t = organ.tokens.end; t + 1 < end; ++t) {
      const int32_t p = a_.at[t + 1].party;
      if (a_.norm(t) == "with" && p >= 0 && a_.parties[p].ids == state) return true;
    }
    return false;
  }

  // "Massachusetts Governor", "West Bengal's chief minister", "Bundesbank president": of what is no party.
  bool IsOfAnother(const Sentence& sentence, const PartyMention& mention) const {
    uint32_t t = mention.tokens.begin;
    if (t <= sentence.tokens.begin + 1 || headline_) return false;
    if (a_.norm(t - 1) == "'s") return t > sentence.tokens.begin + 2 && IsNameWord(a_, t - 2);
    return mention.role == PartyRole::kPerson && IsNameWord(a_, t - 1) && a_.token(t).space_before;
  }

  // "the governments", "neither government", "both cabinets": of several states where nothing says otherwise.
  bool IsOfSeveral(const PartyMention& mention) const {
    const uint32_t begin = mention.tokens.begin;
    if (begin > 0 && IsOneOf(a_.norm(begin - 1), {"both", "neither", "either", "each"})) return true;
    return IsOrganInPlural(a_.norm(mention.tokens.end - 1));
  }

  bool IsGoverned(const PartyMention& mention) const {
    uint32_t t = mention.tokens.begin;
    if (t > 0 && IsOneOf(a_.norm(t - 1), {"the", "a", "an"})) --t;
    return t > 0 && IsOneOf(a_.norm(t - 1), {"with", "to", "of", "from", "against", "for", "on", "into",
                                             "about", "over", "between", "than", "under", "and"});
  }

  Annotation& a_;
  size_t next_ = 0;  // mention: they lie by first token
  bool headline_ = false;
  // Where the sentence begins if it opens a paragraph; kNoParagraph where it does not.
  uint32_t paragraph_begin_ = kNoParagraph;
  PartyIds subject_;        // of the sentence
  PartyIds place_;          // with which the sentence begins
  PartyIds spoken_of_;      // subject of a sentence before
  PartyIds spoken_before_;  // the one before that
  PartyIds before_list_;    // spoken of before the list
  bool in_list_ = false;
  absl::flat_hash_map<absl::string_view, PartyIds> owners_;  // by the name of their chamber; empty: several
};

}  // namespace

void FindStatesOfOrgans(Annotation* annotation) { OrganReader(annotation).Read(); }

}  // namespace treatywire::ingest
