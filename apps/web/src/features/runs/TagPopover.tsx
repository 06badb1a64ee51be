'use client'

import { Button, Group, Popover, TextInput } from '@mantine/core'
import { IconTag } from '@tabler/icons-react'
import { type FormEvent, useState } from 'react'

interface TagPopoverProps {
  readonly isOpen: boolean
  readonly onOpen: (isOpen: boolean) => void
  readonly onAdd: (tag: string) => void
  readonly onRemove: (tag: string) => void
}

/** Asks for a tag that runs are to have, or to have no more. */
export function TagPopover({ isOpen, onOpen, onAdd, onRemove }: TagPopoverProps) {
  const [tag, setTag] = useState('')
  const finish = (act: (tag: string) => void) => {
    if (tag.trim() === '') return
    act(tag.trim())
    setTag('')
    onOpen(false)
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    finish(onAdd)
  }
  return (
    <Popover opened={isOpen} onChange={onOpen} position="top" shadow="md" trapFocus>
      <Popover.Target>
        <Button variant="subtle" color="gray" leftSection={<IconTag size={14} />} onClick={() => onOpen(!isOpen)}>
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
