'use client'
import { readCodes, readTrainingCodes } from '@hourglass/autoencoders/latent'
import { Skeleton } from '@mantine/core'
import { useMemo, useRef } from 'react'
import type { CodeSnapshotFieldsFragment } from '../../data/generated/graphql'
import type { BrowserModel } from '../../entities/model/openLatentModel'
import type { LatentExplorerProps } from '../../entities/run/RunSections'
import { codesTable, runSource } from '../../entities/run/runFigures'
import { tensorsFile } from '../../files/fileSources'
import { arePlanePoints } from '../../files/pointView'
import { readExample } from '../../files/readExample'
import { useFile } from '../../files/useFiles'
import { FigureDownload } from '../../ui/FigureDownload'
import { formatCount } from '../../ui/formatQuantity'
import { PageSection } from '../../ui/PageSection'
import { Unread } from '../../ui/Unread'
import { CodeMap } from './CodeMap'
import { DecodedImage } from './DecodedImage'
import { DecodedPoint } from './DecodedPoint'
import classes from './ExplorerPanel.module.css'
import { ExplorerTools } from './ExplorerTools'
import { SliderPanel } from './SliderPanel'
import { StartImages } from './StartImages'
import { UnopenedModel } from './UnopenedModel'
import { useEncodedExample } from './useEncodedExample'
import { useExplorer } from './useExplorer'
import { useExplorerKeys } from './useExplorerKeys'
import { useLinkedExplorer } from './useLinkedExplorer'

/** A map of larger codes would fetch megabytes an epoch to show two of their dimensions. */
const MOST_MAPPED_DIMENSIONS = 64

interface ExplorerPanelProps extends LatentExplorerProps {
  /** What is kept of an epoch's codes. */
  readonly snapshot: CodeSnapshotFieldsFragment
  readonly model: BrowserModel | null
  /** Why the model could not be opened. */
  readonly error: Error | null
}

/** Lets the reader move through the latent space by hand and see what the decoder makes of each code, at once. */
export function ExplorerPanel({ run, epoch, snapshot, model, error, examples, view, onView, onEpoch }: ExplorerPanelProps) {
  const { dimensions } = snapshot
  const { exampleShape } = run.dataset
  const size = dimensions.length
  const store = useLinkedExplorer({ units: dimensions, epoch, view, onView })
  const { along, range } = useExplorer(store)
  const keys = useExplorerKeys(store)
  const { encode, error: encodeError } = useEncodedExample(model, store)
  const map = useRef<HTMLDivElement>(null)

  const isMapped = size <= MOST_MAPPED_DIMENSIONS
  const stored = useFile(isMapped || along !== 'units' || range === 'quantiles' ? tensorsFile(snapshot.url) : null)
  const cloud = useMemo(() => {
    const read = readCodes(stored.shown)
    return read && read.codes.length === read.labels.length * size && read.trainingCodes.length % size === 0
      ? { ...read, training: readTrainingCodes(stored.shown) }
      : null
  }, [stored.shown, size])

  const isPoints = exampleShape.length === 1
  const hasPrior = run.config.architecture.encoder.kind === 'variational'
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
        <div className={classes.root} data-layout={size <= 2 ? 'few' : isMapped ? 'mapped' : 'plain'}>
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
            <SliderPanel store={store} units={dimensions} cloud={cloud} hasPrior={hasPrior} />
            {stored.error && <Unread what="The codes" onRetry={stored.retry} />}
          </div>
          {isMapped && (
            <div className={classes.map}>
              <div className={classes.mapHead}>
                <h3 className={classes.heading}>Codes of {cloud ? formatCount(cloud.labels.length) : 'the'} test examples</h3>
                {cloud && (
                  <FigureDownload
                    what="codes"
                    source={runSource(run, `Codes after epoch ${snapshot.epoch}`)}
                    figure={map}
                    table={() => codesTable(cloud, size)}
                  />
                )}
              </div>
              <div ref={map}>
                <CodeMap store={store.code} dimensions={dimensions} cloud={cloud} epoch={epoch} />
              </div>
            </div>
          )}
        </div>
      </PageSection>
    </div>
  )
}
