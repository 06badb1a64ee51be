'use client'

import { Button } from '@mantine/core'
import Link from 'next/link'
import { Age } from '../../ui/Age'
import { Defined } from '../../ui/Defined'
import { formatEstimate } from '../../ui/formatQuantity'
import type { Dataset } from '../dataset/useDatasets'
import { showCues, useShowsCues } from './cues'
import classes from './PresetGallery.module.css'
import { PresetPicture } from './PresetPicture'
import { type PresetSize, presetFacts } from './presetFacts'
import { presetLink } from './presetLink'
import type { PresetChoice } from './useLaunchPreset'
import type { PresetEstimate } from './usePresetEstimates'
import type { GalleryPreset } from './usePresetGallery'
import type { StoredExperiment } from './useStoredExperiments'

export interface PresetGalleryProps {
  readonly presets: readonly GalleryPreset[]
  /** What there is to train on, by id; empty while that is not known. */
  readonly datasets: ReadonlyMap<string, Dataset>
  /** How long each takes on this machine, by its id; undefined while that is being found out. */
  readonly estimates?: ReadonlyMap<string, PresetEstimate> | undefined
  /** What the lab has of them; undefined until that is known. */
  readonly stored?: readonly StoredExperiment[] | undefined
  readonly launching: PresetChoice | null
  readonly onLaunch: (choice: PresetChoice) => void
}

/** Shows the chapter's experiments, part by part: what each does, what the lab has of it, and how to launch it. What to look for waits until a reader wants it. */
export function PresetGallery({ presets, stored, ...rest }: PresetGalleryProps) {
  const showsCues = useShowsCues()
  const sections = [...new Set(presets.map(({ section }) => section))]
  return (
    <section className={classes.root} aria-label="Experiments of the chapter">
      <label className={classes.setting}>
        <input type="checkbox" checked={showsCues} onChange={({ currentTarget }) => showCues(currentTarget.checked)} />
        Tell me what to look for before an experiment is run
      </label>
      {sections.map((section, index) => (
        <section key={section} aria-labelledby={`gallery-${index}`}>
          <h3 id={`gallery-${index}`} className={classes.section}>
            {section}
          </h3>
          <ul className={classes.gallery} aria-label={`Experiments: ${section}`}>
            {presets
              .filter((preset) => preset.section === section)
              .map((preset) => (
                <PresetEntry
                  key={preset.id}
                  preset={preset}
                  stored={stored?.filter(({ preset: of }) => of?.id === preset.id) ?? []}
                  showsCues={showsCues}
                  {...rest}
                />
              ))}
          </ul>
        </section>
      ))}
    </section>
  )
}

interface PresetEntryProps extends Omit<PresetGalleryProps, 'presets' | 'stored'> {
  readonly preset: GalleryPreset
  readonly stored: readonly StoredExperiment[]
  readonly showsCues: boolean
}

function PresetEntry({ preset, stored, showsCues, datasets, estimates, launching, onLaunch }: PresetEntryProps) {
  const { id, title, description, lookFor, size, quickSize } = preset
  const facts = (of: PresetSize) => presetFacts(of, (dataset) => datasets.get(dataset)?.title ?? dataset)
  const missing = size.data.flatMap(({ dataset }) => datasets.get(dataset) ?? []).find(({ available }) => !available)
  const estimate = estimates?.get(id)
  const quick = `Quick${timeOf(estimate?.quickSeconds)}`
  const inFull = `In full${timeOf(estimate?.seconds)}`
  const launch = (quick: boolean) => ({
    loading: launching?.id === id && launching.quick === quick,
    disabled: launching !== null || missing !== undefined,
    onClick: () => onLaunch({ id, quick }),
  })
  return (
    <li className={classes.preset} data-preset={id}>
      <PresetPicture id={id} />
      <div className={classes.text}>
        <h4 className={classes.title}>
          <Link href={`/chapter/experiment/${encodeURIComponent(id)}`} className={classes.titleLink} prefetch={false}>
            {title}
          </Link>
        </h4>
        <p className={classes.description}>{description}</p>
        {showsCues ? (
          <p className={classes.lookFor}>
            <span className={classes.cue}>Look for</span> {lookFor}
          </p>
        ) : null}
        {stored.length > 0 ? (
          <p className={classes.ran} data-testid="ran">
            Run here:{' '}
            {stored.map(({ id: experiment, number, quick, createdAt }, index) => (
              <span key={experiment}>
                {index > 0 ? ', ' : ''}
                <Link href={`/experiments/${encodeURIComponent(experiment)}`} className={classes.ranLink}>
                  experiment {number}, {quick ? 'quick' : 'in full'}
                </Link>{' '}
                <Age at={createdAt} />
              </span>
            ))}
          </p>
        ) : null}
      </div>
      <div className={classes.launch}>
        <div className={classes.version}>
          <Button size="xs" variant="light" aria-label={`${quick}: launch the quick version of ${title}`} {...launch(true)}>
            {quick}
          </Button>
          <span className={classes.facts}>{facts(quickSize)}</span>
        </div>
        <div className={classes.version}>
          <Button size="xs" variant="default" aria-label={`${inFull}: launch ${title}`} {...launch(false)}>
            {inFull}
          </Button>
          <span className={classes.facts}>{facts(size)}</span>
        </div>
        <Link href={presetLink(preset)} className={classes.change} aria-label={`Change first: ${title}`}>
          Change first
        </Link>
      </div>
      {missing ? (
        <p className={classes.missing}>
          Needs <Defined title={missing.title} definition={missing.howToGet ?? ''} />, which is not on this machine.
        </p>
      ) : null}
    </li>
  )
}

function timeOf(seconds: number | null | undefined): string {
  return seconds === null || seconds === undefined ? '' : ` · ${formatEstimate(seconds)}`
}
