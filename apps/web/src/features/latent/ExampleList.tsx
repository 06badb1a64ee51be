'use client'
import { UnstyledButton, VisuallyHidden } from '@mantine/core'
import classes from './ExampleList.module.css'
import { ExamplePreview, type ExamplePreviewProps } from './ExamplePreview'
import type { ExplorerStore } from './explorerStore'

interface ExampleListProps extends Pick<ExamplePreviewProps, 'examples' | 'model' | 'exampleShape' | 'originals'> {
  readonly store: ExplorerStore
  readonly rows: readonly { readonly row: number; readonly note: string }[]
  readonly testId?: string | undefined
}

/** Lists examples as buttons that lead to their codes. */
export function ExampleList({ store, rows, testId, examples, ...shown }: ExampleListProps) {
  return (
    <ol className={classes.list} data-testid={testId}>
      {rows.map(({ row, note }) => (
        <li key={row}>
          <UnstyledButton className={classes.button ?? ''} onClick={({ timeStamp }) => store.go(examples.codeOf(row), timeStamp)}>
            <VisuallyHidden component="span">Go to </VisuallyHidden>
            <ExamplePreview row={row} examples={examples} note={note} isFace {...shown} />
          </UnstyledButton>
        </li>
      ))}
    </ol>
  )
}
