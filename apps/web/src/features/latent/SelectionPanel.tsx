'use client'
import { Button, Group, TextInput } from '@mantine/core'
import { useState } from 'react'
import { formatCount, formatLoss } from '../../ui/formatQuantity'
import { ExampleList } from './ExampleList'
import type { ExplorerStore } from './explorerStore'
import neighbours from './Neighbours.module.css'
import { MOST_NAME, nameOf } from './namedDirections'
import { PixelImage } from './PixelImage'
import classes from './SelectionPanel.module.css'
import type { ExampleAccess } from './useExampleAccess'
import { useExplorer } from './useExplorer'
import type { EpochCloud } from './useMapFit'
import { useSelectionFacts } from './useSelectionFacts'

const WORST = 6

interface SelectionPanelProps {
  readonly store: ExplorerStore
  /** Examples that are selected, at least one. */
  readonly rows: readonly number[]
  readonly cloud: EpochCloud
  readonly size: number
  readonly access: ExampleAccess
  readonly originals: Float32Array | null
  /** Of each test example that the epoch keeps; null while they are computed. */
  readonly errors: Float32Array | null
}

/** Says what a selection of examples holds, and makes a direction of it. */
export function SelectionPanel({ store, rows, cloud, size, access, originals, errors }: SelectionPanelProps) {
  const { named } = useExplorer(store)
  const [name, setName] = useState('')
  const { exampleShape, runId } = access.source
  const { facts, error } = useSelectionFacts({ runId, rows, cloud, size, exampleShape, originals, errors, worst: WORST })
  const images = facts?.images ?? null
  const worst = facts?.worst ?? []
  const usual = `selection ${1 + named.filter(({ kind }) => kind === 'selection').length}`
  const wanted = name.trim() || usual
  const isTaken = named.some((one) => nameOf(one) === wanted)
  const goToMean = () => {
    if (facts?.code) store.go(facts.code)
  }
  return (
    <section aria-label="Selection" data-testid="selection">
      <Group justify="space-between" mb={6}>
        <h3 className={neighbours.heading}>{formatCount(rows.length)} selected</h3>
        <Button variant="subtle" color="gray" size="compact-xs" onClick={() => store.set({ selection: [] })}>
          Clear
        </Button>
      </Group>
      {!facts && !error && <p role="status">Computing …</p>}
      {error && <p role="alert">What they have in common could not be computed: {error.message}</p>}
      {images && (
        <div className={classes.images}>
          <figure className={classes.figure}>
            <PixelImage className={classes.image} values={images.mean} exampleShape={exampleShape} label="Mean image of the selection" />
            <figcaption>mean</figcaption>
          </figure>
          <figure className={classes.figure}>
            <PixelImage
              className={classes.image}
              values={images.spread}
              exampleShape={exampleShape}
              label="Spread of the selection, by pixel"
            />
            <figcaption>spread, white is σ = {images.largest.toFixed(2)}</figcaption>
          </figure>
        </div>
      )}
      <p className={classes.classes} data-testid="selection-classes">
        {facts?.classes.map(({ label, count }) => `class ${label}: ${count}`).join(' · ')}
      </p>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault()
          if (isTaken) return
          store.set({ named: [...named, { kind: 'selection', name: wanted, rows }], along: 'named' })
          setName('')
        }}
      >
        <TextInput
          size="xs"
          aria-label="Name of the direction"
          placeholder={usual}
          value={name}
          maxLength={MOST_NAME}
          error={isTaken ? 'Another direction has this name.' : null}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
        />
        <Button
          type="submit"
          variant="default"
          size="compact-xs"
          disabled={isTaken}
          title="From the mean of all test examples to that of the selection"
        >
          As direction
        </Button>
        <Button variant="default" size="compact-xs" onClick={goToMean}>
          Go to its mean
        </Button>
      </form>
      {worst.length > 0 && (
        <>
          <h4 className={classes.subheading}>Worst reconstructions</h4>
          <ExampleList access={access} rows={worst.map(({ row, error }) => ({ row, note: `error ${formatLoss(error)}` }))} />
        </>
      )}
    </section>
  )
}
