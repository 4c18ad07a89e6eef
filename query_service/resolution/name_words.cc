#include "query_service/resolution/name_words.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "query_service/resolution/party_directory.h"

namespace treatywire::query {
namespace {

using WordSet = absl::flat_hash_set<absl::string_view>;

WordSet MakeSet(absl::string_view words) {
  return absl::StrSplit(words, absl::ByAnyChar(" \n"), absl::SkipEmpty());
}

// Words that say nothing about which agreement it is, and those of states' official names.
const WordSet& StopWords() {
  static const auto* const set = new WordSet(MakeSet(
      "the a an of and on in for to with between by from at its their as or under into concerning regarding "
      "relating relation relations respect matter matters field fields area areas sphere spheres subject "
      "terms "
      "government governments republic federation kingdom people peoples socialist democratic federal "
      "islamic "
      "state states party parties bilateral signed new so called"));
  return *set;
}

const WordSet& InstrumentNouns() {
  static const auto* const set = new WordSet(MakeSet(
      "treaty treaties agreement agreements accord accords deal deals pact pacts convention conventions "
      "covenant charter arrangement arrangements compact memorandum mou memoranda understanding "
      "protocol protocols note notes letter letters instrument instruments act"));
  return *set;
}

// Words of the subjects that agreements are about: none of them distinguishes one by itself.
const WordSet& SubjectWords() {
  static const auto* const set = new WordSet(MakeSet(
      "defence security cooperation partnership strategic comprehensive framework general joint mutual "
      "common "
      "technical technology visit visiting force forces alliance assistance aid arms weapon weapons nuclear "
      "missile missiles information exchange logistics base bases training exercise peace ceasefire truce "
      "armistice normalisation friendship good neighbourly neighbourhood border boundary delimitation "
      "demarcation territory territorial maritime sea trade free economic economy investment customs tariff "
      "commerce commercial transit tax taxation double avoidance debt loan loans finance financial credit "
      "energy "
      "gas oil pipeline electricity power supply supplies civil environment environmental climate water fish "
      "fishing "
      "fishery fisheries mineral minerals resource resources transport aviation air service services "
      "shipping "
      "rail railway road open visa visas readmission refugee refugees labour migration extradition legal "
      "judicial "
      "police crime criminal human rights prisoner prisoners science scientific research space health "
      "education "
      "cultural culture political integration recognition promotion protection development social welfare "
      "higher university student students tourism film sport postal telecommunications digital cyber data "
      "media "
      "agriculture agricultural veterinary food medical medicine pension pensions banking currency swap "
      "steel coal "
      "sugar grain hydropower dam port ports bridge tunnel satellite fighter jet jets submarine submarines "
      "purchase "
      "procurement industrial industry production insurance employment worker workers waiver facilitation "
      "access "
      "international national regional global interim draft amended revised enhanced permanent basic "
      "principle "
      "principles return transfer sharing association union community north south east west"));
  return *set;
}

// Demonyms that share too little with the country's name to be recognised by their beginning.
const absl::flat_hash_map<absl::string_view, absl::string_view>& Demonyms() {
  static const auto* const map = new absl::flat_hash_map<absl::string_view, absl::string_view>{
      {"french", "FR"},    {"franco", "FR"},   {"dutch", "NL"},      {"holland", "NL"},  {"swiss", "CH"},
      {"sino", "CN"},      {"british", "GB"},  {"anglo", "GB"},      {"uk", "GB"},       {"britain", "GB"},
      {"polish", "PL"},    {"spanish", "ES"},  {"hispano", "ES"},    {"danish", "DK"},   {"finnish", "FI"},
      {"irish", "IE"},     {"filipino", "PH"}, {"philippine", "PH"}, {"american", "US"}, {"us", "US"},
      {"usa", "US"},       {"america", "US"},  {"soviet", "SUHH"},   {"ussr", "SUHH"},   {"uae", "AE"},
      {"emirati", "AE"},   {"burmese", "MM"},  {"ivorian", "CI"},    {"lao", "LA"},      {"serbo", "RS"},
      {"luso", "PT"},      {"indo", "IN"},     {"nippo", "JP"},      {"russo", "RU"},    {"turkish", "TR"},
      {"turko", "TR"},     {"greek", "GR"},    {"hellenic", "GR"},   {"greco", "GR"},    {"welsh", "GB"},
      {"norwegian", "NO"}, {"prc", "CN"},      {"dprk", "KP"},       {"rok", "KR"},      {"drc", "CD"},
      {"congolese", "CD"}, {"gdr", "DDDE"},    {"czech", "CZ"},      {"slovak", "SK"},   {"european", "eu"},
      {"eu", "eu"},        {"saudi", "SA"},    {"thai", "TH"},       {"iraqi", "IQ"},    {"omani", "OM"},
      {"israeli", "IL"},   {"kuwaiti", "KW"},  {"kyrgyz", "KG"},     {"tajik", "TJ"},    {"uzbek", "UZ"},
      {"kazakh", "KZ"},    {"turkmen", "TM"},  {"afghan", "AF"},     {"lebanese", "LB"}, {"maltese", "MT"},
      {"cuban", "CU"},     {"kenyan", "KE"},   {"libyan", "LY"},     {"syrian", "SY"},   {"malian", "ML"},
      {"peruvian", "PE"},  {"chilean", "CL"},  {"iranian", "IR"},    {"chinese", "CN"},  {"yugoslav", "YUCS"},
  };
  return *map;
}

// Spellings and synonyms that do not tell names apart.
std::string Spelling(std::string word) {
  static const auto* const map = new absl::flat_hash_map<absl::string_view, absl::string_view>{
      {"defense", "defence"},
      {"organization", "organisation"},
      {"labor", "labour"},
      {"normalization", "normalisation"},
      {"demilitarization", "demilitarisation"},
      {"neighborly", "neighbourly"},
      {"neighbor", "neighbour"},
      {"frontier", "border"},
      {"frontiers", "borders"},
      {"boundaries", "borders"},
      {"boundary", "border"},
  };
  const auto it = map->find(word);
  return it == map->end() ? std::move(word) : std::string(it->second);
}

// For comparison only; slugs keep the article's word.
std::string Comparable(const std::string& word) {
  if (word == "military" || word == "defensive") return "defence";
  if (word.size() > 4 && absl::EndsWith(word, "ies")) return word.substr(0, word.size() - 3) + "y";
  if (word.size() > 4 && absl::EndsWith(word, "s") && !absl::EndsWith(word, "ss") &&
      !absl::EndsWith(word, "us") && !absl::EndsWith(word, "is")) {
    return word.substr(0, word.size() - 1);
  }
  return word;
}

// Decomposed and stripped of marks where it is not ASCII.
std::string Unaccented(absl::string_view text) {
  if (std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; })) {
    return std::string(text);
  }
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* nfkd = icu::Normalizer2::getNFKDInstance(error);
  const icu::UnicodeString source =
      icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(text.size())));
  icu::UnicodeString folded;
  if (U_SUCCESS(error)) nfkd->normalize(source, folded, error);
  if (U_FAILURE(error)) folded = source;
  icu::UnicodeString kept;
  for (int32_t i = 0; i < folded.length(); i = folded.moveIndex32(i, 1)) {
    const UChar32 c = folded.char32At(i);
    if (c == 0x2019 || c == 0x02BC) {
      kept.append(static_cast<UChar32>('\''));
    } else if (u_charType(c) != U_NON_SPACING_MARK) {
      kept.append(c);
    }
  }
  std::string utf8;
  return kept.toUTF8String(utf8);
}

bool IsWordByte(char c) {
  return absl::ascii_isalnum(static_cast<unsigned char>(c)) || static_cast<unsigned char>(c) >= 0x80;
}

// Unfolded words: "U.S.-Mexico Co‑operation" gives "US", "Mexico", "Co", "operation".
std::vector<std::string> SplitWords(absl::string_view text) {
  // Dashes of every length end a word, as does all other punctuation of the blocks U+2000 to U+206F.
  std::string plain = Unaccented(text);
  for (size_t i = 0; i + 2 < plain.size(); ++i) {
    if (static_cast<unsigned char>(plain[i]) == 0xE2 &&
        (static_cast<unsigned char>(plain[i + 1]) & 0xFE) == 0x80) {
      plain[i] = plain[i + 1] = plain[i + 2] = ' ';
    }
  }
  std::vector<std::string> words;
  std::string word;
  for (const char c : plain) {
    if (IsWordByte(c)) {
      word.push_back(c);
    } else if (c == '.' && !word.empty()) {
      continue;  // of an abbreviation, or before a space that ends the word anyway
    } else if (!word.empty()) {
      words.push_back(std::move(word));
      word.clear();
    }
  }
  if (!word.empty()) words.push_back(std::move(word));
  return words;
}

struct Word {
  std::string folded;
  bool capital = false;
};

std::vector<Word> ReadWords(absl::string_view text) {
  std::vector<Word> words;
  for (std::string& raw : SplitWords(text)) {
    const bool capital = absl::ascii_isupper(static_cast<unsigned char>(raw[0]));
    std::string folded = absl::AsciiStrToLower(raw);
    if (!words.empty() && words.back().folded == "co" && folded == "operation") {
      words.back().folded = "cooperation";
      continue;
    }
    words.push_back({Spelling(std::move(folded)), capital});
  }
  return words;
}

bool IsYear(absl::string_view word) {
  return word.size() == 4 && (word[0] == '1' || word[0] == '2') &&
         std::all_of(word.begin(), word.end(), [](unsigned char c) { return absl::ascii_isdigit(c); });
}

size_t CommonPrefix(absl::string_view a, absl::string_view b) {
  size_t n = 0;
  while (n < a.size() && n < b.size() && a[n] == b[n]) ++n;
  return n;
}

// The words of the parties' names, to compare beginnings with.
struct PartyWords {
  std::vector<std::string> ids;
  std::vector<std::string> words;

  explicit PartyWords(absl::Span<const std::string> parties) {
    for (const std::string& party : parties) {
      for (std::string& id : SeatSharers(party)) {
        for (std::string& word : FoldedWords(DescribeParty(id).display_name))
          words.push_back(std::move(word));
        ids.push_back(std::move(id));
      }
    }
  }

  bool Names(absl::string_view word) const {
    if (const auto it = Demonyms().find(word); it != Demonyms().end()) {
      return std::find(ids.begin(), ids.end(), it->second) != ids.end();
    }
    return std::any_of(words.begin(), words.end(), [&](const std::string& name) {
      // "russian" and "russia", "portuguese" and "portugal"; four letters keep "united" from "unions".
      return word == name || (CommonPrefix(word, name) >= 4 && CommonPrefix(word, name) + 3 >= name.size() &&
                              !StopWords().contains(word) && !SubjectWords().contains(word));
    });
  }
};

// Of a full title ("Agreement between A and B on X"), where X begins; 0 where the title has no such form.
size_t TopicStart(const std::vector<Word>& words) {
  size_t between = words.size();
  for (size_t i = 0; i < words.size(); ++i) {
    if (words[i].folded == "between") between = i;
    if (i > between && (words[i].folded == "on" || words[i].folded == "concerning" ||
                        words[i].folded == "regarding" || words[i].folded == "for")) {
      return i + 1;
    }
  }
  return 0;
}

std::string SingularNoun(const std::string& noun) {
  if (noun == "memoranda" || noun == "mou") return "memorandum";
  if (noun == "treaties") return "treaty";
  return absl::EndsWith(noun, "s") ? noun.substr(0, noun.size() - 1) : noun;
}

void SortUnique(std::vector<std::string>& words) {
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
}

// "cooperation in the field of defence" and "defence cooperation" read alike: cooperation goes last.
void MoveCooperationLast(std::vector<std::string>& slug) {
  std::stable_partition(slug.begin(), slug.end(),
                        [](const std::string& word) { return word != "cooperation"; });
}

}  // namespace

std::vector<std::string> FoldedWords(absl::string_view text) {
  std::vector<std::string> folded;
  for (Word& word : ReadWords(text)) folded.push_back(std::move(word.folded));
  return folded;
}

size_t WordList::size() const {
  return empty() ? 0 : 1 + static_cast<size_t>(std::count(joined_.begin(), joined_.end(), ' '));
}

size_t CountShared(WordList a, WordList b) {
  size_t shared = 0;
  auto in_a = a.begin();
  auto in_b = b.begin();
  while (in_a != a.end() && in_b != b.end()) {
    const int order = in_a->compare(*in_b);
    if (order == 0) ++shared;
    if (order <= 0) ++in_a;
    if (order >= 0) ++in_b;
  }
  return shared;
}

NameWords::NameWords(absl::string_view text, const Parts& parts)
    : NameWords(Joined{.text = text,
                       .words = absl::StrJoin(parts.words, " "),
                       .topic = absl::StrJoin(parts.topic, " "),
                       .own = absl::StrJoin(parts.own, " "),
                       .slug = absl::StrJoin(parts.slug, " "),
                       .noun = parts.noun,
                       .proper = parts.proper}) {}

NameWords::NameWords(const Joined& joined)
    : parts_(std::array<absl::string_view, kProper + 1>{joined.text, joined.words, joined.topic, joined.own,
                                                        joined.slug, joined.noun, joined.proper ? "p" : ""}) {
}

NameWords ReadName(absl::string_view title, absl::Span<const std::string> parties) {
  NameWords::Parts name;
  const PartyWords party_words(parties);
  const std::vector<Word> words = ReadWords(title);
  const size_t topic_start = TopicStart(words);
  for (size_t i = 0; i < words.size(); ++i) {
    const std::string& word = words[i].folded;
    if (InstrumentNouns().contains(word)) {
      if (name.noun.empty()) name.noun = SingularNoun(word);
      continue;
    }
    if (StopWords().contains(word) || IsYear(word)) continue;
    std::string comparable = Comparable(word);
    name.words.push_back(comparable);
    if (i < topic_start || party_words.Names(word)) continue;
    name.proper |= words[i].capital;
    if (!SubjectWords().contains(word) && !SubjectWords().contains(comparable))
      name.own.push_back(comparable);
    name.slug.push_back(word);
    name.topic.push_back(std::move(comparable));
  }
  name.proper |= topic_start > 0;  // a full title is a name, though its topic is in lower case
  MoveCooperationLast(name.slug);
  SortUnique(name.words);
  SortUnique(name.topic);
  SortUnique(name.own);
  return NameWords(title, name);
}

std::string Slug(absl::string_view text) {
  std::string slug;
  for (const std::string& word : SplitWords(text)) {
    std::string ascii;
    for (const char c : word) {
      if (static_cast<unsigned char>(c) < 0x80)
        ascii.push_back(absl::ascii_tolower(static_cast<unsigned char>(c)));
    }
    if (ascii.empty()) continue;
    if (!slug.empty()) slug.push_back('-');
    slug += ascii;
  }
  return slug;
}

}  // namespace treatywire::query
