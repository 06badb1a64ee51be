import { useEffect, useState } from 'react'
import { askLab } from '../../data/askLab'
import { PresetEstimatesDocument, type PresetEstimatesQuery } from '../../data/generated/graphql'

type Estimate = PresetEstimatesQuery['presetEstimates'][number]

/** How often it is asked again until all times are known, in milliseconds. */
const EVERY = 5_000

type Told = (times: ReadonlyMap<string, Estimate>) => void

let times: ReadonlyMap<string, Estimate> = new Map()
let isAsking = false
const listeners = new Set<Told>()

/** Asks once for the whole page, and again until the lab knows all of them. */
async function ask(): Promise<void> {
  if (isAsking) return
  isAsking = true
  try {
    while (listeners.size > 0 && !areAllKnown()) {
      const { presetEstimates } = await askLab(PresetEstimatesDocument, {})
      times = new Map(presetEstimates.map((estimate) => [estimate.id, estimate]))
      for (const tell of listeners) tell(times)
      if (!areAllKnown()) await new Promise((resolve) => setTimeout(resolve, EVERY))
    }
  } catch (error) {
    // The text is there without them; who launches is told what is wrong with the lab.
    console.warn('The lab does not say how long experiments take.', error)
  } finally {
    isAsking = false
  }
}

const areAllKnown = () =>
  times.size > 0 && [...times.values()].every(({ seconds, quickSeconds }) => seconds !== null && quickSeconds !== null)

/** How long an experiment will take on the lab's machine, in seconds; undefined until the lab has said. */
export function useTaskTimes(preset: string): Estimate | undefined {
  const [known, setKnown] = useState(times)
  useEffect(() => {
    listeners.add(setKnown)
    void ask()
    return () => void listeners.delete(setKnown)
  }, [])
  return known.get(preset)
}
