'use client'
import { meanCode, type StoredCodes } from '@hourglass/autoencoders/latent'
import { Button, Group, TextInput } from '@mantine/core'
import { useMemo, useState } from 'react'
import type { BrowserModel } from '../../entities/model/openLatentModel'
import { formatCount, formatLoss } from '../../ui/formatQuantity'
import { ExampleList } from './ExampleList'
import type { ExplorerStore } from './explorerStore'
import type { MapExamples } from './mapExamples'
import neighbours from './Neighbours.module.css'
import { nameOf } from './namedDirections'
import { PixelImage } from './PixelImage'
import classes from './SelectionPanel.module.css'
import { countClasses, describeImages, worstOf } from './selectionFacts'
import { useExplorer } from './useExplorer'

const WORST = 6

interface SelectionPanelProps {
  readonly store: ExplorerStore
  /** Test examples that are selected, at least one. */
  readonly rows: readonly number[]
  readonly cloud: StoredCodes
  readonly size: number
  readonly model: BrowserModel | null
  readonly exampleShape: readonly number[]
  readonly originals: Float32Array | null
  readonly examples: MapExamples
  /** Of each test example; null while they are computed. */
  readonly errors: Float32Array | null
}

/** Says what a selection of test examples holds, and makes a direction of it. */
export function SelectionPanel({ store, rows, cloud, size, model, exampleShape, originals, examples, errors }: SelectionPanelProps) {
  const { named } = useExplorer(store)
  const [name, setName] = useState('')
  const selected = useMemo(() => rows.filter((row) => row < cloud.labels.length), [rows, cloud])
  const values = exampleShape.reduce((product, length) => product * length, 1)
  const images = useMemo(
    () =>
      originals && exampleShape.length > 1 && selected.length > 0 ? describeImages(originals, { size: values, rows: selected }) : null,
    [originals, exampleShape, values, selected],
  )
  const counts = countClasses(cloud.labels, selected)
  const worst = errors ? worstOf(errors, selected, WORST) : []
  const usual = `selection ${1 + named.filter(({ kind }) => kind === 'selection').length}`
  const wanted = name.trim() || usual
  const isTaken = named.some((one) => nameOf(one) === wanted)
  const goToMean = () => {
    const mean = meanCode(cloud.codes, { size, rows: selected })
    if (mean) store.go(mean)
  }
  return (
    <section aria-label="Selection" data-testid="selection">
      <Group justify="space-between" mb={6}>
        <h3 className={neighbours.heading}>{formatCount(selected.length)} selected</h3>
        <Button variant="subtle" color="gray" size="compact-xs" onClick={() => store.set({ selection: [] })}>
          Clear
        </Button>
      </Group>
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
        {counts.map(({ label, count }) => `class ${label}: ${count}`).join(' · ')}
      </p>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault()
          if (isTaken) return
          store.set({ named: [...named, { kind: 'selection', name: wanted, rows: selected }], along: 'named' })
          setName('')
        }}
      >
        <TextInput
          size="xs"
          aria-label="Name of the direction"
          placeholder={usual}
          value={name}
          maxLength={40}
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
          <ExampleList
            store={store}
            rows={worst.map((row) => ({ row, note: `error ${formatLoss(errors?.[row])}` }))}
            model={model}
            exampleShape={exampleShape}
            originals={originals}
            examples={examples}
          />
        </>
      )}
    </section>
  )
}
