import { ActionIcon, Alert, Button, Group, Modal, Text, Tooltip } from '@mantine/core'
import { IconFolderMinus } from '@tabler/icons-react'
import { useState } from 'react'
import { useAction } from '../../data/useAction'
import { takeOutOfExperiment } from './experimentActions'

interface TakeOutRunProps {
  readonly experimentId: string
  readonly run: { readonly id: string; readonly number: number; readonly name: string }
}

/** Offers to make a run of an experiment a run of its own, once that is confirmed. */
export function TakeOutRun({ experimentId, run: { id, number, name } }: TakeOutRunProps) {
  const [isAsking, setAsking] = useState(false)
  const { run: takeOut, isRunning, error } = useAction(takeOutOfExperiment)
  return (
    <>
      <Tooltip label="Take out of this experiment">
        <ActionIcon variant="subtle" color="gray" size="sm" aria-label={`Take #${number} ${name} out`} onClick={() => setAsking(true)}>
          <IconFolderMinus size={15} />
        </ActionIcon>
      </Tooltip>
      <Modal opened={isAsking} onClose={() => setAsking(false)} title={`Take #${number} “${name}” out?`}>
        <Text size="sm">
          The run stays with all that it has, and trains on where it does, as a run of its own. The figures and answers of this experiment
          go without it from then on, and it cannot be put back.
        </Text>
        {error ? (
          <Alert color="red" variant="light" role="alert" p="xs" mt="sm">
            {error.message}
          </Alert>
        ) : null}
        <Group justify="flex-end" gap="xs" mt="lg">
          <Button variant="default" onClick={() => setAsking(false)}>
            Cancel
          </Button>
          <Button loading={isRunning} onClick={() => void takeOut({ id: experimentId, run: id })}>
            Take out
          </Button>
        </Group>
      </Modal>
    </>
  )
}
