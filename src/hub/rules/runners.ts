/**
 * Programs that run whatever their arguments say, on this machine: a rule that leaves the arguments open allows everything. A person
 * may still write one; none is proposed.
 */
const runners = new Set(
  [
    // Somebody else's rights, another place
    'sudo doas su runuser pkexec chroot unshare nsenter ssh docker podman',
    // The shell itself, and what it runs for its arguments
    'bash sh zsh dash ksh csh tcsh fish powershell pwsh cmd busybox eval exec source command builtin alias trap noglob nocorrect repeat',
    // A program around a program
    'env xargs nohup time timeout nice ionice setsid stdbuf watch entr parallel find fd flock script strace ltrace gdb tmux screen at',
    // Languages
    'python pypy ipython node nodejs deno bun tsx perl ruby php lua luajit r rscript julia tclsh expect osascript awk gawk mawk nawk sed',
    'ed vi vim nvim emacs',
    // Programs that are fetched first
    'npx pnpx bunx uvx pipx',
  ].flatMap((line) => line.split(' ')),
);

/** Says that `program` is one of them, in whatever version: `python3.12`, `cmd.exe`. */
export function isRunner(program: string): boolean {
  const [name = ''] = program.toLowerCase().split(/[\d.]/, 1);
  return runners.has(name);
}
