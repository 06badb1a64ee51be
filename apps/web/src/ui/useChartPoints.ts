import { useViewportSize } from '@mantine/hooks'

/** Width in pixels by which a request changes: a window that is resized a little draws what it has. */
const STEP = 256

/** Tells how many points a chart as wide as the page can draw beside each other; undefined until the page is laid out. */
export function useChartPoints(): number | undefined {
  const { width } = useViewportSize()
  return width === 0 ? undefined : Math.ceil(width / STEP) * STEP
}
