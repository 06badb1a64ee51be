'use client'
import { completeQuery, printText } from '@hourglass/query'
import { CloseButton, Combobox, TextInput, useCombobox } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useId, useLayoutEffect, useMemo, useRef, useState } from 'react'
import classes from './QueryInput.module.css'
import { queryProblem } from './queryProblem'
import { type FacetValue, useFacetValues, useKeyBook } from './useRunKeys'

interface QueryInputProps {
  /** The query that is applied. */
  readonly value: string
  /** Called with each text that is a query. */
  readonly onChange: (query: string) => void
}

interface Option {
  readonly text: string
  readonly detail: string
}

/** Takes a query over runs: words of their names, or conditions on any setting or measurement, which are completed while they are written. What is no query stays in the field, with what is wrong, and is not applied. */
export function QueryInput({ value, onChange }: QueryInputProps) {
  const [isUsed, setUsed] = useState(value !== '')
  const book = useKeyBook(isUsed)
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() })
  const input = useRef<HTMLInputElement>(null)
  const problemId = useId()
  const [text, setText] = useState(value)
  const [applied, setApplied] = useState(value)
  const [cursor, setCursor] = useState(value.length)
  /** Where the cursor goes once a completion has been written. */
  const [jump, setJump] = useState<number | null>(null)
  if (value !== applied) {
    setApplied(value)
    setText(value)
  }
  useLayoutEffect(() => {
    if (jump === null) return
    input.current?.setSelectionRange(jump, jump)
    setJump(null)
  }, [jump])

  const completion = useMemo(
    () => (book && combobox.dropdownOpened ? completeQuery(text, cursor, book) : null),
    [book, combobox.dropdownOpened, text, cursor],
  )
  const values = useFacetValues(completion?.valuesOf ?? null)
  const options = useMemo(
    () => [
      ...(completion?.options ?? []).map(({ text: written, title }) => ({ text: written, detail: title ?? '' })),
      ...values.map(toOption),
    ],
    [completion, values],
  )
  const problem = useMemo(() => queryProblem(text, book), [text, book])

  const change = (next: string) => {
    setText(next)
    if (queryProblem(next, book)) return
    setApplied(next)
    onChange(next)
  }
  const choose = (chosen: string) => {
    if (!completion) return
    const before = `${text.slice(0, completion.from)}${chosen}${chosen.endsWith('(') ? '' : ' '}`
    change(before + text.slice(completion.to).trimStart())
    setCursor(before.length)
    setJump(before.length)
    combobox.resetSelectedOption()
  }
  return (
    <div className={classes.root}>
      <Combobox store={combobox} onOptionSubmit={choose} withinPortal={false}>
        <Combobox.Target>
          <TextInput
            ref={input}
            size="xs"
            type="search"
            aria-label="Search runs"
            error={problem !== null}
            aria-describedby={problem ? problemId : undefined}
            placeholder="Name, or z <= 32 and psnr > 20"
            leftSection={<IconSearch size={14} />}
            rightSection={text ? <CloseButton size="xs" aria-label="Clear search" onClick={() => change('')} /> : null}
            value={text}
            spellCheck={false}
            autoComplete="off"
            onChange={(event) => {
              change(event.currentTarget.value)
              setCursor(event.currentTarget.selectionStart ?? event.currentTarget.value.length)
              combobox.openDropdown()
            }}
            onSelect={(event) => setCursor(event.currentTarget.selectionStart ?? 0)}
            onFocus={() => setUsed(true)}
            onBlur={() => combobox.closeDropdown()}
          />
        </Combobox.Target>
        <Combobox.Dropdown hidden={options.length === 0}>
          <Combobox.Options mah={280} className={classes.options ?? ''}>
            {options.map((option) => (
              <Combobox.Option key={option.text} value={option.text} className={classes.option ?? ''}>
                <span className={classes.text}>{option.text}</span>
                <span className={classes.detail}>{option.detail}</span>
              </Combobox.Option>
            ))}
          </Combobox.Options>
        </Combobox.Dropdown>
      </Combobox>
      {problem ? (
        <p id={problemId} className={classes.problem} role="status">
          <code className={classes.pointer} aria-hidden>
            {text.slice(Math.max(0, problem.from - 12), problem.from)}
            <mark>{text.slice(problem.from, Math.max(problem.to, problem.from + 1)) || ' '}</mark>
          </code>{' '}
          {problem.message}
        </p>
      ) : null}
    </div>
  )
}

function toOption({ text, title, runs }: FacetValue): Option {
  return { text: printText(text), detail: [title ?? '', runs === 1 ? '1 run' : `${runs} runs`].filter(Boolean).join(', ') }
}
