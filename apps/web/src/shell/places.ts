/** Pages of the dashboard that one can go to from anywhere; some have a key of their own. */
export const places = [
  { href: '/chapter', label: 'Chapter', key: null, words: 'lecture text read predict' },
  { href: '/runs', label: 'Runs', key: 'R', words: 'table all' },
  { href: '/experiments', label: 'Experiments', key: 'E', words: 'gallery lecture presets' },
  { href: '/compare', label: 'Compare', key: 'C', words: 'curves side by side' },
  { href: '/reports', label: 'Reports', key: 'P', words: 'figures text page share export' },
  { href: '/new', label: 'New run', key: 'N', words: 'launch train form' },
  { href: '/new?vary=architecture.latentDimension:list:2:8:32', label: 'New sweep', key: null, words: 'launch search grid random halving' },
  { href: '/queue', label: 'Queue', key: 'Q', words: 'waiting order pause' },
  { href: '/storage', label: 'Storage', key: null, words: 'disk trash delete space' },
  { href: '/glossary', label: 'Glossary', key: null, words: 'terms meaning help' },
] as const
