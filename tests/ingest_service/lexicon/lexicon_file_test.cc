#include "ingest_service/lexicon/lexicon_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"

namespace treatywire::ingest {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::string Message(const LexiconErrors& errors) { return std::string(errors.ToStatus().message()); }

std::vector<std::string> Lines(const LexiconFile& file, LexiconErrors& errors) {
  std::vector<std::string> lines;
  for (const LexiconLine& line : ReadLexiconLines(file, errors)) {
    lines.push_back(absl::StrCat(*line.position.file, ":", line.position.line, " ", line.text));
  }
  return lines;
}

std::vector<std::string> Lines(absl::string_view text) {
  const LexiconFile file = {"f.txt", std::string(text)};
  LexiconErrors errors;
  std::vector<std::string> lines = Lines(file, errors);
  EXPECT_EQ(Message(errors), "");
  return lines;
}

TEST(LexiconFileTest, CommentsAndBlankLinesAreSkippedAndCounted) {
  EXPECT_THAT(Lines("# head\n\n a | b  # why\n\t\nc#d\r\ne"),
              ElementsAre("f.txt:3 a | b", "f.txt:5 c#d", "f.txt:6 e"));
  EXPECT_THAT(Lines(""), IsEmpty());
  EXPECT_THAT(Lines("\xEF\xBB\xBFtreaty\n"), ElementsAre("f.txt:1 treaty"));
}

TEST(LexiconFileTest, LineAtTheMaximumIsRead) {
  EXPECT_EQ(Lines(std::string(kMaxLexiconLineBytes, 'a')).size(), 1u);
}

TEST(LexiconFileTest, OverlongLineIsReported) {
  const LexiconFile file = {"f.txt", "a\n" + std::string(kMaxLexiconLineBytes + 1, 'a') + "\nb\n"};
  LexiconErrors errors;
  EXPECT_THAT(Lines(file, errors), ElementsAre("f.txt:1 a", "f.txt:3 b"));
  EXPECT_EQ(Message(errors), "f.txt:2: the line is longer than 2000 bytes");
}

TEST(LexiconFileTest, OverlongFileIsReported) {
  LexiconErrors errors;
  LexiconFile file = {"f.txt", std::string(kMaxLexiconFileBytes, '\n')};
  EXPECT_THAT(Lines(file, errors), IsEmpty());
  EXPECT_EQ(Message(errors), "");
  file.text.push_back('\n');
  EXPECT_THAT(Lines(file, errors), IsEmpty());
  EXPECT_EQ(Message(errors), "f.txt:1: the file is longer than 4194304 bytes");
}

TEST(LexiconFileTest, InvalidUtf8IsReported) {
  const LexiconFile file = {"f.txt", "a\nb\xFF\nc"};
  LexiconErrors errors;
  EXPECT_THAT(Lines(file, errors), ElementsAre("f.txt:1 a", "f.txt:3 c"));
  EXPECT_EQ(Message(errors), "f.txt:2: the line is not UTF-8");
}

TEST(LexiconFileTest, FieldsAreTrimmedAndCounted) {
  const std::string name = "f.txt";
  LexiconErrors errors;
  EXPECT_THAT(SplitFields({"a | b c|", {&name, 1}}, 2, 3, errors), ElementsAre("a", "b c", ""));
  EXPECT_EQ(Message(errors), "");
  EXPECT_THAT(SplitFields({"a", {&name, 2}}, 2, 3, errors), IsEmpty());
  EXPECT_THAT(SplitFields({"a|b|c|d", {&name, 3}}, 2, 3, errors), IsEmpty());
  EXPECT_THAT(SplitFields({"a|b|c|d", {&name, 4}}, 2, 2, errors), IsEmpty());
  EXPECT_EQ(Message(errors),
            "f.txt:2: expected 2 to 3 fields separated by \"|\", found 1\n"
            "f.txt:3: expected 2 to 3 fields separated by \"|\", found 4\n"
            "f.txt:4: expected 2 fields separated by \"|\", found 4");
}

TEST(LexiconFileTest, ListsHaveNoEmptyParts) {
  EXPECT_THAT(SplitList(" a b; c ;; "), ElementsAre("a b", "c"));
  EXPECT_THAT(SplitList(" ; "), IsEmpty());
}

TEST(LexiconFileTest, TwentyErrorsAreReportedAndTheRestCounted) {
  const std::string name = "f.txt";
  LexiconErrors errors;
  for (int line = 1; line <= 20; ++line) errors.Add({&name, line}, "wrong");
  EXPECT_THAT(Message(errors), testing::EndsWith("\nf.txt:20: wrong"));
  errors.Add({&name, 21}, "wrong");
  EXPECT_THAT(Message(errors), testing::EndsWith("\nf.txt:20: wrong\nand 1 more"));
  EXPECT_EQ(errors.ToStatus().code(), absl::StatusCode::kInvalidArgument);
}

constexpr RecordKey kKeys[] = {{"name"}, {"names", true}};

// "id(key=value,key=value) …" and what was reported.
std::string Records(const std::vector<LexiconFile>& files) {
  std::vector<const LexiconFile*> pointers;
  for (const LexiconFile& file : files) pointers.push_back(&file);
  LexiconErrors errors;
  std::string shown;
  for (const LexiconRecord& record : ReadRecords(pointers, "party", kKeys, errors)) {
    absl::StrAppend(&shown, record.id, "(");
    for (const LexiconRecord::Field& field : record.fields) {
      absl::StrAppend(&shown, field.key, "=", field.value, ",");
    }
    absl::StrAppend(&shown, ") ");
  }
  return shown + Message(errors);
}

TEST(LexiconFileTest, RecordsBeginWithTheirId) {
  EXPECT_EQ(Records({{"p.txt", "party: RU\nname: Russia\nnames: a; b\nnames: c\n\nparty: FR\n"}}),
            "RU(name=Russia,names=a; b,names=c,) FR() ");
}

TEST(LexiconFileTest, FurtherFileExtendsRecords) {
  const std::vector<LexiconFile> files = {
      {"p.txt", "party: RU\nname: Russia\n"},
      {"p.extra.txt", "party: RU\nname: Rossiya\nparty: FR\nname: France\n"}};
  EXPECT_EQ(Records(files), "RU(name=Russia,name=Rossiya,) FR(name=France,) ");
}

TEST(LexiconFileTest, FaultyRecordsAreReported) {
  EXPECT_EQ(Records({{"p.txt", "name: x\nparty: RU\nnaem: x\nname:\nname: a\nname: b\nwords\nparty: RU\n"}}),
            "RU(name=a,name=b,) "
            "p.txt:1: stands before the first \"party:\"\n"
            "p.txt:3: unknown key \"naem\"\n"
            "p.txt:4: \"name\" has no value\n"
            "p.txt:6: \"name\" is given twice\n"
            "p.txt:7: expected \"key: value\"\n"
            "p.txt:8: party \"RU\" is given twice");
}

TEST(LexiconFileTest, IdTwiceInTheFurtherFileIsReported) {
  const std::vector<LexiconFile> files = {{"p.txt", "party: RU\n"},
                                          {"p.extra.txt", "party: RU\nparty: RU\n"}};
  EXPECT_EQ(Records(files), "RU() p.extra.txt:2: party \"RU\" is given twice");
}

}  // namespace
}  // namespace treatywire::ingest
