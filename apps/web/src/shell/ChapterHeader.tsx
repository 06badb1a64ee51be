import Link from 'next/link'
import classes from './ChapterHeader.module.css'
import { HourglassMark } from './HourglassMark'

const places = [
  { href: '/runs', label: 'Runs' },
  { href: '/experiments', label: 'Experiments' },
  { href: '/glossary', label: 'Glossary' },
] as const

/** Heads the chapter: leads to its sections, and back to the lab. */
export function ChapterHeader() {
  return (
    <header className={classes.header}>
      <div className={classes.inner}>
        <Link href="/chapter" className={classes.brand} aria-label="Autoencoders, all sections of the chapter" prefetch={false}>
          <HourglassMark />
          <span className={classes.name}>Autoencoders</span>
        </Link>
        <nav aria-label="The lab" className={classes.nav}>
          {places.map(({ href, label }) => (
            <Link key={href} href={href} className={classes.place} prefetch={false}>
              {label}
            </Link>
          ))}
        </nav>
      </div>
    </header>
  )
}
