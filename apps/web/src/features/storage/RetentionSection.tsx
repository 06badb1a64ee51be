import { Button, Group, Modal, Text } from '@mantine/core'
import { useState } from 'react'
import type { RetentionFieldsFragment } from '../../data/generated/graphql'
import { formatBytes, formatCount, formatCounted } from '../../ui/formatQuantity'
import classes from './StoragePage.module.css'

interface RetentionSectionProps {
  readonly retention: RetentionFieldsFragment
  /** Whether the removal is being asked for. */
  readonly isAsking: boolean
  readonly onApply: () => void
}

/** Says what runs that have ended keep beyond what the settings say, and offers to remove it; nothing where they keep no more. */
export function RetentionSection({ retention, isAsking, onApply }: RetentionSectionProps) {
  const { runs, epochs, bytes, isApplying, keepsUpTo, keptEpochs } = retention
  const [isOpen, setOpen] = useState(false)
  if (keepsUpTo === null || (runs === 0 && !isApplying)) return null
  const models = `models of ${formatCounted(epochs, 'epoch')}`
  return (
    <section aria-labelledby="retention" className={classes.section}>
      <h2 id="retention" className={classes.subtitle}>
        Models of earlier epochs
      </h2>
      {isApplying ? (
        <p className={classes.retention} role="status">
          Removing models: {formatCounted(runs, 'run')} left.
        </p>
      ) : (
        <>
          <p className={classes.retention}>
            {formatCounted(runs, 'run')} that {runs === 1 ? 'has' : 'have'} ended {runs === 1 ? 'keeps' : 'keep'} more models than the
            settings say: above {formatBytes(keepsUpTo)}, a run keeps those of its first, its best and its last epoch, and of about{' '}
            {formatCount(keptEpochs)} in all. The others, {models}, take <b>{formatBytes(bytes)}</b>.
          </p>
          <Button size="compact-sm" color="red" variant="light" onClick={() => setOpen(true)}>
            Remove {models}
          </Button>
        </>
      )}
      <Modal opened={isOpen && !isApplying} onClose={() => setOpen(false)} title={`Remove ${models}?`}>
        <Text size="sm">
          The checkpoints and codes of these epochs are deleted from disk, which frees {formatBytes(bytes)}. Metrics and reconstructions of
          all epochs stay. This cannot be undone.
        </Text>
        <Group justify="flex-end" gap="xs" mt="lg">
          <Button variant="default" onClick={() => setOpen(false)} data-autofocus>
            Keep them
          </Button>
          <Button
            color="red"
            loading={isAsking}
            onClick={() => {
              setOpen(false)
              onApply()
            }}
          >
            Remove models
          </Button>
        </Group>
      </Modal>
    </section>
  )
}
