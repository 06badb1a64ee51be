'use client'

import { Button } from '@mantine/core'
import { IconFolderPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { GroupRunsDialog } from '../../entities/experiment/GroupRunsDialog'

/** Offers to save the runs that are compared as one experiment. */
export function SaveAsExperiment({ ids }: { readonly ids: readonly string[] }) {
  const [asking, setAsking] = useState(false)
  return (
    <>
      <Button size="xs" variant="default" leftSection={<IconFolderPlus size={14} />} onClick={() => setAsking(true)}>
        Save as experiment
      </Button>
      {asking ? <GroupRunsDialog ids={ids} onClose={() => setAsking(false)} /> : null}
    </>
  )
}
