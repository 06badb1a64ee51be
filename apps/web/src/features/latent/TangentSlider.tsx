'use client'
import { useEffect, useMemo, useRef } from 'react'
import { SignedImage } from '../../entities/analysis/SignedImage'
import type { BrowserModel } from '../../entities/model/openLatentModel'
import { formatCode } from '../../ui/formatQuantity'
import type { ExplorerStore } from './explorerStore'
import classes from './TangentSlider.module.css'
import { type TangentsAt, useTangentWalk } from './useTangents'

interface TangentSliderProps {
  readonly store: ExplorerStore
  readonly model: BrowserModel | null
  readonly tangents: TangentsAt
  readonly index: number
  /** Codes of test examples, `[n, size]`. */
  readonly codes: Float32Array
  readonly exampleShape: readonly number[]
  /** Told of each code that the slider sets. */
  readonly onMove: (code: Float32Array) => void
}

/** Shows a tangent as an image, and moves the code along the decoder’s surface in its direction. */
export function TangentSlider({ store, model, tangents, index, codes, exampleShape, onMove }: TangentSliderProps) {
  const input = useRef<HTMLInputElement>(null)
  const { found } = tangents
  const { answer, error, retry } = useTangentWalk(model, { tangents, index, codes })
  const walk = answer?.of === tangents ? answer : null
  const values = found.images.length / found.count
  const image = useMemo(() => found.images.subarray(index * values, (index + 1) * values), [found, index, values])
  const sides = useMemo(() => [exampleShape[0] ?? 1, exampleShape[1] ?? 1] as const, [exampleShape])
  const stretch = found.stretches[index] ?? 0
  const name = `Tangent ${index + 1}`
  const size = tangents.code.length
  useEffect(() => {
    const node = input.current
    node?.addEventListener('change', store.code.settle)
    return () => node?.removeEventListener('change', store.code.settle)
  }, [store])
  // A walk from another code begins anew in its middle.
  useEffect(() => {
    if (input.current && walk) input.current.value = String(walk.start)
  }, [walk])
  return (
    <li className={classes.root}>
      {exampleShape.length > 1 ? (
        <SignedImage className={classes.image ?? ''} sides={sides} values={image} />
      ) : (
        <span className={classes.point}>({Array.from(image, formatCode).join(', ')})</span>
      )}
      <div className={classes.body}>
        <span className={classes.text}>
          {name}: moves the example by {formatCode(stretch)} for a step of 1
        </span>
        <input
          ref={input}
          type="range"
          className={classes.range}
          aria-label={name}
          disabled={!walk}
          min={0}
          max={walk ? walk.codes.length / size - 1 : 2}
          step={1}
          defaultValue={1}
          onInput={({ currentTarget, timeStamp }) => {
            if (!walk) return
            const at = currentTarget.valueAsNumber
            const code = walk.codes.slice(at * size, (at + 1) * size)
            onMove(code)
            store.code.replace(code, timeStamp)
          }}
        />
        {error && (
          <span className={classes.problem} role="alert">
            It could not be walked along: {error.message}{' '}
            <button type="button" className={classes.link} onClick={retry}>
              Try again
            </button>
          </span>
        )}
      </div>
    </li>
  )
}
