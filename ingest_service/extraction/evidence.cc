#include "ingest_service/extraction/evidence.h"

#include <algorithm>
#include <string>
#include <utility>

#include "ingest_service/extraction/one_of.h"

namespace treatywire::ingest {
namespace {

namespace v1 = treatywire::v1;

constexpr uint32_t kCueContextTokens = 4;

// The words as they are written, no more than kMaxEvidenceBytes of them. Into the field's own memory, as they
// mostly stand in one place.
void SetText(const Document& document, TokenSpan words, std::string* field) {
  const absl::string_view in_place = document.TextInPlace(words);
  if (in_place.empty()) {
    document.CopyText(words, field);
  } else {
    field->assign(in_place.data(), std::min(in_place.size(), kMaxEvidenceBytes + 1));
  }
  if (field->size() <= kMaxEvidenceBytes) return;
  size_t end = kMaxEvidenceBytes;
  while (end > 0 && (static_cast<unsigned char>((*field)[end]) & 0xC0) == 0x80) --end;
  field->resize(end);
}

// The cue with the auxiliaries and adverbs that belong to it: "has formally terminated".
TokenSpan WidenCue(const Annotation& a, TokenSpan cue, TokenSpan sentence) {
  uint32_t begin = cue.begin;
  while (begin > sentence.begin && cue.begin - begin < kCueContextTokens &&
         (a.IsAuxiliary(begin - 1) || a.IsAdverb(begin - 1) || a.norm(begin - 1) == "to") &&
         a.norm(begin - 1) != "'s") {
    --begin;
  }
  return {begin, cue.end};
}

// Who says so: the party or person next to a verb of saying, or after "according to"; nobody where none does.
TokenSpan SpeakerOf(const Annotation& a, TokenSpan sentence) {
  for (const Cue* cue : a.CuesIn(sentence)) {
    if (cue->cue_class == CueClass::kSpeaker) {
      for (uint32_t t = cue->tokens.end; t < std::min(sentence.end, cue->tokens.end + 4); ++t) {
        if (a.at[t].party >= 0) return a.parties[a.at[t].party].tokens;
      }
    }
    if (cue->cue_class != CueClass::kReport) continue;
    if (a.at[cue->tokens.begin].party >= 0) continue;  // "the United States" states nothing
    for (uint32_t t = cue->tokens.begin, steps = 0; t-- > sentence.begin && steps < 6; ++steps) {
      if (IsOneOf(a.norm(t), {",", ";", "that"}) && steps > 0) break;
      if (a.at[t].party >= 0) return a.parties[a.at[t].party].tokens;
    }
    for (uint32_t t = cue->tokens.end; t < std::min(sentence.end, cue->tokens.end + 3); ++t) {
      if (a.at[t].party >= 0) return a.parties[a.at[t].party].tokens;
    }
  }
  return {};
}

std::string InstrumentOf(const Annotation& a, TokenSpan sentence) {
  for (uint32_t t = sentence.begin; t < sentence.end; ++t) {
    if (!a.IsEvidence(t) || a.at[t].instrument >= 0) continue;
    if (IsOneOf(a.norm(t), {"decree", "law", "bill", "referendum", "ruling", "note", "letter", "resolution"}))
      return std::string(a.norm(t));
  }
  return "";
}

// What follows "because", "citing", "over", up to the end of the clause.
std::string ReasonOf(const Annotation& a, TokenSpan sentence, TokenSpan cue) {
  for (uint32_t t = cue.end; t + 1 < sentence.end; ++t) {
    if (!a.IsEvidence(t) || !IsOneOf(a.norm(t), {"because", "citing", "accusing"})) continue;
    uint32_t end = t;
    while (end < sentence.end && !IsOneOf(a.norm(end), {".", ";"})) ++end;
    return a.document.Text({t, end});
  }
  return "";
}

std::string PlaceOf(const Annotation& a, TokenSpan sentence, TokenSpan cue) {
  for (uint32_t t = cue.end; t + 1 < std::min(sentence.end, cue.end + 4); ++t) {
    if (a.norm(t) != "in") continue;
    uint32_t end = t + 1;
    while (end < sentence.end && a.token(end).is_word && a.token(end).capitalized && a.at[end].date < 0)
      ++end;
    if (end > t + 1) return a.document.Text({t + 1, end});
  }
  return "";
}

}  // namespace

void FillEvidence(const Annotation& a, const ReadEvent& event, v1::AgreementEvent* out) {
  const Sentence& sentence = a.document.sentences[event.sentence];
  const Block& block = a.document.blocks[sentence.block];
  v1::Evidence* evidence = out->mutable_evidence();
  TokenSpan tokens = sentence.tokens;
  ByteSpan source = sentence.source;
  if (event.whole_block) {
    const Sentence& first = a.document.sentences[block.first_sentence];
    const Sentence& last = a.document.sentences[block.last_sentence - 1];
    tokens = {first.tokens.begin, last.tokens.end};
    source = {first.source.begin, last.source.end};
  }
  SetText(a.document, tokens, evidence->mutable_text());
  evidence->set_begin_byte(static_cast<int32_t>(source.begin));
  evidence->set_end_byte(static_cast<int32_t>(source.end));
  evidence->set_in_title(block.kind == BlockKind::kTitle);
  SetText(a.document,
          event.from_phrase || event.whole_block ? event.cue : WidenCue(a, event.cue, sentence.tokens),
          evidence->mutable_cue());
  if (const TokenSpan speaker = SpeakerOf(a, sentence.tokens); !speaker.empty())
    a.document.CopyText(speaker, evidence->mutable_speaker());
  const bool formal = event.type != v1::EVENT_TYPE_SIGNED && event.type != v1::EVENT_TYPE_CONCLUDED;
  // Most sentences have neither.
  const bool may_tell = a.SentenceHas(event.sentence, WordClass::kEvidence);
  std::string instrument = event.instrument;
  if (formal && instrument.empty() && may_tell) instrument = InstrumentOf(a, sentence.tokens);
  if (formal && !instrument.empty()) out->set_instrument(std::move(instrument));
  if (may_tell) {
    if (std::string reason = ReasonOf(a, sentence.tokens, event.cue); !reason.empty())
      out->set_reason(std::move(reason));
  }
  if (std::string place = PlaceOf(a, sentence.tokens, event.cue); !place.empty())
    out->set_place(std::move(place));
}

}  // namespace treatywire::ingest
