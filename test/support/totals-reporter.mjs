import { writeFileSync } from 'node:fs';

/** Says how many tests passed and failed in one line, or tells `npm test`, which counts its other checks too. */
export default class TotalsReporter {
  onRunComplete(_contexts, results) {
    // A file that could not be loaded has no tests, and yet is a failure.
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    const skipped = results.numPendingTests + results.numTodoTests;
    const file = process.env.GEWERK_TOTALS_FILE;
    if (file) writeFileSync(file, JSON.stringify({ passed: results.numPassedTests, failed, skipped }));
    else process.stdout.write(`${results.numPassedTests} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`);
  }
}
