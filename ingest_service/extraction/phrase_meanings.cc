#include "ingest_service/extraction/phrase_meanings.h"

#include <algorithm>
#include <utility>

#include "ingest_service/extraction/list_context.h"
#include "ingest_service/extraction/one_of.h"
#include "ingest_service/extraction/party_list.h"
#include "ingest_service/extraction/spoken_pair.h"
#include "ingest_service/extraction/verb_group.h"

namespace treatywire::ingest {
namespace {

// Words between a count and those of it that are told: "were signed on 3 June 2021, among them".
constexpr uint32_t kMaxBetween = 14;

}  // namespace

void PhraseMeanings::ResolveUpTo(uint32_t token) {
  if (token < next_) return;
  next_ = view_.sentence.tokens.end + 1;
  for (size_t p = 0; p < view_.phrases.size(); ++p) {
    if (resolved_[p]) continue;
    if (view_.phrases[p].tokens.begin > token) {
      next_ = std::min(next_, view_.phrases[p].tokens.begin);
      continue;
    }
    if (!view_.phrases[p].pronoun) Resolve(p);
    // "The former is valid for a year: it expires in May": what is spoken of now.
    const uint32_t last = view_.phrases[p].tokens.end - 1;
    if (!view_.phrases[p].pronoun || !IsOneOf(a_.norm(last), {"former", "latter"})) continue;
    if (Of(p).size() == 1) discourse_->Touch(Of(p).front(), last);
  }
}

const std::vector<int>& PhraseMeanings::Of(size_t p) {
  if (!resolved_[p] && view_.phrases[p].pronoun && BackgroundOf(p) >= 0) {
    resolved_[p] = true;
    meanings_[p] = Of(BackgroundOf(p));
  }
  if (!resolved_[p]) Resolve(p);
  return meanings_[p];
}

// "Under the treaty the two consult each other; Lima says that Quito breached [it]": the one agreement named
// before in the sentence, though it stands in the background; -1 for none.
int PhraseMeanings::BackgroundOf(size_t pronoun) const {
  int found = -1;
  if (a_.norm(view_.phrases[pronoun].core.begin) != "it") return -1;
  for (size_t p = 0; p < pronoun; ++p) {
    if (view_.phrases[p].pronoun) continue;
    if (found >= 0 || !view_.phrases[p].background || view_.phrases[p].plural) return -1;
    found = static_cast<int>(p);
  }
  return found;
}

void PhraseMeanings::Resolve(size_t p) {
  resolved_[p] = true;
  const AgreementPhrase& phrase = view_.phrases[p];
  if (IsMeans(phrase)) return;
  if (const int named = InApposition(p); named >= 0) {
    meanings_[p] = Of(named);
    return;
  }
  if (const int name = NamedAfter(p); name >= 0) {
    meanings_[p] = Of(name);
    for (const int agreement : meanings_[p]) {
      discourse_->Describe(agreement, phrase, ContextOf(p));
      AddOrigin(phrase, agreement);
    }
    return;
  }
  meanings_[p] = ToldOneByOne(p);
  if (meanings_[p].empty()) meanings_[p] = NamedAfterPronoun(p);
  if (meanings_[p].empty()) meanings_[p] = OtherThanInAside(p);
  if (meanings_[p].empty()) meanings_[p] = ToldInPart(p);
  if (meanings_[p].empty()) meanings_[p] = NamedInList(p);
  if (meanings_[p].empty()) meanings_[p] = WithThoseListed(p);
  if (meanings_[p].empty()) meanings_[p] = OneOfEach(p);
  if (meanings_[p].empty()) meanings_[p] = OneOnEach(p);
  if (meanings_[p].empty()) meanings_[p] = SaidOfOther(p);
  if (meanings_[p].empty()) meanings_[p] = discourse_->Resolve(phrase, ContextOf(p));
  for (const int agreement : meanings_[p]) AddOrigin(phrase, agreement);
}

// "Chile, Peru and Fiji each signed a treaty with Tonga": one by each of them.
std::vector<int> PhraseMeanings::OneOfEach(size_t p) {
  const AgreementPhrase& phrase = view_.phrases[p];
  const uint32_t verb = phrase.core.begin - 1;
  const uint32_t begin = view_.sentence.tokens.begin;
  if (phrase.core.begin < begin + 4 || phrase.plural || phrase.partners.size() != 1) return {};
  if (phrase.determiner != Determiner::kIndefinite || a_.at[verb].trigger < 0) return {};
  const LexiconMatch& trigger = a_.triggers[a_.at[verb].trigger];
  uint32_t each = ReadVerbGroup(view_, trigger).begin;
  if (a_.norm(each) != "each" && each > begin) --each;
  if (a_.norm(each) != "each" || trigger.form == VerbForm::kNone) return {};
  AgreementPhrase all = phrase;
  all.plural = true;
  all.parties = phrase.partners;
  all.partners = actors_.SubjectIn(view_.ClauseOf(verb), verb).ids;
  if (all.partners.size() < 2 || all.partners.Contains(all.parties.front())) return {};
  return discourse_->Resolve(all, ContextOf(p));
}

// "its agreements on extradition and on legal aid with Peru and Fiji": one on each matter.
std::vector<int> PhraseMeanings::OneOnEach(size_t p) {
  const AgreementPhrase& phrase = view_.phrases[p];
  if (!phrase.plural || phrase.pronoun || phrase.topics.size() != 2) return {};
  if (phrase.partners.empty() && phrase.parties.size() != 2) return {};
  bool repeated = false;
  for (uint32_t t = phrase.core.end + 1; t + 1 < phrase.tokens.end; ++t)
    repeated = repeated || (a_.norm(t) == "and" && IsOneOf(a_.norm(t + 1), {"on", "for"}));
  if (!repeated) return {};
  std::vector<int> meant;
  for (const absl::string_view topic : phrase.topics) {
    AgreementPhrase each = phrase;
    each.topics = {topic};
    each.plural = !phrase.partners.empty();
    each.count = 0;
    const std::vector<int> found = discourse_->Resolve(each, ContextOf(p));
    for (const int agreement : found) {
      if (std::find(meant.begin(), meant.end(), agreement) == meant.end()) meant.push_back(agreement);
    }
  }
  if (meant.size() > 1) discourse_->TouchGroup(meant, phrase.head);
  return meant;
}

// "Ten years after ministers adopted it in Palma, the Palma Convention takes effect": what nothing before
// names is named after it.
std::vector<int> PhraseMeanings::NamedAfterPronoun(size_t p) {
  if (!view_.phrases[p].pronoun || !discourse_->entities().empty()) return {};
  for (size_t q = p + 1; q < view_.phrases.size(); ++q) {
    if (view_.phrases[q].pronoun) continue;
    const bool next =
        view_.ClauseOf(view_.phrases[q].core.begin) > view_.ClauseOf(view_.phrases[p].core.begin);
    return next && !view_.phrases[q].plural ? Of(q) : std::vector<int>{};
  }
  return {};
}

// "States that found the Lima Convention too soft adopted it": what the relative clause is about is not what
// its noun then does something to.
std::vector<int> PhraseMeanings::OtherThanInAside(size_t p) {
  const AgreementPhrase& pronoun = view_.phrases[p];
  const uint32_t t = pronoun.tokens.begin;
  if (!pronoun.pronoun || p == 0 || t <= view_.sentence.tokens.begin || a_.norm(t) != "it") return {};
  const int32_t verb = a_.at[t - 1].trigger;
  if (verb < 0 || a_.triggers[verb].form == VerbForm::kNone || a_.triggers[verb].form == VerbForm::kIng ||
      a_.triggers[verb].form == VerbForm::kBase)
    return {};
  const AgreementPhrase& before = view_.phrases[p - 1];
  const size_t clause = view_.ClauseOf(t);
  const bool aside = view_.clauses[clause].opener == ClauseOpener::kRelative && !before.pronoun &&
                     view_.ClauseOf(before.core.begin) == clause;
  if (!aside) return {};
  for (uint32_t between = before.tokens.end; between + 1 < t; ++between) {
    const bool goes_on = a_.IsFunctionWord(between) && a_.norm(between) != "too";
    if (!a_.token(between).is_word || goes_on || a_.IsAuxiliary(between)) return {};
  }
  if (before.tokens.end + 1 >= t || Of(p - 1).size() != 1) return {};
  const int other = discourse_->FocusBesides(Of(p - 1).front());
  return other >= 0 ? std::vector<int>{other} : std::vector<int>{};
}

// "call it a bad deal"
bool PhraseMeanings::IsCalled(const AgreementPhrase& phrase) const {
  const uint32_t t = phrase.core.begin;
  return phrase.determiner == Determiner::kIndefinite && t >= view_.sentence.tokens.begin + 2 &&
         a_.norm(t - 1) == "it" &&
         IsOneOf(a_.norm(t - 2), {"call", "calls", "called", "calling", "considers", "consider", "considered",
                                  "think", "thinks", "termed", "labelled", "dubbed"});
}

// "It is the first pact of its kind", "the treaty is the last agreement between them": what the subject
// means.
std::vector<int> PhraseMeanings::SaidOfOther(size_t p) {
  const AgreementPhrase& phrase = view_.phrases[p];
  const uint32_t begin = view_.sentence.tokens.begin;
  uint32_t t = phrase.core.begin;
  if (!phrase.title.empty() || phrase.known != nullptr || phrase.plural || phrase.is_new) return {};
  while (t > begin && (a_.IsAdverb(t - 1) || IsOneOf(a_.norm(t - 1), {"only", "half", "one", "of"}))) --t;
  if (IsCalled(phrase)) {
    const int focus = discourse_->Focus({});
    return focus >= 0 ? std::vector<int>{focus} : std::vector<int>{};
  }
  if (t < begin + 2 || !IsOneOf(a_.norm(t - 1), {"is", "was", "'s", "remains", "became", "be"})) return {};
  const bool to_be = a_.norm(t - 1) == "be" && t >= begin + 3 && IsOneOf(a_.norm(t - 2), {"will", "would"});
  if (a_.norm(t - 1) == "be" && !to_be) return {};
  const uint32_t subject = to_be ? t - 3 : t - 2;
  if (IsOneOf(a_.norm(subject), {"it", "this"})) {
    const int focus = discourse_->Focus({});
    return focus >= 0 ? std::vector<int>{focus} : std::vector<int>{};
  }
  for (size_t q = 0; q < p; ++q) {
    if (!view_.phrases[q].pronoun && view_.phrases[q].tokens.end == subject + 1) return Of(q);
  }
  return {};
}

PhraseContext PhraseMeanings::ContextOf(size_t p) const {
  const AgreementPhrase& phrase = view_.phrases[p];
  PhraseContext context;
  context.owners = actors_.OwnersOf(phrase);
  if (phrase.parties.empty() && !phrase.partners.empty()) SetOwnerByVerb(phrase, &context);
  context.owners_named = actors_.HasSubjectBefore(phrase.tokens.begin, view_.sentence.tokens.begin);
  if (IsOfStandingParty(phrase, context)) context.owners = {a_.standing_party()};
  if (phrase.parties.empty() && !phrase.partners.empty() && LeadsClause(phrase) && !PluralAboveList(view_)) {
    // "A deal with Fiji, signed in April, awaits …": of the one with whom the others are, not of whoever acts
    // elsewhere in the sentence.
    const PartyId before = PartyBeforeColon(phrase);
    // "Mercosur's pact with Egypt … The one with Palestine"
    PartyId hub = phrase.one && before.empty() ? discourse_->SideOfLast(phrase.partners) : before;
    if (hub.empty()) hub = discourse_->SharedParty(phrase.partners);
    if (!hub.empty()) context.owners = {hub};
    // "Moldova. A readmission agreement with the Swiss …"
    const PartyIds label = LabelOf(view_);
    const bool standing = !a_.standing_party().empty() && !phrase.partners.Contains(a_.standing_party());
    if (label.size() == 1 && before.empty() && !standing && !phrase.partners.Contains(label.front()))
      context.owners = label;
  }
  if (phrase.parties.empty() && !phrase.partners.empty() && !LeadsClause(phrase) &&
      phrase.determiner != Determiner::kPossessive) {
    // "The Treasury is looking at the agreement with Fiji": of the one with whom the others are.
    const Actors subject = actors_.SubjectBefore(phrase.tokens.begin, view_.sentence.tokens.begin);
    const PartyId hub = subject.unnamed ? discourse_->SharedParty(phrase.partners) : PartyId();
    if (!hub.empty()) context.owners = {hub};
  }
  if (phrase.parties.empty() && phrase.partners.empty() && !phrase.plural) {
    context.labelled = PairOfLabel();
    context.label_names_both = !context.labelled.empty() && LabelOf(view_).size() == 2;
  }
  context.is_signed = FollowsAct(phrase, /*renewal=*/false);
  const int32_t verb_before =
      phrase.core.begin > view_.sentence.tokens.begin ? a_.at[phrase.core.begin - 1].trigger : -1;
  context.is_object = verb_before >= 0 && a_.triggers[verb_before].form != VerbForm::kNone &&
                      a_.triggers[verb_before].entries.front()->frame == TriggerFrame::kObject;
  if (FollowsAct(phrase, /*renewal=*/true)) {
    const uint32_t verb = phrase.core.begin - 1;
    context.signers = actors_.SubjectIn(view_.ClauseOf(verb), verb).ids;
  }
  if (const int32_t act = a_.at[phrase.head].trigger; act >= 0 && phrase.instrument != nullptr) {
    // "exchanged notes": where nothing else speaks of agreements, people just tell each other things.
    const LexiconMatch& words = a_.triggers[act];
    const bool known = !discourse_->entities().empty() || a_.norm(phrase.head - 1) == "diplomatic";
    if (known && words.form != VerbForm::kNone &&
        words.entries.front()->event_type == treatywire::v1::EVENT_TYPE_SIGNED &&
        words.tokens.begin < phrase.core.begin) {
      context.is_signed = true;
      context.signers = actors_.SubjectIn(view_.ClauseOf(words.tokens.begin), words.tokens.begin).ids;
    }
  }
  if (context.signers.size() < 2) context.signers.clear();
  if (phrase.plural && phrase.count > 1)
    context.brought_together = PairBroughtTogether(a_, view_.sentence.tokens.end - 1);
  // "The two countries signed three pacts": whom the text has brought together.
  if (context.is_signed && context.signers.empty() && phrase.parties.empty() && phrase.partners.empty()) {
    const uint32_t verb = phrase.core.begin - 1;
    const Actors subject = actors_.SubjectIn(view_.ClauseOf(verb), verb);
    const bool noun = a_.triggers[a_.at[verb].trigger].form == VerbForm::kNone;
    const bool they = subject.ids.size() == 1 && a_.norm(verb - 1) == "they";
    if (noun && phrase.plural) context.signers = PairBroughtTogether(a_, phrase.head);
    if (subject.all_parties || they) context.signers = PairBroughtTogether(a_, verb);
    if (they && !context.signers.Contains(subject.ids.front())) context.signers.clear();
  }
  // "a supplementary agreement to the 1966 convention": two agreements.
  if (p > 0 && !phrase.pronoun && !view_.phrases[p - 1].pronoun &&
      view_.phrases[p - 1].core.end + 1 == phrase.core.begin && a_.norm(phrase.core.begin - 1) == "to")
    context.apart = meanings_[p - 1];
  context.group = actors_.last_actors().ids;
  // "Washington told Managua that it was ending the two countries' treaty": those of the sentence.
  if (phrase.between == 2) {
    PartyIds named;
    for (uint32_t t = view_.sentence.tokens.begin; t < phrase.core.begin; ++t) {
      const int32_t party = a_.at[t].party;
      if (party >= 0 && !a_.parties[party].place && a_.parties[party].ids.size() == 1 &&
          a_.parties[party].ids.front().is_state())
        AddIds(a_.parties[party].ids, &named);
    }
    if (named.size() == 2) context.group = named;
  }
  const bool title = view_.block.kind == BlockKind::kTitle;
  context.may_create = !title || phrase.known != nullptr || phrase.parties.size() >= 2;
  return context;
}

// "A visa deal with Peru was signed in May": nobody here, and no pronoun, tells whose it is but the article.
bool PhraseMeanings::IsOfStandingParty(const AgreementPhrase& phrase, const PhraseContext& context) const {
  const PartyId standing = a_.standing_party();
  if (standing.empty() || context.owners_named || phrase.determiner == Determiner::kPossessive) return false;
  if (!phrase.parties.empty() || phrase.partners.empty() || phrase.partners.Contains(standing)) return false;
  for (uint32_t t = view_.sentence.tokens.begin; t < phrase.core.begin; ++t) {
    if (IsOneOf(a_.norm(t), {"it", "they", "he", "she", "who"})) return false;
  }
  return true;
}

// "Australia. An agreement of 2007" in a list of Manila's, or where the others that the text speaks of are
// Manila's: those two.
PartyIds PhraseMeanings::PairOfLabel() const {
  PartyIds pair = LabelOf(view_);
  if (pair.size() != 1) return pair;
  const std::optional<AgreementPhrase> over = PluralOverList(view_);
  PartyId side = over ? over->parties.front() : discourse_->SharedParty(pair);
  if (side.empty()) side = a_.main_party();
  if (side.empty() || side == pair.front()) return {};
  return {side, pair.front()};
}

// "signed [instruments of their own]", with `renewal` also "renewed [an arrangement]".
bool PhraseMeanings::FollowsAct(const AgreementPhrase& phrase, bool renewal) const {
  const uint32_t t = phrase.core.begin;
  // "a statement signed by the three leaders"
  const int32_t after = phrase.core.end < view_.sentence.tokens.end ? a_.at[phrase.core.end].trigger : -1;
  if (!renewal && after >= 0 && a_.norm(phrase.core.end) == "signed" && NeedsSigning(phrase)) return true;
  if (t <= view_.sentence.tokens.begin || a_.at[t - 1].trigger < 0) return false;
  const LexiconMatch& verb = a_.triggers[a_.at[t - 1].trigger];
  const treatywire::v1::EventType type = verb.entries.front()->event_type;
  // "witnessed the signing of five pacts"
  const bool noun = phrase.plural && verb.entries.front()->frame == TriggerFrame::kNoun &&
                    type == treatywire::v1::EVENT_TYPE_SIGNED && a_.norm(t - 1) == "of";
  // Words that take in the noun itself, "exchanged notes", are looked at by themselves.
  if ((verb.form == VerbForm::kNone && !noun) || verb.tokens.end > t) return false;
  return (type == treatywire::v1::EVENT_TYPE_SIGNED || type == treatywire::v1::EVENT_TYPE_INITIALLED ||
          (renewal &&
           (type == treatywire::v1::EVENT_TYPE_EXTENDED || type == treatywire::v1::EVENT_TYPE_RESUMED)));
}

// "Peru, which denies that it backs Chile, signed a pact with Fiji": of who does what the phrase is the
// object of.
void PhraseMeanings::SetOwnerByVerb(const AgreementPhrase& phrase, PhraseContext* context) const {
  const uint32_t t = phrase.core.begin;
  if (phrase.plural || t <= view_.sentence.tokens.begin || a_.at[t - 1].trigger < 0) return;
  const LexiconMatch& verb = a_.triggers[a_.at[t - 1].trigger];
  if (verb.form == VerbForm::kNone || verb.entries.front()->frame != TriggerFrame::kObject) return;
  const VerbGroup group = ReadVerbGroup(view_, verb);
  if (group.passive || group.shape != VerbShape::kFinite) return;
  const Actors subject = actors_.SubjectOf(group, view_.ClauseOf(verb.tokens.begin));
  if (subject.ids.size() != 1 || subject.mentions.empty()) return;
  PartyId id = subject.ids.front();
  if (phrase.partners.Contains(id)) return;
  if (subject.unnamed) {
    const PartyId shared = discourse_->SharedParty(phrase.partners);
    if (!shared.empty()) context->owners = {shared};
  } else {
    context->owners = {id};
  }
}

// Whether nothing that could own the phrase or act on it stands before it in its clause.
bool PhraseMeanings::LeadsClause(const AgreementPhrase& phrase) const {
  if (phrase.determiner == Determiner::kPossessive || phrase.is_new) return false;
  for (uint32_t t = view_.clauses[view_.ClauseOf(phrase.core.begin)].tokens.begin; t < phrase.core.begin;
       ++t) {
    if (!a_.token(t).is_word || a_.at[t].date >= 0) continue;
    const bool carries_on = a_.IsFunctionWord(t) && !a_.IsAuxiliary(t);
    if (!carries_on && !a_.IsAdverb(t)) return false;
  }
  return true;
}

// "Uruguay's toast is to Salto Grande: the convention with Argentina …": the one state that stands before the
// colon; empty where none or several do.
PartyId PhraseMeanings::PartyBeforeColon(const AgreementPhrase& phrase) const {
  uint32_t colon = phrase.core.begin;
  while (colon > view_.sentence.tokens.begin && a_.norm(colon) != ":") --colon;
  PartyId found;
  for (uint32_t t = view_.sentence.tokens.begin; t < colon; ++t) {
    const int32_t p = a_.at[t].party;
    if (p < 0 || a_.parties[p].place || a_.parties[p].tokens.begin != t) continue;
    if (a_.parties[p].ids.size() != 1 || (!found.empty() && found != a_.parties[p].ids.front()))
      return PartyId();
    found = a_.parties[p].ids.front();
  }
  return phrase.partners.Contains(found) ? PartyId() : found;
}

// "It replaced the Interim Accord": what does so is another agreement.
void PhraseMeanings::TellReplacedApart() {
  for (size_t p = 0; p < view_.phrases.size(); ++p) {
    const uint32_t verb = view_.phrases[p].core.end;
    if (!view_.phrases[p].pronoun || verb >= view_.sentence.tokens.end || a_.at[verb].trigger < 0) continue;
    const LexiconMatch& trigger = a_.triggers[a_.at[verb].trigger];
    if (trigger.entries.front()->event_type != treatywire::v1::EVENT_TYPE_SUPERSEDED) continue;
    if (trigger.form == VerbForm::kNone || meanings_[p].size() != 1) continue;
    for (size_t q = p + 1; q < meanings_.size(); ++q) {
      if (!view_.phrases[q].pronoun && meanings_[q].size() == 1)
        discourse_->TellApart(meanings_[p].front(), meanings_[q].front());
    }
  }
}

void PhraseMeanings::TellApart() {
  TellReplacedApart();
  for (size_t p = 0; p < meanings_.size(); ++p) {
    if (meanings_[p].size() != 1 || view_.phrases[p].pronoun) continue;
    for (size_t q = 0; q < p; ++q) {
      if (meanings_[q].size() != 1 || view_.phrases[q].pronoun) continue;
      discourse_->TellApart(meanings_[p].front(), meanings_[q].front());
    }
  }
}

// "prolonged by an exchange of letters": how, not what.
bool PhraseMeanings::IsMeans(const AgreementPhrase& phrase) const {
  const bool notes = phrase.instrument != nullptr &&
                     phrase.instrument->agreement_kind == treatywire::v1::AGREEMENT_KIND_EXCHANGE_OF_NOTES;
  const uint32_t t = phrase.core.begin;
  // "By an exchange of letters of 1966 London made the islands available" tells when they were exchanged.
  const bool leads = t == view_.sentence.tokens.begin + 1;
  if (leads && !phrase.dates.empty()) return false;
  return notes && t > view_.sentence.tokens.begin && IsOneOf(a_.norm(t - 1), {"by", "through", "in", "via"});
}

// "the Grey Zone Agreement, a provisional arrangement": the phrase before, which this one describes; -1 for
// none.
int PhraseMeanings::InApposition(size_t p) const {
  const AgreementPhrase& phrase = view_.phrases[p];
  if (p == 0 || phrase.pronoun || !phrase.title.empty() || phrase.known != nullptr || phrase.plural)
    return -1;
  const AgreementPhrase& before = view_.phrases[p - 1];
  const uint32_t t = phrase.core.begin;
  // "signed the Lima Treaty on Thursday, the first of its kind"
  uint32_t end = before.tokens.end;
  while (end + 1 < t && (a_.at[end].date >= 0 || IsOneOf(a_.norm(end), {"on", "in"}))) ++end;
  const bool adjacent = t > before.core.end && t - 1 == end && a_.norm(t - 1) == ",";
  if (!adjacent || before.pronoun || before.plural) return -1;
  // "New START, the last treaty that limits …": after a name a definite phrase describes it too, but for
  // lists.
  const uint32_t next = phrase.tokens.end;
  const bool listed = next < view_.sentence.tokens.end && IsOneOf(a_.norm(next), {"and", "or"});
  // "a friendship treaty, a tax convention and an air accord"
  if (listed && p + 1 < view_.phrases.size() && ContinuesList(p + 1) &&
      before.determiner == Determiner::kIndefinite &&
      view_.phrases[p + 1].determiner == Determiner::kIndefinite)
    return -1;
  const bool named =
      !before.title.empty() && phrase.determiner == Determiner::kDefinite && phrase.dates.empty() && !listed;
  return phrase.determiner == Determiner::kIndefinite || named ? static_cast<int>(p) - 1 : -1;
}

// "two treaties with Chile, the Lima Treaty and the Arica Treaty": those that are named right after the
// count.
std::vector<int> PhraseMeanings::NamedOneByOne(size_t p) {
  const AgreementPhrase& phrase = view_.phrases[p];
  uint32_t end = phrase.tokens.end;
  // "approved two treaties on Friday, a …"
  while (end + 1 < view_.sentence.tokens.end &&
         (a_.at[end].date >= 0 || (a_.norm(end) == "on" && a_.at[end + 1].date >= 0)))
    ++end;
  const size_t last = p + static_cast<size_t>(phrase.count);
  if (end >= view_.sentence.tokens.end || !IsOneOf(a_.norm(end), {",", ":", "-", "("})) return {};
  if (last >= view_.phrases.size() || view_.phrases[p + 1].core.begin > end + 2) return {};
  for (size_t q = p + 1; q <= last; ++q) {
    const AgreementPhrase& name = view_.phrases[q];
    const bool told =
        !name.title.empty() || name.known != nullptr ||
        (name.determiner == Determiner::kIndefinite && name.parties.size() + name.partners.size() > 0);
    if (name.plural || name.pronoun || !told) return {};
  }
  const AgreementPhrase each = EachOf(phrase);
  std::vector<int> meant;
  for (size_t q = p + 1; q <= last; ++q) {
    for (const int agreement : Of(q)) {
      if (std::find(meant.begin(), meant.end(), agreement) != meant.end()) continue;
      meant.push_back(agreement);
      discourse_->Describe(agreement, each, ContextOf(p));
    }
  }
  return meant;
}

// "Two accords were signed: one with Spain, the other with Mali": what is told of each after the count.
std::vector<int> PhraseMeanings::ToldOneByOne(size_t p) {
  const AgreementPhrase& phrase = view_.phrases[p];
  if (!phrase.plural || phrase.pronoun || phrase.count < 2) return {};
  if (std::vector<int> named = NamedOneByOne(p); !named.empty()) return named;
  if (!phrase.partners.empty()) return {};
  std::vector<size_t> told;
  for (size_t q = p + 1; q < view_.phrases.size(); ++q) {
    if (!view_.phrases[q].one || view_.phrases[q].plural) continue;
    if (!phrase.parties.empty() && !view_.phrases[q].parties.empty()) return {};
    told.push_back(q);
  }
  if (static_cast<int>(told.size()) != phrase.count) return {};
  std::vector<int> meant;
  for (const size_t q : told) {
    // Of the sort that is counted, between those of whom it is told.
    AgreementPhrase each = EachOf(phrase);
    each.determiner = Determiner::kIndefinite;
    if (phrase.parties.empty()) {
      each.parties = view_.phrases[q].parties;
      each.votes = view_.phrases[q].votes;
    } else {
      each.is_new = true;  // several of one pair
    }
    each.partners = view_.phrases[q].partners;
    resolved_[q] = true;
    meanings_[q] = discourse_->Resolve(each, ContextOf(q));
    for (const int agreement : meanings_[q]) {
      if (std::find(meant.begin(), meant.end(), agreement) == meant.end()) meant.push_back(agreement);
    }
  }
  return meant;
}

// "nine treaties, among them those with Chile and Peru": those, as far as is told.
std::vector<int> PhraseMeanings::ToldInPart(size_t p) {
  const AgreementPhrase& phrase = view_.phrases[p];
  if (!phrase.plural || phrase.pronoun || p + 1 >= view_.phrases.size() || !phrase.partners.empty())
    return {};
  const AgreementPhrase& part = view_.phrases[p + 1];
  if (!part.one || part.core.begin > phrase.tokens.end + kMaxBetween) return {};
  const CueRange cues = a_.CuesIn({phrase.tokens.end, part.core.begin});
  const bool among = std::any_of(cues.begin(), cues.end(),
                                 [](const Cue* cue) { return cue->cue_class == CueClass::kAmong; });
  if (!among) return {};
  if (!part.plural) return NamedInPart(p);
  AgreementPhrase each = phrase;
  each.partners = part.partners;
  each.partner_dates = part.partner_dates;
  each.count = 0;
  resolved_[p + 1] = true;
  meanings_[p + 1] = discourse_->Resolve(each, ContextOf(p));
  return meanings_[p + 1];
}

// "Nineteen accords were signed, among them one on air services and one with Peru": those that are told.
std::vector<int> PhraseMeanings::NamedInPart(size_t p) {
  std::vector<int> meant;
  for (size_t q = p + 1; q < view_.phrases.size() && view_.phrases[q].one && !view_.phrases[q].plural; ++q) {
    AgreementPhrase each = view_.phrases[q];
    each.instrument = view_.phrases[p].instrument;
    each.noun = view_.phrases[p].noun;
    each.determiner = Determiner::kIndefinite;
    each.one = false;
    each.is_new = true;
    resolved_[q] = true;
    meanings_[q] = discourse_->Resolve(each, ContextOf(q));
    meant.insert(meant.end(), meanings_[q].begin(), meanings_[q].end());
  }
  return meant;
}

// "four documents were signed, including a tax treaty and a memorandum", "a package of pacts: a …": those
// that are named after the words for all.
std::vector<int> PhraseMeanings::NamedInList(size_t p) {
  const AgreementPhrase& phrase = view_.phrases[p];
  if (!phrase.plural || phrase.pronoun || !phrase.partners.empty() || p + 1 >= view_.phrases.size())
    return {};
  const uint32_t first = view_.phrases[p + 1].core.begin;
  if (first > phrase.tokens.end + kMaxBetween || !LeadsToList({phrase.tokens.end, first})) return {};
  PartyIds parties = phrase.parties;
  if (parties.empty()) parties = ContextOf(p).signers;
  if (parties.empty()) parties = PairBroughtTogether(a_, phrase.head);
  std::vector<int> meant;
  for (size_t q = p + 1; q < view_.phrases.size(); ++q) {
    AgreementPhrase each = view_.phrases[q];
    if (each.pronoun || each.one || (q > p + 1 && !ContinuesList(q))) break;
    if (each.plural || each.determiner == Determiner::kDefinite) {
      if (each.title.empty() && each.known == nullptr) break;
    }
    const bool told = each.parties.size() + each.partners.size() > 0 || each.known != nullptr;
    if (!told && parties.size() == 2) each.parties = parties;
    each.is_new = each.is_new || (!told && each.determiner == Determiner::kIndefinite);
    resolved_[q] = true;
    meanings_[q] = discourse_->Resolve(each, ContextOf(q));
    meant.insert(meant.end(), meanings_[q].begin(), meanings_[q].end());
  }
  if (meant.size() > 1) discourse_->TouchGroup(meant, phrase.head);
  return meant;
}

// "Six of the Union's fishing agreements expire this year: Gabon, Senegal, …": one with each.
std::vector<int> PhraseMeanings::WithThoseListed(size_t p) {
  const AgreementPhrase& phrase = view_.phrases[p];
  if (!phrase.plural || phrase.pronoun || !phrase.partners.empty() || phrase.parties.size() != 1) return {};
  if (p + 1 < view_.phrases.size() && !view_.phrases[p + 1].pronoun) return {};
  for (uint32_t t = phrase.tokens.end; t + 1 < view_.sentence.tokens.end; ++t) {
    if (a_.norm(t) != ":") continue;
    const PartyList list = ReadPartyList(a_, t + 1, view_.sentence.tokens.end);
    const bool whole = list.next >= view_.sentence.tokens.end || !a_.token(list.next).is_word;
    if (list.ids.size() < 2 || !whole || list.ids.Contains(phrase.parties.front())) return {};
    AgreementPhrase each = phrase;
    each.partners = list.ids;
    each.count = 0;
    return discourse_->Resolve(each, ContextOf(p));
  }
  return {};
}

// Whether the words lead from those for all to the list of each.
bool PhraseMeanings::LeadsToList(TokenSpan words) const {
  for (uint32_t t = words.begin; t < words.end; ++t) {
    if (IsOneOf(a_.norm(t), {":", "include", "includes", "included", "comprise", "comprised", "namely"}))
      return true;
    const CueRange cues = a_.CuesIn({t, t + 1});
    if (std::any_of(cues.begin(), cues.end(),
                    [](const Cue* cue) { return cue->cue_class == CueClass::kAmong; }))
      return true;
  }
  return false;
}

// Whether nothing but commas and "and" stands between the phrase and the one before it.
bool PhraseMeanings::ContinuesList(size_t q) const {
  const uint32_t end = view_.phrases[q - 1].tokens.end;
  const uint32_t begin = view_.phrases[q].core.begin;
  if (begin <= end) return false;
  for (uint32_t t = end; t < begin; ++t) {
    if (!IsOneOf(a_.norm(t), {",", ";", "and", "as", "well", "also"})) return false;
  }
  return true;
}

// "a defence pact, the Treaty of Windsor", "a treaty known as New START": the phrase after it, which names
// what this one describes; -1 for none.
int PhraseMeanings::NamedAfter(size_t p) const {
  const AgreementPhrase& phrase = view_.phrases[p];
  if (p + 1 >= view_.phrases.size() || phrase.pronoun || phrase.one || phrase.plural ||
      phrase.known != nullptr)
    return -1;
  const AgreementPhrase& name = view_.phrases[p + 1];
  if (name.plural || (name.title.empty() && name.known == nullptr)) return -1;
  bool apposed = false;
  bool renamed = phrase.title.empty();  // "the Temelin accord, known as the Melk Protocol": two names of one
  for (uint32_t t = phrase.tokens.end; t < name.core.begin; ++t)
    renamed = renamed || (IsOneOf(a_.norm(t), {"known", "called", "dubbed"}));
  if (!renamed) return -1;
  for (uint32_t t = phrase.tokens.end; t < name.core.begin; ++t) {
    if (!IsOneOf(a_.norm(t), {",", "(", ":", "\"", "-", "known", "as", "called", "dubbed", "named", "the"}))
      return -1;
    apposed = true;
  }
  // "the pact, the Bern Convention and the Nice Agreement" is a list.
  const uint32_t next = name.tokens.end;
  const bool listed =
      next < view_.sentence.tokens.end &&
      (IsOneOf(a_.norm(next), {"and", "or"}) ||
       (a_.norm(next) == "," && p + 2 < view_.phrases.size() && view_.phrases[p + 2].core.begin <= next + 3));
  // "a fourth document, the Treaty on … and the Declaration of …"
  const bool empty_noun = phrase.determiner == Determiner::kIndefinite && phrase.instrument != nullptr &&
                          phrase.instrument->strength == NounStrength::kWeak;
  return apposed && (!listed || empty_noun) ? static_cast<int>(p) + 1 : -1;
}

// "the 1994 pact", "the treaty of 1973": when it dates from, said in passing.
void PhraseMeanings::AddOrigin(const AgreementPhrase& phrase, int agreement) {
  int date = DateOfComing(phrase);
  AgreementEntity& entity = discourse_->entities()[agreement];
  if (date >= 0 && entity.signed_date.empty()) {
    entity.signed_date = a_.dates[date].date;
    entity.signed_surface = a_.dates[date].surface;
  }
  if (date < 0) {
    if ((phrase.dates.empty() && phrase.partner_dates.empty()) || phrase.is_new) return;
    date = MatchingDate(phrase, agreement);
  }
  if (date < 0) return;
  ReadEvent event;
  event.type = treatywire::v1::EVENT_TYPE_CONCLUDED;
  event.agreement = agreement;
  event.date = StartOf(a_.dates[date].date);
  event.date_surface = a_.dates[date].surface;
  event.cue = phrase.core;
  event.sentence = view_.index;
  event.joint = true;
  event.from_phrase = true;
  event.confidence = 0.88;  // "the 1994 treaty" leaves little to misread
  out_->push_back(std::move(event));
}

// "A protocol followed in March", "In 2006 came the Lima Treaty", "1929. The Treaty of Lima divided …": when
// it came, told without a verb of signing; the index of the date, -1 for none.
int PhraseMeanings::DateOfComing(const AgreementPhrase& phrase) const {
  if (phrase.plural || phrase.one || !phrase.dates.empty()) return -1;
  const TokenSpan sentence = view_.sentence.tokens;
  uint32_t t = phrase.tokens.end;
  if (t + 1 < sentence.end && IsOneOf(a_.norm(t), {"followed", "came"})) {
    ++t;
    while (t + 1 < sentence.end &&
           (a_.IsAdverb(t) || IsOneOf(a_.norm(t), {"in", "on", "only", "soon", "then"})))
      ++t;
    return IsDay(t) ? a_.at[t].date : -1;
  }
  // The date that opens the sentence.
  t = sentence.begin;
  if (t + 1 < sentence.end && IsOneOf(a_.norm(t), {"in", "on", "then", "by"})) ++t;
  if (!IsDay(t)) return -1;
  const int date = a_.at[t].date;
  uint32_t next = a_.dates[date].tokens.end;
  const bool label = next < phrase.core.begin && IsOneOf(a_.norm(next), {".", ":", "-"});
  if (next < phrase.core.begin && IsOneOf(a_.norm(next), {".", ":", "-", ","})) ++next;
  if (label && next == phrase.core.begin) return IsNamed(phrase) && IsSubjectOfOtherVerb(phrase) ? date : -1;
  // "1850 - Lima and Quito promise each other in the Treaty of Arica …"
  const bool in_name = IsNamed(phrase) && phrase.core.begin > next && a_.norm(phrase.core.begin - 1) == "in";
  if (label && in_name && phrase.known == nullptr) return date;
  uint32_t verb = next;
  while (verb < phrase.core.begin &&
         IsOneOf(a_.norm(verb), {"there", "had", "been", "then", "came", "was", "followed"}))
    ++verb;
  return verb > next && verb == phrase.core.begin ? date : -1;
}

bool PhraseMeanings::IsDay(uint32_t t) const {
  if (t >= view_.sentence.tokens.end || a_.at[t].date < 0) return false;
  const DateMention& date = a_.dates[a_.at[t].date];
  return date.role != DateRole::kDuration && !date.date.empty() &&
         date.date.granularity != Granularity::kInterval;
}

bool PhraseMeanings::IsNamed(const AgreementPhrase& phrase) {
  return phrase.known != nullptr || !phrase.title.empty();
}

// Whether a word that tells no act follows as its verb: "the Treaty of Lima divided the province".
bool PhraseMeanings::IsSubjectOfOtherVerb(const AgreementPhrase& phrase) const {
  const uint32_t t = phrase.tokens.end;
  return t + 1 < view_.sentence.tokens.end && a_.token(t).is_word && !a_.IsAuxiliary(t) &&
         !a_.IsFunctionWord(t) && a_.at[t].trigger < 0;
}

int PhraseMeanings::MatchingDate(const AgreementPhrase& phrase, int agreement) const {
  for (const int date : phrase.dates) {
    if (a_.dates[date].date == discourse_->entities()[agreement].signed_date) return date;
  }
  for (const int date : phrase.partner_dates) {
    if (date >= 0 && a_.dates[date].date == discourse_->entities()[agreement].signed_date) return date;
  }
  return phrase.dates.size() == 1 ? phrase.dates.front() : -1;
}

}  // namespace treatywire::ingest
