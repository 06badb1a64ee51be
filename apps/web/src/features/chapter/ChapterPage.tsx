import { chapter } from '@hourglass/chapter'
import Link from 'next/link'
import classes from './ChapterPage.module.css'
import { ReaderSettings } from './ReaderSettings'
import { SectionProgress } from './SectionProgress'

/** Lists the sections of the chapter, with how far the reader came in each. */
export function ChapterPage() {
  return (
    <article className={classes.root}>
      <h1 className={classes.title}>Autoencoders</h1>
      <p className={classes.lead}>
        A chapter to read, predict and run: its figures are made by this lab, on this machine, while you watch. Before each experiment you
        are asked what you expect of it; afterwards the page says what came out.
      </p>
      <ol className={classes.sections}>
        {chapter.map(({ id, title, lead, parts }, index) => {
          const presets = parts.flatMap((part) => (part.kind === 'experiment' ? [part.preset] : []))
          return (
            <li key={id} className={classes.section}>
              <span className={classes.number} aria-hidden>
                {index + 1}
              </span>
              <div>
                <Link href={`/chapter/${id}`} className={classes.link} prefetch={false}>
                  {title}
                </Link>
                <p className={classes.about}>{lead}</p>
                <SectionProgress presets={presets} />
              </div>
            </li>
          )
        })}
      </ol>
      <ReaderSettings />
    </article>
  )
}
