#include "ingest_service/lexicon/pattern.h"

#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "ingest_service/document/text_arena.h"
#include "ingest_service/document/tokenizer.h"

namespace treatywire::ingest {
namespace {

using Sequences = std::vector<PatternSequence>;

constexpr absl::string_view kGap = "...";

absl::Status TooMany() {
  return absl::InvalidArgumentError(
      absl::StrCat("the pattern stands for more than ", kMaxPatternSequences, " sequences of words"));
}

// Appends to each of `sequences` each of `choices`. The first verb gives the form.
absl::Status Multiply(const Sequences& choices, Sequences& sequences) {
  if (choices.size() * sequences.size() > kMaxPatternSequences) return TooMany();
  Sequences products;
  products.reserve(choices.size() * sequences.size());
  for (const PatternSequence& sequence : sequences) {
    for (const PatternSequence& choice : choices) {
      PatternSequence product = sequence;
      product.words.insert(product.words.end(), choice.words.begin(), choice.words.end());
      if (product.form == VerbForm::kNone) product.form = choice.form;
      if (product.words.size() > kMaxPatternWords) {
        return absl::InvalidArgumentError(
            absl::StrCat("the pattern has more than ", kMaxPatternWords, " words"));
      }
      products.push_back(std::move(product));
    }
  }
  sequences = std::move(products);
  return absl::OkStatus();
}

PatternWord MakeWord(const Token& token, bool respects_case) {
  PatternWord word;
  word.norm = std::string(token.norm);
  word.needs_caps = respects_case && token.all_caps;
  word.needs_capital = respects_case && token.capitalized;
  return word;
}

// A hyphen inside a word, as against a dash between two.
bool IsInnerHyphen(const std::vector<Token>& tokens, size_t i) {
  return tokens[i].norm == "-" && i > 0 && i + 1 < tokens.size() && !tokens[i].space_before &&
         !tokens[i + 1].space_before;
}

// "cooperation" of "co" and "operation".
PatternWord Join(const PatternWord& first, const PatternWord& second) {
  return {first.norm + second.norm, first.needs_capital, first.needs_caps && second.needs_caps, false};
}

// Every way to write plain words: with each inner hyphen, a space instead, or nothing.
absl::StatusOr<Sequences> CompileWords(absl::string_view text, bool respects_case) {
  TextArena arena;
  std::vector<Token> tokens;
  AppendTokens(text, arena, tokens);
  if (tokens.empty()) return absl::InvalidArgumentError("the pattern has a part without words");
  Sequences sequences(1);
  for (size_t i = 0; i < tokens.size(); ++i) {
    const PatternWord word = MakeWord(tokens[i], respects_case);
    if (!IsInnerHyphen(tokens, i)) {
      if (absl::Status status = Multiply({{{word}, VerbForm::kNone}}, sequences); !status.ok()) return status;
      continue;
    }
    const PatternWord next = MakeWord(tokens[++i], respects_case);
    Sequences joined = sequences;
    for (PatternSequence& sequence : joined) sequence.words.back() = Join(sequence.words.back(), next);
    const Sequences apart = {{{word, next}, VerbForm::kNone}, {{next}, VerbForm::kNone}};
    if (absl::Status status = Multiply(apart, sequences); !status.ok()) return status;
    sequences.insert(sequences.end(), joined.begin(), joined.end());
    if (sequences.size() > kMaxPatternSequences) return TooMany();
  }
  return sequences;
}

bool IsVerb(absl::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return absl::ascii_isalpha(c) || c == '-'; });
}

// Every form of "<verb>".
absl::StatusOr<Sequences> CompileVerb(absl::string_view marked, const PatternOptions& options) {
  absl::string_view verb = marked;
  if (!absl::ConsumePrefix(&verb, "<") || !absl::ConsumeSuffix(&verb, ">") || !IsVerb(verb)) {
    return absl::InvalidArgumentError(absl::StrCat("\"", marked, "\" is not a verb in <> alone"));
  }
  Sequences sequences;
  for (const VerbWord& word : options.verbs->Inflect(absl::AsciiStrToLower(verb))) {
    absl::StatusOr<Sequences> forms = CompileWords(word.word, false);
    if (!forms.ok()) return forms.status();
    for (PatternSequence& form : *forms) {
      form.form = word.form;
      sequences.push_back(std::move(form));
    }
  }
  return sequences;
}

// "a/b/<c>": any of these.
absl::StatusOr<Sequences> CompileAlternatives(absl::string_view chunk, const PatternOptions& options) {
  Sequences sequences;
  for (absl::string_view alternative : absl::StrSplit(chunk, '/')) {
    if (alternative.empty()) {
      return absl::InvalidArgumentError(absl::StrCat("\"", chunk, "\" has an empty alternative"));
    }
    absl::StatusOr<Sequences> forms =
        absl::StrContains(alternative, '<') || absl::StrContains(alternative, '>')
            ? CompileVerb(alternative, options)
            : CompileWords(alternative, options.respects_case);
    if (!forms.ok()) return forms.status();
    sequences.insert(sequences.end(), forms->begin(), forms->end());
    if (sequences.size() > kMaxPatternSequences) return TooMany();
  }
  return sequences;
}

// Reads a pattern from left to right and multiplies out what it stands for.
class PatternCompiler {
 public:
  PatternCompiler(const PatternOptions& options, bool in_brackets)
      : options_(options), in_brackets_(in_brackets), sequences_(1) {}

  absl::StatusOr<Sequences> Compile(absl::string_view pattern) {
    for (absl::string_view rest = absl::StripLeadingAsciiWhitespace(pattern); !rest.empty();
         rest = absl::StripLeadingAsciiWhitespace(rest)) {
      const bool is_bracket = rest.front() == '(';
      const size_t end = is_bracket ? rest.find(')') : rest.find_first_of(" \t");
      if (is_bracket && end == absl::string_view::npos) {
        return absl::InvalidArgumentError("\"(\" is never closed");
      }
      const size_t length = std::min(rest.size(), end == absl::string_view::npos ? end : end + is_bracket);
      const absl::Status status =
          is_bracket ? AddOptional(rest.substr(0, length)) : AddChunk(rest.substr(0, length));
      if (!status.ok()) return status;
      rest.remove_prefix(length);
      if (is_bracket && !rest.empty() && !absl::ascii_isspace(rest.front())) {
        return absl::InvalidArgumentError("white space must follow \")\"");
      }
    }
    if (absl::Status status = AddPlainWords(); !status.ok()) return status;
    if (gap_pending_) return absl::InvalidArgumentError("a gap ends the pattern");
    return std::move(sequences_);
  }

 private:
  // One word, "a/b", "<verb>" or "...".
  absl::Status AddChunk(absl::string_view chunk) {
    if (chunk == kGap || chunk == "\xE2\x80\xA6") return AddGap();
    if (absl::StrContains(chunk, kGap))
      return absl::InvalidArgumentError("a gap \"...\" stands between spaces");
    if (chunk.find_first_of("()") != absl::string_view::npos) {
      return absl::InvalidArgumentError("brackets stand around whole words and not in each other");
    }
    if (chunk.find_first_of("</>") == absl::string_view::npos) {
      absl::StrAppend(&plain_words_, plain_words_.empty() ? "" : " ", chunk);
      return absl::OkStatus();
    }
    if (absl::Status status = AddPlainWords(); !status.ok()) return status;
    return Add(CompileAlternatives(chunk, options_));
  }

  // "(words)": these or nothing.
  absl::Status AddOptional(absl::string_view bracket) {
    if (absl::Status status = AddPlainWords(); !status.ok()) return status;
    const absl::string_view inner = bracket.substr(1, bracket.size() - 2);
    if (in_brackets_ || absl::StrContains(inner, '(')) {
      return absl::InvalidArgumentError("brackets stand around whole words and not in each other");
    }
    if (gap_pending_) return absl::InvalidArgumentError("a word that may be missing follows a gap");
    absl::StatusOr<Sequences> choices = PatternCompiler(options_, true).Compile(inner);
    if (!choices.ok()) return choices.status();
    choices->emplace_back();
    return Multiply(*choices, sequences_);
  }

  absl::Status AddGap() {
    if (absl::Status status = AddPlainWords(); !status.ok()) return status;
    if (in_brackets_) return absl::InvalidArgumentError("a gap stands in brackets");
    if (gap_pending_) return absl::InvalidArgumentError("a gap follows a gap");
    const bool begins = std::any_of(sequences_.begin(), sequences_.end(),
                                    [](const PatternSequence& sequence) { return sequence.words.empty(); });
    if (begins) return absl::InvalidArgumentError("a gap begins the pattern");
    if (++gaps_ > kMaxPatternGaps) {
      return absl::InvalidArgumentError(absl::StrCat("the pattern has more than ", kMaxPatternGaps, " gaps"));
    }
    gap_pending_ = true;
    return absl::OkStatus();
  }

  // Plain words are tokenized together, as a text is: "St. Petersburg" has no full stop.
  absl::Status AddPlainWords() {
    if (plain_words_.empty()) return absl::OkStatus();
    const std::string words = std::exchange(plain_words_, {});
    return Add(CompileWords(words, options_.respects_case));
  }

  absl::Status Add(absl::StatusOr<Sequences> choices) {
    if (!choices.ok()) return choices.status();
    for (PatternSequence& choice : *choices) {
      if (gap_pending_) choice.words.front().after_gap = true;
    }
    gap_pending_ = false;
    return Multiply(*choices, sequences_);
  }

  const PatternOptions& options_;
  const bool in_brackets_;
  Sequences sequences_;
  std::string plain_words_;  // read and not yet compiled
  size_t gaps_ = 0;
  bool gap_pending_ = false;
};

// Two ways through a pattern may give the same words ("(the) the/a").
Sequences WithoutRepetition(Sequences sequences) {
  absl::flat_hash_set<std::string> seen;
  const auto is_repeated = [&](const PatternSequence& sequence) {
    return !seen.insert(absl::StrJoin(sequence.words, " ",
                                      [](std::string* out, const PatternWord& word) {
                                        absl::StrAppend(out, word.after_gap ? "... " : "", word.norm, ",",
                                                        word.needs_capital, word.needs_caps);
                                      }))
                .second;
  };
  sequences.erase(std::remove_if(sequences.begin(), sequences.end(), is_repeated), sequences.end());
  return sequences;
}

}  // namespace

absl::StatusOr<std::vector<PatternSequence>> CompilePattern(absl::string_view pattern,
                                                            const PatternOptions& options) {
  absl::StatusOr<Sequences> sequences = options.is_literal ? CompileWords(pattern, options.respects_case)
                                                           : PatternCompiler(options, false).Compile(pattern);
  if (!sequences.ok()) return sequences.status();
  for (const PatternSequence& sequence : *sequences) {
    if (sequence.words.empty()) return absl::InvalidArgumentError("the pattern is empty, or may be");
  }
  return WithoutRepetition(*std::move(sequences));
}

}  // namespace treatywire::ingest
