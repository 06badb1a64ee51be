'use client'
import { type DimensionSpread, sampleCode } from '@hourglass/autoencoders/latent'
import { Button, Group } from '@mantine/core'
import { useClipboard } from '@mantine/hooks'
import { IconArrowsShuffle, IconCheck, IconCopy, IconRestore } from '@tabler/icons-react'
import { useRef } from 'react'
import type { CodeStore } from './codeStore'

interface LatentToolsProps {
  readonly store: CodeStore
  readonly dimensions: readonly DimensionSpread[]
  readonly onReset: (at: number) => void
}

/** Sets the whole code at once: to the mean, or at random, differently each time but the same after a reload. Copies it as JSON. */
export function LatentTools({ store, dimensions, onReset }: LatentToolsProps) {
  const seed = useRef(0)
  const clipboard = useClipboard({ timeout: 1200 })
  return (
    <Group gap={6}>
      <Button variant="default" size="compact-xs" leftSection={<IconRestore size={13} />} onClick={(event) => onReset(event.timeStamp)}>
        Mean
      </Button>
      <Button
        variant="default"
        size="compact-xs"
        leftSection={<IconArrowsShuffle size={13} />}
        onClick={(event) => store.replace(sampleCode(dimensions, ++seed.current), event.timeStamp)}
      >
        Random
      </Button>
      <Button
        variant="default"
        size="compact-xs"
        leftSection={clipboard.copied ? <IconCheck size={13} /> : <IconCopy size={13} />}
        aria-label={clipboard.copied ? 'Copied the code' : 'Copy the code as JSON'}
        onClick={() => clipboard.copy(JSON.stringify(Array.from(store.values, (value) => Number(value.toPrecision(7)))))}
      >
        {clipboard.copied ? 'Copied' : 'Copy'}
      </Button>
    </Group>
  )
}
