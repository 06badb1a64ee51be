'use client'

import type { ReactNode } from 'react'
import { useConnectionStatus } from '../data/connectionStatus'
import { useExperimentsChanged } from '../data/useExperimentsChanged'
import { useRunsChanged } from '../data/useRunsChanged'
import { useLab } from '../entities/lab/useLab'
import { AppHeader } from './AppHeader'
import { ConnectionBanner } from './ConnectionBanner'
import { LabNotices } from './LabNotices'
import { OpenLabNote } from './OpenLabNote'
import { ReportKeeper } from './ReportKeeper'
import { useKeyboard } from './useKeyboard'

/** Frames every page: skip link, header, connection banner; keeps the whole app's cache live. */
export function AppFrame({ children }: { readonly children: ReactNode }) {
  useRunsChanged()
  useExperimentsChanged()
  const { lab } = useLab()
  const connection = useConnectionStatus()
  const keyboard = useKeyboard()
  return (
    <>
      <a className="skip-link" href="#main">
        Skip to content
      </a>
      <AppHeader lab={lab} onSearch={keyboard.openPalette} />
      <ConnectionBanner status={connection} />
      <LabNotices />
      {lab?.isOpen ? <OpenLabNote /> : null}
      <main id="main" tabIndex={-1} className="main">
        <ReportKeeper>{children}</ReportKeeper>
      </main>
      {keyboard.element}
    </>
  )
}
