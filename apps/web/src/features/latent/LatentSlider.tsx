'use client'
import type { DimensionSpread } from '@hourglass/autoencoders/latent'
import { memo, useEffect, useRef } from 'react'
import { formatCode } from '../../ui/formatQuantity'
import type { CodeStore } from './codeStore'
import classes from './LatentSlider.module.css'
import { sliderRange } from './sliderRange'

const STEPS = 400

export type SliderKind = 'unit' | 'direction' | 'named'

const names = {
  unit: { symbol: 'z', title: 'Dimension', testId: 'latent-slider', what: '' },
  direction: { symbol: 'p', title: 'Direction', testId: 'direction-slider', what: ', in standard deviations' },
  named: { symbol: '', title: 'Direction', testId: 'named-slider', what: ', in standard deviations' },
} as const satisfies Record<SliderKind, { symbol: string; title: string; testId: string; what: string }>

interface LatentSliderProps {
  readonly store: CodeStore
  readonly dimension: DimensionSpread
  readonly kind: SliderKind
  /** Least and greatest value that it reaches. */
  readonly from: number
  readonly to: number
  /** What it is called, where that is not its number. */
  readonly name?: string | undefined
  /** What there is to know of it, after its name. */
  readonly note?: string | undefined
}

/**
 * Moves one dimension of the code, by hand or by number. The track shows the mean over the test data and one standard deviation around it.
 * Both inputs follow the store on their own, so that a drag never waits for React.
 */
export const LatentSlider = memo(function LatentSlider({ store, dimension, kind, from, to, name, note }: LatentSliderProps) {
  const { symbol, title, testId, what } = names[kind]
  const range = useRef<HTMLInputElement>(null)
  const number = useRef<HTMLInputElement>(null)
  const { index, mean, standardDeviation } = dimension
  const { minimum, maximum } = sliderRange({ minimum: from, maximum: to })
  const called = name ?? `${title} ${index + 1}`
  const step = (maximum - minimum) / STEPS
  const share = (value: number) => Math.min(1, Math.max(0, (value - minimum) / (maximum - minimum)))

  useEffect(() => {
    const show = () => {
      const value = store.values[index] ?? 0
      const text = formatCode(value)
      if (range.current && range.current !== document.activeElement) range.current.value = String(value)
      else if (range.current && Math.abs(Number(range.current.value) - value) > step) range.current.value = String(value)
      range.current?.setAttribute('aria-valuetext', text)
      if (number.current && number.current !== document.activeElement) number.current.value = text
    }
    show()
    return store.subscribe((change) => {
      if (change.index === null || change.index === index) show()
    })
  }, [store, index, step])

  useEffect(() => {
    const inputs = [range.current, number.current]
    for (const input of inputs) input?.addEventListener('change', store.settle)
    return () => {
      for (const input of inputs) input?.removeEventListener('change', store.settle)
    }
  }, [store])

  return (
    <div
      className={classes.root}
      data-kind={kind}
      style={
        {
          '--mean': share(mean),
          '--low': share(mean - standardDeviation),
          '--high': share(mean + standardDeviation),
        } as React.CSSProperties
      }
      title={`${note ? `${called}: ${note}. ` : ''}Over the ${kind === 'direction' ? 'training' : 'test'} data${what}: ${formatCode(dimension.minimum)} to ${formatCode(dimension.maximum)}, mean ${formatCode(mean)}, standard deviation ${formatCode(standardDeviation)}`}
    >
      <span className={classes.name} aria-hidden>
        {name ?? (
          <>
            {symbol}
            <sub>{index + 1}</sub>
          </>
        )}
        {note && <span className={classes.note}>{note}</span>}
      </span>
      <span className={classes.track}>
        <input
          ref={range}
          type="range"
          className={classes.range}
          min={minimum}
          max={maximum}
          step={step}
          defaultValue={store.values[index]}
          aria-label={note ? `${called}, ${note}` : called}
          data-testid={`${testId}-${index}`}
          onInput={(event) => store.set(index, event.currentTarget.valueAsNumber, event.timeStamp)}
        />
      </span>
      <input
        ref={number}
        type="number"
        className={classes.number}
        step={Number(step.toPrecision(1))}
        defaultValue={formatCode(store.values[index] ?? 0)}
        aria-label={`${called}, exact value`}
        onInput={(event) => store.set(index, event.currentTarget.valueAsNumber, event.timeStamp)}
        onBlur={(event) => {
          event.currentTarget.value = formatCode(store.values[index] ?? 0)
        }}
      />
    </div>
  )
})
