import { useApolloClient } from '@apollo/client/react'
import { useDebouncedValue } from '@mantine/hooks'
import { useEffect, useState } from 'react'
import { PaletteSearchDocument, type PaletteSearchQuery } from '../data/generated/graphql'

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

interface Answer {
  readonly text: string
  readonly found: PaletteSearchQuery | null
}

/** Searches the names of all runs, experiments and reports on the server; of nothing typed the newest ones. Null asks for nothing. */
export function usePaletteSearch(typed: string | null): PaletteFindings {
  const client = useApolloClient()
  const [text] = useDebouncedValue(typed?.trim() ?? null, PAUSE)
  const [answer, setAnswer] = useState<Answer | null>(null)
  useEffect(() => {
    if (text === null) return
    let isWanted = true
    const take = (found: PaletteSearchQuery | null) => {
      if (isWanted) setAnswer({ text, found })
    }
    client.query({ query: PaletteSearchDocument, variables: { text }, fetchPolicy: 'no-cache' }).then(
      ({ data }) => take((data as PaletteSearchQuery | undefined) ?? null),
      () => take(null),
    )
    return () => {
      isWanted = false
    }
  }, [client, text])
  return {
    runs: answer?.found?.runs.nodes ?? [],
    experiments: answer?.found?.experiments.nodes ?? [],
    reports: answer?.found?.reports.slice(0, MOST_REPORTS) ?? [],
    isSearching: answer?.text !== (typed ?? '').trim(),
    failed: answer !== null && answer.found === null,
  }
}
