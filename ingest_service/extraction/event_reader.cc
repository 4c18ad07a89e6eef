#include "ingest_service/extraction/event_reader.h"

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "ingest_service/extraction/agreement_phrase.h"
#include "ingest_service/extraction/clause.h"
#include "ingest_service/extraction/modality.h"

namespace treatywire::ingest {
namespace {

using treatywire::v1::EventType;
using treatywire::v1::Modality;

bool Is(absl::string_view word, std::initializer_list<absl::string_view> list) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

bool HasFlag(const LexiconEntry& entry, absl::string_view flag) {
  return absl::StrContains(entry.value, flag);
}

void AddIds(const PartyIds& ids, PartyIds* to) {
  for (const std::string& id : ids) {
    if (std::find(to->begin(), to->end(), id) == to->end()) to->push_back(id);
  }
}

// Who did it, as found.
struct Actors {
  PartyIds ids;
  std::vector<int> mentions;
  bool all_parties = false;  // "the two countries": whoever the agreement binds
  bool empty() const { return ids.empty() && !all_parties; }
};

// One sentence with its phrases, what they mean, and its clauses.
class SentenceReader {
 public:
  SentenceReader(const Annotation& a, std::optional<absl::CivilDay> publish_day, uint32_t index,
                 Discourse* discourse, Actors* last_actors, std::vector<ReadEvent>* out)
      : a_(a),
        publish_day_(publish_day),
        index_(index),
        sentence_(a.document.sentences[index]),
        block_(a.document.blocks[sentence_.block]),
        discourse_(discourse),
        last_actors_(last_actors),
        out_(out) {}

  void Read() {
    phrases_ = FindAgreementPhrases(a_, sentence_);
    clauses_ = SplitClauses(a_, sentence_, phrases_);
    meanings_.resize(phrases_.size());
    resolved_.assign(phrases_.size(), false);
    const size_t before = out_->size();
    const size_t known = discourse_->entities().size();
    for (uint32_t t = sentence_.tokens.begin; t < sentence_.tokens.end && out_->size() < kMaxEvents; ++t) {
      ResolveUpTo(t);
      const int32_t index = a_.at[t].trigger;
      if (index < 0 || a_.triggers[index].tokens.begin != t || InsideCore(t)) continue;
      ReadTrigger(a_.triggers[index]);
    }
    ResolveUpTo(sentence_.tokens.end);
    ReadRepeats();
    ReadGapped(before);
    CompleteFromSentence(known);
    RememberActors();
  }

 private:
  // --- phrases
  bool InsideCore(uint32_t t) const {
    return std::any_of(phrases_.begin(), phrases_.end(),
                       [t](const AgreementPhrase& p) { return !p.pronoun && p.core.Contains(t); });
  }

  bool InsidePhrase(uint32_t t) const {
    return std::any_of(phrases_.begin(), phrases_.end(),
                       [t](const AgreementPhrase& p) { return !p.pronoun && p.tokens.Contains(t); });
  }

  void ResolveUpTo(uint32_t token) {
    for (size_t p = 0; p < phrases_.size(); ++p) {
      if (!resolved_[p] && phrases_[p].tokens.begin <= token && !phrases_[p].pronoun) Resolve(p);
    }
  }

  const std::vector<int>& Meaning(size_t p) {
    if (!resolved_[p]) Resolve(p);
    return meanings_[p];
  }

  void Resolve(size_t p) {
    resolved_[p] = true;
    const AgreementPhrase& phrase = phrases_[p];
    if (IsMeans(phrase)) return;
    if (const int named = InApposition(p); named >= 0) {
      meanings_[p] = Meaning(named);
      return;
    }
    const bool title = block_.kind == BlockKind::kTitle;
    meanings_[p] = discourse_->Resolve(phrase, OwnersOf(phrase),
                                       !title || phrase.known != nullptr || phrase.parties.size() >= 2);
    for (const int agreement : meanings_[p]) AddOrigin(phrase, agreement);
  }

  // "prolonged by an exchange of letters": how, not what.
  bool IsMeans(const AgreementPhrase& phrase) const {
    const bool notes = phrase.instrument != nullptr &&
                       phrase.instrument->agreement_kind == treatywire::v1::AGREEMENT_KIND_EXCHANGE_OF_NOTES;
    const uint32_t t = phrase.core.begin;
    return notes && t > sentence_.tokens.begin && Is(a_.norm(t - 1), {"by", "through", "in", "via"});
  }

  // "the Grey Zone Agreement, a provisional arrangement": the phrase before, which this one describes; -1 for none.
  int InApposition(size_t p) const {
    if (p == 0 || phrases_[p].determiner != Determiner::kIndefinite || !phrases_[p].title.empty() || phrases_[p].plural) return -1;
    const AgreementPhrase& before = phrases_[p - 1];
    const uint32_t t = phrases_[p].core.begin;
    const bool adjacent = t > before.core.end && t - 1 == before.tokens.end && a_.norm(t - 1) == ",";
    return adjacent && !before.pronoun && !before.plural ? static_cast<int>(p) - 1 : -1;
  }

  // "the 1994 pact", "the treaty of 1973": when it dates from, said in passing.
  void AddOrigin(const AgreementPhrase& phrase, int agreement) {
    if (phrase.dates.empty() || phrase.is_new) return;
    const int date =
        phrase.dates.size() == meanings_.size() ? phrase.dates.front() : MatchingDate(phrase, agreement);
    if (date < 0) return;
    ReadEvent event;
    event.type = treatywire::v1::EVENT_TYPE_CONCLUDED;
    event.agreement = agreement;
    event.date = a_.dates[date].date;
    event.date_surface = a_.document.Text(a_.dates[date].tokens);
    event.cue = phrase.core;
    event.sentence = index_;
    event.joint = true;
    event.from_phrase = true;
    event.confidence = 0.6;
    out_->push_back(std::move(event));
  }

  int MatchingDate(const AgreementPhrase& phrase, int agreement) const {
    for (const int date : phrase.dates) {
      if (a_.dates[date].date == discourse_->entities()[agreement].signed_date) return date;
    }
    return phrase.dates.size() == 1 ? phrase.dates.front() : -1;
  }

  // Who "its pact with Germany" belongs to: the party before the phrase in the sentence, else who acted last.
  PartyIds OwnersOf(const AgreementPhrase& phrase) const {
    if (!phrase.parties.empty()) return phrase.parties;
    Actors found = SubjectBefore(phrase.tokens.begin, sentence_.tokens.begin);
    if (found.empty()) found = PartiesAfter(phrase.tokens.end);
    std::erase_if(found.ids, [&](const std::string& id) {
      return std::find(phrase.partners.begin(), phrase.partners.end(), id) != phrase.partners.end();
    });
    if (!found.ids.empty()) {
      // "Angola and Zambia signed their agreement" owns it together; "its treaty with France" is one party's.
      const bool together = phrase.partners.empty() && phrase.determiner == Determiner::kPossessive;
      return together ? found.ids : PartyIds{found.ids.front()};
    }
    for (const PartyIds& fallback : {last_actors_->ids, PartyIds{a_.main_party()}}) {
      for (const std::string& id : fallback) {
        if (!id.empty() &&
            std::find(phrase.partners.begin(), phrase.partners.end(), id) == phrase.partners.end())
          return {id};
      }
    }
    return {};
  }

  Actors PartiesAfter(uint32_t t) const {
    for (; t < sentence_.tokens.end; ++t) {
      if (a_.norm(t) != "by") continue;
      const PartyList list = ReadPartyList(a_, t + 1, sentence_.tokens.end);
      if (!list.ids.empty()) return {list.ids, list.mentions, false};
    }
    return {};
  }

  // --- clauses
  size_t ClauseOf(uint32_t token) const {
    for (size_t c = 0; c < clauses_.size(); ++c) {
      if (clauses_[c].tokens.Contains(token)) return c;
    }
    return clauses_.size() - 1;
  }

  // --- actors
  bool IsActorMention(const PartyMention& mention) const {
    return !mention.place && mention.role != PartyRole::kAdjective && !mention.possessive;
  }

  // The ids of an organ that names no state ("the Senate"): the state spoken of.
  PartyIds IdsOf(const PartyMention& mention) const {
    if (!mention.ids.empty()) return mention.ids;
    for (uint32_t t = mention.tokens.begin; t-- > sentence_.tokens.begin;) {
      const int32_t p = a_.at[t].party;
      if (p < 0 || a_.parties[p].ids.size() != 1) continue;
      // "the Russian …", "Croatia's …" a few words before, or a list that ended with the state.
      if (a_.parties[p].possessive || a_.parties[p].role == PartyRole::kAdjective) return a_.parties[p].ids;
      break;
    }
    if (!a_.home_party().empty()) return {a_.home_party()};
    return last_actors_->ids.size() == 1 ? last_actors_->ids : PartyIds{};
  }

  // The subject: the last party (with those joined to it by commas and "and") before `end` that no
  // preposition governs.
  Actors SubjectBefore(uint32_t end, uint32_t begin) const {
    Actors found;
    for (uint32_t t = end; t-- > begin;) {
      const int32_t p = a_.at[t].party;
      if (p < 0) continue;
      const PartyMention& mention = a_.parties[p];
      t = mention.tokens.begin;
      if (InsidePhrase(t) || !IsActorMention(mention) || Governed(mention)) continue;
      found.mentions.push_back(p);
      AddIds(IdsOf(mention), &found.ids);
      CollectJoined(t, begin, &found);
      return found;
    }
    return found;
  }

  // Whether a preposition makes the mention an object or a place: "with Germany", "to Moscow", "of France".
  bool Governed(const PartyMention& mention) const {
    uint32_t t = mention.tokens.begin;
    if (t > sentence_.tokens.begin && a_.norm(t - 1) == "the") --t;
    if (t <= sentence_.tokens.begin) return false;
    const absl::string_view word = a_.norm(t - 1);
    if (word == "of" && t >= 2 && a_.at[t - 2].party >= 0) return false;
    return Is(word, {"with", "to",   "of",    "from", "against", "for",    "on",    "into",
                     "at",   "in",   "about", "over", "between", "than",   "under", "near",
                     "as",   "like", "via",   "upon", "toward",  "towards"});
  }

  // "Russia, Ukraine and Turkey": walks left over commas and "and".
  void CollectJoined(uint32_t t, uint32_t begin, Actors* found) const {
    uint32_t gap = 0;
    // "According to Zagreb, Ljubljana broke it" is no list: the last two are joined by "and".
    const uint32_t after = found->mentions.empty() ? t : a_.parties[found->mentions.front()].tokens.end;
    bool listed = after < sentence_.tokens.end && a_.norm(after) == "and";
    while (t > begin && gap < 5) {
      --t;
      const int32_t p = a_.at[t].party;
      if (p >= 0) {
        const PartyMention& mention = a_.parties[p];
        if (!IsActorMention(mention) || InsidePhrase(mention.tokens.begin) || mention.ids.empty()) return;
        if (gap == 0 || !listed) return;
        found->mentions.push_back(p);
        AddIds(mention.ids, &found->ids);
        t = mention.tokens.begin;
        gap = 0;
        continue;
      }
      if (!Is(a_.norm(t), {",", "and", "the", "his", "its", "&", "as", "well", "then", "former", "-"})) return;
      listed = listed || Is(a_.norm(t), {"and", "&"});
      if (Is(a_.norm(t), {",", "and", "&"}) || gap > 0) ++gap;
    }
  }

  bool PairSpokenOf(uint32_t begin, uint32_t end) const {
    for (const Cue* cue : a_.CuesIn({begin, end})) {
      if (cue->cue_class == CueClass::kPair) return true;
    }
    return false;
  }

  // Whether the subject is a pronoun, or missing, so that it is the one of before.
  bool SubjectIsCarried(uint32_t begin, uint32_t end) const {
    for (uint32_t t = begin; t < end; ++t) {
      if (Is(a_.norm(t), {"it", "they", "he", "she", "who", "which", "its"})) return true;
    }
    return false;
  }

  Actors ActorsByFrame(const LexiconMatch& trigger, const LexiconEntry& entry, size_t clause_index,
                       bool passive) const {
    const Clause& clause = clauses_[clause_index];
    if (entry.frame == "noun" || passive) {
      Actors by = ByPhrase(trigger.tokens.end, clause_index);
      if (!by.empty()) return by;
    }
    if (entry.frame == "noun") {
      Actors owner = OwnerBefore(trigger.tokens.begin);
      if (owner.empty()) owner = ForPhrase(clause_index);
      if (!owner.empty()) return owner;
    }
    if (entry.frame == "subject") return ForPhrase(clause_index);
    if (passive) return {};
    Actors subject = SubjectBefore(trigger.tokens.begin, clause.tokens.begin);
    if (!subject.empty()) return subject;
    if (PairSpokenOf(clause.tokens.begin, trigger.tokens.begin)) return {{}, {}, true};
    for (uint32_t t = clause.tokens.begin; t < trigger.tokens.begin; ++t) {
      if (a_.norm(t) == "we" && !a_.home_party().empty()) return {{a_.home_party()}, {}, false};
    }
    // A relative clause: "Turkey, which left the convention"; a coordinated or reported one: the subject
    // before.
    const bool carried =
        clause.opener != ClauseOpener::kStart || SubjectIsCarried(clause.tokens.begin, trigger.tokens.begin);
    if (carried && clause_index > 0) {
      subject = SubjectBefore(clause.tokens.begin, sentence_.tokens.begin);
      if (!subject.empty()) return subject;
    }
    if (carried || SubjectIsCarried(sentence_.tokens.begin, trigger.tokens.begin)) return *last_actors_;
    return {};
  }

  Actors ByPhrase(uint32_t t, size_t clause_index) const {
    const uint32_t end = std::min<uint32_t>(sentence_.tokens.end, clauses_[clause_index].tokens.end + 12);
    for (; t < end; ++t) {
      if (!Is(a_.norm(t), {"by"})) continue;
      if (PairSpokenOf(t, std::min(end, t + 4))) return {{}, {}, true};
      for (uint32_t p = t + 1; p < std::min(end, t + 8); ++p) {
        if (a_.at[p].party < 0) continue;
        const PartyMention& mention = a_.parties[a_.at[p].party];
        Actors found{IdsOf(mention), {a_.at[p].party}, false};
        const PartyList list = ReadPartyList(a_, mention.tokens.begin, end);
        AddIds(list.ids, &found.ids);
        return found;
      }
      return {};
    }
    return {};
  }

  // "Lithuania's withdrawal", "the Russian exit", "withdrawal of Canada".
  Actors OwnerBefore(uint32_t begin) const {
    uint32_t steps = 0;
    for (uint32_t t = begin; t-- > sentence_.tokens.begin && steps < 5; ++steps) {
      const int32_t p = a_.at[t].party;
      if (p < 0) continue;
      const PartyMention& mention = a_.parties[p];
      if (mention.possessive || mention.role == PartyRole::kAdjective) return {IdsOf(mention), {p}, false};
      return {};
    }
    return {};
  }

  // "for Latvia the convention took effect"
  Actors ForPhrase(size_t clause_index) const {
    const TokenSpan clause = clauses_[clause_index].tokens;
    for (uint32_t t = clause.begin; t + 1 < clause.end; ++t) {
      if (a_.norm(t) != "for") continue;
      const PartyList list = ReadPartyList(a_, t + 1, std::min(clause.end, t + 8));
      if (!list.ids.empty()) return {list.ids, list.mentions, false};
    }
    return {};
  }

  // --- agreements
  bool IsPassive(const LexiconMatch& trigger) const {
    if (trigger.form != VerbForm::kParticiple && trigger.form != VerbForm::kPastOrParticiple) return false;
    for (uint32_t t = trigger.tokens.begin, steps = 0; t-- > sentence_.tokens.begin && steps < 5; ++steps) {
      const absl::string_view word = a_.norm(t);
      if (Is(word, {"was", "were", "is", "are", "be", "been", "being", "got", "get", "gets"})) return true;
      if (Is(word, {"has", "have", "had", "having", "'ve"})) return false;
      if (!a_.IsAdverb(t) && !Is(word, {"not", "n't", "to"})) break;
    }
    // A participle right after its noun ("the pact signed in 1994", "a pact, initialled in May,") or at the
    // beginning ("Signed in Paris, …").
    uint32_t t = trigger.tokens.begin;
    while (t > sentence_.tokens.begin && a_.IsAdverb(t - 1)) --t;
    if (t == sentence_.tokens.begin) return true;
    uint32_t before = t - 1;
    if (a_.norm(before) == "," || a_.norm(before) == "(") before = before > 0 ? before - 1 : 0;
    for (const AgreementPhrase& phrase : phrases_) {
      // "want it annulled"
      if (phrase.pronoun && phrase.tokens.end == trigger.tokens.begin && trigger.tokens.begin > sentence_.tokens.begin + 1) return true;
      if (!phrase.pronoun && phrase.tokens.end == before + 1) {
        // "the treaty Russia signed" has a subject between; here nothing does, so a bare participle is
        // passive unless an actor is subject.
        return SubjectBefore(trigger.tokens.begin, phrase.tokens.end).empty();
      }
    }
    return false;
  }

  // Index of the phrase that begins at or after `from` and before `to`; -1 for none.
  int PhraseAfter(uint32_t from, uint32_t to, bool pronouns) const {
    for (size_t p = 0; p < phrases_.size(); ++p) {
      if (phrases_[p].tokens.begin < from || phrases_[p].tokens.begin >= to) continue;
      if (phrases_[p].pronoun && !pronouns) continue;
      return static_cast<int>(p);
    }
    return -1;
  }

  // The last phrase that ends at or before `to` and begins at or after `from`. A phrase that hangs on the one
  // before it ("the annex to the treaty") gives way to it.
  int PhraseBefore(uint32_t from, uint32_t to, bool pronouns) const {
    int found = -1;
    for (size_t p = 0; p < phrases_.size(); ++p) {
      if (phrases_[p].tokens.begin < from || phrases_[p].core.end > to) continue;
      if (phrases_[p].pronoun && !pronouns) continue;
      if (found >= 0 && HangsOn(phrases_[p], phrases_[found])) continue;
      found = static_cast<int>(p);
    }
    return found;
  }

  bool HangsOn(const AgreementPhrase& phrase, const AgreementPhrase& before) const {
    const uint32_t t = phrase.tokens.begin;
    return t > 0 && t - 1 >= before.core.end && t - before.core.end <= 2 &&
           Is(a_.norm(t - 1), {"to", "of", "under"});
  }

  std::vector<int> AgreementsByFrame(const LexiconMatch& trigger, const LexiconEntry& entry,
                                     size_t clause_index, bool passive, const PartyIds& actors) {
    const TokenSpan clause = clauses_[clause_index].tokens;
    const uint32_t begin = trigger.tokens.begin;
    const uint32_t end = trigger.tokens.end;
    // In a gap ("tear the treaty up").
    if (!trigger.gap.empty()) {
      const int p = PhraseAfter(trigger.gap.begin, trigger.gap.end, true);
      if (p >= 0) return Meaning(p);
    }
    const bool strict = HasFlag(entry, "strict");
    if (entry.frame == "subject" || passive) {
      int p = PhraseBefore(clause.begin, begin, true);
      if (p < 0 && clauses_[clause_index].opener != ClauseOpener::kStart)
        p = PhraseBefore(sentence_.tokens.begin, begin, true);
      if (p >= 0 && (!strict || begin - phrases_[p].tokens.end <= 3)) return Meaning(p);
      // "Signed in Budapest on 16 September 1977, the agreement provided for …"
      const bool fronted = begin <= sentence_.tokens.begin + 2;
      if (fronted || (passive && entry.frame != "subject")) {
        p = PhraseAfter(end, sentence_.tokens.end, true);
        if (p >= 0 && fronted) return Meaning(p);
      }
      if (strict) return {};
      if (fronted && passive && !actors.empty() && discourse_->Focus(actors) >= 0) return {discourse_->Focus(actors)};
      return FromContext(trigger, entry, actors, passive || entry.frame == "subject");
    }
    const uint32_t reach = strict ? std::min(clause.end, end + 4) : clause.end;
    int p = PhraseAfter(end, reach, true);
    if (p >= 0) return Meaning(p);
    if (const std::vector<int> several = SeveralAfter(end, reach); !several.empty()) return several;
    if (entry.frame == "noun") {
      p = PhraseBefore(clause.begin, begin, false);
      if (p >= 0 && begin - phrases_[p].core.end <= 2) return Meaning(p);
      return FromContext(trigger, entry, actors, false);
    }
    // "the treaty that Russia had denounced", "which Dhaka and Delhi signed on 6 June"
    const ClauseOpener opener = clauses_[clause_index].opener;
    if (entry.frame == "object" && HasOtherObject(trigger)) return {};
    p = PhraseBefore(sentence_.tokens.begin, begin, false);
    if (p >= 0 && (opener == ClauseOpener::kRelative || (!strict && phrases_[p].tokens.end >= clause.begin)))
      return Meaning(p);
    if (strict) return {};
    return FromContext(trigger, entry, actors, p >= 0 && opener != ClauseOpener::kStart);
  }

  // "cancelled both", "suspended all three", "ended them"
  std::vector<int> SeveralAfter(uint32_t from, uint32_t to) const {
    for (uint32_t t = from; t < std::min(to, from + 2); ++t) {
      const bool ends = t + 1 >= sentence_.tokens.end || !a_.token(t + 1).is_word || a_.IsFunctionWord(t + 1);
      if (a_.norm(t) == "both" && ends) return discourse_->FocusGroup(2);
      if (a_.norm(t) == "all" && t + 1 < to && Is(a_.norm(t + 1), {"three"})) return discourse_->FocusGroup(3);
      if (a_.norm(t) == "all" && t + 1 < to && Is(a_.norm(t + 1), {"four"})) return discourse_->FocusGroup(4);
      if (a_.norm(t) == "them") return discourse_->FocusGroup();
    }
    return {};
  }

  // Whether the verb has an object that is no agreement ("signed a petition"): then nothing is understood.
  bool HasOtherObject(const LexiconMatch& trigger) const {
    const uint32_t next = trigger.tokens.end;
    if (next >= sentence_.tokens.end) return false;
    if (a_.at[next].date >= 0 || a_.IsAdverb(next)) return false;
    const Token& token = a_.token(next);
    if (!token.is_word && !token.is_number && token.norm != "\"" && token.norm != "$") return false;
    return !Is(token.norm, {"in", "on", "at", "by", "with", "from", "for", "after", "before", "under", "as", "and", "but", "or", "only",
                            "when", "while", "because", "too", "since", "to", "until", "during", "of", "last", "this", "next", "that"});
  }

  // Nothing near: what the text speaks of, where the trigger allows it.
  std::vector<int> FromContext(const LexiconMatch& trigger, const LexiconEntry& entry, const PartyIds& actors,
                               bool pronoun_like) {
    if (!pronoun_like && !HasFlag(entry, "implicit")) return {};
    if (HasFlag(entry, "weak") && !HasFlag(entry, "implicit")) return {};
    if (!pronoun_like && entry.frame != "noun" && HasOtherObject(trigger)) return {};
    const int focus = discourse_->Focus(actors);
    if (focus < 0) return {};
    return {focus};
  }

  // What is notified: the agreement named in the sentence, else those spoken of, as far as those who get the
  // notice are parties.
  std::vector<int> Notified(const LexiconMatch& trigger, size_t clause_index) {
    const TokenSpan clause = clauses_[clause_index].tokens;
    int p = PhraseAfter(trigger.tokens.end, clause.end, false);
    if (p < 0 && !trigger.gap.empty()) p = PhraseAfter(trigger.gap.begin, trigger.gap.end, false);
    if (p < 0 && trigger.form == VerbForm::kNone) p = PhraseAfter(trigger.tokens.end, sentence_.tokens.end, false);
    if (p >= 0) return Meaning(p);
    const PartyList recipients = RecipientsOf(trigger.tokens, clause.end);
    std::vector<int> group = discourse_->FocusGroup();
    if (!recipients.ids.empty()) {
      std::vector<int> matching;
      for (const std::string& id : recipients.ids) {
        for (int e = static_cast<int>(discourse_->entities().size()) - 1; e >= 0; --e) {
          if (!discourse_->HasParty(e, id) || discourse_->entities()[e].parties.size() > 2) continue;
          if (std::find(matching.begin(), matching.end(), e) == matching.end()) matching.push_back(e);
          break;
        }
      }
      if (recipients.ids.size() > 1 && !matching.empty()) return matching;
      const bool to_party = std::any_of(recipients.ids.begin(), recipients.ids.end(), [&](const std::string& id) {
        return std::any_of(group.begin(), group.end(), [&](int e) {
          const AgreementEntity& entity = discourse_->entities()[e];
          return entity.multilateral || entity.parties.size() < 2 || discourse_->HasParty(e, id);
        });
      });
      if (!to_party) return matching;
    }
    return group;
  }

  // "Pyongyang will be informed": those who get the notice are the subject; the others give it.
  Actors NotifiersBut(const Actors& recipients, int agreement) const {
    Actors others;
    for (const std::string& id : discourse_->entities()[agreement].parties) {
      if (std::find(recipients.ids.begin(), recipients.ids.end(), id) == recipients.ids.end()) others.ids.push_back(id);
    }
    return others.ids.size() == 1 ? others : Actors{};
  }

  PartyList RecipientsOf(TokenSpan trigger, uint32_t end) const {
    for (uint32_t t = trigger.begin; t < std::min(end, trigger.end + 4); ++t) {
      if (a_.at[t].party < 0) continue;
      return ReadPartyList(a_, t, end);
    }
    return {};
  }

  // --- dates
  bool DateIsTaken(int date) const {
    return std::any_of(phrases_.begin(), phrases_.end(), [date](const AgreementPhrase& phrase) {
      return std::find(phrase.dates.begin(), phrase.dates.end(), date) != phrase.dates.end();
    });
  }

  bool IsEventDate(int date) const {
    const DateMention& mention = a_.dates[date];
    if (mention.role == DateRole::kDuration || mention.role == DateRole::kModifier) return false;
    return !DateIsTaken(date);
  }

  // Another trigger's words between `from` and `to`.
  bool TriggerBetween(uint32_t from, uint32_t to) const {
    for (uint32_t t = from; t < to; ++t) {
      if (a_.at[t].trigger >= 0 && a_.triggers[a_.at[t].trigger].form != VerbForm::kNone && !InsideCore(t))
        return true;
    }
    return false;
  }

  int DateFor(const LexiconMatch& trigger, size_t clause_index) const {
    const TokenSpan clause = clauses_[clause_index].tokens;
    int best = -1;
    int best_cost = 1000;
    const bool prolongs = !trigger.entries.empty() && trigger.entries.front()->event_type == treatywire::v1::EVENT_TYPE_EXTENDED;
    for (size_t d = 0; d < a_.dates.size(); ++d) {
      const DateMention& date = a_.dates[d];
      if (date.tokens.begin < sentence_.tokens.begin) continue;
      if (date.tokens.begin >= sentence_.tokens.end) break;
      if (!IsEventDate(static_cast<int>(d))) continue;
      const bool after = date.tokens.begin >= trigger.tokens.end;
      const bool same_clause = clause.Contains(date.tokens.begin);
      const uint32_t from = after ? trigger.tokens.end : date.tokens.end;
      const uint32_t to = after ? date.tokens.begin : trigger.tokens.begin;
      int cost = static_cast<int>(to > from ? to - from : 0) + (after ? 0 : 3);
      if (TriggerBetween(from, to)) cost += 25;
      if (!same_clause) cost += after ? 25 : 12;
      if (date.role == DateRole::kUntil) cost += 8;
      // "prolonged to 2050": how long, not when.
      if (prolongs && date.tokens.begin > 0 && Is(a_.norm(date.tokens.begin - 1), {"to", "until", "till", "through", "by", "for"})) continue;
      if (std::find(claimed_.begin(), claimed_.end(), static_cast<int>(d)) != claimed_.end() && !same_clause) cost += 15;
      if (cost < best_cost) {
        best_cost = cost;
        best = static_cast<int>(d);
      }
    }
    if (best >= 0 && best_cost < 30) return best;
    return ItemDate();
  }

  // "- **Aug. 30, 1951** -- Manila and Washington sign …": the date at the head of the list item or block
  // holds for all of it.
  int ItemDate() const {
    if (block_.kind != BlockKind::kListItem) return -1;
    const uint32_t first = a_.document.sentences[block_.first_sentence].tokens.begin;
    for (uint32_t t = first; t < std::min<uint32_t>(first + 2, sentence_.tokens.end); ++t) {
      if (a_.at[t].date >= 0) return a_.at[t].date;
    }
    return -1;
  }

  // Sets date and, for what is yet to come, the modality.
  void SetDate(const LexiconMatch& trigger, size_t clause_index, ReadEvent* event) {
    const int d = DateFor(trigger, clause_index);
    if (d >= 0) {
      claimed_.push_back(d);
      const DateMention& mention = a_.dates[d];
      const bool future = event->modality == treatywire::v1::MODALITY_PLANNED ||
                          event->modality == treatywire::v1::MODALITY_POSSIBLE;
      event->date = future ? mention.future_date : mention.date;
      if (event->date.empty()) event->date = mention.date;
      event->date_surface = a_.document.Text(mention.tokens);
      if (IsPointAct(event->type)) event->date = BeginningOf(event->date);
      if (event->modality == treatywire::v1::MODALITY_ASSERTED && publish_day_ && event->date.earliest &&
          *event->date.earliest > *publish_day_) {
        event->modality = treatywire::v1::MODALITY_PLANNED;
      }
      return;
    }
    if (event->modality == treatywire::v1::MODALITY_ASSERTED && publish_day_ && IsFresh(trigger)) {
      event->date = Approximately(DayDate(*publish_day_));
      event->date.basis = DateBasis::kPublication;
    }
  }

  // Acts of a moment: "in force since 1994" entered into force in 1994.
  static bool IsPointAct(EventType type) {
    return type != treatywire::v1::EVENT_TYPE_NEGOTIATED && type != treatywire::v1::EVENT_TYPE_SUSPENDED &&
           type != treatywire::v1::EVENT_TYPE_PROVISIONALLY_APPLIED && type != treatywire::v1::EVENT_TYPE_BREACH_ALLEGED;
  }

  // "1994-01-01/.." as "1994-01-01"; anything else as it is.
  static UncertainDate BeginningOf(const UncertainDate& date) {
    if (!absl::EndsWith(date.edtf, "/..")) return date;
    absl::StatusOr<UncertainDate> begin = ParseEdtf(date.edtf.substr(0, date.edtf.size() - 3));
    if (!begin.ok()) return date;
    begin->basis = date.basis;
    return *std::move(begin);
  }

  // Told as news: in the title or the first paragraphs, in the perfect or the present.
  bool IsFresh(const LexiconMatch& trigger) const {
    if (sentence_.block > 3) return false;
    if (block_.kind == BlockKind::kTitle) return true;
    if (trigger.form == VerbForm::kIng && IsProgressive(trigger)) return true;
    for (uint32_t t = trigger.tokens.begin, steps = 0; t-- > sentence_.tokens.begin && steps < 5; ++steps) {
      if (Is(a_.norm(t), {"has", "have", "'ve"})) return true;
      if (!a_.IsAdverb(t) && !a_.IsAuxiliary(t)) break;
    }
    return false;
  }

  bool IsProgressive(const LexiconMatch& trigger) const {
    const uint32_t t = trigger.tokens.begin;
    return t > sentence_.tokens.begin &&
           (Is(a_.norm(t - 1), {"is", "are"}) ||
            (t >= 2 && a_.IsAdverb(t - 1) && Is(a_.norm(t - 2), {"is", "are"})));
  }

  // --- events
  void ReadTrigger(const LexiconMatch& trigger) {
    const size_t clause_index = ClauseOf(trigger.tokens.begin);
    // "unless the parties renew it": a condition of something else, no event of its own.
    if (clauses_[clause_index].opener == ClauseOpener::kCondition) return;
    if (IsNounOfNotice(trigger) || InCompound(trigger.tokens)) return;
    const bool passive = IsPassive(trigger);
    for (const LexiconEntry* entry : trigger.entries) {
      const Actors actors = ActorsByFrame(trigger, *entry, clause_index, passive && entry->frame == "object");
      const bool object_passive = passive && (entry->frame == "object" || entry->frame == "notice");
      const std::vector<int> agreements =
          entry->frame == "notice"
              ? Notified(trigger, clause_index)
              : AgreementsByFrame(trigger, *entry, clause_index, object_passive, actors.ids);
      if (agreements.empty()) continue;
      Emit(trigger, *entry, clause_index, object_passive && entry->frame == "notice" ? NotifiersBut(actors, agreements.front()) : actors,
           agreements);
      return;
    }
  }

  // "one-stop controls", "sign-off": a part of a compound.
  bool InCompound(TokenSpan words) const {
    const uint32_t begin = words.begin;
    const uint32_t end = words.end;
    const bool before = begin > sentence_.tokens.begin && a_.norm(begin - 1) == "-" && !a_.token(begin).space_before &&
                        !a_.token(begin - 1).space_before;
    const bool after = end < sentence_.tokens.end && a_.norm(end) == "-" && !a_.token(end).space_before &&
                       end + 1 < sentence_.tokens.end && !a_.token(end + 1).space_before;
    return before || after;
  }

  // "serves notice of termination", "the withdrawal period": the noun says what the notice or period is of, not that it happened.
  bool IsNounOfNotice(const LexiconMatch& trigger) const {
    if (trigger.entries.front()->frame != "noun") return false;
    const uint32_t t = trigger.tokens.begin;
    const uint32_t end = trigger.tokens.end;
    if (end < sentence_.tokens.end && Is(a_.norm(end), {"notice", "notices", "letter", "period", "clause", "clauses", "talks", "process"})) return true;
    return t >= sentence_.tokens.begin + 2 && a_.norm(t - 1) == "of" &&
           Is(a_.norm(t - 2), {"notice", "notices", "letter", "notification", "notifications", "instrument", "note", "right", "period", "day", "date"});
  }

  // "concluded with Turkey": who does it together with the subject.
  void AddPartners(const LexiconMatch& trigger, size_t clause_index, Actors* actors) const {
    const uint32_t end = clauses_[clause_index].tokens.end;
    for (uint32_t t = trigger.tokens.end; t + 1 < end && t < trigger.tokens.end + 8; ++t) {
      if (a_.norm(t) != "with" || InsidePhrase(t)) continue;
      const PartyList list = ReadPartyList(a_, t + 1, end);
      AddIds(list.ids, &actors->ids);
      return;
    }
  }

  void Emit(const LexiconMatch& trigger, const LexiconEntry& entry, size_t clause_index, Actors actors,
            const std::vector<int>& agreements) {
    if (HasFlag(entry, "joint")) AddPartners(trigger, clause_index, &actors);
    ReadEvent event;
    event.type = entry.event_type;
    event.modality = ReadModality(a_, clauses_, clause_index, {trigger.tokens, trigger.form, entry.value});
    if (event.type == treatywire::v1::EVENT_TYPE_NOTICE_REVOKED) {
      // The end that had been decided is not coming.
      event.type = treatywire::v1::EVENT_TYPE_TERMINATED;
      event.modality = treatywire::v1::MODALITY_DENIED;
    }
    if (HasFlag(entry, "reject")) event.modality = treatywire::v1::MODALITY_ASSERTED;
    event.actors = actors.ids;
    event.actor_mentions = actors.mentions;
    event.all_parties = actors.all_parties;
    event.cue = trigger.tokens;
    event.sentence = index_;
    event.joint = HasFlag(entry, "joint");
    event.leave = HasFlag(entry, "leave");
    event.from_title = block_.kind == BlockKind::kTitle;
    event.confidence = HasFlag(entry, "weak") ? 0.6 : entry.frame == "noun" ? 0.65 : 0.85;
    SetDate(trigger, clause_index, &event);
    // "Either side can cancel it": what the text of the agreement allows, no event.
    const TokenSpan clause = clauses_[clause_index].tokens;
    if (event.modality == treatywire::v1::MODALITY_POSSIBLE && event.leave && PairSpokenOf(clause.begin, trigger.tokens.begin)) return;
    for (const int agreement : agreements) {
      event.agreement = agreement;
      if (event.joint && event.type != treatywire::v1::EVENT_TYPE_NEGOTIATED)
        discourse_->AddParties(agreement, actors.ids);
      if (event.joint && event.type == treatywire::v1::EVENT_TYPE_NEGOTIATED && actors.ids.size() >= 2) {
        discourse_->AddParties(agreement, actors.ids);
      }
      if (event.type == treatywire::v1::EVENT_TYPE_SIGNED && actors.ids.size() > 2 && agreements.size() == 1 &&
          !discourse_->entities()[agreement].fixed_parties) {
        discourse_->entities()[agreement].multilateral = true;
        discourse_->AddParties(agreement, actors.ids);
      }
      SetSigned(trigger, event);
      out_->push_back(event);
    }
    if (agreements.size() > 1) {
      discourse_->TouchGroup(agreements, trigger.tokens.begin);
    } else {
      discourse_->Touch(agreements.front(), trigger.tokens.begin);
    }
  }

  void SetSigned(const LexiconMatch& trigger, const ReadEvent& event) {
    const bool signing = event.type == treatywire::v1::EVENT_TYPE_SIGNED ||
                         event.type == treatywire::v1::EVENT_TYPE_CONCLUDED ||
                         event.type == treatywire::v1::EVENT_TYPE_INITIALLED;
    if (!signing || event.modality != treatywire::v1::MODALITY_ASSERTED) return;
    AgreementEntity& entity = discourse_->entities()[event.agreement];
    if (entity.signed_date.empty() && !event.date.empty() && event.date.basis != DateBasis::kPublication) {
      entity.signed_date = event.date;
      entity.signed_surface = event.date_surface;
    }
    if (!entity.signed_place.empty()) return;
    for (uint32_t t = trigger.tokens.end; t + 1 < std::min(sentence_.tokens.end, trigger.tokens.end + 4);
         ++t) {
      if (a_.norm(t) != "in" && a_.norm(t) != "at") continue;
      uint32_t end = t + 1;
      while (end < sentence_.tokens.end && a_.token(end).is_word && a_.token(end).capitalized &&
             a_.at[end].date < 0)
        ++end;
      if (end > t + 1) entity.signed_place = a_.document.Text({t + 1, end});
      return;
    }
  }

  // "Guatemala signed on July 26, El Salvador on Sept. 20 and Honduras on Sept. 25": a party and a date
  // without a verb repeat the act.
  void ReadGapped(size_t before) {
    if (out_->size() == before) return;
    const ReadEvent last = out_->back();
    if (last.from_phrase || last.actors.empty() || last.date.empty() || last.cue.empty()) return;
    uint32_t t = last.cue.end;
    PartyIds pending;
    int pending_mention = -1;
    for (; t < sentence_.tokens.end; ++t) {
      if (a_.at[t].trigger >= 0 && t > last.cue.end && !InsideCore(t)) return;
      if (a_.at[t].party >= 0 && a_.parties[a_.at[t].party].tokens.begin == t &&
          !a_.parties[a_.at[t].party].place && t > last.cue.end + 1 &&
          Is(a_.norm(t - 1), {",", "and", "the", ";", "by"}) && !InsidePhrase(t)) {
        pending = a_.parties[a_.at[t].party].ids;
        pending_mention = a_.at[t].party;
        continue;
      }
      const int32_t d = a_.at[t].date;
      if (d < 0 || pending.empty() || a_.dates[d].tokens.begin != t || !IsEventDate(d)) continue;
      if (t - a_.parties[pending_mention].tokens.end > 3) {
        pending.clear();
        continue;
      }
      ReadEvent repeated = last;
      repeated.actors = pending;
      repeated.actor_mentions = {pending_mention};
      repeated.date = a_.dates[d].date;
      repeated.date_surface = a_.document.Text(a_.dates[d].tokens);
      repeated.confidence = last.confidence * 0.9;
      out_->push_back(repeated);
      pending.clear();
    }
  }

  // "Slovenia followed in April", "Canada was not planning to do so": the act before, by another party.
  void ReadRepeats() {
    for (const Cue* cue : a_.CuesIn(sentence_.tokens)) {
      if (cue->cue_class != CueClass::kRepeat || InsidePhrase(cue->tokens.begin)) continue;
      const ReadEvent* model = LastAct(cue->tokens.begin);
      if (model == nullptr) continue;
      const size_t clause_index = ClauseOf(cue->tokens.begin);
      const Actors actors = SubjectBefore(cue->tokens.begin, clauses_[clause_index].tokens.begin);
      if (actors.ids.empty() || actors.ids == model->actors) continue;
      ReadEvent event = *model;
      event.actors = actors.ids;
      event.actor_mentions = actors.mentions;
      event.all_parties = false;
      event.cue = cue->tokens;
      event.sentence = index_;
      event.confidence = model->confidence * 0.85;
      event.date = UncertainDate();
      event.date_surface.clear();
      event.modality = ReadModality(a_, clauses_, clause_index, {cue->tokens, cue->form, ""});
      LexiconMatch words;
      words.tokens = cue->tokens;
      words.form = cue->form;
      SetDate(words, clause_index, &event);
      out_->push_back(std::move(event));
    }
  }

  // The act told last before `token`: not one said in passing.
  const ReadEvent* LastAct(uint32_t token) const {
    for (size_t e = out_->size(); e-- > 0;) {
      const ReadEvent& event = (*out_)[e];
      if (event.from_phrase || event.cue.begin >= token) continue;
      return &event;
    }
    return nullptr;
  }

  // An agreement that the sentence brought up without telling its parties: the two that the sentence names.
  void CompleteFromSentence(size_t known) {
    for (size_t e = known; e < discourse_->entities().size(); ++e) {
      const AgreementEntity& entity = discourse_->entities()[e];
      if (entity.multilateral || entity.parties.size() >= 2) continue;
      PartyIds named = entity.parties;
      for (uint32_t t = sentence_.tokens.begin; t < sentence_.tokens.end; ++t) {
        const int32_t p = a_.at[t].party;
        if (p >= 0 && !a_.parties[p].place) AddIds(a_.parties[p].ids, &named);
      }
      if (named.size() == 2) discourse_->AddParties(static_cast<int>(e), named);
    }
  }

  // Whom "it" in the next sentence means: this sentence's first actor.
  void RememberActors() {
    for (uint32_t t = sentence_.tokens.begin; t < sentence_.tokens.end; ++t) {
      const int32_t p = a_.at[t].party;
      if (p < 0) continue;
      const PartyMention& mention = a_.parties[p];
      if (!IsActorMention(mention) || mention.ids.empty() || Governed(mention) || InsidePhrase(t)) continue;
      Actors found{mention.ids, {p}, false};
      const PartyList list = ReadPartyList(a_, t, sentence_.tokens.end);
      AddIds(list.ids, &found.ids);
      *last_actors_ = found;
      return;
    }
  }

  const Annotation& a_;
  const std::optional<absl::CivilDay> publish_day_;
  const uint32_t index_;
  const Sentence& sentence_;
  const Block& block_;
  Discourse* discourse_;
  Actors* last_actors_;
  std::vector<ReadEvent>* out_;
  std::vector<AgreementPhrase> phrases_;
  std::vector<std::vector<int>> meanings_;
  std::vector<bool> resolved_;
  std::vector<int> claimed_;  // dates that an event of the sentence has
  std::vector<Clause> clauses_;
};

}  // namespace

std::vector<ReadEvent> ReadEvents(const Annotation& annotation, std::optional<absl::CivilDay> publish_day,
                                  Discourse* discourse) {
  std::vector<ReadEvent> events;
  Actors last_actors;
  auto read = [&](bool titles) {
    for (uint32_t s = 0; s < annotation.document.sentences.size() && events.size() < kMaxEvents; ++s) {
      const Block& block = annotation.document.blocks[annotation.document.sentences[s].block];
      if (block.kind == BlockKind::kTableRow || (block.kind == BlockKind::kTitle) != titles) continue;
      SentenceReader(annotation, publish_day, s, discourse, &last_actors, &events).Read();
    }
  };
  read(false);
  // The title last: it speaks of what the text names, above all of what it names most.
  int main_agreement = -1;
  for (size_t e = 0; e < discourse->entities().size(); ++e) {
    if (main_agreement < 0 || discourse->entities()[e].mentions > discourse->entities()[main_agreement].mentions) {
      main_agreement = static_cast<int>(e);
    }
  }
  if (main_agreement >= 0) discourse->Touch(main_agreement, 0);
  last_actors = Actors();
  read(true);
  return events;
}

}  // namespace treatywire::ingest
