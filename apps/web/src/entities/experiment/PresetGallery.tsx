'use client'

import { Button } from '@mantine/core'
import Link from 'next/link'
import { Defined } from '../../ui/Defined'
import { formatEstimate } from '../../ui/formatQuantity'
import type { Dataset } from '../dataset/useDatasets'
import classes from './PresetGallery.module.css'
import { type PresetSize, presetFacts } from './presetFacts'
import { presetLink } from './presetLink'
import type { PresetChoice } from './useLaunchPreset'
import type { PresetEstimate } from './usePresetEstimates'
import type { GalleryPreset } from './usePresetGallery'

export interface PresetGalleryProps {
  readonly presets: readonly GalleryPreset[]
  /** What there is to train on, by id; empty while that is not known. */
  readonly datasets: ReadonlyMap<string, Dataset>
  /** How long each takes on this machine, by its id; undefined while that is being found out. */
  readonly estimates?: ReadonlyMap<string, PresetEstimate> | undefined
  readonly launching: PresetChoice | null
  readonly onLaunch: (choice: PresetChoice) => void
}

/** Shows the chapter's experiments in its order: what each does, what to ask of it, and how to launch it. */
export function PresetGallery({ presets, ...rest }: PresetGalleryProps) {
  return (
    <ul className={classes.gallery} aria-label="Experiments of the chapter">
      {presets.map((preset) => (
        <PresetEntry key={preset.id} preset={preset} {...rest} />
      ))}
    </ul>
  )
}

interface PresetEntryProps extends Omit<PresetGalleryProps, 'presets'> {
  readonly preset: GalleryPreset
}

function PresetEntry({ preset, datasets, estimates, launching, onLaunch }: PresetEntryProps) {
  const { id, title, section, description, lookFor, size, quickSize } = preset
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
      <div className={classes.text}>
        <span className={classes.section}>{section}</span>
        <h3 className={classes.title}>{title}</h3>
        <p className={classes.description}>{description}</p>
        <p className={classes.lookFor}>
          <span className={classes.cue}>Questions</span> {lookFor}
        </p>
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
