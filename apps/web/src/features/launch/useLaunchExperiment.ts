import { useMutation } from '@apollo/client/react'
import type { RunConfig } from '@hourglass/autoencoders'
import { useCallback } from 'react'
import { LaunchExperimentDocument } from '../../data/generated/graphql'
import { writeRunConfig } from '../../data/readRunConfig'

export interface LabelledConfig {
  readonly label: string
  readonly config: RunConfig
}

/** Launches an experiment and gives its id. Rejects with what the API answered. */
export function useLaunchExperiment() {
  const [mutate, { loading }] = useMutation(LaunchExperimentDocument)
  const launchExperiment = useCallback(
    async (name: string, runs: readonly LabelledConfig[]): Promise<string> => {
      const input = { name, runs: runs.map(({ label, config }) => ({ label, config: writeRunConfig(config) })) }
      const { data } = await mutate({ variables: { input } })
      if (!data) throw new Error('The server launched nothing.')
      return data.launchExperiment.id
    },
    [mutate],
  )
  return { launchExperiment, loading }
}
