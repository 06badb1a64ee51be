import { useSyncExternalStore } from 'react'
import { askLab } from '../../data/askLab'
import type { ChapterExperimentsQuery, PresetEstimatesQuery } from '../../data/generated/graphql'
import { chapterExperiments, presetEstimates } from './chapterQueries'

export type Estimate = PresetEstimatesQuery['presetEstimates'][number]
/** An experiment that the lab has of one of the chapter's. */
export type StoredExperiment = ChapterExperimentsQuery['chapterExperiments'][number]

/** What the lab knows of the chapter's experiments. */
export interface ChapterLab {
  /** How long each takes on the lab's machine, by its id; empty until the lab has said. */
  readonly times: ReadonlyMap<string, Estimate>
  /** What was run of them, the newest first. */
  readonly stored: readonly StoredExperiment[]
}

/** How often times are asked for again until all are known, in milliseconds. */
const EVERY = 5_000
const NOTHING: ChapterLab = { times: new Map(), stored: [] }

let known = NOTHING
let isAsking = false
const listeners = new Set<() => void>()

function tell(change: Partial<ChapterLab>): void {
  known = { ...known, ...change }
  for (const listener of listeners) listener()
}

/** Asks once for the whole page, and again until the lab knows all times. */
async function ask(): Promise<void> {
  if (isAsking) return
  isAsking = true
  try {
    if (known.stored.length === 0) tell({ stored: (await askLab(chapterExperiments, {})).chapterExperiments })
    while (listeners.size > 0 && !areAllKnown()) {
      const { presetEstimates: estimates } = await askLab(presetEstimates, {})
      tell({ times: new Map(estimates.map((estimate) => [estimate.id, estimate])) })
      if (!areAllKnown()) await new Promise((resolve) => setTimeout(resolve, EVERY))
    }
  } catch (error) {
    // The text is there without them; who launches is told what is wrong with the lab.
    console.warn('The lab does not say what it has of the chapter.', error)
  } finally {
    isAsking = false
  }
}

const areAllKnown = () =>
  known.times.size > 0 && [...known.times.values()].every(({ seconds, quickSeconds }) => seconds !== null && quickSeconds !== null)

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  void ask()
  return () => void listeners.delete(listener)
}

/** What the lab knows of the chapter's experiments; nothing until it has answered. */
export function useChapterLab(): ChapterLab {
  return useSyncExternalStore(
    subscribe,
    () => known,
    () => NOTHING,
  )
}
