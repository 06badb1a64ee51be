'use client'

import { countParameters, latentDimensionOf, layerWidths, type RunConfig, type RunConfigInput } from '@hourglass/autoencoders'
import { useRouter } from 'next/navigation'
import { type FormEvent, useEffect, useMemo, useRef, useState } from 'react'
import { toApiError } from '../../data/apiError'
import { configDescription } from '../../data/readRunConfig'
import { trainingSteps } from '../../entities/trainingSteps'
import type { Dataset } from '../../entities/useDatasets'
import { LaunchForm } from './LaunchForm'
import { type LaunchFacts, LaunchSummary } from './LaunchSummary'
import classes from './NewRunPage.module.css'
import { SweepField } from './SweepField'
import type { Sweep } from './sweep'
import { unusedInForm } from './unusedInForm'
import type { Engine } from './useEngines'
import { useLaunchExperiment } from './useLaunchExperiment'
import { useLaunchForm } from './useLaunchForm'
import { useLaunchRun } from './useLaunchRun'
import { useSweep } from './useSweep'

interface LaunchPanelProps {
  readonly initial: RunConfigInput
  readonly draftKey: string
  readonly datasets: readonly Dataset[] | undefined
  readonly engines: readonly Engine[] | undefined
  /** What is varied, if anything is. */
  readonly sweep: Sweep | null
  readonly onSweep: (sweep: Sweep | null) => void
}

const noDatasets: readonly Dataset[] = []
const noEngines: readonly Engine[] = []

/** Composes the form with the summary beside it, and launches what it holds. */
export function LaunchPanel({ initial, draftKey, datasets = noDatasets, engines = noEngines, sweep, onSweep }: LaunchPanelProps) {
  const router = useRouter()
  const form = useLaunchForm({ initial, draftKey })
  const { launchRun, loading } = useLaunchRun()
  const { launchExperiment, loading: launchingSweep } = useLaunchExperiment()
  const { settings, runs, problem, setting } = useSweep(form.value, sweep)
  const unused = useMemo(() => unusedInForm(form.value, sweep), [form.value, sweep])
  const [failures, setFailures] = useState<readonly string[]>([])
  const [leaving, setLeaving] = useState(false)
  const element = useRef<HTMLFormElement>(null)
  const [attempt, setAttempt] = useState(0)
  const [submitted, setSubmitted] = useState(false)

  useEffect(() => {
    if (attempt > 0) element.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [attempt])

  const current = useMemo(() => (form.config ? factsOf(form.config, datasets) : undefined), [form.config, datasets])
  const lastValid = useRef<LaunchFacts | undefined>(undefined)
  if (current) lastValid.current = current

  const launchOne = async (config: RunConfig) => `/runs/${encodeURIComponent(await launchRun(config, form.name.trim()))}`
  const launchSweep = async ({ data }: RunConfig) => {
    const title = datasets.find(({ id }) => id === data.dataset)?.title ?? data.dataset
    const name = form.name.trim() || `${setting?.title} sweep on ${title}`
    return `/experiments/${encodeURIComponent(await launchExperiment(name, runs))}`
  }
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setFailures([])
    const config = form.submit()
    setSubmitted(true)
    if (!config || (setting && problem)) return setAttempt((count) => count + 1)
    try {
      const address = await (setting ? launchSweep(config) : launchOne(config))
      form.forgetDraft()
      setLeaving(true)
      router.push(address)
    } catch (error) {
      const { issues, message } = toApiError(error)
      const general = form.refuse(issues)
      setFailures(issues.length === 0 || setting ? [message] : general)
      setAttempt((count) => count + 1)
    }
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
          form={{ errors: form.errors, unused, onLeave: form.touch, datasets, engines }}
          sweep={
            <SweepField
              settings={settings}
              sweep={sweep}
              onChange={onSweep}
              problem={submitted || (sweep?.values.length ?? 0) > 0 ? problem : undefined}
            />
          }
        />
      </div>
      <LaunchSummary
        facts={current ?? lastValid.current}
        isStale={!current}
        failures={failures}
        runs={setting ? Math.max(1, sweep?.values.length ?? 0) : 1}
        launching={loading || launchingSweep || leaving}
        onReset={() => {
          form.reset()
          onSweep(null)
          setSubmitted(false)
          setFailures([])
        }}
      />
    </form>
  )
}

/** Works out what a configuration amounts to; undefined while its dataset is not known yet. */
function factsOf(config: RunConfig, datasets: readonly Dataset[]): LaunchFacts | undefined {
  const { architecture, data } = config
  const dataset = datasets.find(({ id }) => id === data.dataset)
  if (!dataset) return undefined
  const widths = layerWidths(architecture, dataset.exampleShape)
  const examples = Math.min(data.trainCount ?? dataset.trainCount, dataset.trainCount)
  return {
    widths,
    parameters: countParameters(architecture, dataset.exampleShape),
    examples,
    steps: trainingSteps(config, examples),
    compression: (widths[0] ?? 0) / latentDimensionOf(architecture, dataset.exampleShape),
  }
}
