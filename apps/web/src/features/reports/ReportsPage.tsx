'use client'
import { Button, Skeleton } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useAction } from '../../data/useAction'
import { beginReport } from '../../entities/report/reportActions'
import { useReports } from '../../entities/report/useReports'
import { Age } from '../../ui/Age'
import { formatCount } from '../../ui/formatQuantity'
import { usePageActions } from '../../ui/pageActions'
import head from '../../ui/pageHead.module.css'
import { Unreachable } from '../../ui/Unreachable'
import classes from './ReportsPage.module.css'

/** Lists the reports of the lab, and begins new ones. */
export function ReportsPage() {
  const router = useRouter()
  const { reports, error } = useReports()
  const { run: create, isRunning } = useAction(beginReport)
  const begin = async () => {
    const { data } = await create({ name: 'Untitled report' })
    if (data) router.push(`/reports/${data.createReport.id}`)
  }
  usePageActions([{ id: 'reports.new', label: 'Begin a report', run: () => void begin() }])
  return (
    <>
      <div className={head.head}>
        <h1 className={head.title}>
          Reports {reports && reports.length > 0 ? <span className={head.count}>{formatCount(reports.length)}</span> : null}
        </h1>
        <Button leftSection={<IconPlus size={14} />} loading={isRunning} onClick={() => void begin()}>
          New report
        </Button>
      </div>
      {reports ? null : error ? <Unreachable error={error} /> : <Skeleton height={120} role="status" aria-label="Loading reports" />}
      {reports?.length === 0 ? (
        <p className={head.none}>
          A report is a page of figures with text between them, for everybody who uses the lab. The menu of each figure puts it into one, as
          it is or live.
        </p>
      ) : null}
      {reports && reports.length > 0 ? (
        <table className={classes.table} data-testid="reports">
          <thead>
            <tr>
              <th scope="col">Report</th>
              <th scope="col" data-align="right">
                Figures
              </th>
              <th scope="col">Changed</th>
            </tr>
          </thead>
          <tbody>
            {reports.map(({ id, name, figureCount, updatedAt }) => (
              <tr key={id}>
                <th scope="row">
                  <Link href={`/reports/${encodeURIComponent(id)}`} className={classes.name}>
                    {name}
                  </Link>
                </th>
                <td data-align="right">{formatCount(figureCount)}</td>
                <td>
                  <Age at={updatedAt} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
    </>
  )
}
