import { Button } from '@mantine/core'
import Link from 'next/link'
import classes from './Missing.module.css'

export interface MissingProps {
  readonly title: string
  readonly text: string
  /** Where to go from here. */
  readonly home: { readonly href: string; readonly label: string }
  readonly testId?: string
}

/** Says why there is nothing to show, and leads on. */
export function Missing({ title, text, home, testId }: MissingProps) {
  return (
    <div className={classes.root} role="alert" data-testid={testId}>
      <h1 className={classes.title}>{title}</h1>
      <p className={classes.text}>{text}</p>
      <div className={classes.actions}>
        <Button component={Link} href={home.href}>
          {home.label}
        </Button>
      </div>
    </div>
  )
}
