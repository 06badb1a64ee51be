import { measurementTerm } from '@hourglass/autoencoders'
import { Progress } from '@mantine/core'
import type { ReactNode } from 'react'
import type { ProgressStage } from '../../data/generated/graphql'
import { runFraction } from '../../entities/run/runFraction'
import type { RunStatus } from '../../entities/run/runStatus'
import { formatCount, formatCounted, formatDuration, formatEstimate } from '../../ui/formatQuantity'
import { TermTitle } from '../../ui/TermTitle'
import classes from './RunProgress.module.css'

interface RunProgressProps {
  readonly status: RunStatus
  readonly colour: string
  readonly epochs: number
  readonly epochsCompleted: number
  readonly live: {
    readonly stage: ProgressStage
    readonly epoch: number
    readonly step: number
    readonly stepsPerEpoch: number
    readonly imagesPerSecond: number
    readonly secondsLeft: number
    readonly waitingFor: { readonly message: string } | null
  } | null
  /** How busy the lab is, this run included. */
  readonly lab: { readonly running: number; readonly queued: number } | null
  readonly seconds: number | null
  readonly imagesPerSecond: number | null
  /** What one example is called, `images` or `points`. */
  readonly unit: string
  readonly facts: readonly string[]
}

/** Shows how far a run is while it trains; afterwards, quietly, what it took. */
export function RunProgress(props: RunProgressProps) {
  const { status, colour, epochs, epochsCompleted, live, lab, seconds, imagesPerSecond, unit, facts } = props
  if (status === 'QUEUED') {
    return <Line>{live?.waitingFor ? live.waitingFor.message : waitingText(lab)}</Line>
  }
  if (status === 'RUNNING') {
    const done = runFraction({ progress: live, summary: { epochs, epochsCompleted } })
    return (
      <div className={classes.root}>
        <Progress.Root size={6} radius={3}>
          <Progress.Section
            value={done * 100}
            color={colour}
            striped={live?.stage === 'MEASURING'}
            animated={live?.stage === 'MEASURING'}
            aria-label={live?.stage === 'PRETRAINING' ? 'Pretraining progress' : 'Training progress'}
          />
        </Progress.Root>
        {live?.waitingFor && (
          <p className={classes.line} role="status">
            {live.waitingFor.message} Training pauses until then; nothing is lost.
          </p>
        )}
        {live?.stage === 'MEASURING' ? (
          <p className={classes.line}>
            {epochs === 1 ? 'The one epoch is' : `All ${formatCounted(epochs, 'epoch')} are`} finished. Measuring the run on test data,
            beside PCA and other baselines{measuredPart(live)}…
          </p>
        ) : live && live.stage !== 'STARTING' ? (
          <div className={classes.live}>
            <dl className={classes.figures}>
              {live.stage === 'PRETRAINING' ? (
                <Figure label="Pretraining" term="stacked" value="layer by layer" />
              ) : (
                <Figure label="Epoch" term="epoch" value={`${live.epoch} / ${epochs}`} />
              )}
              <Figure label="Step" term="step" value={`${formatCount(live.step)} / ${formatCount(live.stepsPerEpoch)}`} />
              <Figure label="Speed" term={measurementTerm('imagesPerSecond')} value={`${formatCount(live.imagesPerSecond)} ${unit}/s`} />
              <Figure label="Left" value={`about ${formatEstimate(live.secondsLeft)}`} />
            </dl>
            <span className={classes.facts}>{facts.join(' · ')}</span>
          </div>
        ) : (
          <p className={classes.line}>
            {epochsCompleted === 0 ? 'Starting: loading the data and compiling the training step…' : `Epoch ${epochsCompleted} finished`}
          </p>
        )}
      </div>
    )
  }
  const took = seconds === null ? [] : [`in ${formatDuration(seconds)}`]
  const speed = imagesPerSecond === null ? [] : [`${formatCount(imagesPerSecond)} ${unit}/s`]
  const ended =
    epochsCompleted === epochs ? formatCounted(epochs, 'epoch') : `${formatCount(epochsCompleted)} of ${formatCounted(epochs, 'epoch')}`
  return <Line>{[[ended, ...took].join(' '), ...speed, ...facts].join(' · ')}</Line>
}

/** Says which part of how many is measured, once that is known. */
function measuredPart({ step, stepsPerEpoch }: NonNullable<RunProgressProps['live']>): string {
  return stepsPerEpoch > 0 ? `: part ${Math.min(step + 1, stepsPerEpoch)} of ${stepsPerEpoch}` : ''
}

function waitingText(lab: RunProgressProps['lab']): string {
  const others = lab ? Math.max(0, lab.queued - 1) : 0
  const training = lab && lab.running > 0 ? [`${lab.running} ${lab.running === 1 ? 'run is' : 'runs are'} training`] : []
  const queued = others > 0 ? [`${others} more ${others === 1 ? 'is' : 'are'} queued`] : []
  const busy = [...training, ...queued]
  return busy.length === 0 ? 'Waiting for its turn.' : `Waiting for its turn: ${busy.join(', ')}.`
}

function Line({ children }: { readonly children: ReactNode }) {
  return <p className={classes.line}>{children}</p>
}

function Figure({ label, term, value }: { readonly label: string; readonly term?: string; readonly value: string }) {
  return (
    <div className={classes.figure}>
      <dt>
        <TermTitle title={label} term={term} />
      </dt>
      <dd>{value}</dd>
    </div>
  )
}
