import { useFile } from '../../files/useFiles'
import { type FigureCsv, readFigureCsv } from './readFigureCsv'

export interface KeptTable {
  /** Null until it is there. */
  readonly table: FigureCsv | null
  readonly failed: boolean
  readonly retry: () => void
}

/** Reads the table that is kept of a figure. */
export function useKeptTable(url: string): KeptTable {
  const { arrived, error, retry } = useFile({ queryKey: ['report table', url], queryFn: ({ signal }) => fetchTable(url, signal) })
  return { table: arrived, failed: error !== null, retry }
}

async function fetchTable(url: string, signal: AbortSignal): Promise<FigureCsv> {
  const response = await fetch(url, { signal })
  if (!response.ok) throw new Error(`The table could not be read: ${response.status}.`)
  return readFigureCsv(await response.text())
}
