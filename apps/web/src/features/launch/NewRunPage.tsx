'use client'

import { USUAL_ETA } from '@hourglass/autoencoders'
import { useRouter } from 'next/navigation'
import { parseAsArrayOf, parseAsInteger, parseAsString, useQueryStates } from 'nuqs'
import { useMemo } from 'react'
import { RUN_NOT_FOUND } from '../../data/apiError'
import { readRunConfig } from '../../data/readRunConfig'
import { useDatasets } from '../../entities/dataset/useDatasets'
import { LaunchPanel } from './LaunchPanel'
import { LaunchSkeleton } from './LaunchSkeleton'
import classes from './NewRunPage.module.css'
import { PresetPicker } from './PresetPicker'
import { UnknownPreset, UnreadSource } from './SourceNotice'
import { startConfig } from './startConfig'
import { isTyped, parseAsAxes, type TypedAxis } from './sweepAxes'
import { useEngines } from './useEngines'
import type { InitialRun } from './useLaunchForm'
import { type Preset, usePreset } from './usePreset'
import { type OfferedPreset, usePresetMenu } from './usePresetMenu'
import { useRunConfig } from './useRunConfig'

const defaults: readonly InitialRun[] = [{ label: '', config: {} }]
const noPresets: readonly OfferedPreset[] = []
const sources = {
  preset: parseAsString,
  from: parseAsString,
  /** The run, and its epoch, whose model the new one starts from. */
  parent: parseAsString,
  epoch: parseAsInteger,
  /** What is changed to keep it from diverging as the other run did. */
  remedy: parseAsString,
  /** What a sweep varies. */
  vary: parseAsAxes.withDefault([]),
  /** Values of the one setting that is varied, as links of earlier versions give them. */
  values: parseAsArrayOf(parseAsString),
  /** How many combinations are drawn at random, and the seed of that. */
  draws: parseAsInteger,
  drawSeed: parseAsInteger.withDefault(1),
  /** With how many seeds each run is trained. */
  seeds: parseAsInteger,
  /** Epochs of all runs before the best go on, and of how many one does; without the first all are trained in full. */
  first: parseAsInteger,
  eta: parseAsInteger.withDefault(USUAL_ETA),
}

/** Composes the page that launches a run: from the defaults, from a preset, or from another run. */
export function NewRunPage() {
  const [{ preset: presetId, from: settings, parent, epoch, remedy, vary, values, draws, drawSeed, seeds, first, eta }, setSources] =
    useQueryStates(sources, {
      history: 'replace',
    })
  const from = parent ?? settings
  const start = useMemo(() => (parent === null || epoch === null ? null : { id: parent, epoch }), [parent, epoch])
  const sweep = useMemo(
    () => ({ axes: withValues(vary, values), draws, drawSeed, seeds, search: first === null ? null : { firstEpochs: first, eta } }),
    [vary, values, draws, drawSeed, seeds, first, eta],
  )
  const router = useRouter()
  const { datasets } = useDatasets()
  const { engines } = useEngines()
  const { presets, addressOf } = usePresetMenu()
  const { source, loading, error } = useRunConfig(from)
  const { preset } = usePreset(from ? null : presetId)
  const changed = useMemo(() => source && startConfig(source.config, { epoch: start?.epoch ?? 0, remedy }), [source, start, remedy])
  const initial = useMemo(() => (changed ? [{ label: '', config: changed.config }] : preset ? runsOf(preset) : defaults), [changed, preset])
  const origin = source
    ? [from, start?.epoch, remedy].filter((part) => part !== null && part !== undefined).join('.')
    : (preset?.id ?? 'defaults')
  const isWaiting = from ? loading : presetId !== null && preset === undefined
  return (
    <>
      <div className={classes.head}>
        <h1 className={classes.title}>New run</h1>
        {source ? (
          <p className={classes.source}>
            {start ? `Starts from epoch ${start.epoch} of` : 'With the settings of'} #{source.number} {source.name}
            {changed?.change ? `. ${changed.change}` : ''}
          </p>
        ) : (
          <PresetPicker
            presets={presets ?? noPresets}
            chosen={isWaiting ? presetId : (preset?.id ?? null)}
            description={preset?.description}
            onChoose={async (id) => router.push(id === null ? '/new' : await addressOf(id))}
          />
        )}
      </div>
      {from && error && !source ? (
        <UnreadSource asked={from} reason={error.code === RUN_NOT_FOUND ? undefined : error.message} />
      ) : !from && presetId && presets && preset === null ? (
        <UnknownPreset asked={presetId} presets={presets} />
      ) : null}
      {isWaiting ? (
        <LaunchSkeleton />
      ) : (
        <LaunchPanel
          key={origin}
          initial={initial}
          title={preset?.title ?? 'Several runs'}
          start={source ? start : null}
          draftKey={`hourglass.draft.${origin}`}
          datasets={datasets}
          engines={engines}
          sweep={sweep}
          onSweep={({ axes, search, ...rest }) =>
            setSources({
              ...rest,
              ...(axes ? { vary: axes, values: null } : {}),
              ...(search === undefined ? {} : { first: search?.firstEpochs ?? null, eta: search?.eta ?? null }),
            })
          }
        />
      )}
    </>
  )
}

/** The runs of an experiment of the chapter; where these are a sweep of one number, the first of them, which the address varies. */
function runsOf({ runs, sweep }: Preset): readonly InitialRun[] {
  const all = runs.map(({ label, config }) => ({ label, config: readRunConfig(config) }))
  return sweep === null ? all : all.slice(0, 1)
}

/** Gives the one setting that is varied the values that stand beside it in the address. */
function withValues(axes: readonly TypedAxis[], values: readonly string[] | null): readonly TypedAxis[] {
  const [only] = axes
  return only && axes.length === 1 && values && !isTyped(only) ? [{ path: only.path, values: { kind: 'list', values } }] : axes
}

/** Stands in for the page until its first script runs. */
export function NewRunPageSkeleton() {
  return (
    <>
      <div className={classes.head}>
        <h1 className={classes.title}>New run</h1>
        <PresetPicker presets={noPresets} chosen={null} onChoose={() => {}} />
      </div>
      <LaunchSkeleton />
    </>
  )
}
