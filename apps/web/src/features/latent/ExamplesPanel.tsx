'use client'
import { ActionIcon, Group, NativeSelect, NumberInput } from '@mantine/core'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { formatCount, formatLoss } from '../../ui/formatQuantity'
import { PageSection } from '../../ui/PageSection'
import { CodedProgress } from './CodedProgress'
import { ExampleList } from './ExampleList'
import classes from './ExamplesPanel.module.css'
import type { SplitName } from './mapExamples'
import { splitNames } from './mapExamples'
import type { Projection } from './mapOptions'
import { type ExampleOrder, exampleOrders, orderExamples } from './orderExamples'
import { pageOf } from './pageOf'
import { useCodedPlaces } from './useCodedExamples'
import type { ExampleAccess } from './useExampleAccess'

/** Examples of a page: two rows of a wide screen. */
const PAGE = 12

interface ExamplesPanelProps {
  readonly access: ExampleAccess
  /** The epoch that is shown. */
  readonly epoch: number
  readonly projection: Projection
  readonly fittedTo: number
}

const orderNames = { index: 'In their order', worst: 'Largest error first', best: 'Smallest error first' } as const satisfies Record<
  ExampleOrder,
  string
>
const ANY = 'any'

/** Reaches every example of the run: by its number, by class and by the error of its reconstruction. */
export function ExamplesPanel({ access, epoch, projection, fittedTo }: ExamplesPanelProps) {
  const { counts, runId } = access.source
  const [split, setSplit] = useState<SplitName>('test')
  const [order, setOrder] = useState<ExampleOrder>('index')
  const [label, setLabel] = useState<number | null>(null)
  const [page, setPage] = useState(1)
  const [isByClass, setByClass] = useState(false)
  // Classes and errors of all come with their codes, which are computed once somebody wants them.
  const isCoded = order !== 'index' || isByClass
  const set = useMemo(() => (isCoded ? { runId, epoch, choice: 'all' as const } : null), [isCoded, runId, epoch])
  const coded = useCodedPlaces(set, projection, fittedTo)
  const labels = coded.places?.labels?.values ?? null
  const errors = coded.places?.errors?.values ?? null
  const rows = useMemo(() => orderExamples({ split, counts, order, label, labels, errors }), [split, counts, order, label, labels, errors])
  const shown = pageOf(rows, { page, size: PAGE })
  const present = splitNames.filter((_, at) => (counts[at] ?? 0) > 0)
  const classesThere = useMemo(() => [...new Set(Array.from(labels ?? []))].toSorted((a, b) => a - b), [labels])
  const start = (change: () => void) => () => {
    change()
    setPage(1)
  }
  return (
    <PageSection
      id="run-examples"
      title="Examples"
      note="All that the run was trained on, is scored on and shown with; press one to go to its code"
    >
      <Group gap={8} mb={8}>
        <NativeSelect
          size="xs"
          aria-label="Examples of"
          value={split}
          data={present.map((value) => ({ value, label: `${formatCount(counts[splitNames.indexOf(value)] ?? 0)} ${value} examples` }))}
          onChange={({ currentTarget }) => start(() => setSplit(splitNames.find((one) => one === currentTarget.value) ?? 'test'))()}
        />
        <NativeSelect
          size="xs"
          aria-label="Class of the examples"
          value={label === null ? ANY : String(label)}
          data={[
            { value: ANY, label: 'Any class' },
            ...(labels
              ? classesThere.map((one) => ({ value: String(one), label: `Class ${one}` }))
              : [{ value: '', label: 'Choose a class …' }]),
          ]}
          onChange={({ currentTarget: { value } }) =>
            start(() => {
              setByClass(value !== ANY || isByClass)
              setLabel(value === ANY || value === '' ? null : Number(value))
            })()
          }
        />
        <NativeSelect
          size="xs"
          aria-label="Order of the examples"
          value={order}
          data={exampleOrders.map((value) => ({ value, label: orderNames[value] }))}
          onChange={({ currentTarget }) => start(() => setOrder(exampleOrders.find((one) => one === currentTarget.value) ?? 'index'))()}
        />
        {order === 'index' && label === null && (
          <NumberInput
            size="xs"
            w={110}
            aria-label="Number of the example"
            placeholder="Number"
            min={0}
            max={rows.length - 1}
            allowDecimal={false}
            onChange={(value) => {
              if (typeof value === 'number') setPage(Math.floor(value / PAGE) + 1)
            }}
          />
        )}
        <Group gap={4}>
          <ActionIcon
            variant="default"
            size={24}
            aria-label="Examples before"
            disabled={shown.page === 1}
            onClick={() => setPage(shown.page - 1)}
          >
            <IconChevronLeft size={14} />
          </ActionIcon>
          <span className={classes.place} data-testid="examples-page">
            {rows.length === 0
              ? 'none'
              : `${formatCount((shown.page - 1) * PAGE + 1)} to ${formatCount(Math.min(rows.length, shown.page * PAGE))} of ${formatCount(rows.length)}`}
          </span>
          <ActionIcon
            variant="default"
            size={24}
            aria-label="Examples after"
            disabled={shown.page === shown.pages}
            onClick={() => setPage(shown.page + 1)}
          >
            <IconChevronRight size={14} />
          </ActionIcon>
        </Group>
      </Group>
      {isCoded && (
        <CodedProgress
          coded={coded}
          onLeave={() => {
            setOrder('index')
            setLabel(null)
            setByClass(false)
          }}
        />
      )}
      <ExampleList
        access={labels ? { ...access, labelOf: (row) => labels[row] ?? null } : access}
        rows={shown.items.map((row) => ({ row, ...(errors ? { note: `error ${formatLoss(errors[row])}` } : {}) }))}
        testId="examples"
      />
    </PageSection>
  )
}
