import Link from 'next/link'
import classes from './ReportLink.module.css'

interface ReportLinkProps {
  readonly id: string
  readonly onFollow: () => void
  /** Whether the numbers of the figure were too many to be kept. */
  readonly lacksNumbers: boolean
}

/** Leads from a message to the report that it is about. */
export function ReportLink({ id, onFollow, lacksNumbers }: ReportLinkProps) {
  return (
    <>
      <Link href={`/reports/${encodeURIComponent(id)}`} className={classes.link} onClick={onFollow}>
        Open the report
      </Link>
      {lacksNumbers ? '. Its numbers are too many to be kept there; its page has them.' : null}
    </>
  )
}
