'use client'
import { settingTerm } from '@hourglass/autoencoders'
import { useLab } from '../../entities/lab/useLab'
import type { Run } from '../../entities/run/useRun'
import { PageSection } from '../../ui/PageSection'
import { TermLink } from '../../ui/TermLink'
import { describeBuild, sameBuild } from './describeBuild'
import classes from './OriginSection.module.css'
import { toEngineWords } from './optionWords'

interface OriginSectionProps {
  readonly run: Pick<
    Run,
    'engine' | 'runtime' | 'host' | 'labVersion' | 'labCommit' | 'datasetHash' | 'dataset' | 'startedAt' | 'createdAt' | 'finishedAt'
  >
}

const momentOf = (at: string) => new Date(at).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'medium' })

/** Says what trained a run: the version of the lab, the engine, the machine, and the data by their hash. */
export function OriginSection({ run }: OriginSectionProps) {
  const { engine, runtime, host, datasetHash, dataset, createdAt, startedAt, finishedAt } = run
  const { lab } = useLab()
  const trained = { version: run.labVersion, commit: run.labCommit }
  const isOther = lab !== undefined && startedAt !== null && !sameBuild(trained, lab)
  const rows: readonly (readonly [name: string, value: string | null, whole?: string | undefined])[] = [
    ['Lab', startedAt === null ? null : describeBuild(trained), trained.commit ?? undefined],
    ['Engine', engine && toEngineWords(engine, runtime)],
    ['Machine', host],
    ['Data', datasetHash && `${dataset.title}, examples of SHA-256 ${datasetHash.slice(0, 12)}…`, datasetHash ?? undefined],
    ['Launched', momentOf(createdAt)],
    ['First started', startedAt && momentOf(startedAt)],
    ['Ended', finishedAt && momentOf(finishedAt)],
  ]
  return (
    <PageSection id="run-origin" title="What trained it">
      {startedAt === null && <p className={classes.note}>Nothing yet: it has not been given to a worker.</p>}
      <dl className={classes.list}>
        {rows.map(([name, value, whole]) =>
          value ? (
            <div key={name}>
              <dt>{name === 'Engine' ? <TermLink term={settingTerm('training.engine')}>{name}</TermLink> : name}</dt>
              <dd title={whole}>{value}</dd>
            </div>
          ) : null,
        )}
      </dl>
      {isOther && <p className={classes.note}>This lab is now {describeBuild(lab)}: trained again here, its losses may differ.</p>}
    </PageSection>
  )
}
