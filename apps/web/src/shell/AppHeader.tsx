'use client'

import { ActionIcon, Tooltip } from '@mantine/core'
import { IconDatabase, IconPlayerPlayFilled, IconSearch, IconVocabulary } from '@tabler/icons-react'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import type { LabQuery } from '../data/generated/graphql'
import classes from './AppHeader.module.css'
import { ColorSchemeToggle } from './ColorSchemeToggle'
import { HourglassMark } from './HourglassMark'

const places = [
  { href: '/chapter', label: 'Chapter', isHere: () => false },
  { href: '/runs', label: 'Runs', isHere: (path: string) => path === '/' || path.startsWith('/runs') },
  { href: '/experiments', label: 'Experiments', isHere: (path: string) => path.startsWith('/experiments') },
  { href: '/compare', label: 'Compare', isHere: (path: string) => path.startsWith('/compare') },
  { href: '/reports', label: 'Reports', isHere: (path: string) => path.startsWith('/reports') },
  { href: '/new', label: 'New run', isHere: (path: string) => path.startsWith('/new') },
] as const

const tools = [
  { href: '/glossary', label: 'Glossary', Icon: IconVocabulary },
  { href: '/storage', label: 'Storage', Icon: IconDatabase },
] as const

export interface AppHeaderProps {
  readonly lab: LabQuery['lab'] | undefined
  readonly onSearch: () => void
}

/** Shows the way to every page, the search, and the state of the lab. */
export function AppHeader({ lab, onSearch }: AppHeaderProps) {
  const path = usePathname()
  return (
    <header className={classes.header}>
      <div className={classes.inner}>
        <Link href="/runs" className={classes.brand} aria-label="Hourglass, all runs">
          <HourglassMark />
          <span className={classes.name}>Hourglass</span>
        </Link>
        <nav aria-label="Main" className={classes.nav}>
          {places.map(({ href, label, isHere }) => (
            <Link key={href} href={href} className={classes.place} aria-current={isHere(path) ? 'page' : undefined}>
              {label}
            </Link>
          ))}
        </nav>
        <div className={classes.end}>
          {lab ? (
            <Tooltip label={`Version ${lab.version}, ${lab.threads} threads a run, at most ${lab.maxRuns} at once. Opens the queue`}>
              <Link href="/queue" className={classes.load} data-testid="lab-load" data-idle={lab.running === 0 || undefined}>
                {lab.running > 0 ? <IconPlayerPlayFilled size={9} className={classes.mark} aria-hidden /> : null}
                <b>{lab.running}</b>
                <span className={classes.word}> running</span>
                {lab.queued > 0 ? <span className={classes.queued}>, {lab.queued} queued</span> : null}
                {lab.queuePaused ? <span className={classes.queued}>, paused</span> : null}
              </Link>
            </Tooltip>
          ) : null}
          <Tooltip label="Search, Ctrl K">
            <ActionIcon
              className={classes.icon ?? ''}
              variant="subtle"
              color="gray"
              aria-label="Search and do"
              aria-keyshortcuts="Control+K Meta+K"
              onClick={onSearch}
            >
              <IconSearch size={16} stroke={1.6} />
            </ActionIcon>
          </Tooltip>
          {tools.map(({ href, label, Icon }) => (
            <Tooltip key={href} label={label}>
              <ActionIcon
                component={Link}
                href={href}
                className={classes.tool ?? ''}
                variant="subtle"
                color="gray"
                aria-label={label}
                aria-current={path.startsWith(href) ? 'page' : undefined}
              >
                <Icon size={16} stroke={1.6} />
              </ActionIcon>
            </Tooltip>
          ))}
          <ColorSchemeToggle />
        </div>
      </div>
    </header>
  )
}
