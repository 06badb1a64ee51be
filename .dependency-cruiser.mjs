/**
 * The direction of imports, as ARCHITECTURE.md tells it: packages know nothing of the applications, an application's layers know those
 * below them, and no file takes part in a circle.
 */

/** What a package may import of the others, besides `protocol`, which all may. */
const packages = {
  protocol: [],
  wasm: [],
  datasets: ['wasm'],
  'tfjs-onnx': ['wasm'],
  autoencoders: ['wasm', 'datasets', 'tfjs-onnx'],
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
}

const SUBJECTS = '^apps/server/src/(runs|experiments|datasets|artifacts|models|machine|baselines|execution|health|upkeep|clients|storage)/'
const WEB = 'apps/web/src'

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
      name: 'packages-know-no-application',
      comment: 'A package knows no GraphQL, no database, no React: it runs wherever it is needed.',
      severity: 'error',
      from: { path: '^packages/' },
      to: { path: '^apps/|node_modules/(@apollo|@pothos|graphql|graphql-ws|@prisma|prisma|react|react-dom|next|@mantine)/' },
    },
    ...Object.entries(packages).map(([name, allowed]) => ({
      name: `order-of-packages-${name}`,
      comment: `${name} may import ${[...allowed, ...(name === 'protocol' ? [] : ['protocol'])].join(', ') || 'no other package'}.`,
      severity: 'error',
      from: { path: `^packages/${name}/src/` },
      to: { path: '^packages/', pathNot: `^packages/(${[name, 'protocol', ...allowed].join('|')})/` },
    })),
    {
      name: 'packages-have-an-order',
      comment: 'A new package gets its place in the order above.',
      severity: 'error',
      from: { path: '^packages/', pathNot: `^packages/(${Object.keys(packages).join('|')})/` },
      to: {},
    },
    {
      name: 'server-api-on-top',
      comment: 'The API translates; what it asks for does not know it.',
      severity: 'error',
      from: {
        path: '^apps/server/src/',
        pathNot: '^apps/server/src/(api/|bin/|createServer\\.ts$|main\\.ts$)',
      },
      to: { path: '^apps/server/src/api/' },
    },
    {
      name: 'server-database-below',
      comment: 'The database knows no subject.',
      severity: 'error',
      from: { path: '^apps/server/src/database/' },
      to: { path: SUBJECTS },
    },
    {
      name: 'worker-knows-no-server',
      comment: 'A worker may be on another machine: what it shares with the server is the protocol.',
      severity: 'error',
      from: { path: '^apps/worker/' },
      to: { path: '^apps/server/' },
    },
    {
      name: 'server-knows-no-worker',
      comment: 'The server starts workers and reads their reports; it imports none of their code.',
      severity: 'error',
      from: { path: '^apps/server/' },
      to: { path: '^apps/worker/' },
    },
    {
      name: 'applications-apart',
      comment: 'The dashboard speaks to the server over GraphQL alone.',
      severity: 'error',
      from: { path: '^apps/web/src/' },
      to: { path: '^apps/(server|worker)/' },
    },
    ...Object.entries(layers).map(([layer, below]) => ({
      name: `order-of-the-dashboard-${layer}`,
      comment: `${layer} may import ${below.filter((name) => name !== layer).join(', ')}.`,
      severity: 'error',
      from: { path: `^${WEB}/${layer}/` },
      to: { path: `^${WEB}/`, pathNot: `^${WEB}/(${[layer, ...below].join('|')})/` },
    })),
    {
      name: 'features-apart',
      comment: 'What two features need is an entity or a part.',
      severity: 'error',
      from: { path: `^${WEB}/features/([^/]+)/` },
      to: { path: `^${WEB}/features/`, pathNot: `^${WEB}/features/$1/` },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules|/dist/' },
    exclude: { path: '(^|/)(generated|\\.next|test|bench)/' },
    tsPreCompilationDeps: true,
    combinedDependencies: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.d.ts'],
    },
  },
}
