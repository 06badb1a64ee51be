'use client'

import { Button, CopyButton, Modal, MultiSelect, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { encodeTask, type TaskRun } from '../../entities/task/ClassTask'
import classes from './PrepareTask.module.css'
import type { SweepableSetting } from './sweepableSettings'

/** Addresses that are longer are cut by some of what they pass through. */
const MOST_CHARACTERS = 8_000

interface PrepareTaskProps {
  readonly title: string
  /** Undefined while anything in one of them is wrong. */
  readonly runs: readonly TaskRun[] | undefined
  /** What may be left free. */
  readonly settings: readonly SweepableSetting[]
}

/** Makes a link that opens what the form holds for a class: what is asked, and what students may change. */
export function PrepareTask({ title, runs, settings }: PrepareTaskProps) {
  const [isOpen, setOpen] = useState(false)
  const [name, setName] = useState('')
  const [question, setQuestion] = useState('')
  const [free, setFree] = useState<string[]>([])
  const groups = [...new Set(settings.map(({ group }) => group))].map((group) => ({
    group,
    items: settings.filter((setting) => setting.group === group).map(({ path, title: label }) => ({ value: path, label })),
  }))
  // Not at every letter that is typed in the form.
  const task = isOpen && runs && encodeTask({ title: name.trim() || title, question: question.trim(), runs, free })
  const link = task ? `${globalThis.location?.origin}/task?of=${task}` : undefined
  return (
    <>
      <Button variant="subtle" color="gray" size="sm" onClick={() => setOpen(true)}>
        Prepare for a class
      </Button>
      <Modal opened={isOpen} onClose={() => setOpen(false)} title="Prepare for a class" size="lg">
        <div className={classes.form}>
          <p className={classes.about}>
            A link opens the form as it is now, with a question above it. Settings that you do not leave free stay as they are.
          </p>
          <TextInput
            label="Title"
            placeholder={title}
            maxLength={200}
            value={name}
            onChange={({ currentTarget }) => setName(currentTarget.value)}
          />
          <Textarea
            label="Question"
            description="What students are to find out, and to answer."
            autosize
            minRows={3}
            maxLength={2_000}
            value={question}
            onChange={({ currentTarget }) => setQuestion(currentTarget.value)}
          />
          <MultiSelect
            label="What may be changed"
            placeholder={free.length === 0 ? 'nothing' : ''}
            data={groups}
            value={free}
            onChange={setFree}
            searchable
            clearable
            nothingFoundMessage="No setting has such a name."
          />
          {link === undefined ? (
            <p role="alert">Something in the form is wrong. Close this, put it right, and come back.</p>
          ) : link.length > MOST_CHARACTERS ? (
            <p role="alert">
              The link would have {link.length.toLocaleString('en')} characters, more than the {MOST_CHARACTERS.toLocaleString('en')} that
              get through everywhere. Leave out some runs.
            </p>
          ) : (
            <div className={classes.link}>
              <TextInput aria-label="Link" readOnly value={link} onFocus={({ currentTarget }) => currentTarget.select()} />
              <CopyButton value={link}>
                {({ copied, copy }) => <Button onClick={copy}>{copied ? 'Copied' : 'Copy the link'}</Button>}
              </CopyButton>
            </div>
          )}
        </div>
      </Modal>
    </>
  )
}
