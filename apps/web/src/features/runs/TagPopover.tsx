'use client'

import { Button, Group, Popover, TextInput } from '@mantine/core'
import { IconTag } from '@tabler/icons-react'
import { type FormEvent, useState } from 'react'

interface TagPopoverProps {
  readonly onAdd: (tag: string) => void
  readonly onRemove: (tag: string) => void
}

/** Asks for a tag that runs are to have, or to have no more. */
export function TagPopover({ onAdd, onRemove }: TagPopoverProps) {
  const [isOpen, setOpen] = useState(false)
  const [tag, setTag] = useState('')
  const finish = (act: (tag: string) => void) => {
    if (tag.trim() === '') return
    act(tag.trim())
    setTag('')
    setOpen(false)
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    finish(onAdd)
  }
  return (
    <Popover opened={isOpen} onChange={setOpen} position="top" shadow="md" trapFocus>
      <Popover.Target>
        <Button variant="subtle" color="gray" leftSection={<IconTag size={14} />} onClick={() => setOpen(!isOpen)}>
          Tag
        </Button>
      </Popover.Target>
      <Popover.Dropdown p="sm">
        <form onSubmit={submit}>
          <TextInput
            size="xs"
            label="Tag"
            value={tag}
            maxLength={100}
            onChange={(event) => setTag(event.currentTarget.value)}
            data-autofocus
          />
          <Group gap={6} mt="xs" justify="flex-end">
            <Button variant="default" disabled={tag.trim() === ''} onClick={() => finish(onRemove)}>
              Remove
            </Button>
            <Button type="submit" disabled={tag.trim() === ''}>
              Add
            </Button>
          </Group>
        </form>
      </Popover.Dropdown>
    </Popover>
  )
}
