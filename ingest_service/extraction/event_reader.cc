#include "ingest_service/extraction/event_reader.h"

#include <cstddef>
#include <cstdint>
#include <utility>

#include "ingest_service/extraction/actor_finder.h"
#include "ingest_service/extraction/fact_line.h"
#include "ingest_service/extraction/sentence_reader.h"
#include "ingest_service/extraction/table_reader.h"

namespace treatywire::ingest {
namespace {

// An article that takes longer to name an agreement began with something else.
constexpr size_t kMaxEarlySentences = 2;

// "Oslo tears up troop pact": of several agreements the one of which the text tells the title's act; -1 where
// it tells it of none, or of several.
int AgreementOfTitle(const Annotation& a, const std::vector<ReadEvent>& events) {
  int found = -1;
  for (const Sentence& sentence : a.document.sentences) {
    if (a.document.blocks[sentence.block].kind != BlockKind::kTitle) break;
    for (uint32_t t = sentence.tokens.begin; t < sentence.tokens.end; ++t) {
      const int32_t trigger = a.at[t].trigger;
      if (trigger < 0 || a.triggers[trigger].tokens.begin != t) continue;
      const LexiconEntry& act = *a.triggers[trigger].entries.front();
      if (!act.flags.Has(TriggerFlag::kLeave)) continue;
      for (const ReadEvent& event : events) {
        if (!event.leave || event.from_phrase || event.modality == treatywire::v1::MODALITY_DENIED) continue;
        if (found >= 0 && found != event.agreement) return -1;
        found = event.agreement;
      }
    }
  }
  return found;
}

// The agreement that the text names most, the first of several; -1 for none.
int MainAgreement(const Discourse& discourse) {
  const std::vector<AgreementEntity>& entities = discourse.entities();
  int main = -1;
  for (size_t e = 0; e < entities.size(); ++e) {
    if (main < 0 || entities[e].mentions > entities[main].mentions) main = static_cast<int>(e);
  }
  return main;
}

class ArticleReader {
 public:
  ArticleReader(const Annotation& annotation, const NewsDay& news, Discourse* discourse)
      : a_(annotation),
        news_(news),
        discourse_(discourse),
        tables_(annotation, news.written, discourse, &events_) {}

  std::vector<ReadEvent> Read() && {
    ReadSentences(/*titles=*/false);
    tables_.ReadBefore(static_cast<uint32_t>(a_.document.tokens.size()));
    // The title last: it speaks of what the text names, above all of what it names most.
    if (const int main = MainAgreement(*discourse_); main >= 0) discourse_->Touch(main, 0);
    if (const int told = AgreementOfTitle(a_, events_); told >= 0) discourse_->Touch(told, 0);
    last_actors_ = Actors();
    ReadSentences(/*titles=*/true);
    return std::move(events_);
  }

 private:
  // Those of the title, or all others but the rows of tables.
  void ReadSentences(bool titles) {
    for (uint32_t s = 0; s < a_.document.sentences.size() && events_.size() < kMaxEvents; ++s) {
      const Sentence& sentence = a_.document.sentences[s];
      tables_.ReadBefore(sentence.tokens.begin);
      const BlockKind kind = a_.document.blocks[sentence.block].kind;
      if (kind == BlockKind::kTableRow || (kind == BlockKind::kTitle) != titles) continue;
      if (!ReadFactLine(a_, news_, s, discourse_, &events_))
        SentenceReader(a_, news_, s, discourse_, &last_actors_, &events_).Read();
      if (!titles) ReadEarly(s);
    }
  }

  // "Chile and Peru handed in their papers on Friday. The Treaty of Palma will thus …": what a text begins
  // with is about the agreement that it names next. Called after each sentence.
  void ReadEarly(uint32_t sentence) {
    if (discourse_->entities().empty()) {
      if (early_.size() < kMaxEarlySentences) early_.push_back(sentence);
      return;
    }
    if (early_.empty()) return;
    const int focus = discourse_->Focus({});
    for (const uint32_t s : early_) {
      Actors actors;
      SentenceReader(a_, news_, s, discourse_, &actors, &events_).ReadAgain();
    }
    if (focus >= 0) discourse_->Touch(focus, a_.document.sentences[sentence].tokens.begin);
    early_.clear();
  }

  const Annotation& a_;
  const NewsDay& news_;
  Discourse* discourse_;
  std::vector<ReadEvent> events_;
  TableReader tables_;
  Actors last_actors_;
  std::vector<uint32_t> early_;  // sentences before the first agreement
};

}  // namespace

std::vector<ReadEvent> ReadEvents(const Annotation& annotation, const NewsDay& news, Discourse* discourse) {
  return ArticleReader(annotation, news, discourse).Read();
}

}  // namespace treatywire::ingest
