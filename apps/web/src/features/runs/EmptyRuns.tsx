import { Button } from '@mantine/core'
import Link from 'next/link'
import { PresetGallery, type PresetGalleryProps } from '../../entities/experiment/PresetGallery'
import type { GalleryPreset } from '../../entities/experiment/usePresetGallery'
import classes from './EmptyRuns.module.css'

export interface EmptyRunsProps extends Omit<PresetGalleryProps, 'presets'> {
  readonly presets: readonly GalleryPreset[] | undefined
}

/** Invites to launch the first run. */
export function EmptyRuns({ presets, ...rest }: EmptyRunsProps) {
  return (
    <section className={classes.empty} aria-label="No runs yet">
      <h2 className={classes.title}>No runs yet</h2>
      <p className={classes.text}>
        Launch an autoencoder and watch it learn to reconstruct: its losses, its reconstructions and its codes arrive here epoch by epoch.
      </p>
      <Button component={Link} href="/new" size="sm">
        New run
      </Button>
      {presets && presets.length > 0 ? (
        <>
          <h3 className={classes.subtitle}>Or start one of the chapter’s experiments</h3>
          <PresetGallery presets={presets} {...rest} />
        </>
      ) : null}
    </section>
  )
}

/** Says that the filter matches nothing. */
export function NoMatches({ onClear }: { readonly onClear: () => void }) {
  return (
    <section className={classes.empty} aria-label="No matching runs">
      <h2 className={classes.title}>No run matches</h2>
      <Button variant="default" onClick={onClear}>
        Clear filters
      </Button>
    </section>
  )
}
