import { useMutation } from '@apollo/client/react'
import { useState } from 'react'
import { LaunchPresetDocument } from '../graphql/generated/graphql'
import { useReportedAction } from './useReportedAction'

/** Launches a ready-made configuration as it is. Tells the user where that fails. */
export function useLaunchPreset(onLaunched: (runId: string) => void) {
  const [mutate] = useMutation(LaunchPresetDocument)
  const [launching, setLaunching] = useState<string | null>(null)
  const launchPreset = useReportedAction('The run could not be launched', async (id: string) => {
    setLaunching(id)
    try {
      const { data } = await mutate({ variables: { id } })
      if (data) onLaunched(data.launchPreset.id)
    } finally {
      setLaunching(null)
    }
  })
  return { launchPreset, launching }
}
