export type ColourScheme = 'light' | 'dark'

/**
 * Ten colours for runs, found by a search that keeps every two at least 0.09 apart in OKLab for normal, protan and deutan vision
 * (Machado 2009) and at least 3:1 against the page. Neighbours differ most, since runs launched in a row are compared most.
 */
export const runColours: readonly Readonly<Record<ColourScheme, string>>[] = [
  { light: '#0687b5', dark: '#b0e0ff' },
  { light: '#e57522', dark: '#d4430b' },
  { light: '#6657d8', dark: '#b3a3ff' },
  { light: '#2b6b61', dark: '#158865' },
  { light: '#71154c', dark: '#f981ac' },
  { light: '#8b6804', dark: '#f9ca04' },
  { light: '#758cf8', dark: '#4c83fd' },
  { light: '#713902', dark: '#db9235' },
  { light: '#8a279a', dark: '#b555b9' },
  { light: '#799b81', dark: '#72f2a4' },
]

/** Gives the run's colour as a CSS value that follows the colour scheme; the run's number decides it, so it is the same everywhere. */
export function runColour(runNumber: number): string {
  return `var(${variable(indexOf(runNumber))})`
}

/** Writes the custom properties that {@link runColour} refers to. */
export function runColourStyleSheet(): string {
  const declare = (scheme: ColourScheme) => runColours.map((colour, index) => `${variable(index)}:${colour[scheme]}`).join(';')
  return `:root{${declare('light')}}[data-mantine-color-scheme='dark']{${declare('dark')}}`
}

function indexOf(runNumber: number): number {
  return Math.abs(Math.trunc(runNumber) - 1) % runColours.length
}

function variable(index: number): string {
  return `--hg-run-${index}`
}
