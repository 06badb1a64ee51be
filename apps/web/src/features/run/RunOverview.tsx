'use client'
import { isNone, latentDimensionOf, objectiveTitle, stepsPerEpoch } from '@hourglass/autoencoders'
import { Button, Skeleton } from '@mantine/core'
import { IconAdjustmentsHorizontal } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { lossWord, scoredLoss, scoredOn } from '../../entities/metric/scoredOn'
import { EpochScrubber } from '../../entities/run/EpochScrubber'
import { nearestEpoch, neighbouringEpochs } from '../../entities/run/epochCursor'
import { PointReconstructionFigure } from '../../entities/run/PointReconstructionFigure'
import type { RunSections } from '../../entities/run/RunSections'
import { curvesTable, imagesTable, pointsTable, runSource } from '../../entities/run/runFigures'
import { runStatuses } from '../../entities/run/runStatus'
import { useEpochCursor } from '../../entities/run/useEpochCursor'
import { useReconstructions } from '../../entities/run/useReconstructions'
import type { Run } from '../../entities/run/useRun'
import { useExamples } from '../../files/useExamples'
import { FigureSection } from '../../ui/FigureSection'
import type { FigureTable } from '../../ui/FigureSource'
import { formatLoss } from '../../ui/formatQuantity'
import { Guarded } from '../../ui/Guarded'
import { PageSection } from '../../ui/PageSection'
import { Unread } from '../../ui/Unread'
import { useFigureNote, useWantedFigure } from '../../ui/WantedFigure'
import { describeRest } from './describeRest'
import { EpochFigures } from './EpochFigures'
import { NearestModel } from './NearestModel'
import { PreloadEpoch } from './PreloadEpoch'
import { ReconstructionFigure } from './ReconstructionFigure'
import { RunCurves } from './RunCurves'
import classes from './RunOverview.module.css'
import type { RunViewState } from './runView'

interface RunOverviewProps {
  readonly run: Run
  readonly colour: string
  readonly view: RunViewState
  readonly onView: (changes: Partial<RunViewState>) => void
  readonly sections: RunSections
  /** Has the run measured on test data. */
  readonly onAnalyze: () => void
}

const nothing: FigureTable = { columns: [], rows: [] }
/** Figures that are drawn here: where one of these is wanted alone, neither analysis nor model is asked for. */
const own: readonly string[] = ['losses', 'reconstructions']

/** Shows what a run has learned at one epoch: losses, the chapter's figure, what the model does. One scrubber moves them all. */
export function RunOverview({ run, colour, view, onView, sections: { Analysis, LatentFigures }, onAnalyze }: RunOverviewProps) {
  const { active } = runStatuses[run.status]
  const scored = scoredOn(run.config)
  const lossTitle = scoredLoss([run.config]).toLowerCase()
  const { bestEpoch } = run.summary
  const codeSize = latentDimensionOf(run.config.architecture, run.dataset.exampleShape)
  const isCorrupted = !isNone(run.config.corruption)
  const isPoints = run.dataset.exampleShape.length === 1
  const unit = isPoints ? 'points' : 'images'

  const epochs = useMemo(() => run.metrics.map(({ epoch }) => epoch), [run.metrics])
  const models = useMemo(() => run.checkpoints.map(({ epoch }) => epoch), [run.checkpoints])
  const byEpoch = useMemo(() => new Map(run.metrics.map((metrics) => [metrics.epoch, metrics])), [run.metrics])
  const cursor = useEpochCursor({ pinned: view.epoch, onPin: (epoch) => onView({ epoch }), epochs, live: active, rest: run.finalEpoch })
  const { epoch } = cursor
  const [asked, setAsked] = useState(epoch)
  const { reconstructions, failed, retry } = useReconstructions(run.id, asked)
  const examples = useExamples(reconstructions ?? null)
  const { images, points } = examples
  const shownExamples = isPoints ? points : images
  // Epochs may end faster than their images load: the next ones are asked for when the last ones are there.
  const settled = asked === null || failed || examples.error !== null || shownExamples?.epoch === asked
  if (settled && asked !== epoch) setAsked(epoch)

  const noEpoch = active
    ? 'Losses, reconstructions and the latent space appear with the first finished epoch.'
    : 'No epoch was finished, so there is nothing to draw.'
  const wanted = useWantedFigure()
  const isOwn = wanted !== null && own.includes(wanted.what)
  useFigureNote(epoch === null ? noEpoch : null)

  if (epoch === null) {
    return <p className={classes.waiting}>{noEpoch}</p>
  }
  const metrics = byEpoch.get(epoch) ?? null
  // Images are what is waited for: the model and the codes of an epoch, a hundred times their size, are loaded behind them.
  const modelEpoch = nearestEpoch(settled ? epoch : (shownExamples?.epoch ?? epoch), models)
  const psnr = metrics?.peakSignalToNoiseRatio
  const accuracy = metrics
    ? ` · ${scored} MSE ${formatLoss(metrics.validationMeanSquaredError)}${psnr == null ? '' : `, PSNR ${psnr.toFixed(2)} dB`}`
    : ''
  return (
    <>
      <div className={classes.scrubber}>
        <EpochScrubber
          epochs={epochs}
          models={models}
          shown={epoch}
          last={active ? run.config.training.epochs : (epochs.at(-1) ?? epoch)}
          following={cursor.following}
          live={active}
          playing={cursor.playing}
          describe={(at) => `${lossTitle} ${formatLoss(byEpoch.get(at)?.validationLoss)}${at === bestEpoch ? ', the best' : ''}`}
          onPick={cursor.pick}
          onFollow={cursor.follow}
          onTogglePlay={cursor.togglePlay}
        />
      </div>
      <Guarded what="The curves" shown={epoch}>
        <RunCurves
          metrics={run.metrics}
          objective={objectiveTitle(run.config)}
          word={lossWord([run.config])}
          rest={describeRest(run.config, run.metrics, active)}
          metric={view.metric}
          view={view}
          stepsPerEpoch={stepsPerEpoch(run.config, run.config.data.trainCount ?? run.dataset.trainCount)}
          colour={colour}
          scored={scored}
          baseline={run.pcaBaseline}
          isCorrupted={isCorrupted}
          epoch={epoch}
          source={runSource(run, 'Losses')}
          table={() => curvesTable(run)}
          aside={
            <EpochFigures
              epoch={epoch}
              metrics={metrics}
              config={run.config}
              baseline={run.pcaBaseline}
              isCorrupted={isCorrupted}
              codeSize={codeSize}
              unit={unit}
            />
          }
          onMetric={(metric) => onView({ metric })}
          onView={onView}
          onPick={cursor.pick}
        />
      </Guarded>
      <FigureSection
        id="run-figure"
        title="Reconstructions"
        note={
          isPoints
            ? `Test points and where the autoencoder puts them, epoch ${epoch}`
            : `${reconstructions?.corruptedUrl ? 'Test images above, what the encoder sees of them, and what comes out below' : 'Test images above, what the autoencoder makes of them below'}, epoch ${epoch}${accuracy}`
        }
        source={runSource(run, `Reconstructions after epoch ${shownExamples?.epoch ?? epoch}`)}
        table={shownExamples && (() => (images ? imagesTable(images, run.dataset.exampleShape) : points ? pointsTable(points) : nothing))}
        state={
          <>
            {failed && <Unread what="The reconstructions" onRetry={retry} />}
            {!failed && !shownExamples && examples.error === null && <Skeleton height={150} />}
            {examples.error !== null && <p className={classes.problem}>The reconstructions could not be drawn: {examples.error.message}</p>}
          </>
        }
      >
        {images && <ReconstructionFigure strips={images} pending={images.epoch !== epoch} />}
        {points && <PointReconstructionFigure {...points} />}
      </FigureSection>
      {!isOwn && (
        <Guarded what="The analysis" shown={run.status}>
          <Analysis run={run} onAnalyze={onAnalyze} />
        </Guarded>
      )}
      {modelEpoch !== epoch && <NearestModel epoch={epoch} models={models} onPick={cursor.pick} />}
      {modelEpoch !== null && !isOwn && (
        <>
          <Guarded what="What the model does" shown={modelEpoch}>
            <LatentFigures
              run={run}
              epoch={modelEpoch}
              examples={isPoints ? (points?.originals ?? null) : images}
              draw={view.draw}
              onDraw={(draw) => onView({ draw })}
            />
          </Guarded>
          <PageSection id="run-latent" title="Latent space" note={codeSize === 1 ? '1 dimension' : `${codeSize} dimensions`}>
            <Button
              variant="default"
              size="xs"
              leftSection={<IconAdjustmentsHorizontal size={14} />}
              onClick={() => onView({ tab: 'latent' })}
            >
              Explore the latent space
            </Button>
          </PageSection>
        </>
      )}
      {!cursor.following &&
        neighbouringEpochs(epoch, epochs).map((neighbour) => <PreloadEpoch key={neighbour} id={run.id} epoch={neighbour} />)}
    </>
  )
}
