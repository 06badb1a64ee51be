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

/** Says to the API which runs are meant: launched since are none of them. */
export async function selectionInput(client: ApolloClient, selected: SelectedRuns, { filter, count }: Matching): Promise<RunSelection> {
  const { isAll, ids } = selected
  if (!isAll) return { ids: [...ids] }
  const lastSeq = await labCursor(client, 'runs').read()
  const except = ids.length > 0 ? { except: [...ids] } : {}
  return { matching: { filter: filter ?? {}, ...except, count: countSelected(selected, count), lastSeq } }
}
