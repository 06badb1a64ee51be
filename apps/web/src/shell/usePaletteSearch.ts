import { useApolloClient } from '@apollo/client/react'
import { useDebouncedValue } from '@mantine/hooks'
import { useMemo } from 'react'
import { PaletteSearchDocument, type PaletteSearchQuery } from '../data/generated/graphql'
import { readUncached } from '../data/readUncached'
import { useAnswer } from '../data/useAnswer'

/** How long typing must pause before the server is asked, in milliseconds. */
const PAUSE = 150

/** Reports that are offered at a time. */
const MOST_REPORTS = 5

export interface PaletteFindings {
  readonly runs: PaletteSearchQuery['runs']['nodes']
  readonly experiments: PaletteSearchQuery['experiments']['nodes']
  readonly reports: PaletteSearchQuery['reports']
  /** Whether the server is still to answer what is typed. */
  readonly isSearching: boolean
  /** Whether the server could not be asked. */
  readonly failed: boolean
}

/** Searches the names of all runs, experiments and reports on the server; of nothing typed the newest ones. Null asks for nothing. */
export function usePaletteSearch(typed: string | null): PaletteFindings {
  const client = useApolloClient()
  const [text] = useDebouncedValue(typed?.trim() ?? null, PAUSE)
  const ask = useMemo(
    () =>
      text === null
        ? null
        : async (signal: AbortSignal) => ({
            text,
            found: await readUncached(client, { query: PaletteSearchDocument, variables: { text }, signal }).catch(() => null),
          }),
    [client, text],
  )
  const { answer } = useAnswer(ask)
  return {
    runs: answer?.found?.runs.nodes ?? [],
    experiments: answer?.found?.experiments.nodes ?? [],
    reports: answer?.found?.reports.slice(0, MOST_REPORTS) ?? [],
    isSearching: answer?.text !== (typed ?? '').trim(),
    failed: answer !== null && answer.found === null,
  }
}
