import { Tooltip } from '@mantine/core'
import classes from './Defined.module.css'

interface DefinedProps {
  readonly title: string
  readonly definition: string
  readonly formula?: string
}

/** Names something and defines it on hover, focus or touch. */
export function Defined({ title, definition, formula }: DefinedProps) {
  return (
    <Tooltip
      multiline
      maw={340}
      events={{ hover: true, focus: true, touch: true }}
      label={
        <>
          {definition}
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
