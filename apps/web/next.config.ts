import { fileURLToPath } from 'node:url'
import type { NextConfig } from 'next'

const workspace = fileURLToPath(new URL('../..', import.meta.url))

const config: NextConfig = {
  // Lets two servers of one checkout keep their builds apart.
  distDir: process.env.NEXT_DIST_DIR ?? '.next',
  reactStrictMode: true,
  poweredByHeader: false,
  devIndicators: false,
  turbopack: { root: workspace },
  outputFileTracingRoot: workspace,
  experimental: { optimizePackageImports: ['@mantine/core', '@mantine/hooks', '@tabler/icons-react', '@hourglass/autoencoders'] },
}

export default config
