'use client'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { EditableName, type EditableNameProps } from '../../ui/EditableName'
import classes from './RunHeader.module.css'

interface RunHeaderProps {
  readonly number: number
  readonly name: string
  readonly colour: string
  /** Data set, architecture and loss in a few words. */
  readonly summary: string
  /** The experiment that it belongs to. */
  readonly experiment: { readonly id: string; readonly number: number; readonly name: string } | null
  /** Where it started, and what started from it. */
  readonly relatives?: ReactNode
  readonly status: ReactNode
  readonly actions: ReactNode
  readonly onRename: EditableNameProps['onRename']
}

/** Names the run: its colour, number, name and state, with what can be done. */
export function RunHeader({ number, name, colour, summary, experiment, relatives, status, actions, onRename }: RunHeaderProps) {
  return (
    <header className={classes.root}>
      <div className={classes.title}>
        <span className={classes.dot} style={{ background: colour }} aria-hidden />
        <span className={classes.number}>#{number}</span>
        <EditableName name={name} noun="run" onRename={onRename} />
        <span data-testid="run-status">{status}</span>
      </div>
      <p className={classes.summary}>
        {summary}
        {experiment ? (
          <>
            {' · in '}
            <Link href={`/experiments/${encodeURIComponent(experiment.id)}`} className={classes.experiment}>
              experiment #{experiment.number} {experiment.name}
            </Link>
          </>
        ) : null}
        {relatives}
      </p>
      <div className={classes.actions}>{actions}</div>
    </header>
  )
}
