#include "ingest_service/extraction/explanation.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "ingest_service/extraction/sentence_view.h"

namespace treatywire::ingest {
namespace {

absl::string_view OpenerName(ClauseOpener opener) {
  switch (opener) {
    case ClauseOpener::kStart:
      return "start";
    case ClauseOpener::kCoordinated:
      return "coordinated";
    case ClauseOpener::kRelative:
      return "relative";
    case ClauseOpener::kThat:
      return "that";
    case ClauseOpener::kCondition:
      return "condition";
    case ClauseOpener::kTime:
      return "time";
    case ClauseOpener::kReason:
      return "reason";
    case ClauseOpener::kParenthesis:
      return "parenthesis";
  }
  return "?";
}

absl::string_view RoleName(PartyRole role) {
  switch (role) {
    case PartyRole::kName:
      return "name";
    case PartyRole::kCapital:
      return "capital";
    case PartyRole::kAdjective:
      return "adjective";
    case PartyRole::kPeople:
      return "people";
    case PartyRole::kBody:
      return "body";
    case PartyRole::kPerson:
      return "person";
  }
  return "?";
}

class Explainer {
 public:
  Explainer(const Annotation& annotation, const Discourse& discourse, const std::vector<ReadEvent>& events)
      : a_(annotation), discourse_(discourse), events_(events) {}

  std::string Explain() {
    if (!a_.standing_party().empty())
      absl::StrAppend(&out_, "standing party ", a_.standing_party().text(), "\n");
    for (uint32_t s = 0; s < a_.document.sentences.size(); ++s) AddSentence(SentenceView(a_, s));
    AddAgreements();
    return std::move(out_);
  }

 private:
  std::string Quoted(TokenSpan tokens) const { return absl::StrCat("\"", a_.document.Text(tokens), "\""); }

  void AddSentence(const SentenceView& view) {
    const TokenSpan tokens = view.sentence.tokens;
    absl::StrAppend(&out_, "\n", a_.document.Text(tokens), "\n");
    for (const Clause& clause : view.clauses) {
      absl::StrAppend(&out_, "  clause ", OpenerName(clause.opener), " ", Quoted(clause.tokens), "\n");
    }
    for (const AgreementPhrase& phrase : view.phrases) AddPhrase(phrase);
    for (uint32_t t = tokens.begin; t < tokens.end; ++t) AddLayers(view, t);
    for (const Cue* cue : a_.CuesIn(tokens)) {
      absl::StrAppend(&out_, "  cue ", CueClassName(cue->cue_class), " ", Quoted(cue->tokens), "\n");
    }
    for (const ReadEvent& event : events_) {
      if (event.sentence == view.index) AddEvent(event);
    }
  }

  void AddPhrase(const AgreementPhrase& phrase) {
    if (phrase.pronoun) return;
    absl::StrAppend(&out_, "  phrase ", Quoted(phrase.tokens), " core ", Quoted(phrase.core));
    if (!phrase.title.empty()) absl::StrAppend(&out_, " title \"", phrase.title, "\"");
    if (!phrase.parties.empty()) absl::StrAppend(&out_, " of ", TextOf(phrase.parties));
    if (!phrase.partners.empty()) absl::StrAppend(&out_, " with ", TextOf(phrase.partners));
    absl::StrAppend(&out_, phrase.plural ? " plural" : "", phrase.is_new ? " new" : "",
                    phrase.is_other ? " other" : "", phrase.background ? " background" : "", "\n");
  }

  void AddLayers(const SentenceView& view, uint32_t t) {
    const TokenLayers& layers = a_.at[t];
    if (layers.party >= 0 && a_.parties[layers.party].tokens.begin == t) {
      const PartyMention& party = a_.parties[layers.party];
      absl::StrAppend(&out_, "  party ", Quoted(party.tokens), " ", TextOf(party.ids), " ",
                      RoleName(party.role), party.place ? " place" : "",
                      party.possessive ? " possessive" : "", "\n");
    }
    if (layers.date >= 0 && a_.dates[layers.date].tokens.begin == t) {
      absl::StrAppend(&out_, "  date ", Quoted(a_.dates[layers.date].tokens), " ",
                      absl::string_view(a_.dates[layers.date].date.edtf), "\n");
    }
    if (layers.trigger >= 0 && a_.triggers[layers.trigger].tokens.begin == t) {
      const LexiconMatch& trigger = a_.triggers[layers.trigger];
      const LexiconEntry& entry = *trigger.entries.front();
      absl::StrAppend(&out_, "  trigger ", Quoted(trigger.tokens), " ", EventType_Name(entry.event_type), " ",
                      TriggerFrameName(entry.frame), " ", entry.value,
                      view.InsideCore(t) ? " (inside a phrase)" : "", "\n");
    }
  }

  void AddEvent(const ReadEvent& event) {
    absl::StrAppend(&out_, "  event ", EventType_Name(event.type), " ", Modality_Name(event.modality), " a",
                    event.agreement + 1, " by ", event.all_parties ? "all" : TextOf(event.actors), " on ",
                    absl::string_view(event.date.edtf), " cue ", Quoted(event.cue), "\n");
  }

  void AddAgreements() {
    for (size_t e = 0; e < discourse_.entities().size(); ++e) {
      const AgreementEntity& entity = discourse_.entities()[e];
      absl::StrAppend(&out_, "\nagreement a", e + 1, " ", TextOf(entity.parties),
                      entity.multilateral ? " multilateral" : "", entity.strong ? " strong" : "", " signed ",
                      absl::string_view(entity.signed_date.edtf), " ", absl::StrJoin(entity.aliases, "; "));
    }
    absl::StrAppend(&out_, "\n");
  }

  static std::string EventType_Name(treatywire::v1::EventType type) {
    return treatywire::v1::EventType_Name(type).substr(11);
  }
  static std::string Modality_Name(treatywire::v1::Modality modality) {
    return treatywire::v1::Modality_Name(modality).substr(9);
  }

  const Annotation& a_;
  const Discourse& discourse_;
  const std::vector<ReadEvent>& events_;
  std::string out_;
};

}  // namespace

std::string ExplainReading(const Annotation& annotation, const Discourse& discourse,
                           const std::vector<ReadEvent>& events) {
  return Explainer(annotation, discourse, events).Explain();
}

}  // namespace treatywire::ingest
