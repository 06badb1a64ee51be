import { useCallback } from 'react'
import { LaunchPresetDocument } from '../../data/generated/graphql'
import { defineAction, useAction } from '../../data/useAction'

/** An experiment of the chapter, in full or in its quick version. */
export interface PresetChoice {
  readonly id: string
  readonly quick: boolean
}

const launchPreset = defineAction({ document: LaunchPresetDocument, failure: 'The experiment could not be launched' })

/** Launches an experiment of the chapter, each of its runs with so many seeds where that is said, and gives the address of its page. */
export function useLaunchPreset(onLaunched: (address: string) => void, seeds: number | null = null) {
  const { run, isRunning, variables } = useAction(launchPreset)
  const launch = useCallback(
    async ({ id: preset, quick }: PresetChoice) => {
      const { data } = await run({ id: preset, overrides: { quick, ...(seeds === null ? {} : { seeds: { count: seeds } }) } })
      if (!data) return
      const { id, experiment } = data.launchPreset
      onLaunched(experiment ? `/experiments/${encodeURIComponent(experiment.id)}` : `/runs/${encodeURIComponent(id)}`)
    },
    [run, onLaunched, seeds],
  )
  const launching = isRunning && variables ? { id: variables.id, quick: variables.overrides?.quick ?? false } : null
  return { launch, launching }
}
