// npm run agents: the rows of the README's table, with `wake` what wakes agents, or with `cost` what hooks add to a tool call.
const [, , command] = process.argv;
if (command === 'wake') await import('./wake/run.ts');
else if (command === 'cost') await import('./cost/run.ts');
else await import('./run.ts');
