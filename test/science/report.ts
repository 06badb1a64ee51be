type Row = Readonly<Record<string, string | number | null>>

/** Prints what was measured as a table, numbers to four significant digits. */
export function report(title: string, rows: readonly Row[]): void {
  const rounded = rows.map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, round(value)])))
  console.log(title)
  console.table(rounded)
}

const round = (value: string | number | null) => (typeof value === 'number' ? Number(value.toPrecision(4)) : value)
