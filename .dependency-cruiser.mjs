/**
 * The direction of imports, as ARCHITECTURE.md tells it: packages know nothing of the applications, an application's layers know those
 * below them, and no file takes part in a circle.
 */

/** What a package may import of the others. */
const packages = {
  protocol: [],
  query: [],
  connections: [],
  sqlite: [],
  chapter: [],
  wasm: [],
  random: ['wasm'],
  datasets: ['wasm', 'random'],
  'tfjs-onnx': ['wasm', 'random'],
  autoencoders: ['protocol', 'wasm', 'datasets', 'tfjs-onnx'],
}

/** What each application may import of the packages. */
const applications = {
  server: ['protocol', 'query', 'connections', 'sqlite', 'autoencoders', 'datasets'],
  worker: ['protocol', 'autoencoders', 'datasets'],
  web: ['autoencoders', 'chapter', 'query', 'connections'],
}

/** The layers of the dashboard, each with those that it may import beside itself. */
const parts = ['ui', 'files', 'data']
const layers = {
  ui: parts,
  files: parts,
  data: parts,
  entities: parts,
  features: ['entities', ...parts],
  shell: ['entities', ...parts],
  app: ['features', 'shell', 'entities', ...parts],
}

/** Folders of the server: subjects, and what they stand on. */
const subjects = [
  ...['runs', 'experiments', 'datasets', 'artifacts', 'models', 'machine', 'baselines', 'execution'],
  ...['health', 'upkeep', 'archives', 'clients', 'storage', 'processes', 'reports'],
]
const SERVER = 'apps/server/src'
const WEB = 'apps/web/src'
/** @param {readonly string[]} names */
const oneOf = (names) => `(${names.join('|')})`

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'no-circle',
      comment: 'Files that import each other, through others too, cannot be read one by one: move what both need to a file of its own.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'resolvable',
      comment: 'An import that leads nowhere cannot be checked.',
      severity: 'error',
      from: { path: '^(packages|apps)/[^/]+/src/' },
      to: { couldNotResolve: true },
    },
    {
      name: 'no-circle-of-folders',
      comment: 'Folders that import each other cannot be read one by one: move what both need to the one below.',
      severity: 'error',
      scope: 'folder',
      from: { path: '^(packages|apps)/[^/]+/src/' },
      to: { circular: true },
    },
    {
      name: 'declared',
      comment: 'What a workspace imports is named in its own package.json.',
      severity: 'error',
      from: { path: '^(packages|apps)/[^/]+/(src|server)/' },
      // What peerDependenciesMeta says of a peer counts as a kind that is not known.
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['npm-peer'] },
    },
    {
      name: 'packages-by-name',
      comment: 'A package shows what its index shows: import it by its name.',
      severity: 'error',
      from: { path: '^(?:apps|packages)/([^/]+)/' },
      to: { path: '^packages/', pathNot: '^packages/$1/', dependencyTypes: ['local'] },
    },
    {
      name: 'packages-know-no-application',
      comment: 'A package knows no GraphQL, no database, no React: it runs wherever it is needed.',
      severity: 'error',
      from: { path: '^packages/' },
      to: {
        path: '^apps/|node_modules/(@apollo|@pothos|graphql|graphql-ws|@prisma|prisma|better-sqlite3|express|ws|react|react-dom|next|@mantine)/',
      },
    },
    {
      name: 'protocol-knows-no-science',
      comment: 'What everybody speaks needs zod and nothing else.',
      severity: 'error',
      from: { path: '^packages/protocol/src/' },
      to: { path: 'node_modules/', pathNot: 'node_modules/zod/' },
    },
    ...Object.entries(packages).map(([name, allowed]) => ({
      name: `order-of-packages-${name}`,
      comment: `${name} may import ${allowed.join(', ') || 'no other package'}.`,
      severity: /** @type {const} */ ('error'),
      from: { path: `^packages/${name}/src/` },
      to: { path: '^packages/', pathNot: `^packages/${oneOf([name, ...allowed])}/` },
    })),
    {
      name: 'packages-have-an-order',
      comment: 'A new package gets its place in the order above.',
      severity: 'error',
      from: { path: '^packages/', pathNot: `^packages/${oneOf(Object.keys(packages))}/` },
      to: {},
    },
    ...Object.entries(applications).map(([name, allowed]) => ({
      name: `packages-of-${name}`,
      comment: `${name} may import the packages ${allowed.join(', ')}.`,
      severity: /** @type {const} */ ('error'),
      from: { path: `^apps/${name}/` },
      to: { path: '^packages/', pathNot: `^packages/${oneOf(allowed)}/` },
    })),
    {
      name: 'applications-apart',
      comment:
        'The dashboard speaks to the server over GraphQL alone, and the server to workers, which may be on other machines, by the protocol.',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'worker-knows-no-store',
      comment: 'A worker reports; who stores what it reports is another.',
      severity: 'error',
      from: { path: '^apps/worker/' },
      to: { path: 'node_modules/(@apollo|@pothos|graphql|graphql-ws|@prisma|prisma|better-sqlite3|express|ws)/' },
    },
    {
      name: 'server-api-on-top',
      comment: 'The API translates; what it asks for does not know it.',
      severity: 'error',
      from: { path: `^${SERVER}/`, pathNot: `^${SERVER}/(api/|bin/|createServer\\.ts$|main\\.ts$)` },
      to: { path: `^${SERVER}/api/` },
    },
    {
      name: 'server-lab-on-top',
      comment:
        'The lab holds every subject: an operation that took all of it would make each subject know each other. It says in an interface of its own what it needs.',
      severity: 'error',
      from: { path: `^${SERVER}/[^/]+/`, pathNot: `^${SERVER}/(api|bin)/` },
      to: { path: `^${SERVER}/(Lab|LabFeeds|createServer|main)\\.ts$` },
    },
    {
      name: 'server-database-below',
      comment: 'The database knows no subject.',
      severity: 'error',
      from: { path: `^${SERVER}/database/` },
      to: {
        path: `^${SERVER}/`,
        pathNot: `^${SERVER}/(database/|generated/|(HourglassError|StartupError|projectPaths|log)\\.ts$)`,
      },
    },
    {
      name: 'server-folders-have-a-place',
      comment: 'A new folder of the server is a subject: it gets its place in the list above.',
      severity: 'error',
      from: { path: `^${SERVER}/[^/]+/`, pathNot: `^${SERVER}/${oneOf([...subjects, 'api', 'bin', 'database', 'generated'])}/` },
      to: {},
    },
    ...Object.entries(layers).map(([layer, below]) => ({
      name: `order-of-the-dashboard-${layer}`,
      comment: `${layer} may import ${below.filter((name) => name !== layer).join(', ')}.`,
      severity: /** @type {const} */ ('error'),
      from: { path: `^${WEB}/${layer}/` },
      to: { path: `^${WEB}/`, pathNot: `^${WEB}/(${[layer, ...below].join('|')})/` },
    })),
    {
      name: 'dashboard-layers-have-a-place',
      comment: 'A new folder of the dashboard gets its place in the layers above.',
      severity: 'error',
      from: { path: `^${WEB}/[^/]+/`, pathNot: `^${WEB}/${oneOf(Object.keys(layers))}/` },
      to: {},
    },
    {
      name: 'features-have-folders',
      comment: 'Each feature has a folder of its own.',
      severity: 'error',
      from: { path: `^${WEB}/features/[^/]+$` },
      to: {},
    },
    {
      name: 'features-apart',
      comment: 'What two features need is an entity or a part.',
      severity: 'error',
      from: { path: `^${WEB}/features/([^/]+)/` },
      to: { path: `^${WEB}/features/`, pathNot: `^${WEB}/features/$1/` },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules|/(dist|bundle)/' },
    exclude: { path: '(^|/)(generated|\\.next|test|bench)/' },
    tsPreCompilationDeps: true,
    combinedDependencies: false,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.d.ts'],
    },
  },
}
