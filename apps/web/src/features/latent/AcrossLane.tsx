'use client'
import { describeRun, isNone, latentDimensionOf } from '@hourglass/autoencoders'
import { readCodes } from '@hourglass/autoencoders/latent'
import { NativeSelect, Skeleton } from '@mantine/core'
import Link from 'next/link'
import { useMemo } from 'react'
import { useLatentModel } from '../../entities/model/useLatentModel'
import { useCodes } from '../../entities/run/useCodes'
import { useRun } from '../../entities/run/useRun'
import { tensorsFile } from '../../files/fileSources'
import { useFile } from '../../files/useFiles'
import { useKept } from '../../files/useKept'
import { Unread } from '../../ui/Unread'
import type { AcrossFigures } from './AcrossErrors'
import classes from './AcrossPage.module.css'
import { type AcrossShared, AcrossSpace } from './AcrossSpace'

interface AcrossLaneProps {
  readonly id: string
  /** The epoch that is wanted; 0 for the final one. */
  readonly epoch: number
  readonly onEpoch: (epoch: number) => void
  readonly shared: AcrossShared
  readonly onFigures: (figures: AcrossFigures | null) => void
}

/** Opens the model and the codes of one run, and has what goes through all of them go through it; says what is missing. */
export function AcrossLane({ id, epoch, onEpoch, shared, onFigures }: AcrossLaneProps) {
  const { run, error: failure } = useRun(id)
  const kept = run?.checkpoints.map((checkpoint) => checkpoint.epoch) ?? []
  const usual = run && kept.includes(run.finalEpoch ?? -1) ? run.finalEpoch : kept.at(-1)
  const shown = kept.includes(epoch) ? epoch : (usual ?? null)
  const { codes, failed, retry } = useCodes(id, shown)
  const stored = useFile(codes && codes.epoch === shown ? tensorsFile(codes.url) : null)
  const arrived = useMemo(() => readCodes(stored.arrived), [stored.arrived])
  const cloud = useKept(arrived)
  const checkpoint = run?.checkpoints.find((one) => one.epoch === shown)
  const exampleShape = run?.dataset.exampleShape ?? []
  const {
    model,
    error,
    retry: reopen,
  } = useLatentModel(run && checkpoint ? { architecture: run.config.architecture, exampleShape, url: checkpoint.url } : null)
  const name = run ? `${run.number} ${run.name}` : 'Run'
  return (
    <section className={classes.lane} aria-label={name} data-testid="across-lane">
      <div className={classes.head}>
        <h2 className={classes.name}>{run ? <Link href={`/runs/${id}?tab=latent`}>{name}</Link> : <Skeleton height={16} width={160} />}</h2>
        {run && <span className={classes.note}>{describeRun(run)}</span>}
        {kept.length > 1 && (
          <NativeSelect
            size="xs"
            aria-label={`Epoch of ${name}`}
            value={shown ?? ''}
            onChange={({ currentTarget }) => onEpoch(Number(currentTarget.value))}
            data={kept.map((value) => ({ value: String(value), label: `epoch ${value}` }))}
          />
        )}
      </div>
      {failure ? (
        <p className={classes.problem} role="alert">
          The run could not be read: {failure.message}
        </p>
      ) : run && shown === null ? (
        <p className={classes.problem} role="alert">
          No model of this run is kept: nothing can go through it. Resume the run, or train it again.
        </p>
      ) : error ? (
        <p className={classes.problem} role="alert">
          The model could not be opened: {error.message}{' '}
          <button type="button" className={classes.link} onClick={reopen}>
            Try again
          </button>
        </p>
      ) : failed || stored.error ? (
        <Unread what="The codes" onRetry={failed ? retry : stored.retry} />
      ) : run && model && cloud ? (
        <AcrossSpace
          model={model}
          cloud={cloud}
          size={latentDimensionOf(run.config.architecture, exampleShape)}
          exampleShape={exampleShape}
          isTrainedWithNoise={!isNone(run.config.corruption)}
          shared={shared}
          onFigures={onFigures}
        />
      ) : (
        <Skeleton height={180} />
      )}
    </section>
  )
}
