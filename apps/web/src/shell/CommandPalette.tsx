'use client'

import '@mantine/spotlight/styles.css'
import { useMantineColorScheme } from '@mantine/core'
import { createSpotlight, Spotlight } from '@mantine/spotlight'
import { IconSearch } from '@tabler/icons-react'
import { useRouter } from 'next/navigation'
import { useEffect, useRef, useState } from 'react'
import { useAction } from '../data/useAction'
import { pauseQueue, resumeQueue } from '../entities/lab/queueActions'
import { useLab } from '../entities/lab/useLab'
import { runStatuses } from '../entities/run/runStatus'
import { type PageAction, useOfferedActions } from '../ui/pageActions'
import { matches } from './matches'
import { places } from './places'
import { usePaletteSearch } from './usePaletteSearch'

export interface CommandPaletteProps {
  readonly isOpen: boolean
  readonly onClose: () => void
  readonly onShortcuts: () => void
}

const [store, palette] = createSpotlight()

/** Finds pages, runs, experiments, reports and what can be done, by what is typed. Once it was opened it stays, so that closing it gives the focus back. */
export function CommandPalette({ isOpen, onClose, onShortcuts }: CommandPaletteProps) {
  const router = useRouter()
  const [query, setQuery] = useState('')
  const found = usePaletteSearch(isOpen ? query : null)
  const actions = [...useOfferedActions(), ...useLabActions(onShortcuts)].filter(({ label }) => matches(query, label))
  const pages = places.filter(({ label, words }) => matches(query, `${label} ${words}`))
  const before = useRef<Element>(null)
  const chosen = useRef<() => void>(null)
  useEffect(() => {
    if (isOpen) {
      before.current = document.activeElement
      chosen.current = null
      palette.open()
    } else palette.close()
  }, [isOpen])
  // What is done may give the focus to a field or a dialog: that it goes back comes first.
  const finish = () => {
    if (before.current instanceof HTMLElement) before.current.focus({ preventScroll: true })
    chosen.current?.()
    chosen.current = null
  }
  const choose = (run: () => void) => () => {
    chosen.current = run
  }
  // What is found once the query stands is not selected by itself, and Enter would do nothing.
  useEffect(() => {
    if (!isOpen || query === '' || document.querySelector('[data-action][data-selected]')) return
    document.querySelector('[data-action]')?.setAttribute('data-selected', 'true')
    store.updateState((state) => ({ ...state, selected: 0 }))
  })
  const isEmpty = actions.length + pages.length + found.runs.length + found.experiments.length + found.reports.length === 0
  const go = (href: string) => () => router.push(href)
  return (
    <Spotlight.Root
      store={store}
      shortcut={null}
      query={query}
      onQueryChange={setQuery}
      onSpotlightClose={onClose}
      returnFocus={false}
      onExitTransitionEnd={finish}
      scrollable
      maxHeight="60vh"
    >
      <Spotlight.Search
        placeholder="Find pages, runs and actions"
        aria-label="Search"
        leftSection={<IconSearch size={16} stroke={1.6} />}
      />
      <Spotlight.ActionsList>
        <Group label="On this page and in the lab">
          {actions.map(({ id, label, run }) => (
            <Spotlight.Action key={id} label={label} onClick={choose(run)} />
          ))}
        </Group>
        <Group label="Pages">
          {pages.map(({ href, label }) => (
            <Spotlight.Action key={href} label={label} onClick={go(href)} />
          ))}
        </Group>
        <Group label={query.trim() === '' ? 'Newest runs' : 'Runs'}>
          {found.runs.map(({ id, number, name, status }) => (
            <Spotlight.Action
              key={id}
              label={`#${number} ${name}`}
              rightSection={<span>{runStatuses[status].label}</span>}
              onClick={go(`/runs/${encodeURIComponent(id)}`)}
            />
          ))}
        </Group>
        <Group label={query.trim() === '' ? 'Newest experiments' : 'Experiments'}>
          {found.experiments.map(({ id, number, name }) => (
            <Spotlight.Action key={id} label={`#${number} ${name}`} onClick={go(`/experiments/${encodeURIComponent(id)}`)} />
          ))}
        </Group>
        <Group label={query.trim() === '' ? 'Latest reports' : 'Reports'}>
          {found.reports.map(({ id, name }) => (
            <Spotlight.Action key={id} label={name} onClick={go(`/reports/${encodeURIComponent(id)}`)} />
          ))}
        </Group>
        {isEmpty ? <Spotlight.Empty>{emptyText(found)}</Spotlight.Empty> : null}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  )
}

/** Puts findings under a heading; nothing where there are none. */
function Group({ label, children }: { readonly label: string; readonly children: readonly React.ReactNode[] }) {
  return children.length === 0 ? null : <Spotlight.ActionsGroup label={label}>{children}</Spotlight.ActionsGroup>
}

function emptyText({ isSearching, failed }: { readonly isSearching: boolean; readonly failed: boolean }): string {
  if (failed) return 'The server could not be asked for runs, experiments and reports.'
  return isSearching ? 'Searching…' : 'Nothing is called so.'
}

/** What can be done on every page. */
function useLabActions(onShortcuts: () => void): readonly PageAction[] {
  const { lab } = useLab()
  const pause = useAction(pauseQueue)
  const resume = useAction(resumeQueue)
  const { toggleColorScheme } = useMantineColorScheme()
  return [
    lab?.queuePaused
      ? { id: 'queue', label: 'Resume the queue', run: () => void resume.run({}) }
      : { id: 'queue', label: 'Pause the queue', run: () => void pause.run({}) },
    { id: 'scheme', label: 'Switch between light and dark', run: toggleColorScheme },
    { id: 'shortcuts', label: 'Show keyboard shortcuts', run: onShortcuts },
  ]
}
