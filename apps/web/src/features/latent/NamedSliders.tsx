'use client'
import { ActionIcon, Button, Group, NativeSelect } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { createDirectionStore } from './directionStore'
import type { ExplorerStore } from './explorerStore'
import classes from './NamedSliders.module.css'
import { findNamedDirections, type NamedDirection, nameOf } from './namedDirections'
import { SliderList } from './SliderList'
import { rowsOfDirections, scaleDirections } from './scaledDirections'
import { useExplorer } from './useExplorer'
import type { EpochCloud } from './useMapFit'
import { useSelectionMeans } from './useSelectionMeans'

interface NamedSlidersProps {
  readonly runId: string
  readonly store: ExplorerStore
  readonly cloud: EpochCloud
  /** Units of one code. */
  readonly size: number
}

/** Lays out a slider for each direction that has a name, and makes new ones of the means of two classes. */
export function NamedSliders({ runId, store, cloud, size }: NamedSlidersProps) {
  const { range, named } = useExplorer(store)
  const labels = useMemo(() => [...new Set(Array.from(cloud.labels))].toSorted((a, b) => a - b), [cloud])
  const [to, setTo] = useState(labels[1] ?? 0)
  const [from, setFrom] = useState(labels[0] ?? 0)
  const { means, error } = useSelectionMeans({ runId, cloud, named })
  const { found, scaled, along } = useMemo(() => {
    const directions = findNamedDirections(cloud, named, { size, means })
    const measured = scaleDirections(cloud.codes, directions)
    return { found: directions.found, scaled: measured, along: createDirectionStore(store.code, directions, measured.units) }
  }, [cloud, named, size, means, store])
  const rows = rowsOfDirections(scaled, range).map((row, index) => {
    const direction = found[index]
    return { ...row, name: direction ? nameOf(direction) : '' }
  })
  const names = labels.map((label) => ({ value: String(label), label: String(label) }))
  const isThere = named.some((one) => one.kind === 'classes' && one.to === to && one.from === from)
  return (
    <div className={classes.root}>
      {labels.length > 1 && (
        <Group gap={6} align="center">
          <span className={classes.text}>From the mean of class</span>
          <NativeSelect
            size="xs"
            aria-label="From class"
            data={names}
            value={from}
            onChange={(event) => setFrom(Number(event.currentTarget.value))}
          />
          <span className={classes.text}>to that of</span>
          <NativeSelect
            size="xs"
            aria-label="To class"
            data={names}
            value={to}
            onChange={(event) => setTo(Number(event.currentTarget.value))}
          />
          <Button
            size="compact-xs"
            variant="default"
            disabled={to === from || isThere}
            onClick={() => store.set({ named: [...named, { kind: 'classes', to, from }] })}
          >
            Add the direction
          </Button>
        </Group>
      )}
      {named.length === 0 && (
        <p className={classes.text}>
          {labels.length > 1
            ? 'No direction yet. Add the difference of two classes, or select examples on the map and take them as a direction.'
            : 'No direction yet. Select examples on the map and take them as a direction.'}
        </p>
      )}
      {error && <p role="alert">A direction could not be found: {error.message}</p>}
      <SliderList store={along} rows={rows} kind="named" label="Named directions" />
      {named.length > 0 && (
        <ul className={classes.names} aria-label="Named directions">
          {named.map((direction) => (
            <li key={nameOf(direction)} className={classes.name}>
              {nameOf(direction)}
              {!found.includes(direction) && <span className={classes.text}>: {missingReason(means, direction)}</span>}
              <ActionIcon
                variant="subtle"
                color="gray"
                size={20}
                aria-label={`Remove ${nameOf(direction)}`}
                onClick={() => store.set({ named: named.filter((one) => one !== direction) })}
              >
                <IconX size={12} />
              </ActionIcon>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

/** Says why a direction is not there: a mean that is asked for is on its way. */
function missingReason(means: ReadonlyMap<NamedDirection, Float32Array | null>, direction: NamedDirection): string {
  return means.has(direction) && means.get(direction) === null ? 'its mean is being computed' : 'its means are the same here'
}
