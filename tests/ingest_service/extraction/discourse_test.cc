// Which agreements an article speaks of: told from whole short articles, as readers meet them.
#include "ingest_service/extraction/discourse.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/ingest_service/extraction/extracted_events.h"

namespace treatywire::ingest {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

constexpr char kPublished[] = "2025-12-06";

TEST(DiscourseTest, OneAgreementUnderSeveralNounsIsOne) {
  EXPECT_THAT(
      ExtractedEvents({"Chile and Peru signed a fisheries treaty in May 1999. The pact took effect in 2001. "
                       "Lima terminated the agreement on 3 March 2020.",
                       kPublished}),
      ElementsAre("SIGNED CL,PE 1999-05", "ENTERED_INTO_FORCE CL,PE 2001", "TERMINATED PE 2020-03-03"));
}

TEST(DiscourseTest, PartnersOfAPluralPhraseHaveOneAgreementEach) {
  EXPECT_THAT(ExtractedAgreements(
                  {"Norway has terminated its tax treaties with Kenya, Ghana and Egypt.", kPublished}),
              UnorderedElementsAre("KE,NO -", "GH,NO -", "EG,NO -"));
}

TEST(DiscourseTest, TheyMeansAllThatWereSpokenOfTogether) {
  EXPECT_THAT(
      ExtractedEvents(
          {"Norway signed extradition treaties with Kenya and Ghana in 1998. They were terminated in 2015.",
           kPublished}),
      UnorderedElementsAre("SIGNED KE,NO 1998", "SIGNED GH,NO 1998", "TERMINATED NO 2015",
                           "TERMINATED NO 2015"));
}

TEST(DiscourseTest, AnotherOwnersTreatyIsWithTheSameOtherSide) {
  EXPECT_THAT(
      ExtractedAgreements(
          {"Zambia has terminated its tax treaty with Mauritius. Rwanda suspended its treaty in 2013.",
           kPublished, "text/plain", "Zambia ends tax treaty with Mauritius"}),
      UnorderedElementsAre("MU,ZM -", "MU,RW -"));
}

TEST(DiscourseTest, TheirsAreTheOwnersOwn) {
  EXPECT_THAT(
      ExtractedEvents(
          {"New Zealand suspended its extradition treaty with China on Tuesday. Canada and Australia "
           "suspended theirs in July.",
           kPublished, "text/plain", "New Zealand suspends extradition treaty with China"}),
      UnorderedElementsAre("SUSPENDED NZ 2025-12-02", "SUSPENDED CA 2025-07", "SUSPENDED AU 2025-07"));
}

TEST(DiscourseTest, AnAppositionIsTheNameBeforeIt) {
  EXPECT_THAT(
      ExtractedEvents(
          {"On 21 February 2023 Russia suspended its participation in New START, the last treaty that "
           "limits both arsenals. The treaty was signed in Prague on 8 April 2010.",
           kPublished}),
      UnorderedElementsAre("SUSPENDED RU 2023-02-21", "SIGNED RU,US 2010-04-08"));
}

TEST(DiscourseTest, APredicateIsItsSubject) {
  EXPECT_THAT(
      ExtractedAgreements(
          {"Angola and Namibia signed a water agreement on Thursday. It is the first pact of its kind in "
           "the region. The pact will enter into force in March 2026.",
           kPublished}),
      ElementsAre("AO,NA 2025-12-04"));
}

TEST(DiscourseTest, AProtocolHasThePartiesOfWhatWasSpokenOf) {
  EXPECT_THAT(
      ExtractedAgreements(
          {"India and Pakistan signed the pact on the corridor on 24 October 2019. For other shrines the two "
           "countries go by a protocol of September 1974.",
           kPublished}),
      UnorderedElementsAre("IN,PK 2019-10-24", "IN,PK 1974-09"));
}

TEST(DiscourseTest, TheFormerStateThatSignedIsTheParty) {
  EXPECT_THAT(
      ExtractedAgreements(
          {"Russia has terminated its pact with Canada on military visits. The pact was signed by the Soviet "
           "Union on 20 November 1989.",
           kPublished}),
      ElementsAre("CA,SUHH 1989-11-20"));
}

TEST(DiscourseTest, MediatorsAreNoParties) {
  EXPECT_THAT(
      ExtractedAgreements(
          {"Thailand and Cambodia signed a ceasefire brokered by Malaysia on 28 July 2025.", kPublished}),
      ElementsAre("KH,TH 2025-07-28"));
}

TEST(DiscourseTest, AWellKnownNameWithOtherPartiesIsAnotherAgreement) {
  EXPECT_THAT(ExtractedAgreements(
                  {"The Reciprocal Access Agreement between the Philippines and Japan entered into force on "
                   "11 September 2025.",
                   kPublished}),
              ElementsAre("JP,PH -"));
}

TEST(DiscourseTest, HeadingsInTitleCaseNameNothing) {
  EXPECT_THAT(
      ExtractedEvents({"# Norway's Treaty Cancellations Since 2022\n\nAnalysts say that the trend goes on.\n",
                       kPublished, "text/markdown"}),
      IsEmpty());
}

TEST(DiscourseTest, TheBeginningOfAnArticleWithoutAgreementsHoldsNone) {
  EXPECT_THAT(
      ExtractedEvents(
          {"The deal of the week was a done deal: the club signed a striker. It has never laid mines.",
           kPublished}),
      IsEmpty());
}

TEST(DiscourseTest, TheNewTreatyIsTheLatestSpokenOf) {
  EXPECT_THAT(ExtractedEvents(
                  {"Chile and Peru signed a border treaty on Thursday. The pact of 1929 had left a gap. Both "
                   "congresses must ratify the new treaty.",
                   kPublished}),
              UnorderedElementsAre("SIGNED CL,PE 2025-12-04", "CONCLUDED CL,PE 1929", "RATIFIED? CL,PE -"));
}

TEST(DiscourseTest, APactThatNobodyStandsBeforeIsTheArticlesMainPartys) {
  EXPECT_THAT(ExtractedAgreements(
                  {"Fiji has ended its fisheries treaty with Japan. The Japanese and Korean fleets had "
                   "complained. A treaty with Tonga, signed in 1998, lapsed in March, Korea said.",
                   kPublished, "text/plain", "Fiji ends fisheries treaty with Japan"}),
              UnorderedElementsAre("FJ,JP -", "FJ,TO 1998"));
}

TEST(DiscourseTest, OtherOwnersHaveTheirsWithTheSharedSide) {
  EXPECT_THAT(
      ExtractedAgreements(
          {"Chad has terminated the defence accord that it signed with France on 3 May 1976. Mali had led "
           "the way: in June 2022 Bamako scrapped the 2014 defence treaty.",
           kPublished, "text/plain", "Chad drops defence accord with France"}),
      UnorderedElementsAre("FR,TD 1976-05-03", "FR,ML 2014"));
}

TEST(DiscourseTest, AnOwnerWithoutANounHasOneOfThatSort) {
  EXPECT_THAT(ExtractedEvents({"Norway has ended its tax treaties with Hungary and Malta. Poland's, signed "
                               "in 2013, expires in March.",
                               kPublished}),
              UnorderedElementsAre("TERMINATED NO 2025-12-06~", "TERMINATED NO 2025-12-06~",
                                   "SIGNED NO,PL 2013", "EXPIRED? NO,PL 2026-03"));
  // No agreement that it could be one of.
  EXPECT_THAT(ExtractedEvents({"Poland's, signed in 2013, expires in March.", kPublished}), IsEmpty());
}

TEST(DiscourseTest, WhoseOwnIsThatOfThePartyBefore) {
  EXPECT_THAT(
      ExtractedAgreements({"Norway suspended its extradition treaty with China on Tuesday. Germany, whose "
                           "own treaty was signed in 2006, may follow.",
                           kPublished, "text/plain", "Norway suspends extradition treaty with China"}),
      UnorderedElementsAre("CN,NO -", "CN,DE 2006"));
}

TEST(DiscourseTest, ASuccessorIsAnotherAgreementOfTheSamePair) {
  EXPECT_THAT(
      ExtractedAgreements({"Norway has ended its tax treaty with Hungary. A successor was signed in February "
                           "2010 but never ratified.",
                           kPublished}),
      UnorderedElementsAre("HU,NO -", "HU,NO 2010-02"));
}

TEST(DiscourseTest, SeveralDatesOfSigningAreOneAgreementEach) {
  EXPECT_THAT(
      ExtractedAgreements({"Chile and Peru signed a border treaty on Thursday. It rests on two earlier "
                           "treaties, concluded in November 1929 and in May 1999.",
                           kPublished}),
      UnorderedElementsAre("CL,PE 2025-12-04", "CL,PE 1929-11", "CL,PE 1999-05"));
}

TEST(DiscourseTest, AClauseThatTellsAnotherDateTellsAnotherAgreement) {
  EXPECT_THAT(
      ExtractedAgreements({"Chile and Peru signed a border treaty on Thursday. The text follows the treaty "
                           "that the presidents reached in Lima on 6 March 2024.",
                           kPublished}),
      UnorderedElementsAre("CL,PE 2025-12-04", "CL,PE 2024-03-06"));
}

TEST(DiscourseTest, ThoseWhoTalkAboutItAreItsParties) {
  EXPECT_THAT(ExtractedAgreements(
                  {"Talks between Oslo and Nairobi on a tax treaty began on 3 March 2025.", kPublished}),
              UnorderedElementsAre("KE,NO -"));
}

TEST(DiscourseTest, ADescriptionBeforeANameIsNamed) {
  EXPECT_THAT(
      ExtractedAgreements({"Bolivia acceded to the bloc's founding instrument, the Treaty of Asunción, on 8 "
                           "August 2024.",
                           kPublished}),
      UnorderedElementsAre("BO -"));
}

TEST(DiscourseTest, InstrumentsAreOnlyAgreementsWhenSigned) {
  EXPECT_THAT(
      ExtractedAgreements({"Benin and Chad are to sign instruments of their own with Haiti.", kPublished}),
      UnorderedElementsAre("BJ,HT -", "HT,TD -"));
  EXPECT_THAT(ExtractedAgreements({"Benin and Chad ended their partnerships with Haiti.", kPublished}),
              IsEmpty());
}

TEST(DiscourseTest, OthersHaveTheirOwnWithTheSharedSide) {
  EXPECT_THAT(
      ExtractedAgreements(
          {"Zambia has terminated its tax treaty with Mauritius. Rwanda did so in 2013. Senegal gave notice "
           "in May.",
           kPublished, "text/plain", "Zambia ends tax treaty with Mauritius"}),
      UnorderedElementsAre("MU,ZM -", "MU,RW -", "MU,SN -"));
}

TEST(DiscourseTest, AMemberOfAnOrganisationHasNoneOfItsOwn) {
  EXPECT_THAT(
      ExtractedAgreements({"The European Union and Chile signed a trade agreement in December 2023. Spain "
                           "ratified in May 2024.",
                           kPublished}),
      UnorderedElementsAre("CL,eu 2023-12"));
}

TEST(DiscourseTest, TheOldestWithAPartnerIsOneOfThatSort) {
  EXPECT_THAT(ExtractedAgreements(
                  {"Norway signed tax treaties with Kenya and Ghana in 1998. The oldest, with Canada, "
                   "dates back to 1966.",
                   kPublished, "text/plain", "Norway and its tax treaties"}),
              UnorderedElementsAre("KE,NO 1998", "GH,NO 1998", "CA,NO 1966"));
}

TEST(DiscourseTest, PartnersThatAreCountedAreListedAfterwards) {
  EXPECT_THAT(
      ExtractedAgreements({"Norway has suspended its tax treaties with 12 countries. Among them are Kenya, "
                           "Ghana and Egypt.",
                           kPublished}),
      UnorderedElementsAre("KE,NO -", "GH,NO -", "EG,NO -"));
}

TEST(DiscourseTest, WhatIsNoTreatyIsNone) {
  EXPECT_THAT(ExtractedEvents({"The scheme, a law of Kenya and not a treaty with Ghana, runs until May 2026.",
                               kPublished}),
              IsEmpty());
}

TEST(DiscourseTest, WhoDeniesLeavingIsAParty) {
  EXPECT_THAT(
      ExtractedAgreements({"Norway has no intention of leaving the Ramsar Convention of 1971.", kPublished}),
      UnorderedElementsAre("NO 1971"));
}

TEST(DiscourseTest, ADescriptionWithoutPartiesIsWhatANameComesForLater) {
  EXPECT_THAT(ExtractedAgreements({"Delegates adopted the first agreement against air pollution in May 2025. "
                                   "Under the UN Air Pollution Agreement no smoke may rise.",
                                   kPublished}),
              ElementsAre(" -"));
}

TEST(DiscourseTest, TheConventionIsNotItsProtocol) {
  EXPECT_THAT(
      ExtractedEvents({"Fiji signed the Kyoto Protocol in September 1998. It had ratified the convention in "
                       "February 1993.",
                       kPublished}),
      UnorderedElementsAre("SIGNED FJ 1998-09", "RATIFIED FJ 1993-02"));
  EXPECT_THAT(
      ExtractedAgreements({"Fiji signed the Kyoto Protocol in September 1998. It had ratified the convention "
                           "in February 1993.",
                           kPublished}),
      ::testing::SizeIs(2));
}

TEST(DiscourseTest, LabelledItemsOfAListHaveAnAgreementEach) {
  EXPECT_THAT(ExtractedAgreements({"Norway and Sweden have dropped much:\n\n"
                                   "* Fishing: Sweden terminated the agreement on herring in 2021.\n"
                                   "* Haulage: Norway suspended the agreement on lorries in 2022.\n",
                                   kPublished, "text/markdown", "What Norway and Sweden have dropped"}),
              ElementsAre("NO,SE -", "NO,SE -"));
}

TEST(DiscourseTest, APredicateToComeIsItsSubject) {
  EXPECT_THAT(ExtractedAgreements(
                  {"Angola and Namibia signed a water agreement on Thursday. It will be the first pact "
                   "of its kind to be ratified in the region.",
                   kPublished}),
              ElementsAre("AO,NA 2025-12-04"));
}

TEST(DiscourseTest, TwoThatAreSignedAreTwo) {
  EXPECT_THAT(ExtractedAgreements({"Angola and Namibia signed two agreements on 4 May 2024.", kPublished}),
              ElementsAre("AO,NA 2024-05-04", "AO,NA 2024-05-04"));
}

TEST(DiscourseTest, PartnersEachWithADateHaveOneAgreementEach) {
  EXPECT_THAT(ExtractedAgreements(
                  {"Chile signed tax treaties with Ghana in 2001, with Kenya in 2004 and with Angola in "
                   "2010.",
                   kPublished}),
              UnorderedElementsAre("CL,GH 2001", "CL,KE 2004", "AO,CL 2010"));
  EXPECT_THAT(ExtractedEvents(
                  {"Chile has tax treaties with Ghana (2001), Kenya (2004) and Angola (2010).", kPublished}),
              UnorderedElementsAre("CONCLUDED CL,GH 2001", "CONCLUDED CL,KE 2004", "CONCLUDED AO,CL 2010"));
  // The next subject is no partner.
  EXPECT_THAT(
      ExtractedAgreements({"Chile signed tax treaties with Ghana in 2001, and Kenya protested.", kPublished}),
      UnorderedElementsAre("CL,GH 2001"));
}

TEST(DiscourseTest, WithThemMeansThoseThatWereListed) {
  EXPECT_THAT(
      ExtractedAgreements(
          {"Kenya, Ghana and Egypt protested: Norway had ended its tax treaties with them.", kPublished}),
      UnorderedElementsAre("KE,NO -", "GH,NO -", "EG,NO -"));
}

TEST(DiscourseTest, WhatIsCountedIsToldOneByOne) {
  EXPECT_THAT(ExtractedAgreements(
                  {"Norway has many treaties. Two accords were signed in 1998: one with Kenya on fishing, "
                   "one with Ghana on taxes.",
                   kPublished, "text/plain", "Norway and its treaties"}),
              UnorderedElementsAre("KE,NO 1998", "GH,NO 1998"));
}

TEST(DiscourseTest, WeakNounsAreAgreementsWhereTwoStatesSignThem) {
  EXPECT_THAT(
      ExtractedAgreements({"Malta and Libya signed a rescue arrangement on 3 June 2024.", kPublished}),
      UnorderedElementsAre("LY,MT 2024-06-03"));
  EXPECT_THAT(
      ExtractedEvents({"Iraq and Turkey signed a water cooperation framework in April 2024. The framework "
                       "expires in 2034.",
                       kPublished}),
      UnorderedElementsAre("SIGNED IQ,TR 2024-04", "EXPIRED? IQ,TR 2034"));
  EXPECT_THAT(
      ExtractedEvents({"Iraq presented a framework to Turkey. The framework expires in 2034.", kPublished}),
      IsEmpty());
}

TEST(DiscourseTest, ANameThatOthersHaveIsADescriptionHere) {
  EXPECT_THAT(ExtractedAgreements(
                  {"Panama will let its Belt and Road memorandum with China expire in 2027.", kPublished}),
              UnorderedElementsAre("CN,PA -"));
}

TEST(DiscourseTest, AnEarlierVersionIsAnotherAgreement) {
  EXPECT_THAT(ExtractedAgreements(
                  {"Angola and Zambia signed a transit treaty in June 2016. An earlier version, signed in "
                   "May 2014, had been rejected by Zambia.",
                   kPublished}),
              UnorderedElementsAre("AO,ZM 2016-06", "AO,ZM 2014-05"));
}

TEST(DiscourseTest, WhatIsOnesOwnIsAnotherAgreement) {
  EXPECT_THAT(ExtractedEvents(
                  {"Chile and Peru froze their border treaty of 1929 in May 2020. The lake that Peru shares "
                   "with Bolivia has a treaty of its own. No talks on that one are planned.",
                   kPublished}),
              UnorderedElementsAre("CONCLUDED CL,PE 1929", "SUSPENDED CL,PE 2020-05", "NEGOTIATED? BO,PE -"));
}

TEST(DiscourseTest, WhoActsInItsClauseIsPartyToIt) {
  EXPECT_THAT(ExtractedAgreements(
                  {"The declaration of 1992, in which Chile and Peru gave up their claims, was amended in "
                   "May 2004.",
                   kPublished}),
              UnorderedElementsAre("CL,PE 1992"));
  EXPECT_THAT(ExtractedAgreements({"Angola ended the accord that Chad and Mali signed in 1998.", kPublished}),
              UnorderedElementsAre("ML,TD 1998"));
}

TEST(DiscourseTest, ThoseWhoExchangeNotesHaveAnAgreement) {
  EXPECT_THAT(ExtractedAgreements(
                  {"In May 2004 Chile and Peru exchanged diplomatic notes on flood control.", kPublished}),
              UnorderedElementsAre("CL,PE 2004-05"));
}

TEST(DiscourseTest, ABrokerIsNoParty) {
  EXPECT_THAT(ExtractedAgreements(
                  {"Chad and Mali signed a truce in May 2004. Another ceasefire, brokered by Qatar, took "
                   "effect on 3 June 2006.",
                   kPublished}),
              UnorderedElementsAre("ML,TD 2004-05", "ML,TD -"));
}

TEST(DiscourseTest, AnAsideBeforeTheVerbTellsNoOwner) {
  EXPECT_THAT(
      ExtractedAgreements(
          {"Peru, which denies that it backs Chile, signed a pact with Fiji on 3 June 2006.", kPublished}),
      UnorderedElementsAre("FJ,PE 2006-06-03"));
}

TEST(DiscourseTest, WhatHasBeenSinceAYearBeganThen) {
  EXPECT_THAT(
      ExtractedAgreements({"Peru and Fiji signed a defence treaty on 3 June 2006. They have had a fisheries "
                           "agreement since 1982.",
                           kPublished}),
      UnorderedElementsAre("FJ,PE 2006-06-03", "FJ,PE 1982"));
}

TEST(DiscourseTest, NamesAfterACountAreWhatIsCounted) {
  EXPECT_THAT(ExtractedAgreements(
                  {"Peru ended two treaties with Chile, the Ica Treaty of 1931 and the Puno Treaty of "
                   "1941.",
                   kPublished}),
              UnorderedElementsAre("CL,PE 1931", "CL,PE 1941"));
}

TEST(DiscourseTest, SeveralWhoFollowHaveOneEach) {
  EXPECT_THAT(ExtractedAgreements(
                  {"Zambia has terminated its tax treaty with Mauritius. Rwanda and Senegal followed in "
                   "May.",
                   kPublished, "text/plain", "Zambia ends tax treaty with Mauritius"}),
              UnorderedElementsAre("MU,ZM -", "MU,RW -", "MU,SN -"));
}

TEST(DiscourseTest, ADoneDealIsNone) {
  EXPECT_THAT(
      ExtractedEvents({"Peru and Chile say that the merger is a done deal, signed in May 2004.", kPublished}),
      IsEmpty());
}

TEST(DiscourseTest, WhoFollowsHasItsOwnWithTheOneWhoHasMost) {
  EXPECT_THAT(ExtractedAgreements(
                  {"Zambia has terminated its tax treaties with Kenya and Ghana. Egypt was told of the "
                   "end of its own in March; Angola followed in May.",
                   kPublished, "text/plain", "Zambia ends tax treaties with Kenya and Ghana"}),
              ::testing::IsSupersetOf({"GH,ZM -", "KE,ZM -", "AO,ZM -"}));
}

TEST(DiscourseTest, WhatAnActImpliesIsWhatTheSentenceNames) {
  EXPECT_THAT(ExtractedAgreements(
                  {"Chad has terminated its defence treaty with France. Mali followed in May 2022, ending "
                   "the 2018 accord.",
                   kPublished, "text/plain", "Chad ends defence treaty with France"}),
              UnorderedElementsAre("FR,TD -", "FR,ML 2018"));
}

TEST(DiscourseTest, AProtocolThatStandsAloneIsTheDealAsWell) {
  EXPECT_THAT(ExtractedAgreements(
                  {"Kenya and Tanzania signed a fisheries protocol on 3 May 2024. The deal must be approved "
                   "by both parliaments.",
                   kPublished}),
              UnorderedElementsAre("KE,TZ 2024-05-03"));
}

TEST(DiscourseTest, PartnersEachWithASubjectHaveOneAgreementEach) {
  EXPECT_THAT(ExtractedAgreements(
                  {"Poland signed agreements with Kenya on tea in October 2020 and with Ghana on cocoa in "
                   "2023.",
                   kPublished}),
              UnorderedElementsAre("KE,PL 2020-10", "GH,PL 2023"));
}

TEST(DiscourseTest, WhatIsCountedIsListedAfterwards) {
  EXPECT_THAT(ExtractedAgreements(
                  {"Poland's parliament ratified two treaties on Friday, a tax convention with Kenya and an "
                   "extradition treaty with Ghana.",
                   kPublished}),
              UnorderedElementsAre("KE,PL -", "GH,PL -"));
}

TEST(DiscourseTest, TwoNamesOfOneAgreement) {
  EXPECT_THAT(ExtractedAgreements(
                  {"Austria and Poland renewed the Tatra Accord, known as the Zakopane Protocol, in May "
                   "2004.",
                   kPublished}),
              UnorderedElementsAre("AT,PL -"));
}

TEST(DiscourseTest, LettersAreAnAgreementWhenExchanged) {
  EXPECT_THAT(ExtractedAgreements({"Brunei and Malaysia exchanged diplomatic letters in 2009.", kPublished}),
              UnorderedElementsAre("BN,MY 2009"));
  EXPECT_THAT(
      ExtractedEvents({"Brunei wrote two letters to Malaysia. The letters expire in 2009.", kPublished}),
      IsEmpty());
}

TEST(DiscourseTest, WhoIsOnlyInAConditionIsNoParty) {
  EXPECT_THAT(
      ExtractedAgreements(
          {"Poland and Norway ended the fisheries pact of 1994 in May. The tax convention of 1992 may "
           "be suspended, Oslo hinted, if Chile shows the way.",
           kPublished}),
      UnorderedElementsAre("NO,PL 1994", "NO,PL 1992"));
}

TEST(DiscourseTest, ADescriptionInSmallLettersIsNamedLater) {
  EXPECT_THAT(ExtractedAgreements(
                  {"South Korea will end a military intelligence-sharing agreement with Japan. Seoul told "
                   "Tokyo that it would not renew the General Security of Military Information Agreement, "
                   "which was signed in November 2016.",
                   kPublished}),
              UnorderedElementsAre("JP,KR 2016-11"));
}

TEST(DiscourseTest, APartyAtTheHeadOfAnItemIsWhomItsAgreementIsWith) {
  EXPECT_THAT(
      ExtractedEvents(
          {"A checklist.\n\n- Fiji. A treaty on visiting troops, signed in 2007.\n- Samoa. A similar "
           "treaty, signed in 2009. Not yet ratified by either.\n- Palau. Talks began in March.",
           kPublished, "text/markdown", "Who may land here: Chile's visiting-forces treaties"}),
      ElementsAre("SIGNED CL,FJ 2007", "SIGNED CL,WS 2009", "RATIFIED? CL,WS -", "NEGOTIATED CL,PW 2025-03"));
}

TEST(DiscourseTest, AHeadingOrAQuestionTellsWithWhom) {
  const absl::string_view title = "Oslo sorts out its tax treaties";
  EXPECT_THAT(ExtractedAgreements({"Norway and Chile signed a tax treaty in 2004.\n\n## Peru\n\nA tax treaty "
                                   "was signed in 2011 and took effect in 2013.",
                                   kPublished, "text/markdown", title}),
              UnorderedElementsAre("CL,NO 2004", "NO,PE 2011"));
  EXPECT_THAT(
      ExtractedAgreements({"Norway and Chile signed a tax treaty in 2004. And Peru? A treaty was signed "
                           "in 2011.",
                           kPublished, "text/plain", title}),
      UnorderedElementsAre("CL,NO 2004", "NO,PE 2011"));
  // A dateline is no label, nor is a party that does something.
  EXPECT_THAT(ExtractedAgreements({"Norway and Chile signed a tax treaty in 2004.\n\nLIMA: The treaty was "
                                   "amended in 2011.",
                                   kPublished, "text/plain", title}),
              UnorderedElementsAre("CL,NO 2004"));
}

TEST(DiscourseTest, WithTheTwoIsWithThoseListedLast) {
  EXPECT_THAT(
      ExtractedEvents(
          {"Chile and Peru opened their borders in spring. On 3 May 2025 Brazil signed a memorandum with "
           "the two.",
           kPublished}),
      ElementsAre("SIGNED BR,CL,PE 2025-05-03"));
  EXPECT_THAT(ExtractedAgreements(
                  {"Chile and Peru opened their borders in spring. On 3 May 2025 Brazil signed a memorandum "
                   "with the two.",
                   kPublished}),
              ElementsAre("BR,CL,PE 2025-05-03"));
}

TEST(DiscourseTest, WhatTheTwoSignedIsTheirs) {
  EXPECT_THAT(
      ExtractedAgreements(
          {"Chile suspended its friendship treaty with Peru, of 1998, on Tuesday. The customs union of "
           "Mercosur objected: its accord with Chile dates from 1996. A deal on migrants, which the two "
           "countries signed in 2003, is untouched.",
           kPublished}),
      ::testing::Contains("CL,PE 2003"));
}

TEST(DiscourseTest, TheTwoThatTwoSignedAreNobodyElses) {
  EXPECT_THAT(ExtractedAgreements({"Talks between Lima and Suva on a free trade agreement opened in 2018. "
                                   "The two treaties that Chile "
                                   "and Bolivia signed on 7 September 1977 are not open to discussion.",
                                   kPublished}),
              UnorderedElementsAre("FJ,PE -", "BO,CL 1977-09-07", "BO,CL 1977-09-07"));
}

TEST(DiscourseTest, WordsThatDescribeAKnownOneDescribeOthersToo) {
  EXPECT_THAT(
      ExtractedAgreements(
          {"Tunisia's own friendship treaty with Spain, of July 1995, survived the row.", kPublished}),
      ElementsAre("ES,TN 1995-07"));
}

TEST(DiscourseTest, InitialsOfANameAreIt) {
  EXPECT_THAT(
      ExtractedEvents({"The Mutual Harbour Access Agreement between Chile and Peru took effect on Thursday. "
                       "MHAA was signed on 8 July 2024.",
                       kPublished}),
      UnorderedElementsAre("ENTERED_INTO_FORCE CL,PE 2025-12-04", "SIGNED CL,PE 2024-07-08"));
}

TEST(DiscourseTest, ThatOfADateIsTheEarlierOne) {
  EXPECT_THAT(ExtractedEvents(
                  {"The new tax agreement between Chile and Peru was signed on 23 December 2020. It takes "
                   "the place of that of 3 October 1974.",
                   kPublished}),
              UnorderedElementsAre("SIGNED CL,PE 2020-12-23", "CONCLUDED CL,PE 1974-10-03",
                                   "SUPERSEDED CL,PE 2025-12-06~"));
}

TEST(DiscourseTest, WhatSupplementsAnAgreementIsAnotherOne) {
  EXPECT_THAT(
      ExtractedAgreements(
          {"Chile and Peru signed a supplementary agreement to the 1966 convention on 27 June.", kPublished}),
      UnorderedElementsAre("CL,PE 2025-06-27", "CL,PE 1966"));
}

TEST(DiscourseTest, WhatMoreThanTwoSignIsNoPairs) {
  EXPECT_THAT(
      ExtractedAgreements({"The protocol of 22 May 1954 abolished passports; a second instrument of the same "
                           "day created a labour market. Denmark, Finland, Norway and Sweden signed both.",
                           kPublished}),
      ::testing::Contains("DK,FI,NO,SE 1954-05-22"));
}

TEST(DiscourseTest, TheOldestAndTheNewestAreTwoOfThem) {
  EXPECT_THAT(
      ExtractedEvents({"In August 2023 Niger denounced five military accords with France, the oldest from "
                       "1977, the newest from 2020.",
                       kPublished}),
      UnorderedElementsAre("CONCLUDED FR,NE 1977", "TERMINATED NE 2023-08", "CONCLUDED FR,NE 2020",
                           "TERMINATED NE 2023-08"));
}

TEST(DiscourseTest, OfACountThoseAreMeantThatAreTold) {
  EXPECT_THAT(
      ExtractedEvents({"In 2008 Ecuador terminated nine investment treaties, among them those with Cuba and "
                       "Romania.",
                       kPublished}),
      UnorderedElementsAre("TERMINATED EC 2008", "TERMINATED EC 2008"));
  EXPECT_THAT(ExtractedAgreements(
                  {"Chile and Fiji signed a trade deal in May 2019. Nineteen accords were signed on 3 "
                   "June 2021, among them one on air services and one on fishing.",
                   kPublished}),
              UnorderedElementsAre("CL,FJ 2019-05", "CL,FJ 2021-06-03", "CL,FJ 2021-06-03"));
}

TEST(DiscourseTest, PartnersMayBeListedInTheNextSentence) {
  EXPECT_THAT(
      ExtractedEvents({"On Friday Ecuador ended its last sixteen investment treaties. Among the partners are "
                       "Chile, Italy and Fiji.",
                       kPublished}),
      UnorderedElementsAre("TERMINATED EC 2025-12-05", "TERMINATED EC 2025-12-05",
                           "TERMINATED EC 2025-12-05"));
}

TEST(DiscourseTest, WhatFollowedOrCameDatesFromThen) {
  EXPECT_THAT(
      ExtractedEvents({"In February 2024 Turkey signed a defence pact with Somalia. A hydrocarbons accord "
                       "followed in March 2024.",
                       kPublished}),
      UnorderedElementsAre("SIGNED SO,TR 2024-02", "SIGNED SO,TR 2024-03"));
  EXPECT_THAT(ExtractedEvents(
                  {"Chile and Peru quarrelled for long. In 1929 came the Arica Border Treaty between Chile "
                   "and Peru.",
                   kPublished}),
              ElementsAre("CONCLUDED CL,PE 1929"));
  EXPECT_THAT(ExtractedEvents({"1929. The Arica Border Treaty divided the provinces between Chile and Peru.",
                               kPublished}),
              ElementsAre("CONCLUDED CL,PE 1929"));
  // What follows something else follows nothing in time.
  EXPECT_THAT(
      ExtractedEvents({"In 2006 the Arica Border Treaty followed the line of the river.", kPublished}),
      IsEmpty());
}

TEST(DiscourseTest, AnOrganActsForNobodyWhoIsItsPartner) {
  EXPECT_THAT(
      ExtractedEvents({"Niger is done with its past. France went first. In August 2023 the junta denounced a "
                       "military accord with Paris.",
                       kPublished}),
      ElementsAre("TERMINATED NE 2023-08"));
}

TEST(DiscourseTest, ThatWithAnotherPartnerIsAnotherOne) {
  EXPECT_THAT(
      ExtractedAgreements(
          {"Britain and Mauritius signed the Peros treaty on Thursday. A deal of October 2024 had been "
           "rejected by "
           "Mauritius. The lease agreement with the Americans, which London signed in 1966, is older.",
           kPublished}),
      UnorderedElementsAre("GB,MU 2025-12-04", "GB,MU 2024-10", "GB,US 1966"));
}

TEST(DiscourseTest, WhatIsNamedAfterAnAgreementIsNone) {
  EXPECT_THAT(ExtractedEvents(
                  {"India and Pakistan signed the Murree Accord on 2 July 1972. It moved the ceasefire line. "
                   "Both parliaments ratified it in August 1972.",
                   kPublished}),
              UnorderedElementsAre("SIGNED IN,PK 1972-07-02", "RATIFIED IN,PK 1972-08"));
}

TEST(DiscourseTest, APlaceMakesNoAgreementOfOthers) {
  // The well-known Lancaster House Agreement is another one.
  EXPECT_THAT(
      ExtractedAgreements({"Mauritius and Britain signed the Lancaster House agreement in 1965. India had no "
                           "say.",
                           kPublished}),
      ElementsAre("GB,MU 1965"));
}

TEST(DiscourseTest, TheFirstAndTheSecondAreThoseSpokenOfTogether) {
  EXPECT_THAT(
      ExtractedEvents(
          {"Chile signed tax treaties with Peru and Fiji in 2001. The first was terminated in 2010, the "
           "second was suspended in 2012.",
           kPublished}),
      UnorderedElementsAre("SIGNED CL,PE 2001", "SIGNED CL,FJ 2001", "TERMINATED CL 2010",
                           "SUSPENDED CL 2012"));
}

TEST(DiscourseTest, ATownBeforeTheNounIsWhereItWasMade) {
  EXPECT_THAT(
      ExtractedAgreements({"Rwanda and Uganda signed the Nairobi protocol in December 2013.", kPublished}),
      ElementsAre("RW,UG 2013-12"));
}

TEST(DiscourseTest, TwoMattersOfOneAgreementStandBeforeItsNoun) {
  EXPECT_THAT(
      ExtractedEvents(
          {"Turkey concluded a ten-year defence and trade agreement with Somalia in May 2024.", kPublished}),
      ElementsAre("SIGNED SO,TR 2024-05"));
}

TEST(DiscourseTest, ItIsTheOneInTheBackgroundWhereNoOtherIsNamed) {
  EXPECT_THAT(
      ExtractedEvents(
          {"Fiji and China signed an action plan on Friday. Under the Suva Declaration of 2001 Fiji and "
           "Samoa consult each other, and Apia holds that Fiji has breached it.",
           kPublished}),
      ::testing::Contains("BREACH_ALLEGED FJ -"));
}

TEST(DiscourseTest, WhoSignSomethingNewHaveIt) {
  EXPECT_THAT(
      ExtractedAgreements(
          {"New Zealand and Fiji signed the Suva Declaration in 2001. On Friday Fiji and China signed a "
           "separate memorandum on mining.",
           kPublished}),
      UnorderedElementsAre("FJ,NZ 2001", "CN,FJ 2025-12-05"));
  EXPECT_THAT(ExtractedAgreements(
                  {"Chile and Fiji signed a trade treaty in 2019. Togo and Niger signed one on cattle in "
                   "2022.",
                   kPublished}),
              UnorderedElementsAre("CL,FJ 2019", "NE,TG 2022"));
}

TEST(DiscourseTest, TheOwnerInTheTitleIsTheOneWhoHasTheOthers) {
  EXPECT_THAT(
      ExtractedAgreements(
          {"Chile signed a trade deal with Britain in May. London has yet to ratify it.\n\nUnder review: "
           "the goods agreement with Fiji, in force since 2010.",
           kPublished, "text/plain", "Britain next: where Chile's trade deals stand"}),
      UnorderedElementsAre("CL,GB 2025-05", "CL,FJ -"));
}

TEST(DiscourseTest, NamesOfTheMinistersMayStandBetween) {
  EXPECT_THAT(
      ExtractedAgreements(
          {"The paper follows the accord that the foreign ministers of Chile and Peru, Ana Soto and Luis "
           "Rojas, signed in Suva on 27 June.",
           kPublished}),
      ElementsAre("CL,PE 2025-06-27"));
}

TEST(DiscourseTest, ALabelOfTwoNamesBothSides) {
  EXPECT_THAT(
      ExtractedAgreements(
          {"From the ministries.\n\n- **Suva–Lima.** A visa waiver, in force since 28 May, now "
           "works both ways. The trade treaty of 2017 is to be changed.\n- **Apia–Santiago.** Ministers "
           "signed a protocol on fishing on Monday.",
           kPublished, "text/markdown"}),
      UnorderedElementsAre("FJ,PE -", "FJ,PE 2017", "CL,WS 2025-12-01"));
}

TEST(DiscourseTest, ItsOwnIsWithTheOtherSideOfTheLast) {
  EXPECT_THAT(
      ExtractedEvents(
          {"Peru voted on Thursday to end its tax treaty with Fiji and to suspend that with Samoa. The "
           "treaty with Fiji dates from 29 June 1999. Chile ended its own in 2022.",
           kPublished, "text/plain", "Lima goes ahead on tax treaties with Fiji and Samoa"}),
      ::testing::Contains("TERMINATED CL 2022"));
  EXPECT_THAT(ExtractedAgreements(
                  {"The tax treaty between Peru and Fiji dates from 29 June 1999. Peru and Samoa signed an "
                   "investment treaty in 2003. That with Fiji was terminated in January.",
                   kPublished, "text/plain", "Lima goes ahead on treaties"}),
              UnorderedElementsAre("FJ,PE 1999-06-29", "PE,WS 2003", "FJ,PE -"));
}

TEST(DiscourseTest, WhatReplacesAnAgreementIsAnotherOne) {
  EXPECT_THAT(
      ExtractedAgreements(
          {"The foreign ministers of Fiji and Peru signed the agreement on the shore. Fiji's parliament "
           "ratified the deal in 2018. What it replaced is almost forgotten: the Interim Accord, concluded "
           "by Fiji and Peru in September 1995.",
           kPublished}),
      UnorderedElementsAre("FJ,PE 2025-12-06~", "FJ,PE 1995-09"));
}

TEST(DiscourseTest, WhoStandsBeforeAColonHasWhatFollows) {
  EXPECT_THAT(
      ExtractedAgreements(
          {"Brazil and Paraguay signed a dam treaty in 1973. Brazil and Bolivia signed a gas treaty in 1974. "
           "Uruguay's toast is to another one: the convention with Argentina of 1946 lay idle.",
           kPublished}),
      ::testing::Contains("AR,UY 1946"));
}

TEST(DiscourseTest, WhoIsNamedBeforeAnAgreementOfTheHubIsItsOtherSide) {
  EXPECT_THAT(
      ExtractedAgreements(
          {"Samoa signed a fishing pact with Fiji in 2019 and a trade pact with Peru in 2020. The Portuguese "
           "frigate comes under a technical accord that dates back to 1978.",
           kPublished, "text/plain", "Samoa and its neighbours"}),
      UnorderedElementsAre("FJ,WS 2019", "PE,WS 2020", "PT,WS 1978"));
}

TEST(DiscourseTest, AccordsOfAYearOnAMatterAreOfTheTwo) {
  EXPECT_THAT(ExtractedEvents({"Peru and Chile signed a border treaty in January 2003. The 1997 accords on "
                               "harbour dues were cancelled "
                               "by Chile in 2014.",
                               kPublished}),
              UnorderedElementsAre("SIGNED CL,PE 2003-01", "CONCLUDED CL,PE 1997", "TERMINATED CL 2014"));
}

TEST(DiscourseTest, MembersThatAreCountedAreTold) {
  EXPECT_THAT(ExtractedAgreements(
                  {"India signed a trade treaty with the four EFTA states on 10 March 2024.", kPublished}),
              ElementsAre("CH,IN,IS,LI,NO 2024-03-10"));
  EXPECT_THAT(ExtractedEvents(
                  {"All six members of the Gulf Cooperation Council ratified the Doha Rail Convention in May "
                   "2024.",
                   kPublished}),
              ElementsAre("RATIFIED AE,BH,KW,OM,QA,SA 2024-05"));
  // A number that does not fit tells nobody.
  EXPECT_THAT(ExtractedAgreements(
                  {"India signed a trade treaty with three EFTA states on 10 March 2024.", kPublished}),
              ElementsAre("IN,efta 2024-03-10"));
}

TEST(DiscourseTest, WithUsIsWithThePapersState) {
  EXPECT_THAT(
      ExtractedAgreements({"Fiji burns. Australia has a treaty with us, signed in August 2017.", kPublished}),
      ElementsAre("AU,FJ 2017-08"));
  // Not where somebody else says so.
  EXPECT_THAT(ExtractedAgreements(
                  {"Fiji burns. \"Australia has a treaty with us, signed in August 2017,\" said a minister "
                   "from Samoa.",
                   kPublished}),
              ElementsAre("AU,WS 2017-08"));
}

TEST(DiscourseTest, ATownThatActsIsNoShortName) {
  EXPECT_THAT(
      ExtractedEvents(
          {"Mali ended the Algiers agreement with the CMA rebels in January 2024. Algeria and Spain signed "
           "a friendship treaty in October 2002. The friendship treaty that Algiers suspended in June "
           "2022 is dead letter.",
           kPublished}),
      ::testing::Contains("SUSPENDED DZ 2022-06"));
}

TEST(DiscourseTest, OtherWordsBeforeTheNounTellOfAnotherMatter) {
  EXPECT_THAT(
      ExtractedAgreements(
          {"Norway and Russia agreed on fishing quotas, as they have done since the fisheries agreement of "
           "11 "
           "April 1975. The local visa traffic accord between Norway and Russia, in force since 2012, is "
           "dead letter.",
           kPublished}),
      UnorderedElementsAre("NO,RU 1975-04-11", "NO,RU -"));
}

TEST(DiscourseTest, WhoIsNamedInAnotherMainClauseIsNoParty) {
  EXPECT_THAT(ExtractedAgreements(
                  {"Jordan and Israel signed the Araba treaty on 26 October 1994. Yitzhak Rabin hailed a "
                   "pact of 1993 on water; Bill Clinton smiled.",
                   kPublished}),
              UnorderedElementsAre("IL,JO 1994-10-26", "IL,JO 1993"));
}

TEST(DiscourseTest, ASwapWithSomebodyIsAnAgreement) {
  EXPECT_THAT(ExtractedEvents({"Pakistan extended the currency swap with China on 5 May 2025.", kPublished}),
              ElementsAre("EXTENDED CN,PK 2025-05-05"));
  EXPECT_THAT(ExtractedEvents({"Pakistan extended a currency swap on 5 May 2025.", kPublished}), IsEmpty());
}

TEST(DiscourseTest, DatesAndPartiesMayStandInTheSameOrder) {
  EXPECT_THAT(
      ExtractedAgreements({"Under agreements of 26 February and 10 March 1990 the Soviet army pulled out of "
                           "Czechoslovakia and Hungary, respectively.",
                           "1991-07-02"}),
      UnorderedElementsAre("CSHH,SUHH 1990-02-26", "HU,SUHH 1990-03-10"));
  EXPECT_THAT(
      ExtractedEvents(
          {"Norway terminated its accords of 1977 and 1982 with Fiji and Samoa on Friday.", kPublished}),
      UnorderedElementsAre("CONCLUDED FJ,NO 1977", "TERMINATED NO 2025-12-05", "CONCLUDED NO,WS 1982",
                           "TERMINATED NO 2025-12-05"));
}

TEST(DiscourseTest, TheFormerColonialPowerIsTheOneSpokenOf) {
  EXPECT_THAT(
      ExtractedEvents(
          {"Chad put an end to its defence pact with France on Thursday. Niger's generals had revoked "
           "their country's military pact with the former colonial power in August 2023.",
           kPublished}),
      UnorderedElementsAre("TERMINATED TD 2025-12-04", "TERMINATED NE 2023-08"));
}

TEST(DiscourseTest, AnAsideThatDatesItTellsItFromAnotherOne) {
  EXPECT_THAT(ExtractedAgreements({"Chile and Peru share the tuna under an agreement signed on 11 April "
                                   "1975. The delimitation treaty, "
                                   "signed in Arica in September 2010, took effect in July 2011.",
                                   kPublished}),
              UnorderedElementsAre("CL,PE 1975-04-11", "CL,PE 2010-09"));
}

TEST(DiscourseTest, WhoMadeItIsToldBehindTheVerb) {
  EXPECT_THAT(
      ExtractedAgreements(
          {"The quota arrangement reached in 2014 by Chile, Peru and Ecuador ran out in 2020.", kPublished}),
      ElementsAre("CL,EC,PE 2014"));
  EXPECT_THAT(
      ExtractedAgreements(
          {"Spain fell back on the convention concluded in Lima on 3 June 1900 between Chile and Peru, "
           "which took effect in 1901.",
           kPublished}),
      ElementsAre("CL,PE 1900-06-03"));
}

TEST(DiscourseTest, OneEachIsWithEachOfThoseListed) {
  EXPECT_THAT(
      ExtractedAgreements({"Spain concluded in Lima three identical treaties, one each with Chile, Peru and "
                           "Fiji, on 3 June 2025.",
                           kPublished}),
      UnorderedElementsAre("CL,ES 2025-06-03", "ES,PE 2025-06-03", "ES,FJ 2025-06-03"));
}

TEST(DiscourseTest, WhoDoesSomethingUnderAPactIsItsOtherSide) {
  EXPECT_THAT(ExtractedAgreements(
                  {"On 3 June 2025 Fiji signed a pact under which Chile will train its pilots.", kPublished}),
              ElementsAre("CL,FJ 2025-06-03"));
  // Of one that is replaced others may be party.
  EXPECT_THAT(
      ExtractedAgreements({"Chile and Peru signed a railway pact on 3 June 2025. It replaces a memorandum of "
                           "2013, under which Fiji was to lend money.",
                           kPublished}),
      UnorderedElementsAre("CL,PE 2025-06-03", "CL,PE 2013"));
}

TEST(DiscourseTest, ALabelDatesANameThatSomethingIsPromisedIn) {
  EXPECT_THAT(ExtractedEvents(
                  {"1850 - Chile and Peru promise each other in the Treaty of Arica never to build a canal "
                   "alone.\n\n1901 - The Treaty of Tacna divides the province.",
                   kPublished}),
              ElementsAre("CONCLUDED CL,PE 1850", "CONCLUDED CL,PE 1901"));
}

TEST(DiscourseTest, WhatHasADateIsNotANameThatHasNone) {
  EXPECT_THAT(ExtractedAgreements(
                  {"Chile and Peru signed an air transport treaty in 2012. Before that, an agreement of "
                   "1984 on air transport had governed the flights; Chile terminated it in 2001. Other "
                   "things work well: the Titicaca air transport agreement took effect in 1976.",
                   kPublished}),
              testing::Contains("CL,PE 1984"));
}

TEST(DiscourseTest, AgreementsOnDifferentNarrowMattersAreTwo) {
  EXPECT_THAT(ExtractedEvents(
                  {"Chile and Peru signed an extradition treaty on 3 June 1990. The legal assistance treaty "
                   "was signed in May 2001. Lima suspended the extradition treaty on 4 March 2020.",
                   kPublished}),
              ElementsAre("SIGNED CL,PE 1990-06-03", "SIGNED CL,PE 2001-05", "SUSPENDED PE 2020-03-04"));
  EXPECT_THAT(
      ExtractedAgreements({"Chile and Peru signed an extradition treaty on 3 June 1990. The legal assistance "
                           "treaty took effect in May 1991. Lima suspended the extradition treaty in 2020.",
                           kPublished}),
      ElementsAre("CL,PE 1990-06-03", "CL,PE -"));
  // Other words for the same matter.
  EXPECT_THAT(ExtractedAgreements(
                  {"Chile and Peru signed a fishing accord on 3 June 1990. The tuna pact ended in 2020.",
                   kPublished}),
              ElementsAre("CL,PE 1990-06-03"));
}

TEST(DiscourseTest, WhoDoesLikewiseHasOneWithWhomTheOtherHas) {
  EXPECT_THAT(
      ExtractedAgreements(
          {"On 1 July 2024 the Finnish parliament approved the bases agreement with the United States. "
           "Denmark signed a day after Finland. Sweden signed on 5 December 2023.\n\nFinland and Russia "
           "still have the friendship treaty of 1992, which Moscow denounced in May 2024.",
           "2024-07-02"}),
      UnorderedElementsAre("FI,US -", "DK,US 2024-07-01~", "SE,US 2023-12-05", "FI,RU 1992"));
}

TEST(DiscourseTest, OneOnEachMatterWithEachPartner) {
  EXPECT_THAT(ExtractedAgreements(
                  {"Spain suspended its agreements on extradition and on legal assistance with Chile and "
                   "Peru in 2020.",
                   kPublished}),
              UnorderedElementsAre("CL,ES -", "ES,PE -", "CL,ES -", "ES,PE -"));
}

TEST(DiscourseTest, ThoseSignedWithSomebodyAreWithThem) {
  EXPECT_THAT(ExtractedAgreements(
                  {"Spain and Chile opened talks on a reciprocal access agreement on 3 June 2025. It would "
                   "be Spain's second, after that signed with Peru in 2019.",
                   kPublished}),
              UnorderedElementsAre("CL,ES -", "ES,PE 2019"));
}

TEST(DiscourseTest, WhatIsSignedTogetherWithItIsSigned) {
  EXPECT_THAT(ExtractedEvents(
                  {"The claims agreement between Chile and Peru was signed on 22 June 1965 together with the "
                   "Arica Treaty.",
                   kPublished}),
              ElementsAre("SIGNED CL,PE 1965-06-22", "SIGNED CL,PE 1965-06-22"));
}

TEST(DiscourseTest, WhatHasItsSixtiethRatificationIsOpenToMany) {
  const treatywire::v1::ExtractedArticle article = Extracted(
      {"The treaty to protect the lakes takes effect in January after Chile on Friday handed in the 60th "
       "ratification. Peru had ratified it on 3 June 2025.",
       kPublished});
  ASSERT_GT(article.events_size(), 0);
  EXPECT_TRUE(article.events(0).agreement().multilateral());
}

TEST(DiscourseTest, AnOrganisationsConventionIsItsMembers) {
  EXPECT_THAT(ExtractedAgreements(
                  {"The World Trade Organization's agreement on fish subsidies, adopted in June 2022, took "
                   "effect when Chile, Peru and Fiji deposited their instruments of acceptance on 3 June "
                   "2025.",
                   kPublished}),
              ElementsAre("CL,FJ,PE -"));
}

TEST(DiscourseTest, WhatTwoHaveOfAnotherDateIsNoProtocolOfMany) {
  EXPECT_THAT(ExtractedAgreements(
                  {"The leaders of Spain, Chile, Peru and Fiji signed the protocol on the end of the union "
                   "on 3 June 2025. Under agreements of 26 February and 10 March 1990 the Spanish army has "
                   "left Chile and Peru, respectively.",
                   kPublished}),
              UnorderedElementsAre("CL,ES,FJ,PE 2025-06-03", "CL,ES 1990-02-26", "ES,PE 1990-03-10"));
}

TEST(DiscourseTest, ADateBeforeACommaIsOfTheNounBehindIt) {
  EXPECT_THAT(ExtractedAgreements(
                  {"Chile and Peru signed a trade treaty in 2024. Lima suspended the Sept. 19, 2018, customs "
                   "agreement with Fiji in 2025.",
                   kPublished}),
              UnorderedElementsAre("CL,PE 2024", "FJ,PE 2018-09-19"));
}

TEST(DiscourseTest, TheTwoCountriesTreatyIsOfThoseInTheSentence) {
  EXPECT_THAT(ExtractedAgreements(
                  {"Chile ended its tax treaty with Peru on 3 June 2025. In May 1985 Spain told Fiji that it "
                   "was ending the two countries' friendship treaty of 1956.",
                   kPublished}),
              UnorderedElementsAre("CL,PE -", "ES,FJ 1956"));
}

TEST(DiscourseTest, TheConventionAfterItsProtocolIsTheOneThatItBelongsTo) {
  const treatywire::v1::ExtractedArticle article =
      Extracted({"Chile ended its friendship treaty with Peru on 3 June 2025. It also left the Optional "
                 "Protocol to the "
                 "Convention Against Torture. The convention itself it ratified in 1988.",
                 kPublished});
  ASSERT_EQ(article.events_size(), 3);
  EXPECT_EQ(article.events(2).agreement().known_agreement(), "cat");
}

TEST(DiscourseTest, WhatAnUnnamedOrganLooksAtIsOfTheOneWithWhomTheOthersAre) {
  EXPECT_THAT(
      ExtractedAgreements(
          {"The Lords committee reports on the agreement with France on small boats, which was signed "
           "on 30 July 2025.",
           kPublished}),
      ElementsAre("FR,GB 2025-07-30"));
}

TEST(DiscourseTest, WhoseAgreementIsOfTheTwoBeforeIt) {
  EXPECT_THAT(
      ExtractedAgreements(
          {"Spain and Fiji signed a labour pact on 3 June 2025. Chile and Peru, whose 2018 agreement was "
           "born of a scandal, agreed to update it in May.",
           kPublished}),
      UnorderedElementsAre("ES,FJ 2025-06-03", "CL,PE 2018"));
}

TEST(DiscourseTest, ADaysAgreementIsTheOneOfThatDay) {
  EXPECT_THAT(ExtractedAgreements(
                  {"Chile and Peru signed a border agreement on Friday. In Suva an official said that "
                   "yesterday's agreement breached the rights of Fiji.",
                   kPublished}),
              ElementsAre("CL,PE 2025-12-05"));
}

TEST(DiscourseTest, WhatIsSignedOnSeveralMattersIsOneOnEach) {
  const std::string pact = "CL,PE 2025-06-03";
  EXPECT_THAT(ExtractedAgreements(
                  {"Chile and Peru signed memoranda on fisheries, clean energy and ports on 3 June 2025.",
                   kPublished}),
              ElementsAre(pact, pact, pact));
  EXPECT_THAT(ExtractedAgreements(
                  {"Chile and Peru signed agreements on trade and on tourism on 3 June 2025.", kPublished}),
              ElementsAre(pact, pact));
  // No list: what it goes on with is another clause.
  EXPECT_THAT(
      ExtractedAgreements(
          {"Chile and Peru signed agreements on trade, and the ministers left on 3 June 2025.", kPublished}),
      IsEmpty());
}

}  // namespace
}  // namespace treatywire::ingest
