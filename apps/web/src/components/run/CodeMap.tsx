'use client'
import { Group, NativeSelect } from '@mantine/core'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { CodeStore } from '../../latent/codeStore'
import { labelColour } from '../../latent/labelColours'
import { type DimensionSpread, orderDimensions } from '../../latent/orderDimensions'
import { widen } from '../../latent/plotExtent'
import { scatterCodes } from '../../latent/scatterCodes'
import { LabelLegend } from './LabelLegend'
import { type ScatterMarker, ScatterPlot } from './ScatterPlot'

export interface CodeCloud {
  /** `[count, dimensions]`, row-major. */
  readonly codes: Float32Array
  readonly labels: ArrayLike<number>
}

interface CodeMapProps {
  readonly store: CodeStore
  readonly dimensions: readonly DimensionSpread[]
  readonly cloud: CodeCloud | null
  readonly epoch: number
}

/** Maps the codes of the test data, coloured by label, over two dimensions (or one); pressing and dragging moves the code there. */
export function CodeMap({ store, dimensions, cloud, epoch }: CodeMapProps) {
  const varying = orderDimensions(dimensions, 'variation')
  const [axes, setAxes] = useState(() => [varying[0]?.index ?? 0, varying[1]?.index ?? null].toSorted(byIndex))
  const across = axes[0] ?? 0
  const up = axes[1] ?? null
  const marker = useRef<ScatterMarker>(null)
  const present = useMemo(() => [...new Set(Array.from(cloud?.labels ?? []))].toSorted((a, b) => a - b), [cloud])

  const x = useMemo(() => widen(dimensions[across] ?? { minimum: -1, maximum: 1 }), [dimensions, across])
  const y = useMemo(
    () =>
      up === null ? widen({ minimum: 0, maximum: Math.max(1, present.length) }) : widen(dimensions[up] ?? { minimum: -1, maximum: 1 }),
    [dimensions, up, present],
  )
  const layers = useMemo(() => {
    if (cloud === null) return []
    const rows = new Map(present.map((label, row) => [label, row]))
    const points = scatterCodes(cloud.codes, {
      size: dimensions.length,
      across,
      up: up ?? ((index) => rows.get(cloud.labels[index] ?? 0) ?? 0),
    })
    const colour = present.length > 1 ? (index: number) => labelColour(cloud.labels[index] ?? 0) : '--hg-muted'
    return [{ kind: 'dots' as const, points, colour, size: 1.6, opacity: 0.75 }]
  }, [cloud, present, dimensions.length, across, up])

  useEffect(() => {
    const show = () => marker.current?.place(store.values[across] ?? 0, up === null ? (y.minimum + y.maximum) / 2 : (store.values[up] ?? 0))
    show()
    return store.subscribe(show)
  }, [store, across, up, y])

  const names = dimensions.map(({ index }) => ({ value: String(index), label: `z${index + 1}` }))
  return (
    <div>
      {dimensions.length > 2 && up !== null && (
        <Group gap={6} mb={6}>
          <NativeSelect
            size="xs"
            aria-label="Dimension across"
            data={names}
            value={across}
            onChange={(event) => setAxes([Number(event.currentTarget.value), up])}
          />
          <NativeSelect
            size="xs"
            aria-label="Dimension up"
            data={names}
            value={up}
            onChange={(event) => setAxes([across, Number(event.currentTarget.value)])}
          />
        </Group>
      )}
      <ScatterPlot
        label={`Codes of ${cloud ? cloud.labels.length : 0} test examples after epoch ${epoch}, coloured by label`}
        layers={layers}
        x={x}
        y={y}
        xLabel={`z${across + 1}`}
        yLabel={up === null ? '' : `z${up + 1}`}
        marker={marker}
        onPick={(atX, atY, at) => {
          store.set(across, atX, at)
          if (up !== null) store.set(up, atY, at)
        }}
        testId="code-map"
      />
      {present.length > 1 && <LabelLegend labels={present} />}
    </div>
  )
}

function byIndex(a: number | null, b: number | null): number {
  return (a ?? Number.POSITIVE_INFINITY) - (b ?? Number.POSITIVE_INFINITY)
}
