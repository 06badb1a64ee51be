import Link from 'next/link'
import { Fragment, type ReactNode } from 'react'
import classes from './SourceNotice.module.css'

interface UnknownPresetProps {
  readonly asked: string
  readonly presets: readonly { readonly id: string; readonly title: string }[]
}

/** Says that the address names a preset that there is not, and which there are. */
export function UnknownPreset({ asked, presets }: UnknownPresetProps) {
  return (
    <Notice>
      There is no preset “{asked}”, so the form holds the defaults. There are:{' '}
      {presets.map(({ id, title }, index) => (
        <Fragment key={id}>
          {index > 0 && ', '}
          <Link href={`/new?preset=${encodeURIComponent(id)}`}>{title}</Link>
        </Fragment>
      ))}
      .
    </Notice>
  )
}

interface UnreadSourceProps {
  readonly asked: string
  /** Why its settings are not here; undefined where there is no such run. */
  readonly reason?: string | undefined
}

/** Says that the settings of the run that the address names are not to be had, and where others are. */
export function UnreadSource({ asked, reason }: UnreadSourceProps) {
  return (
    <Notice>
      {reason === undefined
        ? `There is no run “${asked}” to take settings from; it may have been deleted.`
        : `The settings of run “${asked}” could not be read: ${reason}`}{' '}
      The form holds the defaults. Start from a preset above, or from any run in the <Link href="/runs">table of runs</Link>.
    </Notice>
  )
}

function Notice({ children }: { readonly children: ReactNode }) {
  return (
    <div className={classes.notice} role="status" data-testid="source-notice">
      <p className={classes.text}>{children}</p>
    </div>
  )
}
