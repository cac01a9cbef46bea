// npm run agents: the rows of the README's table, or with `wake` what wakes agents.
if (process.argv[2] === 'wake') await import('./wake/run.ts');
else await import('./run.ts');
