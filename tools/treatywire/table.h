// Rows under headings, aligned, as wide as the terminal.
//
//   Table table({{"AGREEMENT"}, {"SIGNED"}, {"SOURCES", Table::Align::kRight}});
//   table.AddRow({"agreements/inf-treaty", "1987-12-08", "5"});
//   out << table.Render(width);
#ifndef TREATYWIRE_TOOLS_TREATYWIRE_TABLE_H_
#define TREATYWIRE_TOOLS_TREATYWIRE_TABLE_H_

#include <cstdint>
#include <string>
#include <vector>

namespace treatywire::tools {

class Table {
 public:
  enum class Align : uint8_t { kLeft, kRight };
  struct Column {
    std::string heading;
    Align align = Align::kLeft;
    // Whether it is narrowed, its cells wrapped, where the table is too wide. Names that people copy are not.
    bool wraps = false;
  };

  // The narrowest that a column is wrapped to, in display columns.
  static constexpr int kMinWrappedWidth = 12;

  explicit Table(std::vector<Column> columns) : columns_(std::move(columns)) {}

  // As many cells as there are columns; cells may hold anything and are shown as PrintableText.
  void AddRow(std::vector<std::string> cells);
  bool empty() const { return rows_.empty(); }

  // The headings and rows, each line ended by a newline and without spaces before it. Columns that are empty
  // in all rows are left out. `width` 0: no limit. A table that cannot be narrowed to `width` is wider.
  std::string Render(int width) const;

 private:
  std::vector<int> FittedWidths(const std::vector<bool>& shown, int width) const;

  std::vector<Column> columns_;
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace treatywire::tools

#endif  // TREATYWIRE_TOOLS_TREATYWIRE_TABLE_H_
