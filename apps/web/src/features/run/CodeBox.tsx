'use client'
import { Button, CopyButton } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import classes from './CodeBox.module.css'

interface CodeBoxProps {
  readonly title: string
  readonly text: string
}

/** Shows text for programs, to be copied. */
export function CodeBox({ title, text }: CodeBoxProps) {
  return (
    <div className={classes.root}>
      <div className={classes.head}>
        <span className={classes.title}>{title}</span>
        <CopyButton value={text} timeout={1200}>
          {({ copied, copy }) => (
            <Button
              size="compact-xs"
              variant="subtle"
              color="gray"
              aria-label={`Copy ${title.toLowerCase()}`}
              leftSection={copied ? <IconCheck size={13} /> : <IconCopy size={13} />}
              onClick={copy}
            >
              {copied ? 'Copied' : 'Copy'}
            </Button>
          )}
        </CopyButton>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what is longer than its box is scrolled by keyboard too. */}
      <section className={classes.box} tabIndex={0} aria-label={title}>
        <pre className={classes.text} data-testid={title.toLowerCase()}>
          {text}
        </pre>
      </section>
    </div>
  )
}
