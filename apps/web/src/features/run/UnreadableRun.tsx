'use client'
import { useRouter } from 'next/navigation'
import { useQueryStates } from 'nuqs'
import type { RunQuery } from '../../data/generated/graphql'
import { useAction } from '../../data/useAction'
import { RunStatusMark } from '../../entities/run/RunStatusMark'
import { RunValuesTable } from '../../entities/run/RunValuesTable'
import { runAbilities } from '../../entities/run/runAbilities'
import { stopRun, updateRun } from '../../entities/run/runActions'
import { runColour } from '../../entities/run/runColour'
import { useTrashRuns } from '../../entities/run/useTrashRuns'
import { formatBytes } from '../../ui/formatQuantity'
import { PageSection } from '../../ui/PageSection'
import { RunActions } from './RunActions'
import { RunFailure } from './RunFailure'
import { RunFiles } from './RunFiles'
import { RunHeader } from './RunHeader'
import { RunLog } from './RunLog'
import { RunNotes } from './RunNotes'
import { runView, runViewOptions } from './runView'
import { StoredConfig } from './StoredConfig'
import { sizeOnDisk } from './storedFiles'
import classes from './UnreadableRun.module.css'
import { useRunFiles } from './useRunFiles'

interface UnreadableRunProps {
  readonly run: RunQuery['run']
  /** Sequence number of the newest event with which its files changed. */
  readonly filesSeq: number
}

/** Shows of a run that was trained elsewhere, or that this version cannot read, all that needs no model of it, and why that is all. */
export function UnreadableRun({ run, filesSeq }: UnreadableRunProps) {
  const router = useRouter()
  const [view, setView] = useQueryStates(runView, runViewOptions)
  useRunFiles(run.id, `${run.status} ${filesSeq}`)
  const stop = useAction(stopRun)
  const update = useAction(updateRun)
  const { trash } = useTrashRuns()
  return (
    <div className={classes.root}>
      <RunHeader
        number={run.number}
        name={run.name}
        colour={runColour(run.number)}
        summary={run.configProblem ?? 'This lab does not know the data that it was trained on.'}
        experiment={run.experiment}
        status={<RunStatusMark status={run.status} />}
        onRename={(name) => update.run({ id: run.id, input: { name } })}
        actions={
          <RunActions
            id={run.id}
            name={run.name}
            canStop={runAbilities(run).canStop}
            canResume={false}
            canLaunchAgain={false}
            contents={`files (${formatBytes(sizeOnDisk(run))})`}
            onStop={() => stop.run({ id: run.id })}
            onDelete={async () => {
              if (await trash({ ids: [run.id] })) router.push('/runs')
            }}
          />
        }
      />
      <RunNotes run={run} />
      {run.error && (
        <RunFailure
          id={run.id}
          code={run.error.code}
          message={run.error.message}
          epochsCompleted={run.summary.epochsCompleted}
          canLaunchAgain={false}
          logUrl={run.files.find(({ name }) => name.endsWith('.log'))?.url ?? null}
        />
      )}
      <PageSection id="run-values" title="Values">
        <RunValuesTable id={run.id} label="Values" />
      </PageSection>
      <PageSection id="run-stored-configuration" title="Stored configuration">
        <StoredConfig id={run.id} />
      </PageSection>
      <PageSection id="run-log" title="Log">
        <RunLog run={run} view={view} onView={(changes) => void setView(changes)} />
      </PageSection>
      <PageSection id="run-files" title="Files">
        <RunFiles id={run.id} checkpoints={run.checkpoints} files={run.files} models={[]} />
      </PageSection>
    </div>
  )
}
