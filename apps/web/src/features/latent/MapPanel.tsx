'use client'
import type { CodeCloud } from '@hourglass/autoencoders/latent'
import { Skeleton } from '@mantine/core'
import { lazy, type ReactNode, Suspense, useEffect, useMemo, useRef, useState } from 'react'
import type { BrowserModel } from '../../entities/model/openLatentModel'
import { runSource } from '../../entities/run/runFigures'
import type { Run } from '../../entities/run/useRun'
import { FigureBody } from '../../ui/FigureBody'
import { FigureDownload } from '../../ui/FigureDownload'
import { formatCount, formatLoss } from '../../ui/formatQuantity'
import { PageSection } from '../../ui/PageSection'
import { Unread } from '../../ui/Unread'
import { ClassFilter } from './ClassFilter'
import { CodeDownload } from './CodeDownload'
import { CodedProgress } from './CodedProgress'
import { CodeMap, type CodeMapHandle } from './CodeMap'
import { ExamplePreview } from './ExamplePreview'
import { ExamplesPanel } from './ExamplesPanel'
import type { ExplorerStore } from './explorerStore'
import { MapFitLine } from './MapFitLine'
import classes from './MapPanel.module.css'
import { MapToolbar } from './MapToolbar'
import type { MapSet, Projection } from './mapOptions'
import { mapTable } from './mapTable'
import { Neighbours } from './Neighbours'
import { UmapProgress } from './UmapProgress'
import { useExampleAccess } from './useExampleAccess'
import { useExamplePages } from './useExamplePages'
import { useExampleSource } from './useExampleSource'
import { useExplorer } from './useExplorer'
import { type ClusterRequest, useFoundClusters } from './useFoundClusters'
import { useMapColouring } from './useMapColouring'
import { type EpochCloud, useMapFit } from './useMapFit'
import { useMapSource } from './useMapSource'

// Loaded once something is selected.
const SelectionPanel = lazy(async () => ({ default: (await import('./SelectionPanel')).SelectionPanel }))
const ClusterPanel = lazy(async () => ({ default: (await import('./ClusterPanel')).ClusterPanel }))

interface MapPanelProps {
  readonly run: Run
  readonly store: ExplorerStore
  /** The epoch that is shown. */
  readonly epoch: number
  /** Whether epochs follow each other. */
  readonly isMoving: boolean
  readonly cloud: EpochCloud & { readonly training: CodeCloud | null }
  readonly model: BrowserModel | null
  readonly size: number
  /** Chooses and plays epochs where the map has the whole screen. */
  readonly scrubber: ReactNode
}

/** Maps the codes of an epoch, with all that can be asked of them: what they are of, what is near the live code, what a lasso holds. */
export function MapPanel({ run, store, epoch, isMoving, cloud, model, size, scrubber }: MapPanelProps) {
  const { exampleShape } = run.dataset
  const source = useExampleSource(run)
  const { counts } = source
  const state = useExplorer(store)
  const { selection, hidden, colour } = state
  const map = useRef<CodeMapHandle>(null)
  const figure = useRef<HTMLDivElement>(null)
  const [isSelecting, setSelecting] = useState(false)
  const [isFull, setFull] = useFullScreen()
  const [withTraining, setWithTraining] = useState(false)
  const [request, setRequest] = useState<ClusterRequest | null>(null)
  const count = cloud.labels.length
  const projection = useMemo(() => state.projection ?? usualProjection(size), [state.projection, size])
  const { examples, kept, shown, coded } = useMapSource({
    runId: run.id,
    of: state.of,
    isMoving,
    cloud,
    training: withTraining ? cloud.training : null,
    projection,
    fittedTo: state.fittedTo,
    size,
    testCount: counts[0],
  })
  // UMAP lays out the codes that are shown; where these are of another epoch than it is fitted to, those that this one keeps.
  const embedded = projection.kind === 'umap' && shown !== 'kept' && state.fittedTo === cloud.epoch ? examples.codes : null
  const { fit, umap, error, retry } = useMapFit({ runId: run.id, cloud, projection, fittedTo: state.fittedTo, size, embedded })
  const known = useMemo(() => [kept, examples], [kept, examples])
  const { access, error: unreached } = useExampleAccess({ source, store, model, known })
  const originals = useExamplePages({ runId: run.id, count, exampleShape })
  const clusters = useFoundClusters({ runId: run.id, epoch: cloud.epoch, seed: run.config.training.seed, request })
  const { colouring, errors, shownErrors, shownClusters, isWaiting, missing } = useMapColouring({
    run,
    colour,
    hidden,
    examples,
    cloud,
    size,
    model,
    originals,
    needsErrors: selection.length > 0,
    found: clusters.answer,
  })
  const labels = useMemo(() => [...new Set(Array.from(examples.labels))].toSorted((a, b) => a - b), [examples])
  const select = (rows: readonly number[]) => {
    store.set({ selection: rows })
    setSelecting(false)
  }
  const what = describeSet(shown, {
    kept: count,
    training: withTraining ? (cloud.training?.labels.length ?? 0) : 0,
    shown: examples.labels.length,
  })
  return (
    <>
      <div className={classes.root} data-full={isFull || undefined}>
        <PageSection
          id="run-map"
          title="Map"
          note={`Codes of ${what}, epoch ${cloud.epoch}`}
          controls={
            <>
              <CodeDownload
                runId={run.id}
                number={run.number}
                epoch={cloud.epoch}
                shown={shown}
                count={examples.labels.length}
                cloud={cloud}
                errors={errors}
                size={size}
                counts={counts}
              />
              <FigureDownload
                what="codes"
                source={runSource(run, `Codes after epoch ${cloud.epoch}`)}
                figure={figure}
                table={() =>
                  fit
                    ? mapTable({
                        epoch: cloud.epoch,
                        examples,
                        layout: fit.layout,
                        counts,
                        hidden,
                        errors: shownErrors,
                        clusters: shownClusters,
                      })
                    : { columns: [], rows: [] }
                }
              />
            </>
          }
        >
          {isFull && <div className={classes.scrubber}>{scrubber}</div>}
          <div className={classes.body}>
            <div className={classes.main}>
              <MapToolbar
                store={store}
                map={map}
                projection={projection}
                size={size}
                kept={count}
                all={counts[0] + counts[1] + counts[2]}
                withTraining={cloud.training && state.of === 'kept' ? withTraining : null}
                isSelecting={isSelecting}
                isFull={isFull}
                onTraining={setWithTraining}
                onSelecting={setSelecting}
                onFull={setFull}
                onSelect={select}
              />
              {coded && <CodedProgress coded={coded} onLeave={() => store.set({ of: 'kept' })} />}
              {umap && <UmapProgress umap={umap} />}
              <MapFitLine store={store} epoch={cloud.epoch} isWaiting={isWaiting} error={error} missing={missing} onRetry={retry} />
              {unreached && (
                <p className={classes.problem} role="alert">
                  The example could not be encoded: {unreached.message}
                </p>
              )}
              <FigureBody what="codes" figure={figure} className={classes.frame}>
                {fit ? (
                  <CodeMap
                    ref={map}
                    store={store}
                    layout={fit.layout}
                    frame={fit.frame}
                    examples={examples}
                    colouring={colouring}
                    selection={selection}
                    isSelecting={isSelecting}
                    label={`Codes of ${what} after epoch ${epoch}. Arrow keys move the view, with Shift the code; + and − zoom, 0 shows all, Enter goes to the nearest example.`}
                    onSelect={select}
                    onGo={(index, at) => access.go(examples.rowOf(index), at)}
                    preview={(index) => (
                      <ExamplePreview
                        key={index}
                        row={examples.rowOf(index)}
                        access={access}
                        note={shownErrors?.[index] === undefined ? undefined : `error ${formatLoss(shownErrors[index])}`}
                      />
                    )}
                  />
                ) : (
                  !error && !umap && <Skeleton className={classes.placeholder ?? ''} />
                )}
                {labels.length > 1 && (
                  <ClassFilter
                    labels={labels}
                    hidden={hidden}
                    isColoured={colour === 'class'}
                    onChange={(next) => store.set({ hidden: next })}
                  />
                )}
                {colour === 'error' && shownErrors && <p className={classes.scale}>Small errors to large ones</p>}
              </FigureBody>
            </div>
            <div className={classes.side}>
              <Neighbours store={store} cloud={cloud} size={size} access={access} />
              {selection.length > 0 && (
                <Suspense fallback={<Skeleton height={220} />}>
                  <SelectionPanel
                    store={store}
                    rows={selection}
                    cloud={cloud}
                    size={size}
                    access={access}
                    originals={originals.values}
                    errors={errors}
                  />
                  <ClusterPanel
                    store={store}
                    model={model}
                    exampleShape={exampleShape}
                    rows={selection}
                    found={clusters.answer}
                    isFinding={request !== null && !clusters.answer && !clusters.error}
                    error={clusters.error}
                    onFind={setRequest}
                  />
                </Suspense>
              )}
              {originals.error && <Unread what="The test examples" onRetry={originals.retry} />}
            </div>
          </div>
        </PageSection>
      </div>
      <ExamplesPanel access={access} epoch={cloud.epoch} projection={projection} fittedTo={state.fittedTo} />
    </>
  )
}

function useFullScreen() {
  const [isFull, setFull] = useState(false)
  useEffect(() => {
    if (!isFull) return
    const leave = (event: KeyboardEvent) => event.key === 'Escape' && setFull(false)
    document.addEventListener('keydown', leave)
    return () => document.removeEventListener('keydown', leave)
  }, [isFull])
  return [isFull, setFull] as const
}

function describeSet(
  shown: MapSet,
  { kept, training, ...all }: { readonly kept: number; readonly training: number; readonly shown: number },
): string {
  if (shown === 'all') return `all ${formatCount(all.shown)} examples`
  if (shown === 'sample') return `${formatCount(all.shown)} examples, chosen at random`
  return training > 0 ? `${formatCount(kept)} test and ${formatCount(training)} training examples` : `${formatCount(kept)} test examples`
}

/** The plane itself where codes have two units; of longer ones the first two principal directions. */
function usualProjection(size: number): Projection {
  return size > 2 ? { kind: 'principal' } : { kind: 'units', across: 0, up: size === 2 ? 1 : null }
}
