'use client'
import { describeRun } from '@hourglass/autoencoders'
import { Tabs } from '@mantine/core'
import { useRouter } from 'next/navigation'
import { useQueryStates } from 'nuqs'
import { useState } from 'react'
import { DIVERGED, RUN_NOT_FOUND } from '../../data/apiError'
import { useAction } from '../../data/useAction'
import { useLab } from '../../entities/lab/useLab'
import { shownEpoch } from '../../entities/run/epochCursor'
import type { RunSections } from '../../entities/run/RunSections'
import { RunStatusMark } from '../../entities/run/RunStatusMark'
import { runAbilities } from '../../entities/run/runAbilities'
import { analyzeRun, extendRun, resumeRun, stopRun, updateRun } from '../../entities/run/runActions'
import { runColour } from '../../entities/run/runColour'
import { runStatuses } from '../../entities/run/runStatus'
import { secondsTaken } from '../../entities/run/secondsTaken'
import { type Run, useRun } from '../../entities/run/useRun'
import { useTrashRuns } from '../../entities/run/useTrashRuns'
import { archiveAddress } from '../../ui/archiveAddress'
import { formatCount } from '../../ui/formatQuantity'
import { Guarded } from '../../ui/Guarded'
import { PageTitle } from '../../ui/PageTitle'
import { usePageActions } from '../../ui/pageActions'
import { download } from '../../ui/saveFile'
import { useWantedFigure } from '../../ui/WantedFigure'
import { ConfigurationTable } from './ConfigurationTable'
import { DivergenceRemedies } from './DivergenceRemedies'
import { ExtendRun } from './ExtendRun'
import { GraphSection } from './GraphSection'
import { OriginSection } from './OriginSection'
import { toEngineWords } from './optionWords'
import { RepeatSection } from './RepeatSection'
import { RunActions } from './RunActions'
import { RunFailure } from './RunFailure'
import { RunFiles } from './RunFiles'
import { RunHeader } from './RunHeader'
import { RunHistory } from './RunHistory'
import { RunLatent } from './RunLatent'
import { RunLog } from './RunLog'
import { RunMarksBar } from './RunMarksBar'
import { RunMissing } from './RunMissing'
import { RunNotes } from './RunNotes'
import { RunOverview } from './RunOverview'
import classes from './RunPage.module.css'
import { RunProgress } from './RunProgress'
import { RunRelatives } from './RunRelatives'
import { RunSkeleton } from './RunSkeleton'
import { RunSystem } from './RunSystem'
import { runTitle } from './runTitle'
import { runView, runViewOptions, shownTab } from './runView'
import { describeContents } from './storedFiles'
import { UnreadableRun } from './UnreadableRun'
import { useEndNotice } from './useEndNotice'
import { useOnnxModels } from './useOnnxModels'
import { useRunEvents } from './useRunEvents'
import { useRunFiles } from './useRunFiles'

/** Shows one run: what it is, how far it has come, and everything it has learned so far. */
export function RunPage({ id, sections }: { readonly id: string; readonly sections: RunSections }) {
  const { run, unreadable, loading, error } = useRun(id)
  const isThere = run !== undefined || unreadable !== undefined
  const filesSeq = useRunEvents(id, isThere)
  const [seen, setSeen] = useState(false)
  if (isThere && !seen) setSeen(true)

  const content = () => {
    // A run that is deleted elsewhere stays in the last answer beside the error.
    if (error?.code === RUN_NOT_FOUND || (seen && !isThere && !loading)) return <RunMissing reason={seen ? 'deleted' : 'unknown'} />
    if (run) return <LoadedRun run={run} filesSeq={filesSeq} sections={sections} />
    if (unreadable) return <UnreadableRun run={unreadable} filesSeq={filesSeq} />
    if (error) return <RunMissing reason="unreachable" message={error.message} />
    return <RunSkeleton />
  }
  const known = run ?? unreadable
  return (
    <>
      <PageTitle of={known === undefined ? 'Run' : runTitle(known)} />
      {content()}
    </>
  )
}

interface LoadedRunProps {
  readonly run: Run
  /** Sequence number of the newest event with which its files changed. */
  readonly filesSeq: number
  readonly sections: RunSections
}

function LoadedRun({ run, filesSeq, sections }: LoadedRunProps) {
  const router = useRouter()
  const [view, setView] = useQueryStates(runView, runViewOptions)
  const tab = shownTab(view)
  const { lab } = useLab()
  useRunFiles(run.id, tab === 'files' ? `${run.status} ${filesSeq}` : run.status)
  const epochsWithModel = run.checkpoints.map(({ epoch }) => epoch)
  const exported = shownEpoch({ pinned: view.epoch, playing: false }, epochsWithModel, run.finalEpoch)
  const { models } = useOnnxModels(run.id, tab === 'files' ? exported : null)
  const stop = useAction(stopRun)
  const resume = useAction(resumeRun)
  const analyze = useAction(analyzeRun)
  const update = useAction(updateRun)
  const extend = useAction(extendRun)
  const { trash } = useTrashRuns()
  const { canStop, canResume, canExtend } = runAbilities(run)

  const notice = useEndNotice(run)
  const wanted = useWantedFigure()
  const colour = runColour(run.number)
  const { summary, status } = run
  const unit = run.dataset.exampleShape.length === 1 ? 'points' : 'images'
  const facts = [
    ...(run.parameterCount === null ? [] : [`${formatCount(run.parameterCount)} parameters`]),
    ...(run.engine === null ? [] : [toEngineWords(run.engine, run.runtime)]),
    ...(run.datasetHash === null ? [] : [`data ${run.datasetHash.slice(0, 8)}`]),
  ]

  usePageActions([
    { id: 'run.latent', label: 'Explore the latent space of this run', run: () => void setView({ tab: 'latent' }) },
    { id: 'run.repeat', label: 'Show the request that repeats this run', run: () => void setView({ tab: 'configuration' }) },
    { id: 'run.log', label: 'Show the log of this run', run: () => void setView({ tab: 'log' }) },
    { id: 'run.files', label: 'Show the files of this run', run: () => void setView({ tab: 'files' }) },
    { id: 'run.archive.download', label: 'Download the archive of this run', run: () => download(archiveAddress('run', run.id)) },
  ])

  const tabs = (
    <Tabs
      value={tab}
      onChange={(chosen) => setView({ tab: runView.tab.parse(chosen ?? '') })}
      keepMounted={false}
      classNames={{ list: classes.tabs ?? '', tab: classes.tab ?? '' }}
    >
      <Tabs.List>
        <Tabs.Tab value="overview">Overview</Tabs.Tab>
        <Tabs.Tab value="latent">Latent space</Tabs.Tab>
        <Tabs.Tab value="configuration">Configuration</Tabs.Tab>
        <Tabs.Tab value="system">System</Tabs.Tab>
        <Tabs.Tab value="log">Log</Tabs.Tab>
        <Tabs.Tab value="history">History</Tabs.Tab>
        <Tabs.Tab value="files">Files</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="overview">
        <Guarded what="What the run learned">
          <RunOverview
            run={run}
            colour={colour}
            view={view}
            onView={setView}
            sections={sections}
            onAnalyze={() => analyze.run({ id: run.id })}
          />
        </Guarded>
      </Tabs.Panel>
      <Tabs.Panel value="latent">
        <Guarded what="The latent space">
          <RunLatent run={run} view={view} onView={setView} Explorer={sections.LatentExplorer} />
        </Guarded>
      </Tabs.Panel>
      <Tabs.Panel value="configuration">
        <Guarded what="The graph">
          <GraphSection run={run} />
        </Guarded>
        <Guarded what="The configuration">
          <ConfigurationTable config={run.config} />
        </Guarded>
        <OriginSection run={run} />
        <RepeatSection run={run} />
      </Tabs.Panel>
      <Tabs.Panel value="system">
        <Guarded what="What the worker took">
          <RunSystem run={run} colour={colour} view={view} onView={setView} />
        </Guarded>
      </Tabs.Panel>
      <Tabs.Panel value="log">
        <Guarded what="The log">
          <RunLog run={run} view={view} onView={setView} />
        </Guarded>
      </Tabs.Panel>
      <Tabs.Panel value="history">
        <Guarded what="The history">
          <RunHistory id={run.id} />
        </Guarded>
      </Tabs.Panel>
      <Tabs.Panel value="files">
        <Guarded what="The files">
          <RunFiles id={run.id} checkpoints={run.checkpoints} files={run.files} models={models} />
        </Guarded>
      </Tabs.Panel>
    </Tabs>
  )
  // Of the rest of the page nothing is a figure.
  if (wanted) return tabs
  return (
    <div className={classes.root}>
      <RunHeader
        number={run.number}
        name={run.name}
        colour={colour}
        summary={describeRun(run)}
        experiment={run.experiment}
        relatives={<RunRelatives parent={run.parent} runs={run.children} />}
        status={<RunStatusMark status={status} />}
        onRename={(name) => update.run({ id: run.id, input: { name } })}
        actions={
          <RunActions
            id={run.id}
            name={run.name}
            canStop={canStop}
            canResume={canResume}
            contents={describeContents(run)}
            onStop={() => stop.run({ id: run.id })}
            onResume={() => resume.run({ id: run.id })}
            onDelete={async () => {
              if (await trash({ ids: [run.id] })) router.push('/runs')
            }}
          >
            {canExtend && <ExtendRun id={run.id} epochs={summary.epochs} onExtend={(epochs) => extend.run({ id: run.id, epochs })} />}
          </RunActions>
        }
      />
      <RunMarksBar run={run} notice={runStatuses[status].active && notice.isPossible ? notice : null} />
      <RunNotes run={run} />
      {run.error && (
        <RunFailure
          id={run.id}
          code={run.error.code}
          message={run.error.message}
          epochsCompleted={summary.epochsCompleted}
          logUrl={run.files.find(({ name }) => name.endsWith('.log'))?.url ?? null}
        >
          {run.error.code === DIVERGED && (
            <DivergenceRemedies
              id={run.id}
              config={run.config}
              epoch={summary.bestEpoch ?? summary.epochsCompleted}
              isBest={summary.bestEpoch !== null}
            />
          )}
        </RunFailure>
      )}
      {run.metricsProblem && (
        <p className={classes.problem} role="alert">
          Some of what the run measured is missing here. {run.metricsProblem}
        </p>
      )}
      <RunProgress
        status={status}
        colour={colour}
        epochs={summary.epochs}
        epochsCompleted={summary.epochsCompleted}
        live={run.progress}
        lab={lab ?? null}
        seconds={secondsTaken(run)}
        imagesPerSecond={summary.imagesPerSecond}
        unit={unit}
        facts={facts}
      />
      {run.stoppedEarly && (
        <p className={classes.early}>
          {run.stoppedEarly} The model of epoch {run.finalEpoch} is the run’s: it is measured, exported and shown first.
        </p>
      )}
      {tabs}
    </div>
  )
}
