'use client'

import { Kbd, Modal, Switch } from '@mantine/core'
import { places } from './places'
import classes from './ShortcutsDialog.module.css'

export interface ShortcutsDialogProps {
  readonly onClose: () => void
  /** Whether single keys do anything. */
  readonly isOn: boolean
  readonly onOn: (isOn: boolean) => void
}

const everywhere = [{ keys: ['Ctrl', 'K'], mac: '⌘ K', does: 'Open the command palette' }] as const

/** Tells which keys do what, and switches single keys off for whoever types by voice or by accident. */
export function ShortcutsDialog({ onClose, isOn, onOn }: ShortcutsDialogProps) {
  return (
    <Modal opened onClose={onClose} title="Keyboard shortcuts">
      <table className={classes.table}>
        <caption className={classes.caption}>Everywhere</caption>
        <tbody>
          {everywhere.map(({ keys, mac, does }) => (
            <Row key={does} does={does}>
              {keys.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}{' '}
              or <Kbd>{mac}</Kbd>
            </Row>
          ))}
          <Row does="Show this list">
            <Kbd>?</Kbd>
          </Row>
          {places.map(({ href, label, key }) =>
            key === null ? null : (
              <Row key={href} does={`Go to ${label.charAt(0).toLowerCase()}${label.slice(1)}`}>
                <Kbd>{key}</Kbd>
              </Row>
            ),
          )}
        </tbody>
      </table>
      <table className={classes.table}>
        <caption className={classes.caption}>In the queue, from the handle of a run</caption>
        <tbody>
          <Row does="Move it up or down">
            <Kbd>↑</Kbd> <Kbd>↓</Kbd>
          </Row>
          <Row does="Move it to the front or the end">
            <Kbd>Home</Kbd> <Kbd>End</Kbd>
          </Row>
        </tbody>
      </table>
      <Switch
        mt="md"
        size="xs"
        label="Single keys go to pages"
        description="Never while you type in a field. ? always shows this list."
        checked={isOn}
        onChange={(event) => onOn(event.currentTarget.checked)}
      />
    </Modal>
  )
}

function Row({ does, children }: { readonly does: string; readonly children: React.ReactNode }) {
  return (
    <tr>
      <th scope="row">{does}</th>
      <td>{children}</td>
    </tr>
  )
}
