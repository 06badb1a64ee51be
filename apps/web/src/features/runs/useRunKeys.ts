import { useQuery } from '@apollo/client/react'
import { KeyBook } from '@hourglass/query'
import { useMemo } from 'react'
import { RunFacetDocument, type RunFilter, RunKeyCountsDocument, RunKeysDocument, type RunKeysQuery } from '../../data/generated/graphql'

/** Something that runs can be filtered, sorted and grouped by, and that a column can show. */
export type RunKey = RunKeysQuery['runKeys'][number]

/** The unit of a key, where its title does not say it already. */
export const unitOf = ({ title, unit }: Pick<RunKey, 'title' | 'unit'>): string | null => (unit === title.toLowerCase() ? null : unit)

/** Reads all keys that runs have, once that is wanted; null until they are there. */
export function useRunKeys(isWanted: boolean): readonly RunKey[] | null {
  const { data } = useQuery(RunKeysDocument, { skip: !isWanted })
  return data?.runKeys ?? null
}

/** Counts the runs of a filter that have a value of each key; undefined until that is known. */
export function useKeyCounts(filter: RunFilter | null): ReadonlyMap<string, number> | undefined {
  const { data } = useQuery(RunKeyCountsDocument, { variables: { filter }, fetchPolicy: 'cache-and-network' })
  return useMemo(() => data && new Map(data.runKeys.map(({ name, runs }) => [name, runs])), [data])
}

/** Reads what runs can be asked for by, once that is wanted; null until it is there. */
export function useKeyBook(isWanted: boolean): KeyBook | null {
  const keys = useRunKeys(isWanted)
  return useMemo(() => (keys ? new KeyBook(keys.map((key) => ({ ...key, words: key.words ?? undefined }))) : null), [keys])
}

export interface FacetValue {
  readonly text: string
  /** What it is called, where that is not its text. */
  readonly title: string | null
  readonly runs: number
}

const none: readonly FacetValue[] = []

/** Reads which values runs have of a key, those that contain what was written first; none while no key is asked about. */
export function useFacetValues(asked: { readonly key: string; readonly written: string } | null): readonly FacetValue[] {
  const { data, previousData } = useQuery(RunFacetDocument, {
    variables: { key: asked?.key ?? '', search: asked?.written ?? '' },
    skip: asked === null,
  })
  const facet = (data ?? previousData)?.runFacet
  return useMemo(
    () =>
      asked === null || !facet
        ? none
        : facet.values.flatMap(({ number, text, title, runs }) => {
            const written = text ?? (number === null ? null : String(number))
            return written === null ? [] : [{ text: written, title, runs }]
          }),
    [asked, facet],
  )
}
