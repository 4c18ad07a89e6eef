#include "ingest_service/lexicon/lexicon.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "ingest_service/lexicon/embedded_files.h"
#include "tests/ingest_service/lexicon/test_document.h"

namespace treatywire::ingest {
namespace {

namespace v1 = ::treatywire::v1;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr absl::string_view kParties = R"(# Some parties.
party: RU
kind: state
name: Russia
official: Russian Federation
names: Russland
demonyms: Russian; Russians
prefixes: Russo
capitals: Moscow
bodies: State Duma = LEGISLATURE; Kremlin = GOVERNMENT
from: 1991-12-26

party: US
kind: state
name: United States
names: (the) United States of America; US; U.S.; America
demonyms: American; Americans
capitals: Washington

party: TR
kind: state
name: Turkey
demonyms: Turkish

party: SUHH
kind: former
name: Soviet Union
names: USSR
successors: RU
until: 1991-12-26

party: CD
kind: state
name: Congo (Kinshasa)
names: Congo

party: CG
kind: state
name: Congo (Brazzaville)
names: Congo
)";

std::vector<LexiconFile> Files() {
  return {
      {"parties.txt", std::string(kParties)},
      {"verbs.txt", "come came come\nwithdraw withdrew withdrawn\nput put put\n"},
      {"groups.txt", "the Romano states | RU TR\n"},
      {"members.txt", "TR | 1994 | | RU\n"},
      {"persons.txt", "Ivan Petrov; Petrov | RU\n"},
      {"bodies.txt", "(foreign) ministry | MINISTRY\n"},
      {"offices.txt", "prime minister | HEAD\n"},
      {"agreements.txt",
       "agreement: sky-treaty\ntitle: Sky Treaty\naliases: Treaty on (the) Sky; SKYT\nkind: TREATY\n"
       "subject: ARMS_CONTROL\nsigned: 1992-03-24\n\n"
       "agreement: sky-protocol\ntitle: Sky Protocol\nkind: protocol\nsubject: arms_control\n"
       "multilateral: no\nparties: RU US\nprotocol_to: sky-treaty\n"},
      {"instruments.txt",
       "treaty | TREATY | STRONG\nexchange of notes | EXCHANGE_OF_NOTES | STRONG\n"
       "text | - | WEAK | -\nnote verbale | - | WEAK | notes verbales\n"},
      {"triggers.txt",
       "SIGNED | object | <sign>\nSIGNED | noun | signing\n"
       "ENTERED_INTO_FORCE | subject | <come> into force | modality=PLANNED | soft until=notice\n"
       "REJECTED | object | <turn> ... down\nWITHDRAWN | actor | <withdraw>\n"},
      {"subjects.txt", "FINANCE | double taxation; tax treaty | 3\nMILITARY | co-operation in defence\n"},
      {"cues.txt", "negation | never\nspeech | <say> | neutral\n"},
  };
}

std::unique_ptr<const Lexicon> Make(std::vector<LexiconFile> files = Files()) {
  absl::StatusOr<std::unique_ptr<const Lexicon>> lexicon = Lexicon::FromFiles(files);
  EXPECT_TRUE(lexicon.ok()) << lexicon.status();
  return lexicon.ok() ? *std::move(lexicon) : nullptr;
}

// The errors of the files of Files() with `file` in place of the one of its name.
std::string ErrorsOf(const LexiconFile& file) {
  std::vector<LexiconFile> files = Files();
  for (LexiconFile& other : files) {
    if (other.name == file.name) other = file;
  }
  const absl::StatusOr<std::unique_ptr<const Lexicon>> lexicon = Lexicon::FromFiles(files);
  EXPECT_EQ(lexicon.status().code(), absl::StatusCode::kInvalidArgument) << file.text;
  return std::string(lexicon.status().message());
}

absl::string_view KindName(EntryKind kind) {
  static constexpr absl::string_view kNames[kEntryKinds] = {
      "party",     "demonym",    "capital", "group",   "body", "office", "person",
      "agreement", "instrument", "trigger", "subject", "cue",  "topic"};
  return kNames[static_cast<size_t>(kind)];
}

// "party Russia", in the order of the matches.
std::vector<std::string> Find(const Lexicon& lexicon, const std::vector<std::string>& sentences) {
  const Document document = MakeDocument(sentences);
  std::vector<std::string> found;
  for (const LexiconMatch& match : lexicon.Match(document)) {
    std::vector<absl::string_view> words;
    for (uint32_t i = match.tokens.begin; i < match.tokens.end; ++i) words.push_back(document.tokens[i].text);
    found.push_back(absl::StrCat(KindName(match.kind()), " ", absl::StrJoin(words, " ")));
  }
  return found;
}

// The only match in `text`, as its entries.
std::vector<LexiconEntry> EntriesIn(const Lexicon& lexicon, const std::string& text) {
  const std::vector<LexiconMatch> matches = lexicon.Match(MakeDocument({text}));
  EXPECT_EQ(matches.size(), 1u) << text;
  std::vector<LexiconEntry> entries;
  if (matches.size() != 1) return entries;
  for (const LexiconEntry* entry : matches.front().entries) entries.push_back(*entry);
  return entries;
}

LexiconEntry EntryIn(const Lexicon& lexicon, const std::string& text) {
  const std::vector<LexiconEntry> entries = EntriesIn(lexicon, text);
  EXPECT_EQ(entries.size(), 1u) << text;
  return entries.empty() ? LexiconEntry() : entries.front();
}

// --- What the files say ---

TEST(LexiconTest, Parties) {
  const auto lexicon = Make();
  std::vector<std::string> ids;
  for (const PartyInfo& party : lexicon->parties()) ids.push_back(party.id);
  EXPECT_THAT(ids, ElementsAre("CD", "CG", "RU", "SUHH", "TR", "US"));
  const PartyInfo* russia = lexicon->FindParty("RU");
  ASSERT_NE(russia, nullptr);
  EXPECT_EQ(russia->kind, v1::PARTY_KIND_STATE);
  EXPECT_EQ(russia->name, "Russia");
  EXPECT_EQ(russia->official_name, "Russian Federation");
  EXPECT_THAT(russia->capitals, ElementsAre("Moscow"));
  EXPECT_THAT(russia->successors, IsEmpty());
  EXPECT_EQ(russia->from_edtf, "1991-12-26");
  EXPECT_EQ(russia->until_edtf, "");
  const PartyInfo* soviet_union = lexicon->FindParty("SUHH");
  ASSERT_NE(soviet_union, nullptr);
  EXPECT_EQ(soviet_union->kind, v1::PARTY_KIND_FORMER_STATE);
  EXPECT_THAT(soviet_union->successors, ElementsAre("RU"));
  EXPECT_EQ(soviet_union->until_edtf, "1991-12-26");
  EXPECT_EQ(lexicon->IdOf("SUHH").info(), soviet_union);
  EXPECT_TRUE(SameOrSuccessor(lexicon->IdOf("SUHH"), lexicon->IdOf("RU")));
  EXPECT_TRUE(SameOrSuccessor(lexicon->IdOf("RU"), lexicon->IdOf("SUHH")));
  EXPECT_FALSE(SameOrSuccessor(lexicon->IdOf("RU"), lexicon->IdOf("TR")));
  EXPECT_FALSE(SameOrSuccessor(lexicon->IdOf("SUHH"), PartyId()));
  EXPECT_TRUE(lexicon->IdOf("XXHH").empty());
  EXPECT_EQ(lexicon->FindParty("ru"), nullptr);
  EXPECT_EQ(lexicon->FindParty(""), nullptr);
}

TEST(LexiconTest, PartyEntries) {
  const auto lexicon = Make();
  for (const std::string name : {"Russia", "Russland"}) {
    const LexiconEntry entry = EntryIn(*lexicon, name);
    EXPECT_EQ(entry.words, name);
    EXPECT_THAT(entry.parties, ElementsAre("RU"));
  }
  EXPECT_THAT(Find(*lexicon, {"Russian Federation"}),
              ElementsAre("party Russian Federation", "demonym Russian"));
  const std::string sentence = "Russia , Russians , Moscow , State Duma , Petrov , the Romano states";
  EXPECT_THAT(Find(*lexicon, {sentence}),
              ElementsAre("party Russia", "demonym Russians", "capital Moscow", "body State Duma",
                          "person Petrov", "group the Romano states"));
  EXPECT_EQ(EntryIn(*lexicon, "State Duma").label, "LEGISLATURE");
  EXPECT_THAT(EntryIn(*lexicon, "Kremlin").parties, ElementsAre("RU"));
  EXPECT_THAT(EntryIn(*lexicon, "the Romano states").parties, ElementsAre("RU", "TR"));
  EXPECT_THAT(EntryIn(*lexicon, "Ivan Petrov").parties, ElementsAre("RU"));
  EXPECT_EQ(EntryIn(*lexicon, "Ministry").label, "MINISTRY");
  EXPECT_EQ(EntryIn(*lexicon, "Prime Minister").label, "HEAD");
}

TEST(LexiconTest, EntriesOfTheSameWordsComeTogether) {
  const auto lexicon = Make();
  const std::vector<LexiconEntry> entries = EntriesIn(*lexicon, "Congo");
  ASSERT_EQ(entries.size(), 2u);
  EXPECT_THAT(entries[0].parties, ElementsAre("CD"));
  EXPECT_THAT(entries[1].parties, ElementsAre("CG"));
}

TEST(LexiconTest, PrefixCountsBeforeAHyphenOnly) {
  const auto lexicon = Make();
  EXPECT_THAT(Find(*lexicon, {"the Russo-Turkish treaty"}),
              ElementsAre("demonym Russo", "demonym Turkish", "instrument treaty"));
  EXPECT_THAT(Find(*lexicon, {"the Russo brothers", "a Russo", "-"}), IsEmpty());
  EXPECT_EQ(EntryIn(*lexicon, "Russo-").label, "PREFIX");
}

TEST(LexiconTest, WordsThatMeanNothingTakeTheirWordsFromOthers) {
  std::vector<LexiconFile> files = Files();
  files.push_back({"parties.extra.txt",
                   "party: -\nnames: Turkey Creek; US Open\ndemonyms: Turkish Straits\n"
                   "capitals: Moscow Mule\n"});
  files.push_back({"persons.extra.txt", "Petrov Street | -\n"});
  files.push_back({"bodies.extra.txt", "ministry of sound | -\n"});
  files.push_back({"agreements.extra.txt", "agreement: -\naliases: SKYT Inc\n"});
  files.push_back({"instruments.extra.txt", "treaty port | - | -\n"});
  files.push_back({"triggers.extra.txt", "- | - | sign language\n"});
  files.push_back({"subjects.extra.txt", "- | tax treaty port\n"});
  files.push_back({"cues.extra.txt", "- | never mind\n"});
  const auto lexicon = Make(files);
  EXPECT_THAT(
      Find(*lexicon, {"Turkey Creek US Open Turkish Straits Moscow Mule Petrov Street ministry of sound",
                      "SKYT Inc a treaty port treaty ports sign language tax treaty ports never mind"}),
      ElementsAre("subject tax treaty"));
  EXPECT_THAT(Find(*lexicon, {"Turkey US Open-end Moscow treaty sign"}),
              ElementsAre("party Turkey", "capital Moscow", "instrument treaty", "trigger sign"));
  EXPECT_EQ(lexicon->FindParty("-"), nullptr);
  EXPECT_EQ(lexicon->FindAgreement("-"), nullptr);
}

TEST(LexiconTest, ErrorsOfWordsThatMeanNothing) {
  EXPECT_EQ(ErrorsOf({"parties.txt", absl::StrCat(kParties, "party: -\nname: x\nsuccessors: -\n")}),
            "parties.txt:42: what is no party has no \"name\"\n"
            "parties.txt:43: what is no party has no \"successors\"");
  EXPECT_EQ(ErrorsOf({"agreements.txt", "agreement: -\ntitle: x\naliases: y\n"}),
            "agreements.txt:2: what is no agreement has no \"title\"");
}

TEST(LexiconTest, KnownAgreements) {
  const auto lexicon = Make();
  const KnownAgreement* treaty = lexicon->FindAgreement("sky-treaty");
  ASSERT_NE(treaty, nullptr);
  EXPECT_EQ(treaty->title, "Sky Treaty");
  EXPECT_THAT(treaty->aliases, ElementsAre("Treaty on (the) Sky", "SKYT"));
  EXPECT_EQ(treaty->kind, v1::AGREEMENT_KIND_TREATY);
  EXPECT_EQ(treaty->subject, v1::SUBJECT_ARMS_CONTROL);
  EXPECT_TRUE(treaty->multilateral);
  EXPECT_THAT(treaty->parties, IsEmpty());
  EXPECT_EQ(treaty->signed_edtf, "1992-03-24");
  EXPECT_EQ(treaty->protocol_to, "");
  const KnownAgreement* protocol = lexicon->FindAgreement("sky-protocol");
  ASSERT_NE(protocol, nullptr);
  EXPECT_FALSE(protocol->multilateral);
  EXPECT_EQ(protocol->kind, v1::AGREEMENT_KIND_PROTOCOL);
  EXPECT_THAT(protocol->parties, ElementsAre("RU", "US"));
  EXPECT_EQ(protocol->protocol_to, "sky-treaty");
  EXPECT_EQ(lexicon->FindAgreement("sky"), nullptr);
  for (const std::string name : {"SKYT", "Treaty on Sky"}) {
    const std::vector<LexiconMatch> matches = lexicon->Match(MakeDocument({name}));
    ASSERT_FALSE(matches.empty());
    EXPECT_EQ(matches.front().kind(), EntryKind::kKnownAgreement);
    EXPECT_EQ(matches.front().entries.front()->agreement, treaty);
  }
}

TEST(LexiconTest, NamesOfNothingButCommonWordsAreAnybodys) {
  std::vector<LexiconFile> files = Files();
  files.push_back({"name_words.txt", "treaty; of\nMutual; defence\n"});
  files.push_back({"agreements.extra.txt",
                   "agreement: mutual\ntitle: Mutual Defence Treaty\naliases: 1904 treaty; Treaty of Lima\n"
                   "kind: TREATY\nsubject: MILITARY\n"});
  const auto lexicon = Make(files);
  const auto is_common = [&](const std::string& name) {
    for (const LexiconMatch& match : lexicon->Match(MakeDocument({name}))) {
      if (match.kind() == EntryKind::kKnownAgreement) return match.entries.front()->is_common_name;
    }
    ADD_FAILURE() << name << " is not found";
    return false;
  };
  EXPECT_TRUE(is_common("Mutual Defence Treaty"));
  EXPECT_TRUE(is_common("1904 treaty"));
  EXPECT_FALSE(is_common("Treaty of Lima"));
  EXPECT_FALSE(is_common("Sky Treaty"));
}

TEST(LexiconTest, InstrumentsComeWithTheirPlurals) {
  const auto lexicon = Make();
  EXPECT_FALSE(EntryIn(*lexicon, "Exchange of notes").plural);
  const LexiconEntry plural = EntryIn(*lexicon, "exchanges of notes");
  EXPECT_TRUE(plural.plural);
  EXPECT_EQ(plural.agreement_kind, v1::AGREEMENT_KIND_EXCHANGE_OF_NOTES);
  EXPECT_EQ(plural.label, "STRONG");
  EXPECT_TRUE(EntryIn(*lexicon, "notes verbales").plural);
  EXPECT_FALSE(EntryIn(*lexicon, "note verbale").plural);
  EXPECT_EQ(EntryIn(*lexicon, "text").agreement_kind, v1::AGREEMENT_KIND_UNSPECIFIED);
  EXPECT_THAT(Find(*lexicon, {"texts"}), IsEmpty());
}

TEST(LexiconTest, TriggersHaveTypeFrameModalityAndFlags) {
  const auto lexicon = Make();
  const LexiconEntry entry = EntryIn(*lexicon, "came into force");
  EXPECT_EQ(entry.event_type, v1::EVENT_TYPE_ENTERED_INTO_FORCE);
  EXPECT_EQ(entry.frame, TriggerFrame::kSubject);
  EXPECT_EQ(entry.modality, v1::MODALITY_PLANNED);
  EXPECT_EQ(entry.value, "soft until=notice");
  EXPECT_EQ(EntryIn(*lexicon, "withdrawn").modality, v1::MODALITY_UNSPECIFIED);
}

TEST(LexiconTest, MatchTellsTheFormOfTheVerb) {
  const auto lexicon = Make();
  const std::vector<std::pair<std::string, VerbForm>> forms = {
      {"withdraw", VerbForm::kBase},        {"withdraws", VerbForm::kThird},
      {"withdrew", VerbForm::kPast},        {"withdrawn", VerbForm::kParticiple},
      {"withdrawing", VerbForm::kIng},      {"signed", VerbForm::kPastOrParticiple},
      {"come into force", VerbForm::kBase}, {"treaty", VerbForm::kNone},
      {"signing", VerbForm::kIng},
  };
  for (const auto& [text, form] : forms) {
    const std::vector<LexiconMatch> matches = lexicon->Match(MakeDocument({text}));
    ASSERT_EQ(matches.size(), 1u) << text;
    EXPECT_EQ(matches.front().form, form) << text;
  }
  EXPECT_EQ(EntriesIn(*lexicon, "signing").size(), 2u);  // the verb and the noun
}

TEST(LexiconTest, SubjectsAndCues) {
  const auto lexicon = Make();
  const LexiconEntry tax = EntryIn(*lexicon, "double taxation");
  EXPECT_EQ(tax.subject, v1::SUBJECT_FINANCE);
  EXPECT_EQ(tax.weight, 3);
  const LexiconEntry defence = EntryIn(*lexicon, "cooperation in defence");
  EXPECT_EQ(defence.subject, v1::SUBJECT_MILITARY);
  EXPECT_EQ(defence.weight, 1);
  EXPECT_EQ(defence.words, "co-operation in defence");
  EXPECT_EQ(EntryIn(*lexicon, "never").label, "negation");
  EXPECT_EQ(EntryIn(*lexicon, "says").value, "neutral");
}

// --- Matching ---

TEST(LexiconTest, TopicsAreNamedByTheirWords) {
  std::vector<LexiconFile> files = Files();
  files.push_back({"topics.txt", "air transport | aviation; air services\n- | air force\n"});
  const auto lexicon = Make(files);
  const LexiconEntry topic = EntryIn(*lexicon, "air services");
  EXPECT_EQ(topic.kind, EntryKind::kTopic);
  EXPECT_EQ(topic.label, "air transport");
  EXPECT_THAT(Find(*lexicon, {"the air force and aviation"}), ElementsAre("topic aviation"));
  files.back().text = "aviation\n";
  EXPECT_EQ(Lexicon::FromFiles(files).status().code(), absl::StatusCode::kInvalidArgument);
}

TEST(LexiconTest, MatchesComeByFirstTokenThenLongestFirst) {
  EXPECT_THAT(Find(*Make(), {"Russia never signed the tax treaty , says Ivan Petrov ."}),
              ElementsAre("party Russia", "cue never", "trigger signed", "subject tax treaty",
                          "instrument treaty", "cue says", "person Ivan Petrov"));
  EXPECT_THAT(Find(*Make(), {"the Treaty on the Sky"}),
              ElementsAre("agreement Treaty on the Sky", "instrument Treaty"));
}

TEST(LexiconTest, LongestOfAKindWins) {
  EXPECT_THAT(Find(*Make(), {"the United States of America"}),
              ElementsAre("party the United States of America"));
}

TEST(LexiconTest, GapHoldsUpToSixTokensOfTheSentence) {
  const auto lexicon = Make();
  const auto gap_of = [&](const std::vector<std::string>& sentences) {
    const std::vector<LexiconMatch> matches = lexicon->Match(MakeDocument(sentences));
    return matches.size() == 1 ? static_cast<int>(matches.front().gap.size()) : -1;
  };
  EXPECT_EQ(gap_of({"they turned down all"}), 0);
  EXPECT_EQ(gap_of({"they turned a b c d e f down"}), 6);
  EXPECT_EQ(gap_of({"they turned a b c d e f g down"}), -1);
  EXPECT_EQ(gap_of({"they turned a b", "c down"}), -1);
  EXPECT_EQ(gap_of({"they turned it down and down"}), 1);
  const std::vector<LexiconMatch> matches = lexicon->Match(MakeDocument({"they turned all that down ."}));
  ASSERT_EQ(matches.size(), 1u);
  EXPECT_EQ(matches.front().tokens, (TokenSpan{1, 5}));
  EXPECT_EQ(matches.front().gap, (TokenSpan{2, 4}));
  EXPECT_EQ(matches.front().form, VerbForm::kPastOrParticiple);
}

TEST(LexiconTest, MatchesDoNotCrossSentences) {
  EXPECT_THAT(Find(*Make(), {"They came into", "force . United", "States"}), IsEmpty());
}

TEST(LexiconTest, NamesWantTheirCapitals) {
  const auto lexicon = Make();
  EXPECT_THAT(Find(*lexicon, {"Turkey and turkey and TURKEY"}), ElementsAre("party Turkey", "party TURKEY"));
  EXPECT_THAT(Find(*lexicon, {"US , us , Us , U.S."}), ElementsAre("party US", "party U.S."));
  EXPECT_THAT(Find(*lexicon, {"United states , united States , The United States of America"}),
              ElementsAre("party The United States of America"));
  EXPECT_THAT(Find(*lexicon, {"state Duma , skyt , Skyt , sky treaty"}), ElementsAre("instrument treaty"));
}

TEST(LexiconTest, OtherWordsAreFoundInAnyCase) {
  EXPECT_THAT(Find(*Make(), {"SIGNED Signed TREATY Double Taxation Never Foreign ministry"}),
              ElementsAre("trigger SIGNED", "trigger Signed", "instrument TREATY", "subject Double Taxation",
                          "cue Never", "body Foreign ministry"));
}

TEST(LexiconTest, HeadlineInCapitalsIsFound) {
  EXPECT_THAT(
      Find(*Make(), {"RUSSIA AND THE UNITED STATES OF AMERICA NEVER SIGNED SKY TREATY : IVAN PETROV"}),
      ElementsAre("party RUSSIA", "party THE UNITED STATES OF AMERICA", "cue NEVER", "trigger SIGNED",
                  "agreement SKY TREATY", "instrument TREATY", "person IVAN PETROV"));
}

TEST(LexiconTest, SpellingsOfDifferentCaseAreToldApart) {
  const auto lexicon = Make({{"parties.txt",
                              "party: a\nkind: movement\nname: Aqap\n\nparty: b\nkind: movement\n"
                              "name: AQAP\n\nparty: c\nkind: movement\nname: aqap\n"}});
  const auto parties = [&](const std::string& text) {
    std::string ids;
    for (const LexiconEntry& entry : EntriesIn(*lexicon, text))
      absl::StrAppend(&ids, entry.parties.front().text());
    return ids;
  };
  EXPECT_EQ(parties("AQAP"), "abc");
  EXPECT_EQ(parties("Aqap"), "ac");
  EXPECT_EQ(parties("aqap"), "c");
}

TEST(LexiconTest, AccentsAndHyphensDoNotMatter) {
  const auto lexicon = Make({{"parties.txt",
                              "party: CI\nkind: state\nname: C\xC3\xB4te d'Ivoire\n\nparty: GW\nkind: state\n"
                              "name: Guinea-Bissau\n"}});
  EXPECT_THAT(Find(*lexicon, {"Cote d\xE2\x80\x99Ivoire , C\xC3\xB4te d'Ivoire"}).size(), 2u);
  EXPECT_THAT(Find(*lexicon, {"Guinea Bissau , Guinea-Bissau , Guinea\xE2\x80\x91"
                              "Bissau"})
                  .size(),
              3u);
}

// --- Errors ---

TEST(LexiconTest, ErrorsOfParties) {
  EXPECT_EQ(ErrorsOf({"parties.txt", absl::StrCat(kParties,
                                                  "party: R U\nkind: city\nname: x\nsuccessors: QQ\n"
                                                  "from: long ago\nbodies: Diet = HOUSE; Court\n"
                                                  "names: (x\nmotto: y\n\nparty: XX\n")}),
            "parties.txt:48: unknown key \"motto\"\n"
            "parties.txt:41: \"R U\" is not made of letters, digits and \"-\"\n"
            "parties.txt:42: unknown kind \"city\"\n"
            "parties.txt:44: unknown party \"QQ\"\n"
            "parties.txt:45: \"long ago\" is not a date such as 1994-02-04\n"
            "parties.txt:47: \"(x\": \"(\" is never closed\n"
            "parties.txt:46: \"HOUSE\" is none of GOVERNMENT, LEGISLATURE, COURT, MINISTRY, HEAD\n"
            "parties.txt:46: \"\" is none of GOVERNMENT, LEGISLATURE, COURT, MINISTRY, HEAD\n"
            "parties.txt:50: \"XX\" has no \"kind:\"\n"
            "parties.txt:50: \"XX\" has no \"name:\"");
}

TEST(LexiconTest, ErrorsOfAgreements) {
  EXPECT_EQ(ErrorsOf({"agreements.txt",
                      "agreement: a\ntitle: A\nkind: CONTRACT\nsubject: WEATHER\n"
                      "multilateral: maybe\nparties: RU QQ\nsigned: 1994-13-04-1\n"
                      "protocol_to: b\nagreement: a\nagreement: c\nkind: TREATY\n"}),
            "agreements.txt:9: agreement \"a\" is given twice\n"
            "agreements.txt:3: unknown kind \"CONTRACT\"\n"
            "agreements.txt:4: unknown subject \"WEATHER\"\n"
            "agreements.txt:5: \"maybe\" is neither yes nor no\n"
            "agreements.txt:6: unknown party \"QQ\"\n"
            "agreements.txt:7: \"1994-13-04-1\" is not a date such as 1994-02-04\n"
            "agreements.txt:8: unknown agreement \"b\"\n"
            "agreements.txt:10: \"c\" has no \"subject:\"\n"
            "agreements.txt:10: \"c\" has no \"title:\"");
}

TEST(LexiconTest, ErrorsOfGroupsAndPersons) {
  EXPECT_EQ(ErrorsOf({"groups.txt", "the Baltic states\nthe Baltic states | EE RU\n | RU\nthe four |\n"}),
            "groups.txt:1: expected 2 fields separated by \"|\", found 1\n"
            "groups.txt:2: unknown party \"EE\"\n"
            "groups.txt:3: the pattern is empty\n"
            "groups.txt:4: no party is given");
  EXPECT_EQ(ErrorsOf({"persons.txt", "Petrov | QQ\n"}), "persons.txt:1: unknown party \"QQ\"");
}

TEST(LexiconTest, ErrorsOfMembers) {
  EXPECT_EQ(ErrorsOf({"members.txt",
                      "TR | 1994 | | RU\nTR | 1995 | 1996 | RU\nQQ | 1990 | 1980 | RU\nTR | soon | | US\n"
                      "TR | 1990 | RU\n"}),
            "members.txt:2: \"RU\" is a member twice at the same time\n"
            "members.txt:3: unknown party \"QQ\"\n"
            "members.txt:3: the membership ends before it begins\n"
            "members.txt:4: \"soon\" is no date\n"
            "members.txt:5: expected 4 fields separated by \"|\", found 3");
}

TEST(LexiconTest, MembersAreThoseOfTheDay) {
  const absl::StatusOr<std::unique_ptr<const Lexicon>> lexicon = Lexicon::BuiltIn();
  ASSERT_TRUE(lexicon.ok()) << lexicon.status();
  const auto members = [&](absl::string_view of, size_t count, absl::string_view day, bool earlier = false) {
    return TextOf((*lexicon)->MembersOf((*lexicon)->IdOf(of), count, day, earlier));
  };
  EXPECT_EQ(members("efta", 4, "2025-12-06"), "CH NO IS LI");
  EXPECT_EQ(members("efta", 7, "1965-01-01"), "CH NO DK GB PT AT SE");
  EXPECT_EQ(members("eu", 6, "1972-12-31"), "BE DE FR IT LU NL");
  // They are more now; they were six once.
  EXPECT_EQ(members("eu", 6, "2025-12-06"), "");
  EXPECT_EQ(members("eu", 6, "2025-12-06", /*earlier=*/true), "BE DE FR IT LU NL");
  const auto count_members = [&](absl::string_view of, size_t count, absl::string_view day) {
    return (*lexicon)->MembersOf((*lexicon)->IdOf(of), count, day, /*earlier=*/false).size();
  };
  EXPECT_EQ(count_members("eu", 27, "2025-12-06"), 27);
  EXPECT_EQ(count_members("nato", 32, "2025-12-06"), 32);
  EXPECT_EQ(count_members("ecowas", 12, "2025-02-01"), 12);
  EXPECT_EQ(members("un", 4, "2025-12-06"), "");
}

TEST(LexiconTest, ErrorsOfBodiesAndOffices) {
  EXPECT_EQ(ErrorsOf({"bodies.txt", "ministry | HOUSE\n"}),
            "bodies.txt:1: \"HOUSE\" is none of GOVERNMENT, LEGISLATURE, COURT, MINISTRY, HEAD");
  EXPECT_EQ(ErrorsOf({"offices.txt", "\n\nking | MINISTRY\n"}),
            "offices.txt:3: \"MINISTRY\" is none of HEAD, MINISTER, DIPLOMAT, OFFICIAL");
}

TEST(LexiconTest, ErrorsOfInstruments) {
  EXPECT_EQ(ErrorsOf({"instruments.txt",
                      "treaty | TREATISE | STRONG\ntreaty | TREATY | strong\ntreaty | TREATY\n"
                      " | TREATY | WEAK\ntreaty | UNSPECIFIED | WEAK\n"}),
            "instruments.txt:1: unknown kind \"TREATISE\"\n"
            "instruments.txt:2: \"strong\" is none of GENERIC, STRONG, WEAK, WHEN_SIGNED\n"
            "instruments.txt:3: expected 3 to 4 fields separated by \"|\", found 2\n"
            "instruments.txt:4: the pattern is empty\n"
            "instruments.txt:5: unknown kind \"UNSPECIFIED\"");
}

TEST(LexiconTest, ErrorsOfTriggers) {
  EXPECT_EQ(ErrorsOf({"triggers.txt",
                      "SIGND | object | <sign>\nSIGNED | an object | <sign>\nSIGNED | object | <sign\n"
                      "SIGNED | object | <sign> | modality=SURE\nSIGNED | object | <sign> | a=b=c\n"
                      "SIGNED | object | ; \nUNSPECIFIED | object | <sign>\n"}),
            "triggers.txt:1: unknown event type \"SIGND\"\n"
            "triggers.txt:2: \"an object\" is no frame\n"
            "triggers.txt:3: \"<sign\": \"<sign\" is not a verb in <> alone\n"
            "triggers.txt:4: unknown modality \"SURE\"\n"
            "triggers.txt:5: \"a=b=c\" is neither a flag nor \"key=value\"\n"
            "triggers.txt:6: the pattern is empty\n"
            "triggers.txt:7: unknown event type \"UNSPECIFIED\"");
}

TEST(LexiconTest, ErrorsOfSubjectsCuesAndVerbs) {
  EXPECT_EQ(ErrorsOf({"subjects.txt",
                      "FOOD | rice\nFINANCE | tax | 0\nFINANCE | tax | 101\nFINANCE | tax | many\n"
                      "FINANCE | tax | 100\n"}),
            "subjects.txt:1: unknown subject \"FOOD\"\n"
            "subjects.txt:2: the weight \"0\" is not from 1 to 100\n"
            "subjects.txt:3: the weight \"101\" is not from 1 to 100\n"
            "subjects.txt:4: the weight \"many\" is not from 1 to 100");
  EXPECT_EQ(ErrorsOf({"cues.txt", "not so | never\nnegation | (never)\n"}),
            "cues.txt:1: \"not so\" is no class of cues\n"
            "cues.txt:2: \"(never)\": the pattern is empty, or may be");
  EXPECT_EQ(ErrorsOf({"verbs.txt", "come came\ngo went gone going goes gone\nput put put\nput put put\n"}),
            "verbs.txt:1: expected 3 to 5 words, found 2\n"
            "verbs.txt:2: expected 3 to 5 words, found 6\n"
            "verbs.txt:4: the verb \"put\" is given twice");
}

TEST(LexiconTest, ErrorsOfNameWords) {
  std::vector<LexiconFile> files = Files();
  files.push_back({"name_words.txt", "treaty\ngood neighbours; of\n"});
  EXPECT_EQ(Lexicon::FromFiles(files).status().message(),
            "name_words.txt:2: \"good neighbours\" is not one word");
}

TEST(LexiconTest, FileNamesAreChecked) {
  const absl::StatusOr<std::unique_ptr<const Lexicon>> lexicon =
      Lexicon::FromFiles({{"cues.txt", ""}, {"x/cues.txt", ""}, {"y/cue.txt", ""}, {"cues.extra.txt", ""}});
  EXPECT_EQ(lexicon.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(
      lexicon.status().message(),
      "x/cues.txt:1: there are two files \"cues.txt\"\ny/cue.txt:1: the lexicon has no file of this name");
}

TEST(LexiconTest, NoFilesAtAllMakeAnEmptyLexicon) {
  const auto lexicon = Make({});
  EXPECT_THAT(Find(*lexicon, {"Russia signed a treaty ."}), IsEmpty());
  EXPECT_THAT(lexicon->parties(), IsEmpty());
}

// --- Fingerprint, built-in data, overlay ---

TEST(LexiconTest, FingerprintChangesWithTheData) {
  const std::string before(Make()->fingerprint());
  EXPECT_THAT(before, testing::MatchesRegex("[0-9a-f]{8}"));
  std::vector<LexiconFile> files = Files();
  std::reverse(files.begin(), files.end());
  files.front().name = "folder/" + files.front().name;
  EXPECT_EQ(Make(files)->fingerprint(), before);
  files.front().text += "# a comment\n";
  EXPECT_NE(Make(files)->fingerprint(), before);
}

std::string ReadText(const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(stream), {});
}

TEST(LexiconTest, EmbeddedFilesAreThoseOfTheDataFolder) {
  std::vector<std::pair<std::string, std::string>> embedded;
  for (const LexiconFile& file : EmbeddedLexiconFiles()) embedded.emplace_back(file.name, file.text);
  std::vector<std::pair<std::string, std::string>> expected;
  const std::filesystem::path folder =
      std::filesystem::path(TREATYWIRE_SOURCE_DIR) / "ingest_service/lexicon/data";
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() != ".txt") continue;
    expected.emplace_back(entry.path().filename().string(), ReadText(entry.path()));
  }
  EXPECT_THAT(embedded, testing::UnorderedElementsAreArray(expected));
}

TEST(LexiconTest, BuiltInDataHaveNoErrors) {
  const absl::StatusOr<std::unique_ptr<const Lexicon>> lexicon = Lexicon::BuiltIn();
  ASSERT_TRUE(lexicon.ok()) << lexicon.status();
  const absl::StatusOr<std::unique_ptr<const Lexicon>> again = Lexicon::FromFiles(EmbeddedLexiconFiles());
  ASSERT_TRUE(again.ok());
  EXPECT_EQ((*lexicon)->fingerprint(), (*again)->fingerprint());
}

class OverlayTest : public testing::Test {
 protected:
  OverlayTest()
      : folder_(std::filesystem::path(testing::TempDir()) /
                testing::UnitTest::GetInstance()->current_test_info()->name()) {
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
  }
  ~OverlayTest() override { std::filesystem::remove_all(folder_); }

  void Write(const std::string& name, absl::string_view text) {
    std::ofstream(folder_ / name, std::ios::binary) << text;
  }

  // Everything of the built-in data that may name a party is replaced, so that these tests know all of it.
  void ReplaceParties() {
    Write("parties.txt", kParties);
    for (const char* name : {"groups.txt", "members.txt", "persons.txt", "agreements.txt"}) Write(name, "");
  }

  absl::StatusOr<std::unique_ptr<const Lexicon>> Load() { return Lexicon::BuiltInWith(folder_.string()); }

  const std::filesystem::path folder_;
};

TEST_F(OverlayTest, FileReplacesTheBuiltInOne) {
  ReplaceParties();
  Write("cues.txt", "overlay | zyzzyva\n");
  Write("README.md", "not read");
  const auto lexicon = Load();
  ASSERT_TRUE(lexicon.ok()) << lexicon.status();
  EXPECT_THAT(Find(**lexicon, {"zyzzyva"}), ElementsAre("cue zyzzyva"));
  EXPECT_EQ((*lexicon)->parties().size(), 6u);
  EXPECT_NE((*lexicon)->fingerprint(), (*Lexicon::BuiltIn())->fingerprint());
}

TEST_F(OverlayTest, ExtraFileExtends) {
  ReplaceParties();
  Write("parties.extra.txt",
        "party: RU\nname: Rossiya\nnames: Muscovy\n\nparty: m23\nkind: movement\nname: M23\n");
  const auto lexicon = Load();
  ASSERT_TRUE(lexicon.ok()) << lexicon.status();
  EXPECT_EQ((*lexicon)->FindParty("RU")->name, "Rossiya");
  EXPECT_EQ((*lexicon)->FindParty("RU")->official_name, "Russian Federation");
  EXPECT_EQ((*lexicon)->FindParty("m23")->kind, v1::PARTY_KIND_MOVEMENT);
  EXPECT_THAT(Find(**lexicon, {"Rossiya , Muscovy , Russland , M23"}),
              ElementsAre("party Rossiya", "party Muscovy", "party Russland", "party M23"));
}

TEST_F(OverlayTest, ErrorNamesTheFileAndLine) {
  Write("cues.extra.txt", "\n|\n");
  const absl::Status status = Load().status();
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(status.message()),
              testing::StartsWith(absl::StrCat((folder_ / "cues.extra.txt").string(), ":2: ")));
}

TEST_F(OverlayTest, UnknownFileIsAnError) {
  Write("trigers.txt", "");
  EXPECT_EQ(Load().status().code(), absl::StatusCode::kInvalidArgument);
}

TEST_F(OverlayTest, MissingFolderIsNotFound) {
  EXPECT_EQ(Lexicon::BuiltInWith((folder_ / "none").string()).status().code(), absl::StatusCode::kNotFound);
}

TEST_F(OverlayTest, FolderInAFilesPlaceIsInvalid) {
  std::filesystem::create_directory(folder_ / "cues.txt");
  EXPECT_EQ(Load().status().code(), absl::StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace treatywire::ingest
