'use client'
import { useMemo } from 'react'
import { scoredOn } from '../../entities/metric/scoredOn'
import { EpochScrubber } from '../../entities/run/EpochScrubber'
import { neighbouringEpochs } from '../../entities/run/epochCursor'
import type { RunSections } from '../../entities/run/RunSections'
import { runStatuses } from '../../entities/run/runStatus'
import { useEpochCursor } from '../../entities/run/useEpochCursor'
import { useReconstructions } from '../../entities/run/useReconstructions'
import type { Run } from '../../entities/run/useRun'
import { useExamples } from '../../files/useExamples'
import { formatLoss } from '../../ui/formatQuantity'
import { PreloadCodes } from './PreloadCodes'
import classes from './RunOverview.module.css'
import type { RunViewState } from './runView'

interface RunLatentProps {
  readonly run: Run
  readonly view: RunViewState
  readonly onView: (changes: Partial<RunViewState>) => void
  readonly Explorer: RunSections['LatentExplorer']
}

/** Gives a run's latent space the whole page: at one of the epochs whose models are kept, which can be played. */
export function RunLatent({ run, view, onView, Explorer }: RunLatentProps) {
  const { active } = runStatuses[run.status]
  const scored = scoredOn(run.config)
  const epochs = useMemo(() => run.checkpoints.map(({ epoch }) => epoch), [run.checkpoints])
  const losses = useMemo(() => new Map(run.metrics.map(({ epoch, validationLoss }) => [epoch, validationLoss])), [run.metrics])
  const cursor = useEpochCursor({ pinned: view.epoch, onPin: (epoch) => onView({ epoch }), epochs, live: active, rest: run.finalEpoch })
  const { epoch } = cursor
  const { reconstructions } = useReconstructions(run.id, epoch)
  const { images, points } = useExamples(reconstructions ?? null)

  if (epoch === null) {
    return (
      <p className={classes.waiting}>
        {active
          ? 'The latent space appears with the first finished epoch.'
          : 'No model of this run is kept, so there is no latent space to move through. Resume the run, or train it again.'}
      </p>
    )
  }
  const scrubber = (
    <EpochScrubber
      epochs={epochs}
      models={epochs}
      shown={epoch}
      last={active ? run.config.training.epochs : (epochs.at(-1) ?? epoch)}
      following={cursor.following}
      live={active}
      playing={cursor.playing}
      describe={(at) => `${scored} loss ${formatLoss(losses.get(at))}${at === run.summary.bestEpoch ? ', the best' : ''}`}
      onPick={cursor.pick}
      onFollow={cursor.follow}
      onTogglePlay={cursor.togglePlay}
    />
  )
  return (
    <>
      <div className={classes.scrubber}>{scrubber}</div>
      <Explorer
        run={run}
        epoch={epoch}
        examples={run.dataset.exampleShape.length === 1 ? (points?.originals ?? null) : images}
        isMoving={cursor.playing || (active && cursor.following)}
        view={view}
        onView={onView}
        scrubber={scrubber}
        onEpoch={cursor.pick}
      />
      {!cursor.following &&
        neighbouringEpochs(epoch, epochs).map((neighbour) => <PreloadCodes key={neighbour} id={run.id} epoch={neighbour} />)}
    </>
  )
}
