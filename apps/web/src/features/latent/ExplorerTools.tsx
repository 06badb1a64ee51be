'use client'
import { type DimensionSpread, drawPrior, sampleCode } from '@hourglass/autoencoders/latent'
import { ActionIcon, Button, Group } from '@mantine/core'
import { useClipboard } from '@mantine/hooks'
import { IconArrowBackUp, IconArrowForwardUp, IconArrowsShuffle, IconCheck, IconCopy, IconRestore } from '@tabler/icons-react'
import { useRef } from 'react'
import { CodeEntry } from './CodeEntry'
import type { ExplorerStore } from './explorerStore'
import { useExplorerSteps } from './useExplorer'

interface ExplorerToolsProps {
  readonly store: ExplorerStore
  readonly dimensions: readonly DimensionSpread[]
  /** Whether codes have a prior that one can draw from. */
  readonly hasPrior: boolean
}

/**
 * Sets the whole code at once: to the mean, as typed, or at random, differently each time but the same after a reload. Goes back and forward through the
 * steps, and copies the code as JSON.
 */
export function ExplorerTools({ store, dimensions, hasPrior }: ExplorerToolsProps) {
  const seed = useRef(0)
  const clipboard = useClipboard({ timeout: 1200 })
  const can = useExplorerSteps(store)
  const size = dimensions.length
  return (
    <Group gap={6}>
      <Group gap={2} wrap="nowrap">
        <ActionIcon variant="default" size={22} aria-label="Undo" title="Undo (Ctrl Z)" disabled={!can.undo} onClick={store.undo}>
          <IconArrowBackUp size={14} />
        </ActionIcon>
        <ActionIcon variant="default" size={22} aria-label="Redo" title="Redo (Ctrl Shift Z)" disabled={!can.redo} onClick={store.redo}>
          <IconArrowForwardUp size={14} />
        </ActionIcon>
      </Group>
      <Button
        variant="default"
        size="compact-xs"
        leftSection={<IconRestore size={13} />}
        onClick={({ timeStamp }) =>
          store.reset(
            dimensions.map(({ mean }) => mean),
            timeStamp,
          )
        }
      >
        Mean
      </Button>
      <Button
        variant="default"
        size="compact-xs"
        leftSection={<IconArrowsShuffle size={13} />}
        title="From normal distributions that are fitted to each unit"
        onClick={({ timeStamp }) => store.go(sampleCode(dimensions, ++seed.current), timeStamp)}
      >
        Random
      </Button>
      {hasPrior && (
        <Button
          variant="default"
          size="compact-xs"
          leftSection={<IconArrowsShuffle size={13} />}
          title="From the prior, N(0, I)"
          onClick={({ timeStamp }) => store.go(drawPrior({ seed: ++seed.current, count: 1, size }), timeStamp)}
        >
          Prior
        </Button>
      )}
      <CodeEntry size={size} onCode={(code) => store.go(code)} />
      <Button
        variant="default"
        size="compact-xs"
        leftSection={clipboard.copied ? <IconCheck size={13} /> : <IconCopy size={13} />}
        aria-label={clipboard.copied ? 'Copied the code' : 'Copy the code as JSON'}
        onClick={() => clipboard.copy(JSON.stringify(Array.from(store.code.values, (value) => Number(value.toPrecision(9)))))}
      >
        {clipboard.copied ? 'Copied' : 'Copy'}
      </Button>
    </Group>
  )
}
