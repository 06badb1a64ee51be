import { Tooltip } from '@mantine/core'
import Link from 'next/link'
import classes from './Defined.module.css'

interface DefinedProps {
  readonly title: string
  readonly definition: string
  readonly formula?: string | undefined
  /** Which examples it was measured on. */
  readonly examples?: string | undefined
  /** Where it stands in the glossary; without it, nothing happens when it is pressed. */
  readonly term?: string | undefined
}

/** Names something and defines it on hover, focus or touch; pressed, it leads to the glossary. */
export function Defined({ title, definition, formula, examples, term }: DefinedProps) {
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
      {term ? (
        <Link href={`/glossary#${term}`} className={classes.root}>
          {title}
        </Link>
      ) : (
        <button type="button" className={classes.root}>
          {title}
        </button>
      )}
    </Tooltip>
  )
}
