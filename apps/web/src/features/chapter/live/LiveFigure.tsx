'use client'
import type { LiveFigure as Figure } from '@hourglass/chapter'
import dynamic from 'next/dynamic'

// Whoever reads one section loads the figures of that section alone.
const figures = {
  circleField: dynamic(async () => (await import('./CircleFieldFigure')).CircleFieldFigure),
  codeSizes: dynamic(async () => (await import('./CodeSizesFigure')).CodeSizesFigure),
  contraction: dynamic(async () => (await import('./ContractionFigure')).ContractionFigure),
  noise: dynamic(async () => (await import('./NoiseFigure')).NoiseFigure),
  principalAxes: dynamic(async () => (await import('./PrincipalAxesFigure')).PrincipalAxesFigure),
  tangent: dynamic(async () => (await import('./TangentFigure')).TangentFigure),
} satisfies Record<Figure, unknown>

/** A figure that is computed in the page while one reads. */
export function LiveFigure({ figure, caption }: { readonly figure: Figure; readonly caption: string }) {
  const Shown = figures[figure]
  return <Shown caption={caption} />
}
