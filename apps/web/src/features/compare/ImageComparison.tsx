'use client'
import { Checkbox, SegmentedControl } from '@mantine/core'
import { useCallback, useMemo, useState } from 'react'
import { scoredOn } from '../../entities/metric/scoredOn'
import { EpochScrubber } from '../../entities/run/EpochScrubber'
import { runStatuses } from '../../entities/run/runStatus'
import type { ComparedRun } from '../../entities/run/useComparedRuns'
import { useEpochCursor } from '../../entities/run/useEpochCursor'
import { readExample } from '../../files/readExample'
import type { DecodedStrips } from '../../files/useExamples'
import { FigureSection } from '../../ui/FigureSection'
import type { FigureSource, FigureTable } from '../../ui/FigureSource'
import type { CompareView } from './compareView'
import classes from './ImageComparison.module.css'
import { orderByDifference } from './orderByDifference'
import { RunImages } from './RunImages'
import { configOf, type RunGroup } from './runGroups'

interface ImageComparisonProps {
  readonly groups: readonly RunGroup[]
  readonly view: Pick<CompareView, 'epoch' | 'best' | 'order'>
  readonly onView: (changes: Partial<CompareView>) => void
  readonly source: FigureSource
  readonly highlighted: string | null
  readonly onHighlight: (key: string | null) => void
}

/** Shows what each run makes of the same test images, after one epoch or after the best of each; those that runs make the most different things of come first. */
export function ImageComparison({ groups, view, onView, source, highlighted, onHighlight }: ImageComparisonProps) {
  const shown = useMemo(() => withSameImages(groups), [groups])
  const runs = shown.map(({ run }) => run)
  const epochs = useMemo(() => {
    const most = Math.max(0, ...runs.map(({ summary }) => summary.epochsCompleted))
    return Array.from({ length: most }, (_, index) => index + 1)
  }, [runs])
  const live = runs.some(({ status }) => runStatuses[status].active)
  const cursor = useEpochCursor({ pinned: view.epoch, onPin: (epoch) => onView({ epoch }), epochs, live, rest: null })
  const hasBest = runs.some(({ summary }) => summary.bestEpoch !== null)
  const isBest = view.best && hasBest
  const [strips, setStrips] = useState<ReadonlyMap<string, DecodedStrips>>(new Map())
  const keep = useCallback((id: string, images: DecodedStrips) => setStrips((before) => new Map(before).set(id, images)), [])
  const arrived = useMemo(() => runs.flatMap(({ id }) => strips.get(id) ?? []), [runs, strips])
  const [first] = arrived
  const exampleShape = runs[0]?.dataset.exampleShape ?? []
  const order = useMemo(
    () =>
      view.order === 'differing' && arrived.length > 1
        ? orderByDifference(arrived, exampleShape)
        : (first?.labels.map((_, index) => index) ?? []),
    [view.order, arrived, exampleShape, first],
  )
  if (shown.length === 0 || cursor.epoch === null) return null
  const left = groups.flatMap((group) => group.runs).length - shown.length
  const epochOf = ({ summary }: ComparedRun) =>
    isBest ? (summary.bestEpoch ?? summary.epochsCompleted) : Math.min(cursor.epoch ?? 1, summary.epochsCompleted)
  return (
    <FigureSection
      id="compare-images"
      title="The same test images"
      note={
        isBest
          ? 'Each run after its best epoch'
          : `After epoch ${cursor.epoch}, or the last of runs that have fewer${left > 0 ? `; ${left} without these images left out` : ''}`
      }
      what="images"
      source={source}
      table={arrived.length > 0 ? () => imagesTable(shown, strips, exampleShape) : null}
      controls={
        <>
          {hasBest && (
            <Checkbox
              size="xs"
              label="Best epoch of each"
              checked={isBest}
              onChange={(event) => onView({ best: event.currentTarget.checked })}
            />
          )}
          <SegmentedControl
            size="xs"
            aria-label="Order of the images"
            value={view.order}
            onChange={(next) => onView({ order: next === 'stored' ? 'stored' : 'differing' })}
            data={[
              { value: 'differing', label: 'Most different first' },
              { value: 'stored', label: 'As stored' },
            ]}
          />
        </>
      }
    >
      {!isBest && (
        <EpochScrubber
          epochs={epochs}
          models={[]}
          shown={cursor.epoch}
          last={live ? Math.max(...runs.map(({ summary }) => summary.epochs ?? summary.epochsCompleted)) : epochs.length}
          following={cursor.following}
          live={live}
          playing={cursor.playing}
          describe={() => `${runs.length} ${runs.length === 1 ? 'run' : 'runs'}`}
          onPick={cursor.pick}
          onFollow={cursor.follow}
          onTogglePlay={cursor.togglePlay}
        />
      )}
      <div className={classes.rows} data-testid="image-comparison">
        {first ? <RunImages.Row label="Original" labels={first.labels} strip={first.originals} order={order} isHead /> : null}
        {shown.map(({ run, group }) => (
          <RunImages
            key={run.id}
            run={run}
            label={group.runs.length === 1 ? group.label : `#${run.number} ${run.name}`}
            style={group.style}
            epoch={epochOf(run)}
            order={order}
            scored={scoredOn(configOf(run))}
            isHighlighted={highlighted === group.key}
            onPoint={(isOver) => onHighlight(isOver ? group.key : null)}
            onImages={keep}
          />
        ))}
      </div>
    </FigureSection>
  )
}

interface ShownRun {
  readonly run: ComparedRun
  readonly group: RunGroup
}

/** Lists the runs that see the same images as the first: of the same data, and with an epoch done. */
function withSameImages(groups: readonly RunGroup[]): readonly ShownRun[] {
  const all = groups.flatMap((group) => group.runs.map((run) => ({ run, group })))
  const ready = all.filter(({ run }) => run.dataset.exampleShape.length > 1 && run.summary.epochsCompleted > 0)
  const [first] = ready
  return ready.filter(({ run }) => run.dataset.id === first?.run.dataset.id)
}

function imagesTable(shown: readonly ShownRun[], strips: ReadonlyMap<string, DecodedStrips>, exampleShape: readonly number[]): FigureTable {
  const pixels = exampleShape.reduce((product, length) => product * length, 1)
  const rows = shown.flatMap(({ run }, place) => {
    const images = strips.get(run.id)
    if (!images) return []
    const { labels, originals, reconstructions, epoch } = images
    const kinds = [...(place === 0 ? [['original', originals] as const] : []), ['reconstruction', reconstructions] as const]
    return kinds.flatMap(([what, strip]) =>
      labels.map((label, index) => [
        what === 'original' ? null : run.number,
        what === 'original' ? null : run.name,
        what === 'original' ? null : epoch,
        index,
        label,
        what,
        ...Array.from(readExample(strip, { index, count: labels.length, exampleShape }), (value) => Number(value.toFixed(4))),
      ]),
    )
  })
  return {
    columns: ['run', 'name', 'epoch', 'example', 'label', 'what', ...Array.from({ length: pixels }, (_, index) => `pixel ${index}`)],
    rows,
  }
}
