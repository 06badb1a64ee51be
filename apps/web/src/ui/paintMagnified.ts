import uPlot, { type AlignedData } from 'uplot'
import { type ChartOptions, chartOptions, type Zoom } from './chartOptions'

interface Drawn {
  readonly data: AlignedData
  readonly zoom: Zoom | null
}

/** Draws what a chart shows once more, larger, on a canvas of its own. */
export async function paintMagnified(
  shown: uPlot,
  options: ChartOptions & { readonly magnification: number },
  { data, zoom }: Drawn,
): Promise<HTMLCanvasElement> {
  const { magnification } = options
  const size = { width: shown.width * magnification, height: shown.height * magnification }
  const aside = document.createElement('div')
  // In the page, since colours come from its style, and out of sight.
  aside.style.cssText = 'position: fixed; left: -99999px; visibility: hidden'
  document.body.append(aside)
  const copy = new uPlot(chartOptions({ ...options, size, onCursor: () => {}, onZoom: () => {}, onPickX: () => {} }), data, aside)
  if (zoom) copy.setScale('x', zoom)
  // uPlot draws in a microtask of its own.
  await new Promise((resolve) => requestAnimationFrame(resolve))
  const { canvas } = copy.ctx
  copy.destroy()
  aside.remove()
  return canvas
}
