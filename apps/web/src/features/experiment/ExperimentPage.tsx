'use client'

import { sweptSetting } from '@hourglass/autoencoders'
import { Select } from '@mantine/core'
import { useRouter } from 'next/navigation'
import { parseAsStringLiteral, useQueryStates } from 'nuqs'
import { useCallback, useMemo, useState } from 'react'
import { EXPERIMENT_NOT_FOUND } from '../../data/apiError'
import type { ExperimentFigure } from '../../data/generated/graphql'
import { configDescription, readRunConfig } from '../../data/readRunConfig'
import { useAction } from '../../data/useAction'
import { RunStatusMark } from '../../entities/run/RunStatusMark'
import { runAbilities } from '../../entities/run/runAbilities'
import { runStatuses } from '../../entities/run/runStatus'
import { UnreadableRuns } from '../../entities/run/UnreadableRuns'
import { FigureSection } from '../../ui/FigureSection'
import { Guarded } from '../../ui/Guarded'
import { PageSection } from '../../ui/PageSection'
import { PageTitle } from '../../ui/PageTitle'
import { ScaleControl } from '../../ui/ScaleControl'
import { showUndo } from '../../ui/showUndo'
import { AddRuns } from './AddRuns'
import { comparableRun } from './comparableRun'
import { experimentStatus } from './describeExperiment'
import { ErrorChart } from './ErrorChart'
import { ExperimentActions } from './ExperimentActions'
import { ExperimentFigureSection } from './ExperimentFigureSection'
import { ExperimentHeader } from './ExperimentHeader'
import { ExperimentMissing } from './ExperimentMissing'
import { ExperimentProgress } from './ExperimentProgress'
import { ExperimentRuns } from './ExperimentRuns'
import { ExperimentSkeleton } from './ExperimentSkeleton'
import { deleteExperiments, restoreExperiments, resumeExperiment, stopExperiment, updateExperiment } from './experimentActions'
import { experimentFigures } from './experimentFigures'
import { experimentMetrics, presentMetrics, titledMetric } from './experimentMetrics'
import { experimentSource, experimentTable } from './experimentSource'
import { ReplicatesTable } from './ReplicatesTable'
import { RunInFull } from './RunInFull'
import { groupRuns, haveReplicates } from './replicates'
import { SearchSection } from './SearchSection'
import { searchedConfig, searchedProgress } from './searchedConfig'
import { type Experiment, useExperiment } from './useExperiment'
import { useVerdicts } from './useVerdicts'
import { VerdictsSection } from './VerdictsSection'

const view = {
  figure: parseAsStringLiteral(Object.keys(experimentFigures) as ExperimentFigure[]),
  metric: parseAsStringLiteral(experimentMetrics.map(({ id }) => id)),
  scale: parseAsStringLiteral(['linear', 'log']).withDefault('linear'),
}

/** Shows one experiment: how far it is as a whole, the chapter's figure of its runs, their errors over what they differ in. */
export function ExperimentPage({ id }: { readonly id: string }) {
  const { experiment, loading, error } = useExperiment(id)
  const [seen, setSeen] = useState(false)
  if (experiment && !seen) setSeen(true)

  const content = () => {
    if (error?.code === EXPERIMENT_NOT_FOUND || (seen && !experiment && !loading)) {
      return <ExperimentMissing reason={seen ? 'deleted' : 'unknown'} />
    }
    if (experiment) return <LoadedExperiment experiment={experiment} />
    if (error) return <ExperimentMissing reason="unreachable" message={error.message} />
    return <ExperimentSkeleton />
  }
  return (
    <>
      <PageTitle of={experiment?.name ?? 'Experiment'} />
      {content()}
    </>
  )
}

function LoadedExperiment({ experiment }: { readonly experiment: Experiment }) {
  const router = useRouter()
  const [{ figure, metric: chosen, scale }, setView] = useQueryStates(view, { history: 'replace' })
  const stop = useAction(stopExperiment)
  const resume = useAction(resumeExperiment)
  const update = useAction(updateExperiment)
  const remove = useAction(deleteExperiments)
  const { run: restore } = useAction(restoreExperiments)

  const { id, number, name, quick, preset, statusCounts, progress, search } = experiment
  const runs = useMemo(() => experiment.runs.map(comparableRun), [experiment.runs])
  const status = experimentStatus(statusCounts)
  const active = status !== null && runStatuses[status].active
  const swept = useMemo(
    () =>
      sweptSetting(
        configDescription,
        runs.map((run) => ({ label: run.label ?? run.name, config: searchedConfig(readRunConfig(run.config), search) })),
      ),
    [runs, search],
  )
  const groups = useMemo(() => groupRuns(runs), [runs])
  const searched = useMemo(() => new Set(search?.rungs[0]?.runIds), [search])
  const titled = useMemo(() => {
    const configs = runs.map((run) => readRunConfig(run.config))
    return experimentMetrics.map((each) => titledMetric(each, configs))
  }, [runs])
  const metric = titled.find(({ id }) => id === chosen) ?? titled[0]
  const metrics = useMemo(
    () =>
      presentMetrics(
        titled,
        runs.map(({ summary }) => summary),
      ),
    [titled, runs],
  )
  const judged = useVerdicts(experiment)
  const chooseFigure = useCallback((next: ExperimentFigure | null) => void setView({ figure: next }), [setView])
  const over = swept.title ? `over ${swept.title.toLowerCase()}` : haveReplicates(groups) ? 'of each setting' : 'of each run'

  return (
    <>
      <ExperimentHeader
        number={number}
        name={name}
        quick={quick}
        about={preset}
        status={status ? <RunStatusMark status={status} /> : null}
        onRename={(next) => update.run({ id, input: { name: next } })}
        actions={
          <ExperimentActions
            id={experiment.id}
            name={name}
            runIds={runs.map((run) => run.id)}
            adding={
              <>
                {quick && preset ? <RunInFull preset={preset.id} /> : null}
                {runs.length > 0 ? <AddRuns experiment={experiment} runs={runs} swept={swept} /> : null}
              </>
            }
            canStop={active}
            canResume={search?.status === 'STOPPED' || runs.some((run) => runAbilities(run).canResume)}
            onStop={() => stop.run({ id })}
            onResume={() => resume.run({ id })}
            onDelete={async () => {
              if (!(await remove.run({ ids: [id] })).data) return
              showUndo({
                title: 'The experiment is in the trash',
                message: 'Storage shows its runs.',
                onUndo: () => void restore({ ids: [id] }),
              })
              router.push('/experiments')
            }}
          />
        }
      />
      <UnreadableRuns runs={experiment.unreadable} />
      <ExperimentProgress counts={statusCounts} progress={searchedProgress(progress, search)} isActive={active} />
      {runs.length > 0 ? (
        <>
          {search ? <SearchSection search={search} runs={runs} /> : null}
          <VerdictsSection {...judged} />
          <Guarded what="The figure" shown={figure}>
            <ExperimentFigureSection
              experiment={experiment}
              runs={runs}
              swept={swept}
              verdicts={judged.verdicts}
              chosen={figure}
              onChoose={chooseFigure}
            />
          </Guarded>
          {runs.length > 1 && metric ? (
            <FigureSection
              id="experiment-error"
              title={`${metric.title} ${over}`}
              note="After the latest epoch"
              controls={
                <>
                  {metrics.length > 1 ? (
                    <Select
                      size="xs"
                      aria-label="Metric"
                      value={metric.id}
                      onChange={(value) => setView({ metric: metrics.find((each) => each.id === value)?.id ?? null })}
                      data={metrics.map((each) => ({ value: each.id, label: each.title }))}
                      allowDeselect={false}
                    />
                  ) : null}
                  {swept.title ? <ScaleControl value={scale} onChange={(next) => setView({ scale: next })} /> : null}
                </>
              }
              what="test errors"
              source={experimentSource(experiment, `${metric.title} ${over}`, judged.verdicts)}
              table={() => experimentTable(runs, swept)}
            >
              <ErrorChart runs={runs} swept={swept} metric={metric} scale={scale} />
              {haveReplicates(groups) ? <ReplicatesTable groups={groups} metric={metric} /> : null}
            </FigureSection>
          ) : null}
          <PageSection id="experiment-runs" title="Runs">
            <ExperimentRuns experimentId={id} groups={groups} searched={searched} />
          </PageSection>
        </>
      ) : (
        <p>This experiment has no runs any more.</p>
      )}
    </>
  )
}
