import { Button } from '@mantine/core'
import Link from 'next/link'
import classes from './Missing.module.css'
import { useFigureNote } from './WantedFigure'

export interface WhyMissing {
  readonly reason: 'deleted' | 'unknown' | 'unreachable'
  /** What the server said. @default a sentence of the reason */
  readonly message?: string
}

interface MissingProps extends WhyMissing {
  /** What is missing, in one word that goes with `a` or `an`, whichever `article` says. */
  readonly noun: string
  readonly article: 'a' | 'an'
  /** What went with it when it was deleted. */
  readonly gone: string
  /** Where to go from here. */
  readonly home: { readonly href: string; readonly label: string }
}

/** Says why there is nothing to show, and leads on. */
export function Missing({ reason, message, noun, article, gone, home }: MissingProps) {
  const texts = {
    deleted: { title: `This ${noun} has been deleted`, text: `Somebody deleted it, here or in another window. ${gone}` },
    unknown: {
      title: `There is no such ${noun}`,
      text: `The address names ${article} ${noun} that this lab does not have. It may have been deleted.`,
    },
    unreachable: { title: `The ${noun} could not be read`, text: 'The server did not answer as it should.' },
  }
  const { title, text } = texts[reason]
  useFigureNote(`${title}.`)
  return (
    <div className={classes.root} role="alert" data-testid={`${noun}-missing`}>
      <h1 className={classes.title}>{title}</h1>
      <p className={classes.text}>{message ?? text}</p>
      <div className={classes.actions}>
        <Button component={Link} href={home.href}>
          {home.label}
        </Button>
      </div>
    </div>
  )
}
