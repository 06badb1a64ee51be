import { Textarea, TextInput } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './TaskPage.module.css'
import type { TaskProgress } from './taskProgress'

interface TaskAnswerProps extends Pick<TaskProgress, 'name' | 'answer'> {
  readonly onChange: (changes: Partial<TaskProgress>) => void
  /** What takes it away. */
  readonly actions: ReactNode
}

/** Takes what a student makes of a task. */
export function TaskAnswer({ name, answer, onChange, actions }: TaskAnswerProps) {
  return (
    <section className={classes.answer} aria-labelledby="answer">
      <h2 id="answer" className={classes.subtitle}>
        Your answer
      </h2>
      <Textarea
        aria-labelledby="answer"
        autosize
        minRows={4}
        value={answer}
        onChange={({ currentTarget }) => onChange({ answer: currentTarget.value })}
      />
      <div className={classes.hand}>
        <TextInput
          label="Your name"
          autoComplete="name"
          value={name}
          onChange={({ currentTarget }) => onChange({ name: currentTarget.value })}
        />
        {actions}
      </div>
    </section>
  )
}
