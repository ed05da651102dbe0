// Sources run as they are (ESM, erasable TypeScript); swc only strips the types for Jest's own module loader.
const transform = {
  '\\.ts$': [
    '@swc/jest',
    {
      swcrc: false,
      sourceMaps: 'inline',
      module: { type: 'es6' },
      jsc: { target: 'es2024', parser: { syntax: 'typescript' } },
    },
  ],
};

export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform,
  maxWorkers: 2,
  // A machine that does much else is slow; who waits in a test gives up earlier and says for what.
  testTimeout: 300_000,
  // Nothing is left open, but giving back some hundred megabytes takes a busy machine longer than Jest's half second.
  workerGracefulExitTimeout: 15_000,
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  globalTeardown: '<rootDir>/test/support/global-teardown.ts',
  reporters: ['default', '<rootDir>/test/support/totals-reporter.mjs'],
};
