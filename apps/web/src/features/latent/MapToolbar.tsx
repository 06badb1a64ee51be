'use client'
import { Button, Checkbox, Group, NativeSelect } from '@mantine/core'
import { IconLasso, IconMaximize, IconMinimize, IconMinus, IconPlus, IconZoomReset } from '@tabler/icons-react'
import type { RefObject } from 'react'
import { formatCount } from '../../ui/formatQuantity'
import type { CodeMapHandle } from './CodeMap'
import type { ExplorerStore } from './explorerStore'
import { type MapColour, type MapSet, mapColours, mapSets, type Projection } from './mapOptions'
import { ProjectionChoice } from './ProjectionChoice'
import { ToolButton } from './ToolButton'
import { useExplorer } from './useExplorer'

const colourNames = { class: 'Class', error: 'Reconstruction error', cluster: 'Cluster' } as const satisfies Record<MapColour, string>

interface MapToolbarProps {
  readonly store: ExplorerStore
  readonly map: RefObject<CodeMapHandle | null>
  readonly projection: Projection
  /** Units of one code. */
  readonly size: number
  /** Test examples whose codes the epoch keeps, and all examples that there are. */
  readonly kept: number
  readonly all: number
  /** Whether codes of training examples are kept, and shown; null where there are none. */
  readonly withTraining: boolean | null
  readonly isSelecting: boolean
  readonly isFull: boolean
  readonly onTraining: (withTraining: boolean) => void
  readonly onSelecting: (isSelecting: boolean) => void
  readonly onFull: (isFull: boolean) => void
  readonly onSelect: (rows: readonly number[]) => void
}

/** What is done with a map: which examples it shows, how they are laid out and coloured, how it is looked at, and selecting. */
export function MapToolbar(props: MapToolbarProps) {
  const { store, map, projection, size, kept, all, withTraining, isSelecting, isFull } = props
  const { colour, of } = useExplorer(store)
  const setNames: Record<MapSet, string> = {
    kept: `${formatCount(kept)} test examples`,
    sample: `${formatCount(Math.min(all, 10_000))} at random`,
    all: `All ${formatCount(all)} examples`,
  }
  return (
    <Group gap={8} mb={8}>
      <NativeSelect
        size="xs"
        aria-label="Examples on the map"
        value={of}
        onChange={({ currentTarget }) => {
          const next = mapSets.find((one) => one === currentTarget.value)
          if (next) store.set({ of: next })
        }}
        data={mapSets.map((value) => ({ value, label: setNames[value] }))}
      />
      {size > 1 && <ProjectionChoice projection={projection} size={size} onChange={(next) => store.set({ projection: next })} />}
      <NativeSelect
        size="xs"
        aria-label="Colour of the codes"
        value={colour}
        onChange={({ currentTarget }) => {
          const next = mapColours.find((one) => one === currentTarget.value)
          if (next) store.set({ colour: next })
        }}
        data={mapColours.map((value) => ({ value, label: colourNames[value] }))}
      />
      {withTraining !== null && (
        <Checkbox
          size="xs"
          label="Training examples"
          checked={withTraining}
          onChange={({ currentTarget }) => props.onTraining(currentTarget.checked)}
        />
      )}
      <Group gap={2}>
        <ToolButton label="Zoom in" onClick={() => map.current?.zoomIn()} icon={<IconPlus size={14} />} />
        <ToolButton label="Zoom out" onClick={() => map.current?.zoomOut()} icon={<IconMinus size={14} />} />
        <ToolButton label="Show all" onClick={() => map.current?.reset()} icon={<IconZoomReset size={14} />} />
        <ToolButton
          label="Select with a lasso"
          isPressed={isSelecting}
          onClick={() => props.onSelecting(!isSelecting)}
          icon={<IconLasso size={14} />}
        />
        <ToolButton
          label={isFull ? 'Leave full screen' : 'Full screen'}
          onClick={() => props.onFull(!isFull)}
          icon={isFull ? <IconMinimize size={14} /> : <IconMaximize size={14} />}
        />
      </Group>
      <Button variant="default" size="compact-xs" onClick={() => props.onSelect(map.current?.inSight() ?? [])}>
        Select what is in sight
      </Button>
    </Group>
  )
}
