'use client'
import type { ReactNode } from 'react'
import classes from './RunHeader.module.css'
import { RunName } from './RunName'

interface RunHeaderProps {
  readonly number: number
  readonly name: string
  readonly colour: string
  /** Dataset, architecture and loss in a few words. */
  readonly summary: string
  readonly status: ReactNode
  readonly actions: ReactNode
  readonly onRename: (name: string) => Promise<unknown>
}

/** Names the run: its colour, number, name and state, with what can be done. */
export function RunHeader({ number, name, colour, summary, status, actions, onRename }: RunHeaderProps) {
  return (
    <header className={classes.root}>
      <div className={classes.title}>
        <span className={classes.dot} style={{ background: colour }} aria-hidden />
        <span className={classes.number}>#{number}</span>
        <RunName name={name} onRename={onRename} />
        <span data-testid="run-status">{status}</span>
      </div>
      <p className={classes.summary}>{summary}</p>
      <div className={classes.actions}>{actions}</div>
    </header>
  )
}
