'use client'
import type { CodeCloud } from '@hourglass/autoencoders/latent'
import { ActionIcon, Button, Checkbox, Group, NativeSelect, Skeleton } from '@mantine/core'
import { IconLasso, IconMaximize, IconMinimize, IconMinus, IconPlus, IconZoomReset } from '@tabler/icons-react'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { BrowserModel } from '../../entities/model/openLatentModel'
import { codesTable, runSource } from '../../entities/run/runFigures'
import type { Run } from '../../entities/run/useRun'
import { FigureBody } from '../../ui/FigureBody'
import { FigureDownload } from '../../ui/FigureDownload'
import { formatCount, formatLoss } from '../../ui/formatQuantity'
import { PageSection } from '../../ui/PageSection'
import { Unread } from '../../ui/Unread'
import { ClassFilter } from './ClassFilter'
import { CodeMap, type CodeMapHandle } from './CodeMap'
import { ExamplePreview } from './ExamplePreview'
import type { ExplorerStore } from './explorerStore'
import classes from './MapPanel.module.css'
import { colourByLabel, colourByValue } from './mapColouring'
import { mapExamples } from './mapExamples'
import { type MapColour, mapColours, type Projection } from './mapOptions'
import { Neighbours } from './Neighbours'
import { SelectionPanel } from './SelectionPanel'
import { useClusters } from './useClusters'
import { useExampleErrors } from './useExampleErrors'
import { useExamplePages } from './useExamplePages'
import { useExplorer } from './useExplorer'
import { type EpochCloud, useMapFit } from './useMapFit'

interface MapPanelProps {
  readonly run: Run
  readonly store: ExplorerStore
  /** The epoch that is shown. */
  readonly epoch: number
  readonly cloud: EpochCloud & { readonly training: CodeCloud | null }
  readonly model: BrowserModel | null
  readonly size: number
}

const colourNames = { class: 'Class', error: 'Reconstruction error', cluster: 'Cluster' } as const satisfies Record<MapColour, string>
const nothingHidden: readonly number[] = []

/** Maps the codes of an epoch, with all that can be asked of them: what they are of, what is near the live code, what a lasso holds. */
export function MapPanel({ run, store, epoch, cloud, model, size }: MapPanelProps) {
  const { exampleShape } = run.dataset
  const state = useExplorer(store)
  const map = useRef<CodeMapHandle>(null)
  const figure = useRef<HTMLDivElement>(null)
  const [isSelecting, setSelecting] = useState(false)
  const [isFull, setFull] = useState(false)
  const [withTraining, setWithTraining] = useState(false)
  const projection = useMemo(() => state.projection ?? usualProjection(size), [state.projection, size])
  const { fit, error, retry } = useMapFit({ runId: run.id, cloud, projection, fittedTo: state.fittedTo, size })
  const examples = useMemo(() => mapExamples(cloud, withTraining ? cloud.training : null, size), [cloud, withTraining, size])
  const originals = useExamplePages({ runId: run.id, count: cloud.labels.length, exampleShape })
  const count = cloud.labels.length
  const isOfThisEpoch = model?.url !== undefined && run.checkpoints.some((one) => one.epoch === cloud.epoch && model.url.endsWith(one.url))
  const errors = useExampleErrors({
    model: state.colour === 'error' || state.selection.length > 0 ? (isOfThisEpoch ? model : null) : null,
    codes: cloud.codes,
    originals: originals.values,
    count,
  })
  const clusters = useClusters(state.colour === 'cluster' ? cloud : null, { size, seed: run.config.training.seed })
  const hidden = state.hidden.length > 0 ? state.hidden : nothingHidden
  const labels = useMemo(() => [...new Set(Array.from(cloud.labels))].toSorted((a, b) => a - b), [cloud])

  const errorsNow = errors.answer?.length === count ? errors.answer : null
  const clustersNow = clusters.answer?.length === count ? clusters.answer : null
  const colouring = useMemo(() => {
    const isHidden = (row: number) => hidden.includes(examples.labels[row] as number)
    const padded = (values: Float32Array) => Float32Array.from(examples.labels, (_, row) => values[row] ?? Number.NaN)
    if (state.colour === 'error' && errorsNow) {
      const sorted = Float32Array.from(errorsNow).sort()
      const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? 0
      return colourByValue({ values: padded(errorsNow), isHidden, least: at(0.02), greatest: at(0.98) })
    }
    if (state.colour === 'cluster' && clustersNow) {
      const { colours, palette } = colourByLabel(padded(clustersNow))
      return { colours: colours.map((colour, row) => (isHidden(row) || row >= count ? 0 : colour)), palette }
    }
    return colourByLabel(examples.labels, hidden)
  }, [state.colour, examples, hidden, errorsNow, clustersNow, count])

  useEffect(() => {
    if (!isFull) return
    const leave = (event: KeyboardEvent) => event.key === 'Escape' && setFull(false)
    document.addEventListener('keydown', leave)
    return () => document.removeEventListener('keydown', leave)
  }, [isFull])

  const select = (rows: readonly number[]) => {
    store.set({ selection: rows })
    setSelecting(false)
  }
  const isWaiting =
    (state.colour === 'error' && !errorsNow && !errors.error && !originals.error) ||
    (state.colour === 'cluster' && !clustersNow && !clusters.error)
  const missing = state.colour === 'error' ? (originals.error ?? errors.error) : state.colour === 'cluster' ? clusters.error : null
  const what =
    withTraining && cloud.training
      ? `${formatCount(count)} test and ${formatCount(cloud.training.labels.length)} training`
      : `${formatCount(count)} test`
  return (
    <div className={classes.root} data-full={isFull || undefined}>
      <PageSection
        id="run-map"
        title="Map"
        note={`Codes of ${what} examples, epoch ${cloud.epoch}`}
        controls={
          <FigureDownload
            what="codes"
            source={runSource(run, `Codes after epoch ${cloud.epoch}`)}
            figure={figure}
            table={() => codesTable(cloud, size)}
          />
        }
      >
        <div className={classes.body}>
          <div className={classes.main}>
            <Group gap={8} mb={8}>
              {size > 1 && <ProjectionChoice projection={projection} size={size} onChange={(next) => store.set({ projection: next })} />}
              <NativeSelect
                size="xs"
                aria-label="Colour of the codes"
                value={state.colour}
                onChange={({ currentTarget }) => {
                  const colour = mapColours.find((one) => one === currentTarget.value)
                  if (colour) store.set({ colour })
                }}
                data={mapColours.map((value) => ({ value, label: colourNames[value] }))}
              />
              {cloud.training && (
                <Checkbox
                  size="xs"
                  label="Training examples"
                  checked={withTraining}
                  onChange={({ currentTarget }) => setWithTraining(currentTarget.checked)}
                />
              )}
              <Group gap={2}>
                <Tool label="Zoom in" onClick={() => map.current?.zoomIn()} icon={<IconPlus size={14} />} />
                <Tool label="Zoom out" onClick={() => map.current?.zoomOut()} icon={<IconMinus size={14} />} />
                <Tool label="Show all" onClick={() => map.current?.reset()} icon={<IconZoomReset size={14} />} />
                <Tool
                  label="Select with a lasso"
                  isPressed={isSelecting}
                  onClick={() => setSelecting(!isSelecting)}
                  icon={<IconLasso size={14} />}
                />
                <Tool
                  label={isFull ? 'Leave full screen' : 'Full screen'}
                  onClick={() => setFull(!isFull)}
                  icon={isFull ? <IconMinimize size={14} /> : <IconMaximize size={14} />}
                />
              </Group>
              <Button variant="default" size="compact-xs" onClick={() => select(map.current?.inSight() ?? [])}>
                Select what is in sight
              </Button>
            </Group>
            <p className={classes.fit}>
              Fitted to epoch {state.fittedTo}.
              {state.fittedTo !== cloud.epoch && (
                <Button variant="default" size="compact-xs" ml={8} onClick={() => store.set({ fittedTo: cloud.epoch })}>
                  Fit to epoch {cloud.epoch}
                </Button>
              )}
              {isWaiting && <span role="status"> Computing the colours …</span>}
            </p>
            {error && (
              <p className={classes.problem} role="alert">
                The map could not be fitted: {error.message}.{' '}
                <Button variant="default" size="compact-xs" onClick={retry}>
                  Try again
                </Button>
              </p>
            )}
            {missing && (
              <p className={classes.problem} role="alert">
                The colours could not be computed: {missing.message}
              </p>
            )}
            <FigureBody what="codes" figure={figure} className={classes.frame}>
              {fit ? (
                <CodeMap
                  ref={map}
                  store={store}
                  plane={fit.plane}
                  frame={fit.frame}
                  examples={examples}
                  colouring={colouring}
                  selection={state.selection}
                  isSelecting={isSelecting}
                  label={`Codes of ${what} examples after epoch ${epoch}. Arrow keys move the view, with Shift the code; + and − zoom, 0 shows all, Enter goes to the nearest example.`}
                  onSelect={select}
                  preview={(row) => (
                    <ExamplePreview
                      key={row}
                      row={row}
                      examples={examples}
                      model={model}
                      exampleShape={exampleShape}
                      originals={originals.values}
                      note={errorsNow?.[row] === undefined ? undefined : `error ${formatLoss(errorsNow[row])}`}
                    />
                  )}
                />
              ) : (
                !error && <Skeleton className={classes.placeholder ?? ''} />
              )}
              {labels.length > 1 && (
                <ClassFilter
                  labels={labels}
                  hidden={hidden}
                  isColoured={state.colour === 'class'}
                  onChange={(next) => store.set({ hidden: next })}
                />
              )}
              {state.colour === 'error' && errorsNow && <p className={classes.scale}>Small errors to large ones</p>}
            </FigureBody>
          </div>
          <div className={classes.side}>
            <Neighbours
              store={store}
              cloud={cloud}
              size={size}
              model={model}
              exampleShape={exampleShape}
              originals={originals.values}
              examples={examples}
            />
            {state.selection.length > 0 && (
              <SelectionPanel
                store={store}
                rows={state.selection}
                cloud={cloud}
                size={size}
                model={model}
                exampleShape={exampleShape}
                originals={originals.values}
                examples={examples}
                errors={errorsNow}
              />
            )}
            {originals.error && <Unread what="The test examples" onRetry={originals.retry} />}
          </div>
        </div>
      </PageSection>
    </div>
  )
}

/** The plane itself where codes have two units; of longer ones the first two principal directions. */
function usualProjection(size: number): Projection {
  return size > 2 ? { kind: 'principal' } : { kind: 'units', across: 0, up: size === 2 ? 1 : null }
}

function ProjectionChoice({ projection, size, onChange }: { projection: Projection; size: number; onChange: (next: Projection) => void }) {
  const units = Array.from({ length: size }, (_, index) => ({ value: String(index), label: `z${index + 1}` }))
  return (
    <Group gap={6}>
      <NativeSelect
        size="xs"
        aria-label="What the map lays codes out by"
        value={projection.kind}
        onChange={({ currentTarget }) =>
          onChange(currentTarget.value === 'units' ? { kind: 'units', across: 0, up: 1 } : { kind: 'principal' })
        }
        data={[
          { value: 'principal', label: 'Principal directions' },
          { value: 'units', label: 'Two units' },
        ]}
      />
      {projection.kind === 'units' && (
        <>
          <NativeSelect
            size="xs"
            aria-label="Dimension across"
            data={units.filter(({ value }) => value !== String(projection.up))}
            value={projection.across}
            onChange={({ currentTarget }) => onChange({ ...projection, across: Number(currentTarget.value) })}
          />
          <NativeSelect
            size="xs"
            aria-label="Dimension up"
            data={units.filter(({ value }) => value !== String(projection.across))}
            value={projection.up ?? 0}
            onChange={({ currentTarget }) => onChange({ ...projection, up: Number(currentTarget.value) })}
          />
        </>
      )}
    </Group>
  )
}

interface ToolProps {
  readonly label: string
  readonly onClick: () => void
  readonly icon: React.ReactNode
  /** Whether it is on, of one that stays on. */
  readonly isPressed?: boolean
}

function Tool({ label, onClick, icon, isPressed }: ToolProps) {
  return (
    <ActionIcon
      variant={isPressed ? 'filled' : 'default'}
      size={24}
      aria-label={label}
      title={label}
      aria-pressed={isPressed}
      onClick={onClick}
    >
      {icon}
    </ActionIcon>
  )
}
