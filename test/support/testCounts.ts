/** What a suite leaves behind in the file that `AGENTRQ_TEST_COUNTS` names: how its tests went. */
export interface TestCounts {
  passed: number;
  failed: number;
  /** What is known of each test that failed: its whole title, and its error on the lines below. */
  failures: string[];
}
