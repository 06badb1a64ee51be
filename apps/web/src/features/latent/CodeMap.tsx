'use client'
import { type CodeCloud, type DimensionSpread, orderDimensions } from '@hourglass/autoencoders/latent'
import { Group, NativeSelect } from '@mantine/core'
import { useEffect, useMemo, useRef, useState } from 'react'
import { codePlot } from '../../entities/model/codePlot'
import { formatCounted } from '../../ui/formatQuantity'
import { LabelLegend } from '../../ui/LabelLegend'
import { type ScatterMarker, ScatterPlot } from '../../ui/ScatterPlot'
import type { CodeStore } from './codeStore'

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
  const { layers, x, y, labels } = useMemo(() => codePlot(cloud, { dimensions, across, up }), [cloud, dimensions, across, up])

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
        label={`Codes of ${formatCounted(cloud ? cloud.labels.length : 0, 'test example')} after epoch ${epoch}, coloured by label`}
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
      {labels.length > 1 && <LabelLegend labels={labels} />}
    </div>
  )
}

function byIndex(a: number | null, b: number | null): number {
  return (a ?? Number.POSITIVE_INFINITY) - (b ?? Number.POSITIVE_INFINITY)
}
