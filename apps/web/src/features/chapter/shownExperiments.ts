import { useSyncExternalStore } from 'react'

/** An experiment that is shown within the text, and where. */
export interface ShownExperiment {
  readonly preset: string
  readonly experimentId: string
  readonly place: HTMLElement
}

const listeners = new Set<() => void>()
const NONE: readonly ShownExperiment[] = []
let shown = NONE

function write(next: readonly ShownExperiment[]): void {
  shown = next
  for (const listener of listeners) listener()
}

/** Has the lab's part of the page show an experiment at a place, until what is returned is called. */
export function showExperiment(experiment: ShownExperiment): () => void {
  write([...shown.filter(({ preset }) => preset !== experiment.preset), experiment])
  return () => write(shown.filter((each) => each !== experiment))
}

/** The experiments that the page shows, in the order in which they came. */
export function useShownExperiments(): readonly ShownExperiment[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => shown,
    () => NONE,
  )
}
