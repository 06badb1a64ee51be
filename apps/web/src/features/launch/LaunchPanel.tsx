'use client'

import { countParameters, examplesOf, type HalvingChoice, latentDimensionOf, layerWidths, type RunConfig } from '@hourglass/autoencoders'
import { useRouter } from 'next/navigation'
import { type FormEvent, useEffect, useMemo, useRef, useState } from 'react'
import type { ApiError } from '../../data/apiError'
import { configDescription, writeRunConfig } from '../../data/readRunConfig'
import { useAction } from '../../data/useAction'
import { computationalGraph } from '../../entities/config/computationalGraph'
import type { Dataset } from '../../entities/dataset/useDatasets'
import { SeedsField } from '../../entities/experiment/SeedsField'
import { allExamples } from '../../entities/metric/allExamples'
import { LaunchForm } from './LaunchForm'
import { type LaunchFacts, LaunchSummary } from './LaunchSummary'
import { launchExperiment, launchRun } from './launchActions'
import classes from './NewRunPage.module.css'
import { PrepareTask } from './PrepareTask'
import { RunsField } from './RunsField'
import { SearchField } from './SearchField'
import { SweepField } from './SweepField'
import { isTyped } from './sweepAxes'
import type { TypedSweep } from './sweepRuns'
import { sweepTitle } from './sweepTitle'
import { trainingSteps } from './trainingSteps'
import { unusedInForm } from './unusedInForm'
import type { Engine } from './useEngines'
import { useHalving } from './useHalving'
import { type InitialRun, useLaunchForm } from './useLaunchForm'
import { useRunNeeds } from './useRunNeeds'
import { useSweep } from './useSweep'

/** What makes several runs of one. */
export interface LaunchedSweep extends TypedSweep {
  /** With how many seeds each run is trained; null for the one of its configuration. */
  readonly seeds: number | null
  /** How the best of its runs is searched for; null trains all in full. */
  readonly search: HalvingChoice | null
}

interface LaunchPanelProps {
  /** One run, or those of an experiment. */
  readonly initial: readonly InitialRun[]
  /** What several runs are called where nobody says otherwise. */
  readonly title: string
  readonly draftKey: string
  /** The model that the run starts from; null for initial weights. */
  readonly start: { readonly id: string; readonly epoch: number } | null
  readonly datasets: readonly Dataset[] | undefined
  readonly engines: readonly Engine[] | undefined
  /** What is varied, if anything is, and with how many seeds. */
  readonly sweep: LaunchedSweep
  readonly onSweep: (changes: Partial<LaunchedSweep>) => void
  /** What may be changed, and where what is launched is told of, which then is an experiment always; null for a form of one's own, which leads to what it launched. */
  readonly task?: { readonly free: readonly string[]; readonly onLaunched: (experiment: string) => void } | null
}

/** The page of what was launched, or why nothing was. */
type Launched = { readonly address: string; readonly experiment?: string } | { readonly error: ApiError }

const noDatasets: readonly Dataset[] = []
const noEngines: readonly Engine[] = []
export const noSweep: LaunchedSweep = { axes: [], draws: null, drawSeed: 1, seeds: null, search: null }

/** Composes the form with the summary beside it, and launches what it holds. */
export function LaunchPanel({
  initial,
  title,
  draftKey,
  start,
  datasets = noDatasets,
  engines = noEngines,
  sweep: wanted,
  onSweep,
  task = null,
}: LaunchPanelProps) {
  const router = useRouter()
  const form = useLaunchForm({ initial, draftKey })
  const isListed = form.runs.all.length > 1
  // Runs of an experiment start from initial weights, and those that are listed are not varied besides.
  const sweep = useMemo(
    () => (start || task ? noSweep : isListed ? { ...noSweep, seeds: wanted.seeds } : wanted),
    [start, task, isListed, wanted],
  )
  const { seeds } = sweep
  const one = useAction(launchRun)
  const several = useAction(launchExperiment)
  const { settings, varied, runs, count, problem } = useSweep(form.value, sweep, seeds ?? 1)
  const isSwept = varied.length > 0
  const unused = useMemo(
    () =>
      unusedInForm(
        form.value,
        sweep.axes.map(({ path }) => path),
      ),
    [form.value, sweep],
  )
  const isSeveral = isSwept || isListed || seeds !== null || task !== null
  const differing = useMemo(
    () => new Map(form.runs.shown === null ? form.runs.differences.map((difference) => [difference.path, difference]) : []),
    [form.runs.shown, form.runs.differences],
  )
  const [failures, setFailures] = useState<readonly string[]>([])
  const [leaving, setLeaving] = useState(false)
  const element = useRef<HTMLFormElement>(null)
  const [attempt, setAttempt] = useState(0)
  const [submitted, setSubmitted] = useState(false)

  useEffect(() => {
    if (attempt > 0) element.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [attempt])

  const configs = useMemo(() => (isSwept ? runs.map(({ config }) => config) : (form.configs ?? [])), [isSwept, runs, form.configs])
  const needs = useRunNeeds(configs, seeds ?? 1)
  const search = isSwept ? sweep.search : null
  const halving = useHalving(configs, search, seeds)
  const current = useMemo(() => (form.config ? factsOf(form.config, datasets) : undefined), [form.config, datasets])
  // While a value is being typed the last valid configuration says what empty ones stand for.
  const whenEmpty = useRef<Readonly<Record<string, string>>>({})
  if (form.config) whenEmpty.current = allExamples(form.config)
  const lastValid = useRef<LaunchFacts | undefined>(undefined)
  if (current) lastValid.current = current

  const launchOne = async (config: RunConfig): Promise<Launched> => {
    const name = form.name.trim()
    const { data, error } = await one.run({
      input: { config: writeRunConfig(config), ...(name ? { name } : {}), ...(start ? { parent: start } : {}) },
    })
    return data ? { address: `/runs/${encodeURIComponent(data.launchRun.id)}` } : { error }
  }
  const launchSeveral = async (configs: readonly RunConfig[]): Promise<Launched> => {
    const dataset = configs[0]?.data.dataset
    const dataTitle = datasets.find(({ id }) => id === dataset)?.title ?? dataset
    const name = form.name.trim() || (isListed || task ? title : `${sweepTitle(varied, sweep)} on ${dataTitle}`)
    const listed = configs.map((config, index) => ({ label: isListed ? (form.runs.all[index]?.label.trim() ?? '') : '', config }))
    const labelled = (isSwept ? runs : listed).map((run) => ({ label: run.label, config: writeRunConfig(run.config) }))
    const { data, error } = await several.run({
      input: { name, runs: labelled, ...(seeds === null ? {} : { seeds: { count: seeds } }), ...(search ? { search } : {}) },
    })
    return data
      ? { address: `/experiments/${encodeURIComponent(data.launchExperiment.id)}`, experiment: data.launchExperiment.id }
      : { error }
  }
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setFailures([])
    const valid = form.submit()
    const [config] = valid ?? []
    setSubmitted(true)
    if (!valid || !config || problem || form.runs.problem !== null || halving.problem !== null) return setAttempt((count) => count + 1)
    const launched = await (isSeveral ? launchSeveral(valid) : launchOne(config))
    if ('error' in launched) {
      const { issues, message } = launched.error
      const general = form.refuse(issues)
      setFailures(issues.length === 0 || isSeveral ? [message] : general)
      setAttempt((count) => count + 1)
      return
    }
    if (task && launched.experiment !== undefined) return task.onLaunched(launched.experiment)
    form.forgetDraft()
    setLeaving(true)
    router.push(launched.address)
  }
  if (configDescription.type !== 'object') return null
  return (
    <form ref={element} className={classes.columns} onSubmit={submit} noValidate aria-label="New run">
      <div>
        <LaunchForm
          schema={configDescription}
          value={form.value}
          onChange={form.setValue}
          name={form.name}
          onName={form.setName}
          nameHint={
            !isSeveral
              ? 'Tells the run from others. Left empty, it is named after its configuration.'
              : isListed || task
                ? `Tells the experiment from others. Left empty, it is called “${title}”.`
                : 'Tells the experiment from others. Left empty, it is named after what it varies and its data.'
          }
          form={{
            errors: form.errors,
            unused,
            whenEmpty: whenEmpty.current,
            differing,
            onUnify: form.runs.unify,
            free: task?.free ?? null,
            onLeave: form.touch,
            datasets,
            engines,
          }}
          sweep={
            start || (task && !isListed) ? null : isListed ? (
              <RunsField
                areFixed={task !== null}
                runs={form.runs}
                showsProblem={submitted}
                seeds={
                  task ? null : (
                    <SeedsField
                      seeds={seeds}
                      onChange={(next) => onSweep({ seeds: next })}
                      placeholder="Those below"
                      description="Each run with so many seeds, from 1: means and how far they spread."
                    />
                  )
                }
              />
            ) : (
              <SweepField
                settings={settings}
                sweep={sweep}
                onChange={onSweep}
                seeds={seeds}
                onSeeds={(next) => onSweep({ seeds: next })}
                onList={form.runs.add}
                problem={submitted || sweep.axes.some(isTyped) ? problem : null}
                search={<SearchField {...halving} configs={configs} search={search} onChange={(next) => onSweep({ search: next })} />}
              />
            )
          }
        />
      </div>
      <LaunchSummary
        facts={current ?? lastValid.current}
        needs={needs && { ...needs, seconds: needs.seconds === null ? null : needs.seconds * halving.share }}
        isStale={!current}
        failures={failures}
        runs={(isSwept ? count : form.runs.all.length) * (seeds ?? 1)}
        extra={
          task || start ? null : (
            <PrepareTask
              title={isListed ? title : 'An experiment'}
              settings={settings}
              runs={isSwept ? runs : form.configs?.map((config, index) => ({ label: form.runs.all[index]?.label ?? '', config }))}
            />
          )
        }
        launching={one.isRunning || several.isRunning || leaving}
        onReset={() => {
          form.reset()
          onSweep(noSweep)
          setSubmitted(false)
          setFailures([])
        }}
      />
    </form>
  )
}

/** Works out what a configuration amounts to; undefined while its data set is not known yet. */
function factsOf(config: RunConfig, datasets: readonly Dataset[]): LaunchFacts | undefined {
  const { architecture, data } = config
  const dataset = datasets.find(({ id }) => id === data.dataset)
  if (!dataset) return undefined
  const widths = layerWidths(architecture, dataset.exampleShape)
  const { train: examples } = examplesOf(config)
  return {
    graph: computationalGraph({ config, exampleShape: dataset.exampleShape }),
    widths,
    parameters: countParameters(architecture, dataset.exampleShape),
    examples,
    steps: trainingSteps(config, examples),
    compression: (widths[0] ?? 0) / latentDimensionOf(architecture, dataset.exampleShape),
  }
}
