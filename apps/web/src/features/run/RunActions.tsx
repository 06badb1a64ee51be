'use client'
import { Button } from '@mantine/core'
import { IconCopyPlus } from '@tabler/icons-react'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import type { ReactNode } from 'react'
import { LifeActions, type LifeActionsOf } from '../../ui/LifeActions'
import { usePageActions } from '../../ui/pageActions'
import classes from './RunActions.module.css'

interface RunActionsProps extends LifeActionsOf {
  readonly id: string
  /** Whether its configuration can begin another run. */
  readonly canLaunchAgain?: boolean
  /** What deleting takes away, for example `20 checkpoints, 14.2 MB`. */
  readonly contents: string
  /** What else can be done with it. */
  readonly children?: ReactNode
}

/** Offers what can be done with a run in its state. */
export function RunActions({ id, contents, canLaunchAgain = true, children, ...actions }: RunActionsProps) {
  const router = useRouter()
  const again = `/new?from=${encodeURIComponent(id)}`
  usePageActions(canLaunchAgain ? [{ id: 'run.again', label: 'Launch this run again with changes', run: () => router.push(again) }] : [])
  return (
    <LifeActions
      {...actions}
      noun="run"
      stopLabel="Stop"
      stopWords="Stop this run"
      warning={`This moves the run with its metrics, reconstructions and ${contents} to the trash${actions.canStop ? ', and stops it first' : ''}. After some days they are deleted from disk.`}
    >
      {children}
      {canLaunchAgain && (
        <Button
          component={Link}
          href={again}
          variant="default"
          leftSection={<IconCopyPlus size={14} />}
          aria-label="Launch again with changes"
        >
          Launch again<span className={classes.wide}>&nbsp;with changes</span>
        </Button>
      )}
    </LifeActions>
  )
}
