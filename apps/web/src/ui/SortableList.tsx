'use client'

import {
  type Announcements,
  closestCenter,
  DndContext,
  type DragEndEvent,
  KeyboardSensor,
  PointerSensor,
  type UniqueIdentifier,
  useSensor,
  useSensors,
} from '@dnd-kit/core'
import { arrayMove, SortableContext, sortableKeyboardCoordinates, useSortable, verticalListSortingStrategy } from '@dnd-kit/sortable'
import { CSS } from '@dnd-kit/utilities'
import { IconGripVertical } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import classes from './SortableList.module.css'

export interface SortableItem {
  readonly id: string
  readonly title: string
  /** What stands behind the title. */
  readonly end?: ReactNode
}

interface SortableListProps {
  readonly label: string
  readonly items: readonly SortableItem[]
  readonly onOrder: (ids: string[]) => void
}

/** A list whose order is changed by dragging, or by the keyboard: Space takes an item up and lays it down, arrows move it, Escape leaves it where it was. */
export function SortableList({ label, items, onOrder }: SortableListProps) {
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 3 } }),
    // An arrow that comes while the list still scrolls to where the one before led moves nothing.
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates, scrollBehavior: 'auto' }),
  )
  const ids = items.map(({ id }) => id)
  const end = ({ active, over }: DragEndEvent) => {
    if (over && over.id !== active.id) onOrder(arrayMove(ids, ids.indexOf(String(active.id)), ids.indexOf(String(over.id))))
  }
  const titleOf = (id: UniqueIdentifier) => items.find((item) => item.id === id)?.title ?? ''
  const placeOf = (id: UniqueIdentifier | undefined) => `${ids.indexOf(String(id)) + 1} of ${ids.length}`
  const announcements: Announcements = {
    onDragStart: ({ active }) => `${titleOf(active.id)} is taken up, at place ${placeOf(active.id)}.`,
    onDragOver: ({ active, over }) => `${titleOf(active.id)} is over place ${placeOf(over?.id)}.`,
    onDragEnd: ({ active, over }) => `${titleOf(active.id)} lies at place ${placeOf(over?.id)}.`,
    onDragCancel: ({ active }) => `${titleOf(active.id)} is where it was.`,
  }
  return (
    <DndContext sensors={sensors} collisionDetection={closestCenter} onDragEnd={end} accessibility={{ announcements }}>
      <SortableContext items={ids} strategy={verticalListSortingStrategy}>
        <ul className={classes.list} aria-label={label}>
          {items.map((item) => (
            <Item key={item.id} item={item} />
          ))}
        </ul>
      </SortableContext>
    </DndContext>
  )
}

function Item({ item: { id, title, end } }: { readonly item: SortableItem }) {
  const { attributes, listeners, setNodeRef, setActivatorNodeRef, transform, transition, isDragging } = useSortable({ id })
  return (
    <li
      ref={setNodeRef}
      className={classes.item}
      style={{ transform: CSS.Translate.toString(transform), transition }}
      data-dragging={isDragging || undefined}
    >
      <button ref={setActivatorNodeRef} type="button" className={classes.grip} {...attributes} {...listeners} aria-label={`Move ${title}`}>
        <IconGripVertical size={14} aria-hidden />
      </button>
      <span className={classes.title}>{title}</span>
      {end}
    </li>
  )
}
