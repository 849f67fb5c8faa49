// What is chosen in a grid of values: the rows and columns between where it began and where it is. A column of -1 is the
// whole row.
const between = (one, other) => [Math.min(one, other), Math.max(one, other)];

export class Choice {
  from = { row: 0, column: 0 };
  at = { row: 0, column: 0 };

  /** In a grid of so many rows and columns. */
  constructor(count, width) {
    [this.count, this.width] = [count, width];
  }

  /** Moves it, as far as there are values; `more` keeps where it began. */
  go(row, column, more) {
    this.at = { row: Math.min(Math.max(row, 0), this.count - 1), column: Math.min(Math.max(column, -1), this.width - 1) };
    if (!more) this.from = { ...this.at };
  }

  all() {
    this.from = { row: 0, column: -1 };
    this.at = { row: this.count - 1, column: -1 };
  }

  get whole() {
    return this.from.column < 0 || this.at.column < 0;
  }

  /** From which row to which, both included; columns likewise. */
  get rows() {
    return between(this.from.row, this.at.row);
  }

  get columns() {
    return this.whole ? [0, this.width - 1] : between(this.from.column, this.at.column);
  }
}
