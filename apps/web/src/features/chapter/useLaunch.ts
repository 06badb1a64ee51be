import { useCallback } from 'react'
import { askLab } from '../../data/askLab'
import { usePerformed } from '../../data/usePerformed'
import { noteTask } from './chapterProgress'
import { launchPreset } from './chapterQueries'

export type Version = 'quick' | 'full'

export interface Launch {
  readonly launch: (version: Version) => void
  /** What is being launched. */
  readonly launching: Version | null
  /** Why it was not the last time. */
  readonly problem: string | null
}

/** Launches an experiment of the chapter, and notes which one its reader is shown from then on. */
export function useLaunch(preset: string): Launch {
  const perform = useCallback(
    async (version: Version) => {
      const isQuick = version === 'quick'
      const { launchPreset: launched } = await askLab(launchPreset, { id: preset, overrides: { quick: isQuick } })
      if (launched.experiment) noteTask(preset, { experimentId: launched.experiment.id, isQuick })
    },
    [preset],
  )
  const { run, isRunning, variables, error } = usePerformed({ perform, toError: messageOf })
  return { launch: (version) => void run(version), launching: isRunning ? variables : null, problem: error }
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause)
}
