'use client'
import type { StoredCodes } from '@hourglass/autoencoders/latent'
import { Group, NativeSelect, Skeleton } from '@mantine/core'
import { IconMinus, IconPlus, IconZoomReset } from '@tabler/icons-react'
import { useMemo, useRef } from 'react'
import type { BrowserModel } from '../../entities/model/openLatentModel'
import { runSource } from '../../entities/run/runFigures'
import type { Run } from '../../entities/run/useRun'
import { FigureBody } from '../../ui/FigureBody'
import { FigureDownload } from '../../ui/FigureDownload'
import type { FigureTable } from '../../ui/FigureSource'
import { PageSection } from '../../ui/PageSection'
import { Unread } from '../../ui/Unread'
import { CodeGrid } from './CodeGrid'
import type { ExplorerStore } from './explorerStore'
import classes from './GridPanel.module.css'
import { axisOf, type GridPlane, gridCodes } from './gridAxes'
import { gridSides } from './gridOptions'
import { isSameWindow, WHOLE, windowOf } from './gridWindow'
import { scaleDirections } from './scaledDirections'
import { ToolButton } from './ToolButton'
import type { CodeUnit } from './UnitSliders'
import { useExplorer } from './useExplorer'
import type { MapZoom } from './useMapZoom'
import { usePrincipal } from './usePrincipal'

interface GridPanelProps {
  readonly run: Run
  readonly store: ExplorerStore
  readonly units: readonly CodeUnit[]
  readonly cloud: StoredCodes
  readonly model: BrowserModel | null
  readonly exampleShape: readonly number[]
  readonly epoch: number
}

/** Shows what the decoder makes of codes all over a plane through the live code. */
export function GridPanel({ run, store, units, cloud, model, exampleShape, epoch }: GridPanelProps) {
  const { grid, range } = useExplorer(store)
  const figure = useRef<HTMLDivElement>(null)
  const zoom = useRef<MapZoom>(null)
  const size = units.length
  const usual = size > 2 ? ['p1', 'p2'] : ['z1', 'z2']
  const across = grid.across ?? usual.find((name) => name !== grid.up) ?? 'z1'
  const up = grid.up !== null && grid.up !== across ? grid.up : (usual.find((name) => name !== across) ?? 'z2')
  const principal = usePrincipal(size > 1 ? cloud.trainingCodes : null, size)
  const scaled = useMemo(() => principal.answer && scaleDirections(principal.answer.codes, principal.answer.found), [principal.answer])
  const plane = useMemo(() => {
    const options = { units, principal: scaled, range, codes: cloud.codes }
    // A link may name a direction that was not found here.
    const find = (name: string, instead: string) => axisOf(name, options) ?? (scaled ? axisOf(instead, options) : null)
    const [first, second] = [find(across, 'z1'), size > 1 ? find(up, 'z2') : null]
    return first && (size === 1 || second) ? { across: first, up: second } : null
  }, [units, scaled, range, cloud.codes, across, up, size])
  const names = [
    ...Array.from({ length: scaled?.directions.count ?? 0 }, (_, index) => `p${index + 1}`),
    ...units.map(({ index }) => `z${index + 1}`),
  ]
  return (
    <PageSection
      id="run-grid"
      title="Grid"
      controls={
        plane && (
          <FigureDownload
            what="grid"
            source={runSource(run, `Grid of ${across}${size > 1 ? ` and ${up}` : ''} after epoch ${epoch}`)}
            figure={figure}
            table={() => gridTable(store, windowOf(plane, grid.window), grid.side)}
          />
        )
      }
      note={`What codes around the current one decode to, epoch ${epoch}; ${isSameWindow(grid.window, WHOLE) ? 'over the range of the sliders' : `enlarged ${Number(grid.window.scale.toPrecision(2))} times`}`}
    >
      <Group gap={8} mb={8}>
        <NativeSelect
          size="xs"
          aria-label="Grid across"
          data={(names.includes(across) ? names : [across, ...names]).filter((name) => name !== up)}
          value={across}
          onChange={({ currentTarget }) => store.set({ grid: { ...grid, across: currentTarget.value, window: WHOLE } })}
        />
        {size > 1 && (
          <NativeSelect
            size="xs"
            aria-label="Grid up"
            data={(names.includes(up) ? names : [up, ...names]).filter((name) => name !== across)}
            value={up}
            onChange={({ currentTarget }) => store.set({ grid: { ...grid, up: currentTarget.value, window: WHOLE } })}
          />
        )}
        <NativeSelect
          size="xs"
          aria-label="Images a side"
          data={gridSides.map((side) => ({ value: String(side), label: size > 1 ? `${side} × ${side}` : `${side}` }))}
          value={grid.side}
          onChange={({ currentTarget }) => store.set({ grid: { ...grid, side: Number(currentTarget.value) } })}
        />
        <Group gap={2}>
          <ToolButton label="Grid nearer" onClick={() => zoom.current?.zoomIn()} icon={<IconPlus size={14} />} />
          <ToolButton label="Grid from farther away" onClick={() => zoom.current?.zoomOut()} icon={<IconMinus size={14} />} />
          <ToolButton label="The whole grid" onClick={() => zoom.current?.reset()} icon={<IconZoomReset size={14} />} />
        </Group>
      </Group>
      <FigureBody what="grid" figure={figure} className={classes.frame}>
        {plane ? (
          <CodeGrid
            ref={zoom}
            store={store}
            plane={plane}
            window={grid.window}
            onWindow={(window) => store.set({ grid: { ...store.get().grid, window } })}
            side={grid.side}
            model={model}
            exampleShape={exampleShape}
          />
        ) : principal.error ? (
          <Unread what="The directions" onRetry={principal.retry} />
        ) : (
          <Skeleton className={classes.placeholder ?? ''} />
        )}
      </FigureBody>
    </PageSection>
  )
}

/** Lists the code of each image, from the lower left on, row by row. */
function gridTable(store: ExplorerStore, plane: GridPlane, side: number): FigureTable {
  const codes = gridCodes(store.code.values, plane, side)
  const size = store.code.values.length
  return {
    columns: ['row', 'column', ...Array.from({ length: size }, (_, unit) => `z${unit + 1}`)],
    rows: Array.from({ length: codes.length / size }, (_, at) => [
      Math.floor(at / side) + 1,
      (at % side) + 1,
      ...codes.subarray(at * size, (at + 1) * size),
    ]),
  }
}
