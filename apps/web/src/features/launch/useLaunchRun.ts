import { useMutation } from '@apollo/client/react'
import type { RunConfig } from '@hourglass/autoencoders'
import { useCallback } from 'react'
import { LaunchRunDocument } from '../../data/generated/graphql'
import { writeRunConfig } from '../../data/readRunConfig'

/** Launches a run and gives its id. Rejects with what the API answered. */
export function useLaunchRun() {
  const [mutate, { loading }] = useMutation(LaunchRunDocument)
  const launchRun = useCallback(
    async (config: RunConfig, name: string): Promise<string> => {
      const { data } = await mutate({ variables: { input: { config: writeRunConfig(config), ...(name ? { name } : {}) } } })
      if (!data) throw new Error('The server launched nothing.')
      return data.launchRun.id
    },
    [mutate],
  )
  return { launchRun, loading }
}
