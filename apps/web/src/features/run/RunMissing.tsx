import { Missing } from '../../ui/Missing'

interface RunMissingProps {
  readonly reason: 'deleted' | 'unknown' | 'unreachable'
  readonly message?: string
}

const texts = {
  deleted: {
    title: 'This run has been deleted',
    text: 'Somebody deleted it, here or in another window. Its files are gone from disk too.',
  },
  unknown: { title: 'There is no such run', text: 'The address names a run that this lab does not have. It may have been deleted.' },
  unreachable: { title: 'The run could not be read', text: 'The server did not answer as it should.' },
} as const

/** Says why there is no run to show, and leads home. */
export function RunMissing({ reason, message }: RunMissingProps) {
  const { title, text } = texts[reason]
  return <Missing title={title} text={message ?? text} home={{ href: '/', label: 'All runs' }} testId="run-missing" />
}
