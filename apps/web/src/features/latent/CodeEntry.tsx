'use client'
import { Button, Popover, Textarea } from '@mantine/core'
import { IconKeyboard } from '@tabler/icons-react'
import { useState } from 'react'
import classes from './CodeEntry.module.css'
import { parseCode } from './parseCode'

interface CodeEntryProps {
  /** Units of a code. */
  readonly size: number
  readonly onCode: (code: Float32Array) => void
}

/** Takes a whole code as numbers, and says what is wrong with one that is none. */
export function CodeEntry({ size, onCode }: CodeEntryProps) {
  const [isOpen, setOpen] = useState(false)
  const [text, setText] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const take = () => {
    try {
      onCode(parseCode(text, size))
      setOpen(false)
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error))
    }
  }
  return (
    <Popover opened={isOpen} onChange={setOpen} width={280} shadow="sm" trapFocus returnFocus>
      <Popover.Target>
        <Button
          variant="default"
          size="compact-xs"
          leftSection={<IconKeyboard size={13} />}
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        >
          Enter
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <form
          className={classes.form}
          onSubmit={(event) => {
            event.preventDefault()
            take()
          }}
        >
          <Textarea
            data-autofocus
            size="xs"
            rows={4}
            label="Code"
            description={size === 1 ? 'A number' : `${size} numbers, as copied`}
            value={text}
            error={problem}
            onChange={(event) => {
              setText(event.currentTarget.value)
              setProblem(null)
            }}
          />
          <Button type="submit" size="compact-xs">
            Go there
          </Button>
        </form>
      </Popover.Dropdown>
    </Popover>
  )
}
