'use client'
import { CloseButton, Skeleton } from '@mantine/core'
import { useLayoutEffect, useMemo, useRef } from 'react'
import { useLatentModel } from '../../entities/model/useLatentModel'
import { useReconstructed } from '../../entities/model/useReconstructed'
import type { Run } from '../../entities/run/useRun'
import { toPixels } from '../../files/paintExample'
import { readExample } from '../../files/readExample'
import { formatCount, formatLoss } from '../../ui/formatQuantity'
import classes from './ExampleEpochs.module.css'
import { chosenEpochs, type RankedExample } from './rankedExamples'

/** Models that are opened: each is loaded. */
const MOST_EPOCHS = 12

interface ExampleEpochsProps {
  readonly run: Run
  readonly example: RankedExample
  /** All that are ranked. */
  readonly examples: number
  /** The images of which it is one, side by side. */
  readonly strip: HTMLImageElement
  /** Its place among them. */
  readonly index: number
  readonly count: number
  readonly onClose: () => void
}

/** Shows one test image beside what the models of several epochs make of it. */
export function ExampleEpochs({ run, example: { place, label, error, rank }, examples, strip, index, count, onClose }: ExampleEpochsProps) {
  const epochs = useMemo(
    () =>
      chosenEpochs(
        run.checkpoints.map(({ epoch }) => epoch),
        MOST_EPOCHS,
      ),
    [run.checkpoints],
  )
  const { exampleShape } = run.dataset
  const values = useMemo(() => readExample(strip, { index, count, exampleShape }), [strip, index, count, exampleShape])
  const [height = 1, width = 1] = exampleShape
  const size = [height, width] as const
  return (
    <section className={classes.root} aria-label={`Test image ${place} through the epochs`} data-testid="example-epochs">
      <div className={classes.head}>
        <p>
          Test image {place}, class {label}: error {formatLoss(error)}, rank {rank} of {formatCount(examples)}
          {run.checkpoints.length > epochs.length ? `; ${epochs.length} of ${run.checkpoints.length} epochs that have a model` : ''}
        </p>
        <CloseButton size="sm" aria-label="Close" onClick={onClose} />
      </div>
      <ol className={classes.strip}>
        <li>
          <Pixels values={values} size={size} />
          <span>Original</span>
        </li>
        {epochs.map((epoch) => (
          <EpochImage key={epoch} run={run} epoch={epoch} values={values} size={size} />
        ))}
      </ol>
    </section>
  )
}

interface EpochImageProps {
  readonly run: Run
  readonly epoch: number
  readonly values: Float32Array
  readonly size: readonly [height: number, width: number]
}

function EpochImage({ run, epoch, values, size }: EpochImageProps) {
  const url = run.checkpoints.find((checkpoint) => checkpoint.epoch === epoch)?.url
  const { exampleShape } = run.dataset
  const { model, error: unread } = useLatentModel(url ? { architecture: run.config.architecture, exampleShape, url } : null)
  const { values: made, error } = useReconstructed(model, values, 1)
  const failed = unread ?? error
  return (
    <li data-epoch={epoch} data-ready={made !== null || undefined}>
      {made ? (
        <Pixels values={made} size={size} />
      ) : failed ? (
        <span className={classes.missing} title={failed.message}>
          ?
        </span>
      ) : (
        <Skeleton className={classes.pixels} />
      )}
      <span>Epoch {epoch}</span>
      <span className={classes.error}>{made ? formatLoss(errorOf(values, made)) : '\u00a0'}</span>
    </li>
  )
}

/** Mean squared error of an image that is shown: clipped to 0…1, as the ranking has it. */
function errorOf(original: Float32Array, made: Float32Array): number {
  const sum = original.reduce((total, value, index) => total + (value - Math.min(1, Math.max(0, made[index] ?? 0))) ** 2, 0)
  return sum / original.length
}

function Pixels({ values, size: [height, width] }: Pick<EpochImageProps, 'values' | 'size'>) {
  const canvas = useRef<HTMLCanvasElement>(null)
  useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d')
    if (!context) return
    const pixels = context.createImageData(width, height)
    toPixels(values, pixels.data)
    context.putImageData(pixels, 0, 0)
  }, [values, height, width])
  return <canvas ref={canvas} className={classes.pixels} width={width} height={height} aria-hidden />
}
