'use client'
import { encoderRowOf } from '@hourglass/autoencoders'
import { type CodeCloud, readCodes, readTrainingCodes } from '@hourglass/autoencoders/latent'
import { Button, Skeleton } from '@mantine/core'
import { useMemo, useState } from 'react'
import type { CodeSnapshotFieldsFragment } from '../../data/generated/graphql'
import type { BrowserModel } from '../../entities/model/openLatentModel'
import type { LatentExplorerProps } from '../../entities/run/RunSections'
import { tensorsFile } from '../../files/fileSources'
import { arePlanePoints } from '../../files/pointView'
import { readExample } from '../../files/readExample'
import { useFile } from '../../files/useFiles'
import { useKept } from '../../files/useKept'
import { formatBytes } from '../../ui/formatQuantity'
import { PageSection } from '../../ui/PageSection'
import { Unread } from '../../ui/Unread'
import { DecodedImage } from './DecodedImage'
import { DecodedPoint } from './DecodedPoint'
import { DrawPanel } from './DrawPanel'
import classes from './ExplorerPanel.module.css'
import { ExplorerTools } from './ExplorerTools'
import { GridPanel } from './GridPanel'
import { LandmarkPanel } from './LandmarkPanel'
import { MapPanel } from './MapPanel'
import { PathPanel } from './PathPanel'
import { SliderPanel } from './SliderPanel'
import { StartImages } from './StartImages'
import { TangentPanel } from './TangentPanel'
import { UnopenedModel } from './UnopenedModel'
import { useEncodedExample } from './useEncodedExample'
import { useExplorer } from './useExplorer'
import { useExplorerKeys } from './useExplorerKeys'
import { useLinkedExplorer } from './useLinkedExplorer'
import type { EpochCloud } from './useMapFit'

/** Codes of more dimensions are megabytes an epoch, and loaded when they are asked for. */
const MOST_MAPPED_DIMENSIONS = 256

interface ExplorerPanelProps extends LatentExplorerProps {
  /** What is kept of an epoch's codes. */
  readonly snapshot: CodeSnapshotFieldsFragment
  readonly model: BrowserModel | null
  /** Why the model could not be opened. */
  readonly error: Error | null
}

/** Lets the reader move through the latent space by hand and see what the decoder makes of each code, at once. */
export function ExplorerPanel({
  run,
  epoch,
  isMoving,
  snapshot,
  model,
  error,
  examples,
  view,
  onView,
  onEpoch,
  scrubber,
}: ExplorerPanelProps) {
  const { dimensions } = snapshot
  const { exampleShape } = run.dataset
  const size = dimensions.length
  const store = useLinkedExplorer({ units: dimensions, epoch, view, onView })
  const { along, range } = useExplorer(store)
  const keys = useExplorerKeys(store)
  const { encode, error: encodeError } = useEncodedExample(model, store)

  const isMapped = size <= MOST_MAPPED_DIMENSIONS
  const [isAsked, setAsked] = useState(false)
  const stored = useFile(isMapped || isAsked || along !== 'units' || range === 'quantiles' ? tensorsFile(snapshot.url) : null)
  const arrived = useMemo((): (EpochCloud & { readonly training: CodeCloud | null }) | null => {
    const read = readCodes(stored.arrived)
    return read && read.codes.length === read.labels.length * size && read.trainingCodes.length % size === 0
      ? { ...read, epoch: snapshot.epoch, training: readTrainingCodes(stored.arrived) }
      : null
  }, [stored.arrived, snapshot.epoch, size])
  const cloud = useKept(arrived)
  const current = isMapped || isAsked ? cloud : null

  const isPoints = exampleShape.length === 1
  const hasPrior = encoderRowOf(run.config.architecture.encoder).givesDistribution
  const points = examples instanceof Float32Array ? examples : null
  const images = examples instanceof Float32Array ? null : examples
  const label = `${isPoints ? 'Point' : 'Image'} decoded from the current code after epoch ${epoch}`
  const hint = arePlanePoints(exampleShape)
    ? 'Press anywhere in the plane to encode that point.'
    : isPoints
      ? null
      : 'Start from a test image'
  return (
    <div {...keys}>
      <PageSection
        id="run-latent"
        title="Latent space"
        note={`${size === 1 ? '1 dimension' : `${size} dimensions`}, epoch ${epoch}; decoded in this browser`}
      >
        <div className={classes.root}>
          <div className={classes.side}>
            <div>
              {error !== null && <UnopenedModel error={error} onEpoch={onEpoch} />}
              {encodeError !== null && <p className={classes.problem}>The example could not be encoded: {encodeError.message}</p>}
              {!isPoints && <DecodedImage store={store.code} model={model} exampleShape={exampleShape} label={label} />}
              {points && (
                <DecodedPoint
                  store={store.code}
                  model={model}
                  size={exampleShape[0] ?? 0}
                  originals={points}
                  codes={cloud?.codes ?? null}
                  label={label}
                  onPick={encode}
                />
              )}
              {isPoints && !points && <Skeleton className={classes.placeholder ?? ''} />}
            </div>
            <div className={classes.tools}>
              <ExplorerTools store={store} dimensions={dimensions} hasPrior={hasPrior} />
              {hint && <p className={classes.hint}>{hint}</p>}
              {images && (
                <StartImages
                  strips={images}
                  disabled={model === null}
                  onStart={(index) => encode(readExample(images.originals, { index, count: images.labels.length, exampleShape }))}
                />
              )}
            </div>
          </div>
          <div className={classes.main}>
            <SliderPanel runId={run.id} store={store} units={dimensions} cloud={cloud} hasPrior={hasPrior} />
            {stored.error && <Unread what="The codes" onRetry={stored.retry} />}
            <LandmarkPanel
              key={run.id}
              runId={run.id}
              store={store}
              epoch={epoch}
              epochs={run.checkpoints.map((checkpoint) => checkpoint.epoch)}
              onEpoch={onEpoch}
            />
          </div>
        </div>
      </PageSection>
      {current ? (
        <>
          <MapPanel
            run={run}
            store={store}
            epoch={epoch}
            isMoving={isMoving}
            cloud={current}
            model={model}
            size={size}
            scrubber={scrubber}
          />
          {!isPoints && (
            <GridPanel run={run} store={store} units={dimensions} cloud={current} model={model} exampleShape={exampleShape} epoch={epoch} />
          )}
          <DrawPanel run={run} store={store} cloud={current} size={size} model={model} view={view} onView={onView} />
          <TangentPanel store={store} model={model} size={size} codes={current.codes} exampleShape={exampleShape} points={points} />
          <PathPanel run={run} epoch={epoch} store={store} cloud={current} size={size} model={model} exampleShape={exampleShape} />
        </>
      ) : (
        <PageSection id="run-map" title="Map">
          {stored.error ? (
            <Unread what="The codes" onRetry={stored.retry} />
          ) : isMapped || isAsked ? (
            <Skeleton height={600} />
          ) : (
            <Button variant="default" size="xs" onClick={() => setAsked(true)}>
              Load the codes of {snapshot.count} test examples ({formatBytes(4 * snapshot.count * size)})
            </Button>
          )}
        </PageSection>
      )}
    </div>
  )
}
