import { Button } from '@mantine/core'
import { formatCount } from '../../ui/formatQuantity'
import classes from './Pager.module.css'
import { pagesOf } from './storageView'

interface PagerProps {
  /** What is paged, for example `runs`. */
  readonly noun: string
  /** From 1. */
  readonly page: number
  readonly size: number
  readonly totalCount: number
  readonly onPage: (page: number) => void
}

/** Says which rows are shown and leads to the others; nothing where all are shown. */
export function Pager({ noun, page, size, totalCount, onPage }: PagerProps) {
  const pages = pagesOf(totalCount, size)
  if (pages === 1) return null
  const first = (page - 1) * size + 1
  return (
    <nav className={classes.root} aria-label={`Pages of ${noun}`}>
      <span>
        {formatCount(first)} to {formatCount(Math.min(page * size, totalCount))} of {formatCount(totalCount)} {noun}
      </span>
      <Button size="compact-xs" variant="default" disabled={page <= 1} onClick={() => onPage(page - 1)}>
        Previous
      </Button>
      <Button size="compact-xs" variant="default" disabled={page >= pages} onClick={() => onPage(page + 1)}>
        Next
      </Button>
    </nav>
  )
}
