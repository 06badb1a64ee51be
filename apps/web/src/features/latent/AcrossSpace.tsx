'use client'
import { type CodePath, type StoredCodes, shareBelow } from '@hourglass/autoencoders/latent'
import { useEffect, useEffectEvent, useMemo } from 'react'
import { DecodedStrip } from '../../entities/model/DecodedStrip'
import type { BrowserModel } from '../../entities/model/openLatentModel'
import { useDecoded } from '../../entities/model/useDecoded'
import type { AcrossFigures } from './AcrossErrors'
import { AcrossMap } from './AcrossMap'
import classes from './AcrossPage.module.css'
import { type AcrossSubject, LAST_PLACE } from './acrossView'
import type { DrawStore } from './drawStore'
import { ExampleFigure } from './ExampleFigure'
import { useAcrossPath } from './useAcrossPath'
import { distanceToNearest, useAcrossSum } from './useAcrossSum'
import { useDrawState } from './useDrawState'
import { useExamined } from './useExamined'
import { useTestErrors } from './useTestErrors'
import { useUsualDistance } from './useUsualDistance'

/** What goes through all runs in step. */
export interface AcrossShared {
  readonly show: AcrossSubject
  readonly drawing: DrawStore
  /** Test examples of the first run, by which errors are compared; null before they are there. */
  readonly tests: Float32Array | null
  /** Their mean, with which filling in begins. */
  readonly usual: Float32Array | null
  /** Examples that the path goes through, `[stopCount, values of one]`. */
  readonly stops: Float32Array | null
  readonly stopCount: number
  readonly way: CodePath
  /** Place on the path, 0…100. */
  readonly at: number
  readonly sum: string
  /** Examples that the sum names. */
  readonly named: Float32Array | null
}

interface AcrossSpaceProps {
  readonly model: BrowserModel
  readonly cloud: StoredCodes
  readonly size: number
  readonly exampleShape: readonly number[]
  readonly isTrainedWithNoise: boolean
  readonly shared: AcrossShared
  readonly onFigures: (figures: AcrossFigures | null) => void
}

/** Shows what one model makes of what goes through all, in its own latent space. */
export function AcrossSpace({ model, cloud, size, exampleShape, isTrainedWithNoise, shared, onFigures }: AcrossSpaceProps) {
  const { show, drawing, tests, stopCount, way, at } = shared
  const values = exampleShape.reduce((product, length) => product * length, 1)
  const state = useDrawState(drawing)
  const isImage = exampleShape.length > 1
  const { examined, filled, error } = useExamined({ store: drawing, model, usual: isImage ? shared.usual : null })
  const errors = useTestErrors(model, { originals: tests, size: values })
  const usualDistance = useUsualDistance(cloud.codes, size).answer
  const path = useAcrossPath(show === 'path' ? model : null, { stops: shared.stops, count: stopCount, way })
  const sum = useAcrossSum(show === 'arithmetic' ? model : null, {
    text: shared.sum,
    cloud,
    examples: shared.named,
    code: examined?.code ?? null,
  })
  const along = show === 'path' ? path.answer : null
  const placed = useMemo(() => {
    if (!along) return null
    const row = Math.round((at / LAST_PLACE) * (along.places.length / size - 1))
    return along.places.slice(row * size, (row + 1) * size)
  }, [along, at, size])
  const decoded = useDecoded(placed && model, placed, 1)
  const code = show === 'path' ? placed : show === 'arithmetic' ? (sum.answer?.code ?? null) : (examined?.code ?? null)

  const figures = useMemo((): AcrossFigures | null => {
    const distance = code && usualDistance ? distanceToNearest(code, cloud.codes) / usualDistance : null
    const none = { error: null, share: null, noisy: null, filled: null, distance }
    if (show === 'arithmetic') return code && none
    if (show === 'path') return along && { ...none, error: along.error }
    if (!examined) return null
    return {
      error: examined.error,
      share: errors.answer ? shareBelow(examined.error, errors.answer) : null,
      noisy: examined.noisy?.after ?? null,
      filled: filled?.error ?? null,
      distance,
    }
  }, [show, code, usualDistance, cloud, along, examined, filled, errors.answer])
  const tell = useEffectEvent(onFigures)
  useEffect(() => tell(figures), [figures])

  const problem = show === 'example' ? error : show === 'path' ? (path.error ?? decoded.error) : sum.error
  return (
    <div
      className={classes.space}
      data-ready={show === 'example' ? examined?.example === state.example || undefined : code !== null || undefined}
    >
      <div className={classes.map}>
        <AcrossMap
          cloud={cloud}
          size={size}
          code={code}
          path={along?.places ?? null}
          label={`Codes of test examples in this run’s own space of ${size === 1 ? '1 dimension' : `${size} dimensions`}, and the present code`}
        />
      </div>
      <div className={classes.shown}>
        {problem && (
          <p className={classes.problem} role="alert">
            {problem.message}
          </p>
        )}
        {show === 'example' && (
          <div className={classes.images}>
            <ExampleFigure
              values={examined?.reconstruction ?? null}
              exampleShape={exampleShape}
              label="Reconstruction"
              caption="reconstruction"
            />
            {examined?.noisy && (
              <>
                <ExampleFigure values={examined.noisy.values} exampleShape={exampleShape} label="With noise" caption="with noise" />
                <ExampleFigure
                  values={examined.noisy.reconstruction}
                  exampleShape={exampleShape}
                  label={isTrainedWithNoise ? 'Denoised' : 'Reconstruction of what has noise on it'}
                  caption={isTrainedWithNoise ? 'denoised' : 'reconstruction'}
                />
              </>
            )}
            {filled && <ExampleFigure values={filled.values} exampleShape={exampleShape} label="Filled in" caption="filled in" />}
          </div>
        )}
        {show === 'path' && along && (
          <>
            {isImage && (
              <DecodedStrip
                values={along.decoded}
                count={along.count}
                exampleShape={exampleShape}
                label={`${along.count} images on the path through ${stopCount} examples`}
              />
            )}
            <ExampleFigure
              values={decoded.answer}
              exampleShape={exampleShape}
              label="Decoded place on the path"
              caption="at the chosen place"
            />
          </>
        )}
        {show === 'arithmetic' && sum.answer && (
          <ExampleFigure values={sum.answer.decoded} exampleShape={exampleShape} label="Decoded result" caption="decoded result" />
        )}
      </div>
    </div>
  )
}
