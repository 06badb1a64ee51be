'use client'

import { Button } from '@mantine/core'
import { IconFolderPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { usePageActions } from '../../ui/pageActions'
import { GroupRunsDialog } from './GroupRunsDialog'

interface SaveAsExperimentProps {
  /** Ids of the runs, in the order that they are to have. */
  readonly ids: readonly string[]
  /** How the button looks among others. @default 'default' */
  readonly variant?: 'default' | 'subtle'
  /** What it offers where nothing else says which runs. */
  readonly words: string
}

/** Offers to save runs as one experiment. */
export function SaveAsExperiment({ ids, variant = 'default', words }: SaveAsExperimentProps) {
  const [asking, setAsking] = useState(false)
  usePageActions([{ id: 'runs.group', label: words, run: () => setAsking(true) }])
  return (
    <>
      <Button variant={variant} color="gray" leftSection={<IconFolderPlus size={14} />} onClick={() => setAsking(true)}>
        Save as experiment
      </Button>
      {asking ? <GroupRunsDialog ids={ids} onClose={() => setAsking(false)} /> : null}
    </>
  )
}
