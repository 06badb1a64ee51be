'use client'
import { Button } from '@mantine/core'
import { IconPlaylistAdd } from '@tabler/icons-react'
import { useState } from 'react'
import { usePageActions } from '../../ui/pageActions'
import { ExtendRunDialog } from './ExtendRunDialog'

interface ExtendRunProps {
  readonly id: string
  readonly epochs: number
  /** Resolves once the run is queued, or with why it is not. */
  readonly onExtend: (epochs: number) => Promise<{ readonly error: { readonly message: string } | null }>
}

/** Offers to give a completed run more epochs. */
export function ExtendRun(props: ExtendRunProps) {
  const [asking, setAsking] = useState(false)
  usePageActions([{ id: 'run.extend', label: 'Add epochs to this run', run: () => setAsking(true) }])
  return (
    <>
      <Button variant="default" leftSection={<IconPlaylistAdd size={14} />} onClick={() => setAsking(true)}>
        Add epochs
      </Button>
      {asking && <ExtendRunDialog {...props} onClose={() => setAsking(false)} />}
    </>
  )
}
