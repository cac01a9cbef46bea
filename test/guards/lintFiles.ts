import { execFile } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const root = join(import.meta.dirname, '../..');

/** What the linter says about one line. */
export interface Finding {
  path: string;
  /** From 1. */
  line: number;
  /** Like `eslint(no-restricted-imports)`. */
  rule: string;
  message: string;
}

interface Report {
  diagnostics: { message: string; code?: string; filename: string; labels: { span: { line: number } }[] }[];
  number_of_files: number;
}

/** Lints `files` (their text by path) with the rules of this project, in a folder of their own. */
export async function lintFiles(files: ReadonlyMap<string, string>): Promise<Finding[]> {
  const folder = mkdtempSync(join(tmpdir(), 'agentrq-lint-'));
  try {
    copyFileSync(join(root, '.oxlintrc.json'), join(folder, '.oxlintrc.json'));
    const compilerOptions = { target: 'ES2024', lib: ['ES2024'], module: 'nodenext', types: [], strict: true, noEmit: true };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['**/*.ts'] }));
    for (const [path, text] of files) {
      mkdirSync(join(folder, dirname(path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const report = await lint(folder);
    if (report.number_of_files !== files.size) throw new Error(`${report.number_of_files} of ${files.size} files were linted`);
    return report.diagnostics.map(({ message, code, filename, labels }) => {
      return { path: filename, line: labels[0]?.span.line ?? 0, rule: code ?? '', message };
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function lint(cwd: string): Promise<Report> {
  const args = [join(root, 'node_modules/oxlint/bin/oxlint'), '--type-aware', '--format', 'json'];
  return new Promise((resolve, reject) => {
    // It ends with 1 when it has something to say.
    execFile(process.execPath, args, { cwd, maxBuffer: 50_000_000 }, (_, stdout, stderr) => {
      try {
        resolve(JSON.parse(stdout) as Report);
      } catch {
        reject(new Error(`the linter did not report: ${stdout}${stderr}`));
      }
    });
  });
}
