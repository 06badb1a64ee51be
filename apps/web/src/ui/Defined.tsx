import { Tooltip } from '@mantine/core'
import classes from './Defined.module.css'

interface DefinedProps {
  readonly title: string
  readonly definition: string
  readonly formula?: string
  /** Which examples it was measured on. */
  readonly examples?: string | undefined
}

/** Names something and defines it on hover, focus or touch. */
export function Defined({ title, definition, formula, examples }: DefinedProps) {
  return (
    <Tooltip
      multiline
      maw={340}
      events={{ hover: true, focus: true, touch: true }}
      label={
        <>
          {examples ? `${definition} ${examples}` : definition}
          {formula && <span className={classes.formula}>{formula}</span>}
        </>
      }
    >
      <button type="button" className={classes.root}>
        {title}
      </button>
    </Tooltip>
  )
}
