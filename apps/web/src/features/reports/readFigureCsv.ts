import Papa from 'papaparse'

export interface FigureCsv {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

/** Reads a figure's numbers as `writeFigureCsv` writes them, without the lines that say what made it. */
export function readFigureCsv(text: string): FigureCsv {
  const table = text.replace(/^(?:#[^\n]*\n)+/, '').trimEnd()
  const [columns = [], ...rows] = Papa.parse<string[]>(table).data
  return { columns, rows }
}
