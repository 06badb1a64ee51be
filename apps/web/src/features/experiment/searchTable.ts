import type { HalvingSearchFieldsFragment, RungOutcome } from '../../data/generated/graphql'
import { scoredLoss, type Titling } from '../../entities/metric/scoredOn'

export type HalvingSearch = HalvingSearchFieldsFragment

/** What is said of a run in a rung: TRAINS where that is not decided. */
export interface RungCell {
  readonly loss: number | null
  readonly outcome: RungOutcome | 'TRAINS'
  /** Among those of the rung that have a loss, from 1; null where it has none. */
  readonly rank: number | null
}

export interface SearchRow {
  readonly runId: string
  /** Of each rung that it was in. */
  readonly cells: readonly RungCell[]
}

/** Lays a search out as a row for each run, those first that got furthest, and of these the best. */
export function searchTable({ rungs }: HalvingSearch): readonly SearchRow[] {
  const cellsOf = (runId: string) =>
    rungs.flatMap(({ runIds, results }): RungCell[] => {
      if (!runIds.includes(runId)) return []
      if (results === null) return [{ loss: null, outcome: 'TRAINS', rank: null }]
      const place = results.findIndex((result) => result.runId === runId)
      const result = results[place]
      if (!result) return []
      return [{ loss: result.validationLoss, outcome: result.outcome, rank: result.validationLoss === null ? null : place + 1 }]
    })
  const placeIn = (rung: number, runId: string) => {
    const place = rungs[rung]?.results?.findIndex((result) => result.runId === runId) ?? -1
    return place < 0 ? Number.POSITIVE_INFINITY : place
  }
  return (rungs[0]?.runIds ?? [])
    .map((runId) => ({ runId, cells: cellsOf(runId) }))
    .sort((a, b) => {
      if (a.cells.length !== b.cells.length) return b.cells.length - a.cells.length
      // Runs of a rung that is not decided yet stand as they did in the one before.
      const last = a.cells.length - 1
      const decided = rungs[last]?.results === null ? last - 1 : last
      return placeIn(decided, a.runId) - placeIn(decided, b.runId) || 0
    })
}

/** Says how far a search over runs of these configurations is, in a sentence. */
export function describeSearch({ status, eta, epochsPlanned, epochsUsed, rungs }: HalvingSearch, configs: readonly Titling[]): string {
  const decided = rungs.filter(({ results }) => results !== null).length
  const all = (rungs[0]?.runs ?? 0) * (rungs.at(-1)?.epochs ?? 0)
  const how = `Of ${eta} runs the one with the smallest ${scoredLoss(configs).toLowerCase()} goes on.`
  const budget = `${count(epochsUsed)} of ${count(epochsPlanned)} epochs used; all runs in full would take ${count(all)}.`
  const ended = decided === rungs.length
  const where =
    status === 'COMPLETED'
      ? ended
        ? 'The search is over.'
        : `The search ended after rung ${decided} of ${rungs.length}, as no run was left to go on.`
      : `${status === 'STOPPED' ? 'Stopped in' : 'In'} rung ${decided + 1} of ${rungs.length}.`
  return `${where} ${how} ${budget}`
}

const count = (value: number) => value.toLocaleString('en')
