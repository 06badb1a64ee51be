import type { ApolloClient } from '@apollo/client'
import { type NamedRunFieldsFragment, NamedRunFieldsFragmentDoc, type RunFilter, type RunSelection } from '../../data/generated/graphql'
import { labCursor } from '../../data/LabCursor'
import { countSelected, type SelectedRuns } from './RowSelection'

export interface Matching {
  readonly filter: RunFilter | null
  /** Runs that match. */
  readonly count: number
}

/** Reads what is known by name of runs, some of which may never have been in sight. */
export function namedRuns(client: ApolloClient, ids: readonly string[]): readonly NamedRunFieldsFragment[] {
  return ids.flatMap((id) => client.readFragment({ id: `Run:${id}`, fragment: NamedRunFieldsFragmentDoc }) ?? [])
}

/** The filter that finds all runs that are ticked where all that match are. */
export function selectedFilter(client: ApolloClient, { ids }: SelectedRuns, filter: RunFilter | null): RunFilter {
  if (ids.length === 0) return filter ?? {}
  const left = namedRuns(client, ids).map(({ number }) => number)
  const others = `not number in (${left.join(', ')})`
  return { ...filter, text: filter?.text ? `(${filter.text}) and ${others}` : others }
}

/** Says to the API which runs are meant: launched since are none of them. */
export async function selectionInput(client: ApolloClient, selected: SelectedRuns, { filter, count }: Matching): Promise<RunSelection> {
  if (!selected.isAll) return { ids: [...selected.ids] }
  const lastSeq = await labCursor(client, 'runs').read()
  return { matching: { filter: selectedFilter(client, selected, filter), count: countSelected(selected, count), lastSeq } }
}
