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
          <p className={classes.subtitle}>
            Or read{' '}
            <Link href="/chapter" className={classes.link} prefetch={false}>
              the chapter
            </Link>
            , or start one of its experiments:
          </p>
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
