'use client'
import { ActionIcon, Button, NumberInput, Popover, Select, Stack } from '@mantine/core'
import { useElementSize } from '@mantine/hooks'
import { IconFilter, IconFilterFilled } from '@tabler/icons-react'
import { type PointerEvent, useMemo, useRef, useState } from 'react'
import classes from './ParallelPlot.module.css'
import { type Brush, type Dimension, marksOf, placeValues, sortedValues, writeValue } from './relations'
import type { RunGroup } from './runGroups'

interface ParallelPlotProps {
  readonly groups: readonly RunGroup[]
  readonly dimensions: readonly Dimension[]
  /** Whether each group lies in all brushed parts. */
  readonly inside: readonly boolean[]
  readonly brushes: readonly Brush[]
  readonly onBrush: (brushes: readonly Brush[]) => void
  readonly highlighted: string | null
  readonly onHighlight: (key: string | null) => void
}

const HEIGHT = 300
const TOP = 34
const BOTTOM = HEIGHT - 26
/** Where groups without a value pass. */
const NOWHERE = HEIGHT - 8
/** Between two axes, at least. */
const APART = 130
const MARGIN = 70
/** How near an axis a drag begins. */
const REACH = 14

/** Draws each group as a line through its values on upright axes; a part of an axis that is dragged over, or given by its ends, leaves only the groups that pass through it. */
export function ParallelPlot({ groups, dimensions, inside, brushes, onBrush, highlighted, onHighlight }: ParallelPlotProps) {
  const drawing = useRef<SVGSVGElement>(null)
  const [drag, setDrag] = useState<{ readonly id: string; readonly from: number; readonly to: number } | null>(null)
  const { ref: room, width: wide } = useElementSize()
  const apart = Math.max(APART, (wide - 2 * MARGIN) / Math.max(1, dimensions.length - 1))
  const axes = useMemo(
    () => dimensions.map((dimension, index) => ({ dimension, x: MARGIN + index * apart, place: placeValues(dimension, [BOTTOM, TOP]) })),
    [dimensions, apart],
  )
  const width = 2 * MARGIN + Math.max(0, dimensions.length - 1) * apart
  const heightOf = (event: PointerEvent) => {
    const box = drawing.current?.getBoundingClientRect()
    return box ? Math.min(BOTTOM, Math.max(TOP, ((event.clientY - box.top) * HEIGHT) / box.height)) : TOP
  }
  const setBrush = (id: string, next: Brush | null) => onBrush([...brushes.filter((brush) => brush.id !== id), ...(next ? [next] : [])])
  const finish = () => {
    if (!drag) return
    setDrag(null)
    const axis = axes.find(({ dimension }) => dimension.id === drag.id)
    if (!axis) return
    const [upper, lower] = [Math.min(drag.from, drag.to), Math.max(drag.from, drag.to)]
    const within = sortedValues(axis.dimension).filter((value) => axis.place(value) >= upper - 1 && axis.place(value) <= lower + 1)
    const [low, high] = [within[0], within.at(-1)]
    // A press without a drag takes the brush away.
    setBrush(drag.id, lower - upper < 4 || low === undefined || high === undefined ? null : { id: drag.id, low, high })
  }
  return (
    <div ref={room} className={classes.scroll}>
      <div className={classes.root} style={{ width }}>
        <div className={classes.filters}>
          {axes.map(({ dimension, x }) => (
            <div key={dimension.id} className={classes.filter} style={{ left: x }}>
              <RangePopover
                dimension={dimension}
                brush={brushes.find(({ id }) => id === dimension.id) ?? null}
                onBrush={(brush) => setBrush(dimension.id, brush)}
              />
            </div>
          ))}
        </div>
        <svg
          ref={drawing}
          data-drawing
          className={classes.drawing}
          viewBox={`0 0 ${width} ${HEIGHT}`}
          width={width}
          height={HEIGHT}
          role="img"
          aria-label={`Lines of ${groups.length} runs or groups through ${dimensions.map(({ title }) => title).join(', ')}`}
          onPointerMove={(event) => drag && setDrag({ ...drag, to: heightOf(event) })}
          onPointerUp={finish}
          onPointerCancel={() => setDrag(null)}
        >
          {groups.map(({ key, label, style }, index) => (
            <polyline
              key={key}
              className={classes.line}
              points={axes.map(({ dimension, x, place }) => `${x},${heightAt(dimension.values[index], place)}`).join(' ')}
              stroke={style.colour}
              strokeDasharray={style.dash?.join(' ')}
              data-aside={!inside[index] || (highlighted !== null && highlighted !== key) || undefined}
              data-highlighted={highlighted === key || undefined}
              onPointerEnter={() => onHighlight(key)}
              onPointerLeave={() => onHighlight(null)}
            >
              <title>{label}</title>
            </polyline>
          ))}
          {axes.map(({ dimension, x, place }) => {
            const brush = brushes.find(({ id }) => id === dimension.id)
            const range = drag?.id === dimension.id ? [drag.from, drag.to] : brush ? [place(brush.low), place(brush.high)] : null
            return (
              <g key={dimension.id}>
                <line className={classes.axis} x1={x} x2={x} y1={TOP} y2={BOTTOM} />
                {marksOf(dimension, MOST_MARKS).map((value) => (
                  <text key={String(value)} className={classes.mark} x={x + 6} y={place(value) + 4}>
                    {shorten(writeValue(value))}
                  </text>
                ))}
                {range ? (
                  <rect
                    className={classes.brush}
                    x={x - 7}
                    width={14}
                    y={Math.min(...range) - 4}
                    height={Math.abs((range[0] ?? 0) - (range[1] ?? 0)) + 8}
                  />
                ) : null}
                <rect
                  className={classes.reach}
                  x={x - REACH}
                  width={2 * REACH}
                  y={TOP - 6}
                  height={BOTTOM - TOP + 12}
                  onPointerDown={(event) => {
                    const from = heightOf(event)
                    event.currentTarget.ownerSVGElement?.setPointerCapture(event.pointerId)
                    setDrag({ id: dimension.id, from, to: from })
                  }}
                />
                <text className={classes.title} x={x} y={12} textAnchor="middle">
                  {shorten(dimension.title, 20)}
                  <title>{dimension.title}</title>
                </text>
              </g>
            )
          })}
        </svg>
      </div>
    </div>
  )
}

const heightAt = (value: number | string | null | undefined, place: (value: number | string) => number) =>
  value === null || value === undefined ? NOWHERE : place(value)

const MOST_MARKS = 8

const shorten = (text: string, most = 14) => (text.length > most ? `${text.slice(0, most - 1)}…` : text)

interface RangePopoverProps {
  readonly dimension: Dimension
  readonly brush: Brush | null
  readonly onBrush: (brush: Brush | null) => void
}

/** Sets the part of an axis that runs must lie in by its ends. */
function RangePopover({ dimension, brush, onBrush }: RangePopoverProps) {
  const { id, title, isNumeric } = dimension
  const sorted = sortedValues(dimension)
  const [low, high] = [brush?.low ?? sorted[0] ?? 0, brush?.high ?? sorted.at(-1) ?? 0]
  const ends = [
    { name: 'From', value: low, change: (value: number | string) => onBrush({ id, low: value, high }) },
    { name: 'To', value: high, change: (value: number | string) => onBrush({ id, low, high: value }) },
  ]
  return (
    <Popover shadow="sm" width={190} withinPortal>
      <Popover.Target>
        <ActionIcon
          variant="subtle"
          color={brush ? 'accent' : 'gray'}
          size={24}
          aria-label={`Narrow ${title}`}
          aria-pressed={brush !== null}
        >
          {brush ? <IconFilterFilled size={13} /> : <IconFilter size={13} />}
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap={8}>
          {ends.map(({ name, value, change }) =>
            isNumeric ? (
              <NumberInput key={name} size="xs" label={name} value={value} onChange={(next) => typeof next === 'number' && change(next)} />
            ) : (
              <Select
                key={name}
                size="xs"
                label={name}
                allowDeselect={false}
                data={sorted.map(String)}
                value={String(value)}
                comboboxProps={{ withinPortal: false }}
                onChange={(next) => next !== null && change(next)}
              />
            ),
          )}
          <Button size="xs" variant="default" disabled={brush === null} onClick={() => onBrush(null)}>
            All of it
          </Button>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}
