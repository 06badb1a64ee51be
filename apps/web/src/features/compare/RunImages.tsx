'use client'
import { Skeleton } from '@mantine/core'
import { type ReactNode, useEffect, useMemo } from 'react'
import type { Scored } from '../../entities/metric/scoredOn'
import type { RunStyle } from '../../entities/run/runStyles'
import type { ComparedRun } from '../../entities/run/useComparedRuns'
import { useReconstructions } from '../../entities/run/useReconstructions'
import { type Strip, sizeOfStrip } from '../../files/Strip'
import { sliceStrip } from '../../files/sliceStrip'
import { type DecodedStrips, useExamples } from '../../files/useExamples'
import { ExampleImage } from '../../ui/ExampleImage'
import { formatLoss } from '../../ui/formatQuantity'
import { LineSwatch } from '../../ui/LineSwatch'
import { Unread } from '../../ui/Unread'
import classes from './ImageComparison.module.css'

interface RunImagesProps {
  readonly run: ComparedRun
  readonly label: string
  readonly style: RunStyle
  readonly epoch: number
  /** Places of the images in the order that they are shown in. */
  readonly order: readonly number[]
  readonly scored: Scored
  readonly isHighlighted: boolean
  readonly onPoint: (isOver: boolean) => void
  readonly onImages: (id: string, images: DecodedStrips) => void
}

/** Shows what one run makes of the test images after an epoch; those of the epoch before stay until they are there. */
export function RunImages({ run, label, style, epoch, order, scored, isHighlighted, onPoint, onImages }: RunImagesProps) {
  const { reconstructions, failed, retry } = useReconstructions(run.id, epoch)
  const { images, error, retry: retryImages } = useExamples(reconstructions)
  useEffect(() => {
    if (images) onImages(run.id, images)
  }, [run.id, images, onImages])
  const metric = run.metrics.find((each) => each.epoch === images?.epoch)
  return (
    <div
      className={classes.run}
      data-highlighted={isHighlighted || undefined}
      onPointerEnter={() => onPoint(true)}
      onPointerLeave={() => onPoint(false)}
    >
      {failed || error ? (
        <Unread what={`The images of ${label}`} onRetry={() => (failed ? retry() : retryImages())} />
      ) : images ? (
        <Row
          label={label}
          swatch={<LineSwatch {...style} />}
          detail={`epoch ${images.epoch}${metric ? `, ${scored} MSE ${formatLoss(metric.validationMeanSquaredError)}` : ''}`}
          labels={images.labels}
          strip={images.reconstructions}
          order={order}
        />
      ) : (
        <Skeleton height={44} />
      )}
    </div>
  )
}

interface RowProps {
  readonly label: string
  readonly swatch?: ReactNode
  readonly detail?: string
  readonly labels: readonly number[]
  readonly strip: Strip
  readonly order: readonly number[]
  /** Whether it stays in sight while others pass under it. */
  readonly isHead?: boolean
}

function Row({ label, swatch, detail, labels, strip, order, isHead }: RowProps) {
  const slices = useMemo(() => sliceStrip({ ...sizeOfStrip(strip), count: labels.length }), [strip, labels.length])
  return (
    <div className={classes.row} data-head={isHead}>
      <div className={classes.text}>
        <span className={classes.label}>
          {swatch}
          <span className={classes.name} title={label}>
            {label}
          </span>
        </span>
        {detail ? <span className={classes.detail}>{detail}</span> : null}
      </div>
      <div
        className={classes.images}
        style={{ '--count': order.length } as React.CSSProperties}
        role="img"
        aria-label={`${label}: test images of ${order.map((index) => labels[index]).join(', ')}`}
      >
        {order.map((index) => {
          const slice = slices[index]
          return slice ? <ExampleImage key={index} className={classes.image ?? ''} strip={strip} slice={slice} /> : null
        })}
      </div>
    </div>
  )
}

RunImages.Row = Row
