'use client'
import { UnstyledButton, VisuallyHidden } from '@mantine/core'
import classes from './ExampleList.module.css'
import { ExamplePreview } from './ExamplePreview'
import type { ExampleAccess } from './useExampleAccess'

interface ExampleListProps {
  readonly access: ExampleAccess
  readonly rows: readonly { readonly row: number; readonly note?: string }[]
  readonly testId?: string | undefined
}

/** Lists examples as buttons that lead to their codes. */
export function ExampleList({ access, rows, testId }: ExampleListProps) {
  return (
    <ol className={classes.list} data-testid={testId}>
      {rows.map(({ row, note }) => (
        <li key={row}>
          <UnstyledButton className={classes.button ?? ''} onClick={({ timeStamp }) => access.go(row, timeStamp)}>
            <VisuallyHidden component="span">Go to </VisuallyHidden>
            <ExamplePreview row={row} access={access} note={note} isFace />
          </UnstyledButton>
        </li>
      ))}
    </ol>
  )
}
