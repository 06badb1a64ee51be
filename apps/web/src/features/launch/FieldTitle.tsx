import { settingTerm } from '@hourglass/autoencoders'
import { TermLink } from '../../ui/TermLink'

interface FieldTitleProps {
  readonly title: string
  /** Path of the setting in the configuration. */
  readonly path: string
}

/** Names a setting and leads to its term. What the glossary says of it stands under its control too, so the keyboard needs no stop here. */
export function FieldTitle({ title, path }: FieldTitleProps) {
  return (
    <TermLink term={settingTerm(path)} isQuiet>
      {title}
    </TermLink>
  )
}
