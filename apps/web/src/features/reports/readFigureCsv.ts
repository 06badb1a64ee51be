import Papa from 'papaparse'

/** Reads a figure's numbers as `writeFigureCsv` writes them, without the lines that say what made it. */
export function readFigureCsv(text: string): { readonly columns: readonly string[]; readonly rows: readonly (readonly string[])[] } {
  const table = text.replace(/^(?:#[^\n]*\n)+/, '').trimEnd()
  const [columns = [], ...rows] = Papa.parse<string[]>(table).data
  return { columns, rows }
}
