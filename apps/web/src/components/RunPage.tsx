'use client'
import { Tabs } from '@mantine/core'
import { useRouter } from 'next/navigation'
import { useQueryStates } from 'nuqs'
import { useState } from 'react'
import { RUN_NOT_FOUND } from '../graphql/apiError'
import { useAnalyzeRun } from '../hooks/useAnalyzeRun'
import { useDeleteRuns } from '../hooks/useDeleteRuns'
import { useLab } from '../hooks/useLab'
import { useOnnxModels } from '../hooks/useOnnxModels'
import { useResumeRun } from '../hooks/useResumeRun'
import { type Run, useRun } from '../hooks/useRun'
import { useRunDetails } from '../hooks/useRunDetails'
import { useRunEvents } from '../hooks/useRunEvents'
import { useStopRun } from '../hooks/useStopRun'
import { useUpdateRun } from '../hooks/useUpdateRun'
import { runColour } from '../theme/runColour'
import { toEngineWords } from '../wording/optionWords'
import { Guarded } from './Guarded'
import classes from './RunPage.module.css'
import { ConfigurationTable } from './run/ConfigurationTable'
import { describeRun } from './run/describeRun'
import { formatBytes, formatCount } from './run/formatQuantity'
import { RunActions } from './run/RunActions'
import { RunFailure } from './run/RunFailure'
import { RunFiles } from './run/RunFiles'
import { RunHeader } from './run/RunHeader'
import { RunMissing } from './run/RunMissing'
import { RunOverview } from './run/RunOverview'
import { RunProgress } from './run/RunProgress'
import { RunSkeleton } from './run/RunSkeleton'
import { RunStatusMark } from './run/RunStatusMark'
import { runAbilities } from './run/runAbilities'
import { runView, runViewOptions } from './run/runView'
import { sizeOnDisk } from './run/storedFiles'

/** Shows one run: what it is, how far it has come, and everything it has learned so far. */
export function RunPage({ id }: { readonly id: string }) {
  const { run, loading, error } = useRun(id)
  useRunEvents(id, run !== undefined)
  const [seen, setSeen] = useState(false)
  if (run && !seen) setSeen(true)

  // A run that is deleted elsewhere stays in the last answer beside the error.
  if (error?.code === RUN_NOT_FOUND || (seen && !run && !loading)) return <RunMissing reason={seen ? 'deleted' : 'unknown'} />
  if (run) return <LoadedRun run={run} />
  if (error) return <RunMissing reason="unreachable" message={error.message} />
  return <RunSkeleton />
}

function LoadedRun({ run }: { readonly run: Run }) {
  const router = useRouter()
  const [view, setView] = useQueryStates(runView, runViewOptions)
  const { lab } = useLab()
  useRunDetails(run.id, view.tab === 'files' ? `${run.status} ${run.checkpoints.length}` : run.status)
  const exported = run.checkpoints.find(({ epoch }) => epoch === view.epoch) ?? run.checkpoints.at(-1)
  const { models } = useOnnxModels(run.id, view.tab === 'files' && exported ? exported.epoch : null)
  const { analyzeRun } = useAnalyzeRun()
  const { stopRun } = useStopRun()
  const { resumeRun } = useResumeRun()
  const { updateRun } = useUpdateRun()
  const { deleteRuns } = useDeleteRuns()

  const colour = runColour(run.number)
  const { summary, status } = run
  const unit = run.dataset.exampleShape.length === 1 ? 'points' : 'images'
  const bytes = sizeOnDisk(run)
  const facts = [
    ...(run.parameterCount === null ? [] : [`${formatCount(run.parameterCount)} parameters`]),
    ...(run.engine === null ? [] : [toEngineWords(run.engine, run.runtime)]),
  ]

  return (
    <div className={classes.root}>
      <title>{`${run.name} · Hourglass`}</title>
      <RunHeader
        number={run.number}
        name={run.name}
        colour={colour}
        summary={describeRun(run)}
        experiment={run.experiment}
        status={<RunStatusMark status={status} />}
        onRename={(name) => updateRun(run.id, { name })}
        actions={
          <RunActions
            id={run.id}
            name={run.name}
            {...runAbilities(run)}
            contents={`${run.checkpoints.length} ${run.checkpoints.length === 1 ? 'checkpoint' : 'checkpoints'} (${formatBytes(bytes)})`}
            onStop={() => stopRun(run.id)}
            onResume={() => resumeRun(run.id)}
            onDelete={async () => {
              if (await deleteRuns([run.id])) router.push('/')
            }}
          />
        }
      />
      {run.error && (
        <RunFailure
          id={run.id}
          code={run.error.code}
          message={run.error.message}
          epochsCompleted={summary.epochsCompleted}
          logUrl={run.files.find(({ name }) => name.endsWith('.log'))?.url ?? null}
        />
      )}
      <RunProgress
        status={status}
        colour={colour}
        epochs={run.config.training.epochs}
        epochsCompleted={summary.epochsCompleted}
        live={run.progress}
        lab={lab ?? null}
        seconds={summary.seconds}
        imagesPerSecond={summary.imagesPerSecond}
        unit={unit}
        facts={facts}
      />
      <Tabs
        value={view.tab}
        onChange={(tab) => setView({ tab: runView.tab.parse(tab ?? '') })}
        keepMounted={false}
        classNames={{ list: classes.tabs ?? '', tab: classes.tab ?? '' }}
      >
        <Tabs.List>
          <Tabs.Tab value="overview">Overview</Tabs.Tab>
          <Tabs.Tab value="configuration">Configuration</Tabs.Tab>
          <Tabs.Tab value="files">Files</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="overview">
          <Guarded what="What the run learned">
            <RunOverview run={run} colour={colour} view={view} onView={setView} onAnalyze={() => analyzeRun(run.id)} />
          </Guarded>
        </Tabs.Panel>
        <Tabs.Panel value="configuration">
          <Guarded what="The configuration">
            <ConfigurationTable config={run.config} dataset={run.dataset} />
          </Guarded>
        </Tabs.Panel>
        <Tabs.Panel value="files">
          <Guarded what="The files">
            <RunFiles checkpoints={run.checkpoints} files={run.files} models={models} />
          </Guarded>
        </Tabs.Panel>
      </Tabs>
    </div>
  )
}
