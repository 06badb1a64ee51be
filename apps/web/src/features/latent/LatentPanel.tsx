'use client'
import type { DimensionSpread, StoredCodes } from '@hourglass/autoencoders/latent'
import { SegmentedControl, Skeleton } from '@mantine/core'
import { useRef } from 'react'
import type { BrowserModel } from '../../entities/model/openLatentModel'
import type { LatentSectionProps } from '../../entities/run/RunSections'
import { codesTable } from '../../entities/run/runFigures'
import { arePlanePoints } from '../../files/pointView'
import { readExample } from '../../files/readExample'
import { FigureBody } from '../../ui/FigureBody'
import { FigureDownload } from '../../ui/FigureDownload'
import type { FigureSource } from '../../ui/FigureSource'
import { formatCount } from '../../ui/formatQuantity'
import { CodeMap } from './CodeMap'
import { DecodedImage } from './DecodedImage'
import { DecodedPoint } from './DecodedPoint'
import { DirectionSliders } from './DirectionSliders'
import classes from './LatentPanel.module.css'
import { LatentSliders } from './LatentSliders'
import { LatentTools } from './LatentTools'
import { StartImages } from './StartImages'
import { UnopenedModel } from './UnopenedModel'
import { useEncodedExample } from './useEncodedExample'
import { useLinkedCode } from './useLinkedCode'

interface LatentPanelProps extends Omit<LatentSectionProps, 'run'> {
  readonly dimensions: readonly DimensionSpread[]
  /** `[height, width, channels]` of images, `[2]` or `[3]` of points. */
  readonly exampleShape: readonly number[]
  readonly model: BrowserModel | null
  readonly error: Error | null
  /** Whether codes of this size are mapped; `cloud` holds them once they have arrived. */
  readonly mapped: boolean
  readonly cloud: StoredCodes | null
  /** What made the codes. */
  readonly source: FigureSource
}

/** Lets the reader move through the latent space by hand and see what the decoder makes of each code, at once. */
export function LatentPanel(props: LatentPanelProps) {
  const { epoch, dimensions, exampleShape, model, error, mapped, cloud, examples, view, onView, onEpoch, source } = props
  const { along } = view
  const map = useRef<HTMLDivElement>(null)
  const { store, reset } = useLinkedCode({ dimensions, linkedCode: view.z, onCode: (z) => onView({ z }) })
  const { encode, error: encodeError } = useEncodedExample(model, store)
  const isPoints = exampleShape.length === 1
  const [size = 0] = exampleShape
  const hint = arePlanePoints(exampleShape)
    ? 'Press anywhere in the plane to encode that point.'
    : isPoints
      ? null
      : 'Start from a test image'
  const points = examples instanceof Float32Array ? examples : null
  const images = examples instanceof Float32Array ? null : examples
  const label = `${isPoints ? 'Point' : 'Image'} decoded from the current code after epoch ${epoch}`

  return (
    <div className={classes.root} data-layout={dimensions.length <= 2 ? 'few' : mapped ? 'mapped' : 'plain'}>
      <div className={classes.side}>
        <div>
          {error !== null && <UnopenedModel error={error} onEpoch={onEpoch} />}
          {encodeError !== null && <p className={classes.problem}>The example could not be encoded: {encodeError.message}</p>}
          {!isPoints && <DecodedImage store={store} model={model} exampleShape={exampleShape} label={label} />}
          {points && (
            <DecodedPoint
              store={store}
              model={model}
              size={size}
              originals={points}
              codes={cloud?.codes ?? null}
              label={label}
              onPick={encode}
            />
          )}
          {isPoints && !points && <Skeleton className={classes.placeholder ?? ''} />}
        </div>
        <div className={classes.tools}>
          <LatentTools store={store} dimensions={dimensions} onReset={reset} />
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
        {dimensions.length > 1 && (
          <SegmentedControl
            size="xs"
            mb={8}
            aria-label="What the sliders move"
            value={along}
            onChange={(next) => onView({ along: next })}
            data={[
              { value: 'units', label: 'Units' },
              { value: 'directions', label: 'Principal directions' },
            ]}
          />
        )}
        {along === 'units' || dimensions.length === 1 ? (
          <LatentSliders store={store} dimensions={dimensions} />
        ) : cloud && cloud.codes.length === cloud.labels.length * dimensions.length ? (
          <DirectionSliders store={store} codes={cloud.trainingCodes} size={dimensions.length} />
        ) : (
          <Skeleton height={220} />
        )}
      </div>
      {mapped && (
        <div className={classes.map}>
          <div className={classes.mapHead}>
            <h3 className={classes.heading}>Codes of {cloud ? formatCount(cloud.labels.length) : 'the'} test examples</h3>
            {cloud && <FigureDownload what="codes" source={source} figure={map} table={() => codesTable(cloud, dimensions.length)} />}
          </div>
          <FigureBody what="codes" figure={map}>
            <CodeMap store={store} dimensions={dimensions} cloud={cloud} epoch={epoch} />
          </FigureBody>
        </div>
      )}
    </div>
  )
}
