import Link from 'next/link'
import type { ReactNode } from 'react'
import { EditableName, type EditableNameProps } from '../../ui/EditableName'
import classes from './ExperimentHeader.module.css'

interface ExperimentHeaderProps {
  readonly number: number
  readonly name: string
  readonly quick: boolean
  /** What it does and what to ask of it, where it is one of the chapter's. */
  readonly about: { readonly id: string; readonly section: string; readonly description: string; readonly lookFor: string } | null
  readonly status: ReactNode
  readonly actions: ReactNode
  readonly onRename: EditableNameProps['onRename']
}

/** Names the experiment, with what it is about and what can be done. */
export function ExperimentHeader({ number, name, quick, about, status, actions, onRename }: ExperimentHeaderProps) {
  return (
    <header className={classes.root}>
      <div className={classes.title}>
        <span className={classes.number}>#{number}</span>
        <EditableName name={name} noun="experiment" onRename={onRename} />
        <div className={classes.state}>
          {quick ? <span className={classes.quick}>Quick</span> : null}
          <span data-testid="experiment-status">{status}</span>
        </div>
      </div>
      <div className={classes.actions}>{actions}</div>
      {about ? (
        <div className={classes.about}>
          <p>
            {about.description}{' '}
            <Link href={`/chapter/experiment/${encodeURIComponent(about.id)}`} className={classes.inChapter} prefetch={false}>
              Its place in the chapter
            </Link>
          </p>
          <p className={classes.lookFor}>
            <span className={classes.cue}>Look for</span> {about.lookFor}
          </p>
        </div>
      ) : null}
    </header>
  )
}
