import Link from 'next/link'
import classes from './PresetPicker.module.css'

export interface PresetPickerProps {
  readonly presets: readonly { readonly id: string; readonly title: string; readonly description: string; readonly href: string }[]
  readonly chosen: string | null
}

/** Offers ready-made configurations to start from, each a link. */
export function PresetPicker({ presets, chosen }: PresetPickerProps) {
  return (
    <nav className={classes.picker} aria-label="Start from">
      <span className={classes.label}>Start from</span>
      <Link href="/new" className={classes.preset} aria-current={chosen === null ? 'true' : undefined}>
        Defaults
      </Link>
      {presets.map(({ id, title, description, href }) => (
        <Link key={id} href={href} className={classes.preset} title={description} aria-current={chosen === id ? 'true' : undefined}>
          {title}
        </Link>
      ))}
    </nav>
  )
}
