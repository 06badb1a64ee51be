'use client'
import { Button, Skeleton } from '@mantine/core'
import { parseAsInteger, useQueryState } from 'nuqs'
import { useMemo, useState } from 'react'
import { imageFile, tensorsFile } from '../../files/fileSources'
import { sizeOfStrip } from '../../files/Strip'
import { sliceStrip } from '../../files/sliceStrip'
import { useFile, useFiles } from '../../files/useFiles'
import { ExampleImage } from '../../ui/ExampleImage'
import { formatNumber } from '../../ui/formatQuantity'
import { Unread } from '../../ui/Unread'
import type { AnalysedRun } from './AnalysisFigure'
import { ExampleEpochs } from './ExampleEpochs'
import { errorsFile, stripsOf } from './errorsFile'
import classes from './RankedImages.module.css'
import { type RankedExample, rankedExamples } from './rankedExamples'

interface RankedImagesProps extends AnalysedRun {
  /** Images that are kept of each end. */
  readonly shown: number
}

/** Of each end. */
const SHOWN_AT_FIRST = 20

interface End {
  readonly title: string
  readonly examples: readonly RankedExample[]
  readonly strips: readonly HTMLImageElement[]
}

/** Shows the test images with the least and the greatest errors, each above its reconstruction; the one that is pressed, through the epochs. */
export function RankedImages({ run, analysis, shown }: RankedImagesProps) {
  const [picked, pick] = useQueryState('example', parseAsInteger)
  const url = errorsFile(analysis)
  const table = useFile(url ? tensorsFile(url) : null)
  const images = useFiles([...stripsOf(analysis, 'best'), ...stripsOf(analysis, 'worst')].map(imageFile))
  const errors = table.shown?.values?.values
  const ranking = useMemo(() => (errors instanceof Float32Array ? rankedExamples(errors) : null), [errors])
  if (table.error || images.error) {
    return (
      <Unread
        what="The images"
        onRetry={() => {
          table.retry()
          images.retry()
        }}
      />
    )
  }
  if (!ranking || !images.shown) return <Skeleton height={220} />
  const ends: readonly End[] = [
    { title: 'Best', examples: ranking.slice(0, shown), strips: images.shown.slice(0, 2) },
    { title: 'Worst', examples: ranking.slice(-shown).reverse(), strips: images.shown.slice(2, 4) },
  ]
  const found = ends
    .map(({ examples, strips }) => ({ strip: strips[0], index: examples.findIndex(({ place }) => place === picked), examples }))
    .find(({ index }) => index >= 0)
  const example = found?.examples[found.index]
  return (
    <div className={classes.root}>
      {found?.strip && example && (
        <ExampleEpochs
          key={example.place}
          run={run}
          example={example}
          examples={ranking.length}
          strip={found.strip}
          index={found.index}
          count={shown}
          onClose={() => void pick(null)}
        />
      )}
      {ends.map((end) => (
        <RankedEnd key={end.title} end={end} picked={picked} onPick={(place) => void pick(place === picked ? null : place)} />
      ))}
    </div>
  )
}

interface RankedEndProps {
  readonly end: End
  readonly picked: number | null
  readonly onPick: (place: number) => void
}

function RankedEnd({ end: { title, examples, strips }, picked, onPick }: RankedEndProps) {
  const [originals, reconstructions] = strips
  const [all, setAll] = useState(false)
  const isPicked = examples.some(({ place }, index) => place === picked && index >= SHOWN_AT_FIRST)
  const listed = all || isPicked ? examples : examples.slice(0, SHOWN_AT_FIRST)
  const slices = useMemo(
    () => (originals ? sliceStrip({ ...sizeOfStrip(originals), count: examples.length }) : []),
    [originals, examples.length],
  )
  if (!originals || !reconstructions) return null
  return (
    <div>
      <h3 className={classes.title}>{title}</h3>
      <ul className={classes.images} data-testid={`${title.toLowerCase()}-images`}>
        {listed.map(({ place, label, error }, index) => {
          const slice = slices[index]
          const shown = Number.isFinite(error) ? formatNumber(error, 2) : '–'
          return slice ? (
            <li key={place}>
              <button
                type="button"
                className={classes.pair}
                aria-pressed={place === picked}
                aria-label={`Test image ${place} of class ${label}, error ${shown}: through the epochs`}
                onClick={() => onPick(place)}
              >
                <ExampleImage className={classes.image ?? ''} strip={originals} slice={slice} />
                <ExampleImage className={classes.image ?? ''} strip={reconstructions} slice={slice} />
                <span className={classes.error}>{shown}</span>
              </button>
            </li>
          ) : null
        })}
      </ul>
      {listed.length < examples.length && (
        <Button variant="subtle" size="compact-xs" onClick={() => setAll(true)}>
          Show all {examples.length}
        </Button>
      )}
    </div>
  )
}
