// Reads one phrase around one head, for FindAgreementPhrases.
#ifndef TREATYWIRE_INGEST_SERVICE_EXTRACTION_PHRASE_READER_H_
#define TREATYWIRE_INGEST_SERVICE_EXTRACTION_PHRASE_READER_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "ingest_service/extraction/agreement_phrase.h"
#include "ingest_service/extraction/annotation.h"

namespace treatywire::ingest {

// Used once: each method gives the phrase away.
class PhraseReader {
 public:
  PhraseReader(const Annotation& annotation, const Sentence& sentence, uint32_t left_limit)
      : a_(annotation), sentence_(sentence), left_limit_(left_limit) {}

  // Around an instrument noun: "the 1994 fisheries treaty between Oslo and Lima".
  AgreementPhrase ReadInstrument(const LexiconMatch& match);

  // Around a short name at `t` that the article gave an agreement: "EDCA".
  AgreementPhrase ReadLocalName(uint32_t t);

  // "the Guatemalan one", "that with Palau", "suspended theirs": `t` is what StandsForNoun says.
  AgreementPhrase ReadOne(uint32_t t);

  // Around the name of a well-known agreement.
  AgreementPhrase ReadKnown(const LexiconMatch& match, const KnownAgreement& known);

 private:
  static constexpr uint32_t kMaxPremodifiers = 14;

  // "two", "both", "3": how many, up to ten; 0 for another word.
  static int NumberWord(absl::string_view norm);

  void SetInstrument(const LexiconMatch& noun);

  // "the [1992] Framework Convention", "the [26-year-old] NAFTA": up to a determiner.
  void ReadModifiersOfName();

  // "The Reciprocal Access Agreement between Manila and Tokyo" is not the one of that name that others have;
  // nor is one whose parties the article never names.
  void DropKnownOfOthers();

  // A word in small letters that neither acts nor joins, right after a name. Words in "s" or "ed" may be
  // verbs that the lexicon has not ("NAFTA covers …").
  bool IsPlainNoun(uint32_t t) const;

  // "by the members of NATO and [the Warsaw Pact]": who signs is told by it.
  bool TellsMembers() const;

  // Words of private agreements, but not in the name of a party ("Arab League", "Paris Club").
  bool CallsPrivate(TokenSpan core) const;

  bool IsPremodifier(uint32_t t) const;

  // Whether the words left of `t` go on as a name over a small word: "Management [and] Disposition
  // Agreement".
  bool JoinsName(uint32_t t) const;

  // "a [defence and] trade agreement", "its trade, transit [and] customs treaty": what describes the noun
  // goes on over the word, up to an article.
  bool JoinsModifiers(uint32_t t) const;

  void ReadLeft();

  // "the Sept. 19, 2018, [military agreement]": the first token of the date before the comma, which "the" or
  // the like leads; `comma` where no such date stands there.
  uint32_t DateBeforeComma(uint32_t comma) const;

  bool IsDeterminer(uint32_t t) const;

  void ReadDeterminer();

  void ReadPremodifiers();

  // "the Nairobi declarations", "the Lisbon protocol" in running text: named after a town.
  bool IsWhereItWasMade(const PartyMention& party) const;

  void AddDate(int index);

  void AddVotes(TokenSpan span, int factor);

  // Words that tell what something is about: no names, dates, short words.
  void AddWords(TokenSpan span, std::vector<absl::string_view>* to) const;

  // "Russia's Treaty Cancellations Since 2022": a heading whose words all have capitals, so that they name
  // nothing.
  bool InTitleCase() const;

  // A capitalised head with capitalised words around it is a proper name; so is a lower-case head after a
  // name that is no party's.
  void ReadTitle();

  // "the Suva Declaration": named after a town.
  bool NamesTown(uint32_t t) const;

  // "Treaty [on the Junction Point of the State Borders]", "Treaty [of Osimo]".
  uint32_t ReadTitleTail(uint32_t begin) const;

  // "Agreement between the Government of the USSR and the Government of Canada": a full title, which goes on
  // in small letters.
  bool NamesBothSides(uint32_t begin, uint32_t end) const;

  // "… [on cooperation in the field of defence]": up to punctuation, a verb, or a date.
  uint32_t ReadSubjectOfTitle(uint32_t begin) const;

  void ReadPartiesInTitle(uint32_t begin, uint32_t end);

  // "with Russia's Gazprom", "with Brazil's Flamengo": one name that is no organ and no person of the state.
  bool OwnsFirm(const PartyMention& owner) const;

  // All that follows the head and belongs to it.
  void ReadRight();

  // The token after what stands at `t` and belongs to the phrase; `t` where nothing does. So do those that
  // read one sort of it: "(EDCA)"; "between …"; "with …"; "of 1975 and 1976"; "of its own"; "of the two";
  // "(1972)"; "on …".
  uint32_t ReadPostmodifier(uint32_t t);
  uint32_t ReadAbbreviation(uint32_t t);
  uint32_t ReadBetween(uint32_t t);
  uint32_t ReadWith(uint32_t t);
  // "three identical treaties, [one each with Chile, Peru and Fiji]"
  uint32_t ReadOneEach(uint32_t t);
  uint32_t ReadOfDates(uint32_t t);
  uint32_t ReadOfOwn(uint32_t t);
  uint32_t ReadOfGroup(uint32_t t);
  // "(Belgrade, 20 January 2023)": where and when it was signed.
  uint32_t ReadBracketedPlace(uint32_t t);
  uint32_t ReadBracketedYear(uint32_t t);
  uint32_t ReadSubject(uint32_t t);

  // "on [fish, energy and ports]": how many matters a plural noun that ends at `t` is told to be on, one
  // each; 0 where they are no list.
  int CountMatters(uint32_t t) const;

  // Whether "us" is said by the paper itself, of its own state, and not by somebody whom it quotes.
  bool SaysUsOfHome(uint32_t us) const;

  // "the WHO Pandemic Agreement", "a UN convention": made under the roof of an organisation of many states,
  // which is no party to it; "the UN's agreement with Syria" is its own.
  void DropSponsor();

  // "the accord [that they signed in May]", "the pact[, signed on 3 June]": says which one.
  void ReadRestrictingDate(uint32_t t);

  // "talks with Washington on [a trade pact]", "negotiations between Oslo and Rome about [a treaty]": those
  // who talk are its parties, unless the phrase names its own.
  void ReadTalksBefore();

  // "the treaty that [links A, B and C]": the token after them; `t` where they are not told like that.
  uint32_t ReadMembers(uint32_t t);

  // "two older treaties[, signed in 1931 and in 1947]", "have had a treaty [since 1982]": the token after the
  // dates; `t` where there are none.
  uint32_t ReadDatesOfSigning(uint32_t t);

  // "five accords with Lima[, the oldest from 1977, the newest from 2020]": the token after the dates; `t`
  // where there are none.
  uint32_t ReadDatesOneByOne(uint32_t t);

  // "with Chile [(2001), Peru in 2003 and with Kenya]": more partners, each with its date. The token after
  // them.
  uint32_t ReadMorePartners(uint32_t begin);

  // "[on taxes] and with Kenya on fishing": what the agreement with this partner is on, if another "with"
  // follows.
  bool OthersFollow(uint32_t t) const;
  uint32_t SubjectOfPartner(uint32_t t) const;

  // "(2001)", "in 2003", ", signed in May 2004": sets the date. The token after it; `t` where there is none.
  uint32_t DateOfPartner(uint32_t t, int* date) const;

  // Whether a word follows that is no part of a list: what stands before it opens another clause.
  bool EndsPartners(uint32_t t) const;

  // "its agreements with [them]", after a list of parties: those. The token after the word; `t` where none is
  // meant.
  uint32_t ReadPartnersBefore(uint32_t t);

  // "the declaration[, in which Chile and Peru renounced …]", "the treaty [that Chile and Peru signed]":
  // those two are its parties. Reads no further: what they do is told by the clause.
  void ReadPartiesOfClause(uint32_t t);

  // "signed a pact [under which Chile will train its pilots]": who does something under it, and is not named
  // beside that, is the other side. `clause`: the first token of who it is.
  void AddOtherSide(PartyId party, uint32_t clause);

  // "the arrangement [reached in 2014 by Chile, Peru and Fiji]", "the accord [signed in Oslo between …]":
  // those who made it.
  void ReadMakers(uint32_t t);

  // Whether the verb at `t`, after auxiliaries and adverbs, is one of signing.
  bool IsSigning(uint32_t t) const;

  // "treaties with [38 countries]": those that the next sentences list. The token after the noun; `begin`
  // where no count of states stands there.
  uint32_t ReadCountedPartners(uint32_t begin);

  // "Peru ended its last sixteen treaties. Among the partners are [Chile, Fiji and Samoa]."
  void ReadPartnersListedNext();

  // The first list of at least `least` parties in the rest of the sentence and the two after it.
  PartyIds FirstListAfter(uint32_t token, size_t least) const;

  // "between [the two countries]", "between [the three]": the token after it; `begin` where there is none.
  uint32_t ReadGroup(uint32_t begin);

  // "the fisheries treaty (1972)", "(1972, amended 1980)": the year it dates from.
  bool IsBracketedYear(uint32_t t) const;

  uint32_t ReadDates(uint32_t t);

  // The words of an on-phrase: up to punctuation, a verb, a preposition that opens another modifier, or ten
  // words.
  uint32_t SubjectEnd(uint32_t begin) const;

  const Annotation& a_;
  const Sentence& sentence_;
  const uint32_t left_limit_;
  AgreementPhrase phrase_;
};

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_EXTRACTION_PHRASE_READER_H_
