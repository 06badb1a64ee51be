import { epochsOfRungs, type HalvingChoice, halvingProblem, planHalving, type RunConfig, type Rung } from '@hourglass/autoencoders'
import { useMemo } from 'react'

export interface Halving {
  /** Null where nothing is searched, or cannot be. */
  readonly rungs: readonly Rung[] | null
  /** Why the runs cannot be searched; null where they can, or nothing is. */
  readonly problem: string | null
  /** Share of the epochs of all runs in full that are trained. */
  readonly share: number
}

const noHalving: Halving = { rungs: null, problem: null, share: 1 }

/** Works out what a search over runs comes to, each with one seed. */
export function useHalving(configs: readonly RunConfig[], search: HalvingChoice | null, seeds: number | null): Halving {
  return useMemo(() => {
    const [first] = configs
    if (search === null || !first) return noHalving
    const problem =
      seeds === null
        ? halvingProblem(configs, search)
        : 'A search ranks single runs. Leave the seeds empty, and add more seeds to the experiment once the best is found.'
    if (problem !== null) return { ...noHalving, problem }
    const { epochs } = first.training
    const rungs = planHalving({ ...search, runs: configs.length, epochs })
    return { rungs, problem: null, share: epochsOfRungs(rungs) / (configs.length * epochs) }
  }, [configs, search, seeds])
}
