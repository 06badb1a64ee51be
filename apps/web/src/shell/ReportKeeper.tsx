'use client'
import { lazy, type ReactNode, Suspense, useCallback, useState } from 'react'
import { FigureKeeperContext } from '../ui/FigureKeeper'
import type { ShownFigure } from '../ui/WantedFigure'

// Nobody who adds nothing loads it.
const AddToReportDialog = lazy(async () => ({ default: (await import('./AddToReportDialog')).AddToReportDialog }))

/** Lets every figure below be put into a report. */
export function ReportKeeper({ children }: { readonly children: ReactNode }) {
  const [figure, setFigure] = useState<ShownFigure | null>(null)
  const close = useCallback(() => setFigure(null), [])
  return (
    <FigureKeeperContext value={setFigure}>
      {children}
      {figure && (
        <Suspense fallback={null}>
          <AddToReportDialog shown={figure} onClose={close} />
        </Suspense>
      )}
    </FigureKeeperContext>
  )
}
