'use client'

import { Checkbox, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import type { RunFilter } from '../../data/generated/graphql'
import classes from './KeyList.module.css'
import { subjectsOf } from './keySubjects'
import { ownColumns } from './runColumns'
import { type RunKey, unitOf, useKeyCounts, useRunKeys } from './useRunKeys'

interface KeyListProps {
  readonly label: string
  /** The runs that are looked at: keys that none of them has are left out. */
  readonly filter: RunFilter | null
  readonly chosen: readonly string[]
  readonly onToggle: (name: string) => void
  /** Keys that cannot be chosen here. */
  readonly isLeftOut?: (key: RunKey) => boolean
  /** Whether no more can be chosen. @default false */
  readonly isFull?: boolean
}

/** Offers the keys that runs have a value of, by subject; a text finds them by title, name and alias. */
export function KeyList({ label, filter, chosen, onToggle, isLeftOut, isFull = false }: KeyListProps) {
  const keys = useRunKeys(true)
  const counts = useKeyCounts(filter)
  const [text, setText] = useState('')
  const subjects = useMemo(() => {
    const offered = keys?.filter((key) => !isLeftOut?.(key) && (counts?.get(key.name) !== 0 || chosen.includes(key.name)))
    return subjectsOf(offered ?? [], text)
  }, [keys, counts, text, chosen, isLeftOut])
  return (
    <div className={classes.root}>
      <TextInput
        size="xs"
        type="search"
        aria-label={label}
        placeholder="Search"
        leftSection={<IconSearch size={14} />}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        data-autofocus
      />
      <div className={classes.list}>
        {keys && subjects.length === 0 ? <p className={classes.none}>Nothing is called so.</p> : null}
        {subjects.map((subject) => (
          <fieldset key={subject.title} className={classes.subject}>
            <legend className={classes.title}>{subject.title}</legend>
            {subject.keys.map((key) => (
              <Checkbox
                key={key.name}
                size="xs"
                className={classes.key ?? ''}
                checked={chosen.includes(key.name)}
                // Those that rows have anyway are not counted.
                disabled={isFull && !chosen.includes(key.name) && !(key.name in ownColumns)}
                onChange={() => onToggle(key.name)}
                label={
                  <span title={[key.description, key.name].filter(Boolean).join(' · ')}>
                    {key.title}
                    {unitOf(key) ? <span className={classes.unit}> {unitOf(key)}</span> : null}
                  </span>
                }
              />
            ))}
          </fieldset>
        ))}
      </div>
    </div>
  )
}
