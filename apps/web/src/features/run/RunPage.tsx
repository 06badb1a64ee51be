'use client'
import { Tabs } from '@mantine/core'
import { useRouter } from 'next/navigation'
import { useQueryStates } from 'nuqs'
import { useState } from 'react'
import { RUN_NOT_FOUND } from '../../data/apiError'
import { describeRun } from '../../entities/describeRun'
import { toEngineWords } from '../../entities/optionWords'
import { RunStatusMark } from '../../entities/RunStatusMark'
import { runAbilities } from '../../entities/runAbilities'
import { sizeOnDisk } from '../../entities/storedFiles'
import { useAnalyzeRun } from '../../entities/useAnalyzeRun'
import { useDeleteRuns } from '../../entities/useDeleteRuns'
import { useLab } from '../../entities/useLab'
import { useResumeRun } from '../../entities/useResumeRun'
import { type Run, useRun } from '../../entities/useRun'
import { useStopRun } from '../../entities/useStopRun'
import { useUpdateRun } from '../../entities/useUpdateRun'
import { formatBytes, formatCount } from '../../ui/formatQuantity'
import { Guarded } from '../../ui/Guarded'
import { runColour } from '../../ui/runColour'
import { ConfigurationTable } from './ConfigurationTable'
import { RunActions } from './RunActions'
import { RunFailure } from './RunFailure'
import { RunFiles } from './RunFiles'
import { RunHeader } from './RunHeader'
import { RunMissing } from './RunMissing'
import { RunOverview } from './RunOverview'
import classes from './RunPage.module.css'
import { RunProgress } from './RunProgress'
import { RunSkeleton } from './RunSkeleton'
import { runView, runViewOptions } from './runView'
import { useOnnxModels } from './useOnnxModels'
import { useRunDetails } from './useRunDetails'
import { useRunEvents } from './useRunEvents'

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
