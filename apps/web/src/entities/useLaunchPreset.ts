import { useMutation } from '@apollo/client/react'
import { useState } from 'react'
import { LaunchPresetDocument } from '../data/generated/graphql'
import { useReportedAction } from '../data/useReportedAction'

/** An experiment of the chapter, in full or in its quick version. */
export interface PresetChoice {
  readonly id: string
  readonly quick: boolean
}

/** Launches an experiment of the chapter and gives the address of its page. Tells the user where that fails. */
export function useLaunchPreset(onLaunched: (address: string) => void) {
  const [mutate] = useMutation(LaunchPresetDocument)
  const [launching, setLaunching] = useState<PresetChoice | null>(null)
  const launchPreset = useReportedAction('The experiment could not be launched', async (choice: PresetChoice) => {
    setLaunching(choice)
    try {
      const { data } = await mutate({ variables: { id: choice.id, overrides: { quick: choice.quick } } })
      if (!data) return
      const { id, experiment } = data.launchPreset
      onLaunched(experiment ? `/experiments/${encodeURIComponent(experiment.id)}` : `/runs/${encodeURIComponent(id)}`)
    } finally {
      setLaunching(null)
    }
  })
  return { launchPreset, launching }
}
